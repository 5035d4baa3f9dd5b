package uow_test

import (
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var batching = group{
	"batching.three_same_columns": same(func(r *run) {
		cs := []*Customer{
			{FirstName: "David", LastName: "Plumber", Email: ptr("dplum@home.co"), Mobile: ptr("4445556666")},
			{FirstName: "Emily", LastName: "Player", Email: ptr("emilyp@cool.net")},
			{FirstName: "Frank", LastName: "Doctor", Email: ptr("fdoctor@pain.cc"), Mobile: ptr("5556667777")},
		}
		r.s.Add(cs[0], cs[1], cs[2])
		r.commit()
		r.mark("reload")
		r.note("ids", each(cs, func(c *Customer) int64 { return c.ID }))
	}).but(keepsValues),

	"batching.explicit_pks": same(func(r *run) {
		for i := 1; i < 6; i++ {
			r.s.Add(&Account{AcctNo: int64(2000 + i), AcctName: fmt.Sprintf("A%d", i), CustID: ptr[int64](1)})
		}
		r.commit()
	}),

	"batching.mixed_pk": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "a", LastName: "x"}, &Customer{ID: 50, FirstName: "b", LastName: "x"},
			&Customer{FirstName: "c", LastName: "x"}, &Customer{ID: 40, FirstName: "d", LastName: "x"})
		r.commit()
		r.note("ids", val(query.Select(r.C.ID).Filter(r.C.LastName.Eq("x")).OrderBy(r.C.FirstName).All(ctx, r.s)))
	}).but(manyRows),

	"batching.different_columns_server_default": same(func(r *run) {
		r.s.Add(&EagerItem{Name: ptr("a")}, &EagerItem{Name: ptr("b"), Status: ptr("x")},
			&EagerItem{Name: ptr("c"), Status: ptr("y")}, &EagerItem{Name: ptr("d")})
		r.commit()
	}).but(manyRows, keysByShape),

	"batching.sql_expression_breaks_batch": same(func(r *run) {
		cs := []*Customer{{FirstName: "a", LastName: "x"}, {LastName: "x"}, {FirstName: "c", LastName: "x"}}
		r.s.Add(cs[0], cs[1], cs[2])
		r.s.Set(cs[1], r.C.FirstName.ToExpr(expr.Func[expr.NullText]("upper", expr.Val("b"))))
		r.commit()
	}).but(manyRows, keysByShape),

	"batching.update_many": same(func(r *run) {
		for i, u := range val(query.Select(r.Users).OrderBy(r.Users.ID).All(ctx, r.s)) {
			u.Age = ptr(int32(50 + i))
		}
		r.commit()
	}).but(manyRows),

	"batching.delete_many": same(func(r *run) {
		for _, t := range val(query.Select(r.Tills).OrderBy(r.Tills.ID.Desc()).All(ctx, r.s)) {
			r.s.Delete(t)
		}
		r.commit()
	}).but(manyRows),

	"batching.bulk_save_objects": same(func(r *run) {
		cs := []*Customer{{FirstName: "a", LastName: "x"}, {FirstName: "b", LastName: "x", Email: ptr("e")}}
		r.check(session.BulkInsert(ctx, r.s, r.C, cs...))
		r.note("ids", each(cs, func(c *Customer) int64 { return c.ID }))
		r.note("states", each(cs, func(c *Customer) any { return r.state(c) }))
		r.commit()
	}).but(namesAllColumns, statesInOrOut),

	"batching.bulk_insert_mappings": same(func(r *run) {
		val(query.Insert(r.C).Values(r.C.FirstName.To("a"), r.C.LastName.To("x")).
			Values(r.C.FirstName.To("b"), r.C.LastName.To("x")).Exec(ctx, r.s))
		r.commit()
	}),

	"batching.bulk_update_mappings": same(func(r *run) {
		rows := []*Account{{AcctNo: 1001, AcctName: "n1"}, {AcctNo: 1002, AcctName: "n2"}}
		r.check(session.BulkUpdate(ctx, r.s, r.Accounts, rows, r.Accounts.AcctName))
		r.commit()
	}).but(manyRows),
}
