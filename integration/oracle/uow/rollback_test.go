package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var rollback = group{
	"rollback.attributes_restored": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("x")
		r.flush()
		r.rollback()
		r.mark("access")
		r.note("email", c.Email)
	}).but(restoresValues),

	"rollback.unflushed_change_lost": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("x")
		r.rollback()
		r.note("email", c.Email)
	}).but(restoresValues),

	"rollback.collection_restored": same(func(r *run) {
		c := r.customer(1)
		c.Accounts.Add(&Account{AcctNo: 5000, AcctName: "n"})
		r.flush()
		r.rollback()
		r.note("accounts", accountNumbers(all(&c.Accounts)))
	}).but(addDoesNotLoad, restoresValues),

	"rollback.sequence_gap": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "X", LastName: "Y"})
		r.flush()
		r.rollback()
		c := &Customer{FirstName: "X", LastName: "Y"}
		r.s.Add(c)
		r.commit()
		r.note("id", c.ID)
	}).but(keepsValues),

	"rollback.readd_after_rollback": byDesign(
		"an object that was inserted is new again after Rollback, without the key that was generated: added again it gets a new one",
		func(r *run) {
			c := &Customer{FirstName: "X", LastName: "Y"}
			r.s.Add(c)
			r.flush()
			r.rollback()
			r.want("id after rollback", c.ID, 0)
			r.s.Add(c)
			r.commit()
			r.want("id", c.ID, 5)
			r.sent("BEGIN", "INSERT customer", "ROLLBACK", "BEGIN", "INSERT customer", "COMMIT")
			r.wantRows("customer WHERE id > 3", "id, first_name", `{"id":5,"first_name":"X"}`)
		}),

	"rollback.unique_violation_new_objects_lost": same(func(r *run) {
		a, b := &User{Name: "carl", Age: ptr[int32](1)}, &User{Name: "ann", Age: ptr[int32](2)}
		r.s.Add(a, b)
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
		r.note("states", []any{r.state(a), r.state(b)})
		r.s.Add(a)
		r.commit()
		r.note("names", val(query.Select(r.Users.Name).OrderBy(r.Users.ID).All(ctx, r.s)))
	}).but(statesInOrOut),

	"rollback.check_violation": same(func(r *run) {
		r.user(1).Age = ptr[int32](-1)
		r.err("flush", r.s.Flush(ctx))
		r.rollback()
		r.note("age", r.user(1).Age)
	}).but(rollbackWaits),

	"rollback.execute_error_not_flush": same(func(r *run) {
		_, err := query.Select(expr.Raw[expr.Int]("nope")).All(ctx, r.s)
		r.err("bad", err)
		n, err := query.Select(r.C).Count(ctx, r.s)
		r.errOf("next", n, err)
		r.rollback()
		r.note("after", val(query.Select(r.C).Count(ctx, r.s)))
	}).but(refusesItself, refusedEarly),

	"rollback.seed_catch_and_go_on": same(func(r *run) {
		r.s.Add(&User{Name: "ann", Age: ptr[int32](1)})
		if err := r.s.Commit(ctx); err != nil {
			r.note("first", className(err))
		}
		r.s.Add(&User{Name: "dora", Age: ptr[int32](1)})
		if err := r.s.Commit(ctx); err != nil {
			r.note("second", className(err))
		}
		r.check(r.s.Close(ctx))
	}),

	"rollback.rollback_twice": same(func(r *run) {
		r.rollback()
		r.rollback()
		val(query.Select(r.C).Count(ctx, r.s))
		r.rollback()
		r.rollback()
	}),
}
