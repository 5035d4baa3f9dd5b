package uow_test

import (
	"github.com/cupel-go/cupel/session"
)

var mergeDetachSiblings = group{
	"merge_detach.detached_readd": same(func(r *run) {
		c := r.customer(1)
		r.s.Expunge(c)
		c.Email = ptr("x")
		r.s.Add(c)
		r.commit()
	}),

	"merge_detach.merge_new": same(func(r *run) {
		c := val(session.Merge(ctx, r.s, &Customer{ID: 90, FirstName: "A", LastName: "B"}))
		r.commit()
		r.note("id", c.ID)
	}).but(keepsValues),

	"merge_detach.merge_no_key": same(func(r *run) {
		c := val(session.Merge(ctx, r.s, &Customer{FirstName: "A", LastName: "B"}))
		r.commit()
		r.note("id", c.ID)
	}).but(keepsValues),

	"merge_detach.merge_pending_twice": same(func(r *run) {
		a := val(session.Merge(ctx, r.s, &Customer{ID: 90, FirstName: "A", LastName: "B"}))
		b := val(session.Merge(ctx, r.s, &Customer{ID: 90, FirstName: "C", LastName: "B"}))
		r.note("same", a == b)
		r.commit()
	}),

	"merge_detach.merge_deleted_row": same(func(r *run) {
		c := r.customer(1)
		m := val(session.Merge(ctx, r.s, &Customer{ID: 1, FirstName: "Z", LastName: "Y"}))
		r.note("changed", []any{m.FirstName, m.Email})
		r.rollback()
		r.note("back", []any{c.FirstName, c.Email})
	}).but(restoresValues),

	"merge_detach.merge_many_to_one": same(func(r *run) {
		given := &Account{AcctNo: 1001, AcctName: "m"}
		given.Customer.Set(&Customer{ID: 2, FirstName: "Bobby", LastName: "Builder"})
		a := val(session.Merge(ctx, r.s, given, r.Accounts.AcctName, r.C.FirstName, r.C.LastName))
		r.commit()
		r.note("v", []any{a.CustID, one(&a.Customer).FirstName})
	}).but(readsByTable, namesColumns),

	"merge_detach.merge_m2m": same(func(r *run) {
		given := &Student{ID: 1, Name: ptr("Ann")}
		given.Courses.Add(&Course{ID: 2, Title: ptr("SQL")}, &Course{ID: 3, Title: ptr("Art")})
		s := val(session.Merge(ctx, r.s, given))
		r.commit()
		r.note("v", courseIDs(all(&s.Courses)))
	}).but(readsByTable),

	"merge_detach.merge_version_stale": same(func(r *run) {
		r.doc(2)
		_, err := session.Merge(ctx, r.s, &Doc{ID: 2, Title: ptr("x"), Version: 3})
		r.err("merge", err)
		r.rollback()
	}),

	"merge_detach.expunge_child_then_commit": same(func(r *run) {
		a := all(&r.customer(1).Accounts)[0]
		r.s.Expunge(a)
		a.AcctName = "lost"
		r.commit()
	}),
}
