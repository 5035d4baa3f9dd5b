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

	"merge_detach.merge_of_pending_key": same(func(r *run) {
		u := &User{ID: 5, Name: "carl", Age: ptr[int32](1)}
		r.s.Add(u)
		m := val(session.Merge(ctx, r.s, &User{ID: 5, Name: "carlo", Age: ptr[int32](2)}))
		r.note("in", []any{m == u, m.Name})
		r.commit()
	}),

	"merge_detach.merge_of_doomed": same(func(r *run) {
		a := r.user(1)
		r.s.Delete(a)
		m := val(session.Merge(ctx, r.s, &User{ID: 1, Name: "anna", Age: ptr[int32](1)}))
		r.note("same", m == a)
		r.commit()
		r.note("name", r.user(1).Name)
	}),

	"merge_detach.merge_fails_then_again": same(func(r *run) {
		m := val(session.Merge(ctx, r.s, &User{ID: 1, Name: "bob", Age: ptr[int32](1)}))
		r.flushFails("flush")
		r.rollback()
		r.note("name", m.Name)
		m = val(session.Merge(ctx, r.s, &User{ID: 1, Name: "anna", Age: ptr[int32](1)}))
		r.note("m", []any{m.Name, m.Age})
		r.commit()
	}).but(rollbackWaits, restoresValues, readsStale),

	"merge_detach.merge_detached_changed_with_list": same(func(r *run) {
		c := r.customer(1)
		as := all(&c.Accounts)
		r.note("n", len(as))
		r.s.Expunge(c)
		for _, a := range as {
			r.s.Expunge(a)
		}
		c.Email = ptr("m")
		c.Accounts.Add(&Account{AcctNo: 7000, AcctName: "x"})
		m := val(session.Merge(ctx, r.s, c))
		r.note("same", m == c)
		r.commit()
		r.note("m", []any{m.Email, accountNumbers(all(&m.Accounts))})
	}).but(keepsValues),

	"merge_detach.merge_without_version": same(func(r *run) {
		m := val(session.Merge(ctx, r.s, &Doc{ID: 2, Title: ptr("x")}))
		r.commit()
		r.note("m", []any{m.Title, m.Version})
	}).but(keepsValues),

	"merge_detach.merge_in_savepoint_list_back": same(func(r *run) {
		n := r.savepoint()
		given := customerWith(1, &Account{AcctNo: 7000, AcctName: "x"})
		given.FirstName, given.LastName, given.Email, given.Mobile = "Alicia", "Doctor", ptr("e"), ptr("1")
		m := val(session.Merge(ctx, r.s, given))
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("first", m.FirstName)
		r.note("accounts", accountNumbers(all(&m.Accounts)))
		r.commit()
	}).but(restoresValues, manyRows, savepointTravels),

	"merge_detach.expunge_dirty_then_query": same(func(r *run) {
		a := r.user(1)
		a.Age = ptr[int32](99)
		r.s.Expunge(a)
		b := r.user(1)
		r.note("same", a == b)
		r.note("ages", ages(a, b))
		r.commit()
	}),

	"merge_detach.merge_new_with_defaults": same(func(r *run) {
		i := val(session.Merge(ctx, r.s, &Item{Name: ptr("m")}))
		r.commit()
		r.note("item", []any{i.Name, i.Qty, i.Code, i.Status, i.Rev})
		j := val(session.Merge(ctx, r.s, &Item{ID: 1, Name: ptr("n")}))
		r.note("same", i == j)
		r.commit()
		r.note("item", []any{j.Name, j.Qty, j.Code, j.Status, j.Rev})
	}).but(keepsValues, readsStale),
}
