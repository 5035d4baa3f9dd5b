package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var bulk = group{
	"bulk.delete_evaluate_default": same(func(r *run) {
		a, b := r.account(1001), r.account(1002)
		n := val(query.Delete(r.Accounts).Filter(r.Accounts.AcctNo.Eq(1001)).Sync(query.SyncEvaluate).Exec(ctx, r.s))
		r.note("n", n)
		r.note("states", []any{r.state(a), r.state(b)})
		r.note("in session", []bool{r.s.Contains(a), r.s.Contains(b)})
		r.commit()
	}).but(statesInOrOut),

	"bulk.delete_like_fetch": same(func(r *run) {
		a := r.account(1001)
		n := val(query.Delete(r.Accounts).Filter(r.Accounts.AcctName.Like("Alice%")).Exec(ctx, r.s))
		r.note("n", n)
		r.note("in session", r.s.Contains(a))
		r.commit()
	}),

	"bulk.delete_evaluate_null": same(func(r *run) {
		c, d := r.customer(2), r.customer(1)
		n, err := query.Update(r.C).Set(r.C.Mobile.To("1")).Filter(r.C.Mobile.IsNull()).Sync(query.SyncEvaluate).Exec(ctx, r.s)
		r.errOf("update", n, err)
		r.note("mobiles", []*string{c.Mobile, d.Mobile})
		r.commit()
	}),

	"bulk.delete_evaluate_function_error": same(func(r *run) {
		lower := expr.Lower(r.Accounts.AcctName).Eq("x")
		n, err := query.Delete(r.Accounts).Filter(lower).Sync(query.SyncEvaluate).Exec(ctx, r.s)
		r.errOf("delete", n, err)
		r.rollback()
	}),

	"bulk.evaluate_expired_object": same(func(r *run) {
		a := r.account(1001)
		r.commit()
		r.note("n", val(query.Delete(r.Accounts).Filter(r.Accounts.AcctNo.Eq(1001)).Sync(query.SyncEvaluate).Exec(ctx, r.s)))
		r.note("in session", r.s.Contains(a))
		r.commit()
	}),

	"bulk.update_evaluate_expression": same(func(r *run) {
		u := r.user(1)
		update := query.Update(r.Users).Set(r.Users.Age.ToExpr(r.Users.Age.Plus(1))).Filter(r.Users.ID.Eq(1))
		r.note("n", val(update.Sync(query.SyncEvaluate).Exec(ctx, r.s)))
		r.mark("access")
		r.note("age", u.Age)
		r.commit()
	}),

	"bulk.update_fetch": same(func(r *run) {
		u := r.user(1)
		r.note("n", val(query.Update(r.Users).Set(r.Users.Age.To(99)).Filter(r.Users.Name.Like("a%")).Exec(ctx, r.s)))
		r.mark("access")
		r.note("age", u.Age)
		r.commit()
	}),

	"bulk.update_false_stale": same(func(r *run) {
		u := r.user(1)
		val(query.Update(r.Users).Set(r.Users.Age.To(99)).Filter(r.Users.ID.Eq(1)).Sync(query.SyncNone).Exec(ctx, r.s))
		r.note("age before commit", u.Age)
		r.commit()
		r.note("age after commit", val(session.Get(ctx, r.s, r.Users, 1)).Age)
	}).but(saysGet),

	"bulk.update_autoflush": same(func(r *run) {
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		r.note("n", val(query.Update(r.Users).Set(r.Users.Age.To(10)).Filter(r.Users.Age.Lt(10)).Sync(query.SyncNone).Exec(ctx, r.s)))
		r.commit()
	}),

	"bulk.update_invalid_sync":      python("the ways to keep a session in step are constants of a type of their own"),
	"bulk.update_unknown_attribute": python("a column that is not there does not compile"),

	"bulk.execute_delete_like": same(func(r *run) {
		d := query.Delete(r.Users).Filter(r.Users.Name.Like("a%"))
		n, err := d.Sync(query.SyncEvaluate).Exec(ctx, r.s)
		r.errOf("default", n, err)
		r.note("rowcount", val(d.Exec(ctx, r.s)))
		r.commit()
	}),

	"bulk.seed_delete_cust_accts": same(func(r *run) {
		c, a := r.C, r.Accounts
		r.s.Add(&Customer{ID: 11, FirstName: "David", LastName: "Plumber"}, &Customer{ID: 12, FirstName: "Emily", LastName: "Player"},
			&Customer{ID: 13, FirstName: "Frank", LastName: "Doctor"})
		r.s.Add(&Account{AcctNo: 2001, AcctName: "David Trade Account", CustID: ptr[int64](11)},
			&Account{AcctNo: 2005, AcctName: "Frank Credit Account", CustID: ptr[int64](13)})
		r.commit()
		r.mark("delete accounts")
		del := query.Delete(a).Filter(a.AcctNo.Ge(2001).And(a.AcctNo.Le(2005)))
		r.note("accounts", val(del.Sync(query.SyncEvaluate).Exec(ctx, r.s)))
		r.commit()
		r.mark("delete customers")
		r.note("frank", val(query.Delete(c).Filter(c.FirstName.Eq("Frank")).Sync(query.SyncEvaluate).Exec(ctx, r.s)))
		r.note("pl", val(query.Delete(c).Filter(c.LastName.Like("%Pl%")).Sync(query.SyncNone).Exec(ctx, r.s)))
		r.commit()
	}),

	"bulk.insert_core_no_identity": same(func(r *run) {
		insert := query.Insert(r.Users).Values(r.Users.Name.To("carl"), r.Users.Age.To(3))
		r.note("pk", val(query.Returning(insert, r.Users.ID).All(ctx, r.s)))
		r.note("in map", r.s.Len())
		r.commit()
	}),
}
