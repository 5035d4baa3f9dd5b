package uow_test

import (
	"fmt"

	"github.com/cupel-go/cupel/query"
)

var batchingSiblings = group{
	"batching.mixed_null_columns": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "A", LastName: "B", Email: ptr("e")}, &Customer{FirstName: "C", LastName: "D"}, &Customer{FirstName: "E", LastName: "F", Mobile: ptr("1")})
		r.commit()
		r.note("ids", val(query.Select(r.C.ID).OrderBy(r.C.ID).All(ctx, r.s)))
	}),

	"batching.update_different_columns": same(func(r *run) {
		a, b := r.user(1), r.user(2)
		a.Age, b.Name = ptr[int32](31), "bobby"
		r.commit()
	}),

	"batching.update_same_columns_null": same(func(r *run) {
		a, b := r.user(1), r.user(2)
		a.Age, b.Age = nil, ptr[int32](41)
		r.commit()
	}).but(manyRows),

	"batching.insert_1500": same(func(r *run) {
		for i := range 1500 {
			r.s.Add(&User{Name: fmt.Sprintf("u%d", i), Age: ptr(int32(i))})
		}
		r.flush()
		r.note("ids ordered", val(query.Select(r.Users.ID).Filter(r.Users.Name.In("u0", "u999", "u1000", "u1499")).OrderBy(r.Users.ID).All(ctx, r.s)))
		r.rollback()
	}),
}
