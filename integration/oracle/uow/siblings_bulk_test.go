package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var bulkSiblings = group{
	"bulk.update_evaluate_in_session": same(func(r *run) {
		a, b := r.account(1001), r.account(1002)
		r.note("n", val(query.Update(r.Accounts).Set(r.Accounts.AcctName.To("same")).Filter(r.Accounts.CustID.Eq(1)).Exec(ctx, r.s)))
		r.note("names", []string{a.AcctName, b.AcctName})
		r.commit()
		r.note("names", []string{a.AcctName, b.AcctName})
	}).but(keepsValues),

	"bulk.update_moves_list": same(func(r *run) {
		c := r.customer(1)
		r.note("n", len(all(&c.Accounts)))
		val(query.Update(r.Accounts).Set(r.Accounts.CustID.To(2)).Filter(r.Accounts.AcctNo.Eq(1001)).Exec(ctx, r.s))
		r.commit()
		r.note("after", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues, columnsAsWritten),

	"bulk.delete_loaded_list": same(func(r *run) {
		c := r.customer(1)
		r.note("n", len(all(&c.Accounts)))
		val(query.Delete(r.Accounts).Filter(r.Accounts.AcctNo.Eq(1001)).Exec(ctx, r.s))
		r.commit()
		r.note("after", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"bulk.delete_then_commit_dirty": same(func(r *run) {
		r.account(1001).AcctName = "changed"
		r.note("n", val(query.Delete(r.Accounts).Filter(r.Accounts.AcctName.Eq("changed")).Exec(ctx, r.s)))
		r.commit()
		r.note("left", val(query.Select(r.Accounts).Count(ctx, r.s)))
	}),

	"bulk.update_unflushed_change_other_column": same(func(r *run) {
		u := r.user(1)
		u.Name = "annie"
		val(query.Update(r.Users).Set(r.Users.Age.To(5)).Filter(r.Users.ID.Eq(1)).Exec(ctx, r.s))
		r.note("age", u.Age)
		r.commit()
		r.note("both", []any{u.Name, u.Age})
	}).but(keepsValues),

	"bulk.update_rollback": same(func(r *run) {
		u := r.user(1)
		val(query.Update(r.Users).Set(r.Users.Age.To(5)).Filter(r.Users.ID.Eq(1)).Exec(ctx, r.s))
		r.note("age", u.Age)
		r.rollback()
		r.note("age", u.Age)
	}).but(restoresValues),

	"bulk.update_column_from_column": same(func(r *run) {
		u := r.user(2)
		val(query.Update(r.Users).Set(r.Users.Age.ToExpr(expr.CastTo[expr.Int32](r.Users.ID.Times(10)))).Everywhere().Exec(ctx, r.s))
		r.note("age", u.Age)
		r.commit()
	}),

	"bulk.update_case": same(func(r *run) {
		u := r.user(2)
		age := expr.Case[expr.NullInt32]().When(r.Users.Name.Eq("bob"), 1).Else(2)
		val(query.Update(r.Users).Set(r.Users.Age.ToExpr(age)).Everywhere().Exec(ctx, r.s))
		r.note("age", u.Age)
		r.commit()
	}).but(returnsByItself),

	"bulk.delete_fk_violation": same(func(r *run) {
		n, err := query.Delete(r.C).Filter(r.C.ID.Eq(1)).Exec(ctx, r.s)
		r.errOf("delete", n, err)
		r.rollback()
		r.note("n", val(query.Select(r.C).Count(ctx, r.s)))
	}),

	"bulk.update_pk_onupdate": same(func(r *run) {
		r.note("n", val(query.Update(r.Accounts).Set(r.Accounts.CustID.ToNull()).Filter(r.Accounts.AcctNo.Eq(1001)).Exec(ctx, r.s)))
		r.commit()
	}).but(columnsAsWritten),

	"bulk.delete_in_subquery": same(func(r *run) {
		a := r.account(1001)
		r.note("n", val(query.Delete(r.Accounts).Filter(r.Accounts.Customer.Has(r.C.FirstName.Eq("Alice"))).Exec(ctx, r.s)))
		r.note("in", r.s.Contains(a))
		r.commit()
	}),

	"bulk.update_and_version": byDesign(
		"query.Update counts the version up, so that who read the row before notices",
		func(r *run) {
			d := val(session.Get(ctx, r.s, r.Docs, 1))
			r.want("rows", val(query.Update(r.Docs).Set(r.Docs.Title.To("bulk")).Filter(r.Docs.ID.Eq(1)).Exec(ctx, r.s)), 1)
			d.Title = ptr("after")
			r.commit()
			r.sent("SELECT doc", "BEGIN", "UPDATE doc", "UPDATE doc", "COMMIT")
			r.wantRows("doc WHERE id = 1", "title, version", `{"title":"after","version":3}`)
		}),

	"bulk.delete_then_add_same_key": same(func(r *run) {
		a := r.user(1)
		r.note("n", val(query.Delete(r.Users).Filter(r.Users.ID.Eq(1)).Exec(ctx, r.s)))
		u := &User{ID: 1, Name: "ann", Age: ptr[int32](5)}
		r.s.Add(u)
		r.commit()
		r.note("in", r.in(a, u))
		r.note("age", u.Age)
	}).but(keepsValues),

	"bulk.update_sync_none_then_refresh": same(func(r *run) {
		a := r.user(1)
		val(query.Update(r.Users).Set(r.Users.Age.To(50)).Filter(r.Users.ID.Eq(1)).Sync(query.SyncNone).Exec(ctx, r.s))
		r.note("age", a.Age)
		r.check(r.s.Refresh(ctx, a))
		r.note("age", a.Age)
		a.Age = ptr[int32](51)
		r.commit()
	}),

	"bulk.update_changes_pending_rows": same(func(r *run) {
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		older := query.Update(r.Users).Set(r.Users.Age.ToExpr(r.Users.Age.Plus(1))).Filter(r.Users.Age.Lt(35))
		r.note("n", val(older.Exec(ctx, r.s)))
		r.commit()
		r.note("ages", ages(val(query.Select(r.Users).OrderBy(r.Users.ID).All(ctx, r.s))...))
	}),

	"bulk.delete_in_savepoint_back": same(func(r *run) {
		c := r.customer(1)
		r.note("n", len(all(&c.Accounts)))
		n := r.savepoint()
		r.note("deleted", val(query.Delete(r.Accounts).Filter(r.Accounts.CustID.Eq(1)).Exec(ctx, r.s)))
		r.check(n.Rollback(ctx))
		r.note("n", len(all(&c.Accounts)))
		all(&c.Accounts)[0].AcctName = "alive"
		r.commit()
	}).but(distrustsReads),

	"bulk.save_objects_not_in_session": same(func(r *run) {
		u := &User{Name: "carl", Age: ptr[int32](1)}
		r.check(session.BulkInsert(ctx, r.s, r.Users, u))
		r.note("in", r.s.Contains(u))
		v := val(query.Select(r.Users).Filter(r.Users.Name.Eq("carl")).One(ctx, r.s))
		r.note("same", u == v)
		v.Age = ptr[int32](2)
		r.commit()
	}),

	"bulk.update_of_dirty_same_column": same(func(r *run) {
		a := r.user(1)
		a.Age = ptr[int32](60)
		val(query.Update(r.Users).Set(r.Users.Age.ToExpr(r.Users.Age.Plus(1))).Filter(r.Users.ID.Eq(1)).Exec(ctx, r.s))
		r.note("age", a.Age)
		r.commit()
		r.note("age", a.Age)
	}).but(keepsValues),

	"bulk.update_relation_column_then_list": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		lens := func() []int { return []int{len(all(&c1.Accounts)), len(all(&c2.Accounts))} }
		r.note("n", lens())
		val(query.Update(r.Accounts).Set(r.Accounts.CustID.To(2)).Filter(r.Accounts.AcctNo.Eq(1001)).Exec(ctx, r.s))
		r.commit()
		r.note("n", lens())
	}).but(keepsValues, columnsAsWritten),

	"bulk.delete_then_rollback": same(func(r *run) {
		a := r.account(1001)
		val(query.Delete(r.Accounts).Filter(r.Accounts.AcctNo.Eq(1001)).Exec(ctx, r.s))
		r.note("in", r.s.Contains(a))
		r.rollback()
		r.note("in", r.s.Contains(a))
		a.AcctName = "back"
		r.commit()
		r.note("name", a.AcctName)
	}).but(restoresValues),
}
