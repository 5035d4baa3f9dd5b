package uow_test

import (
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// customerWith returns what a program gives to Merge: a customer with accounts, which are all that there are.
func customerWith(id int64, as ...*Account) *Customer {
	c := &Customer{ID: id}
	c.Accounts.Add(as...)
	return c
}

// reopen closes the session and goes on with another one, as Python's does after close().
func (r *run) reopen() {
	r.check(r.s.Close(ctx))
	r.s = r.engine.Session()
}

var mergeDetach = group{
	"merge_detach.merge_none_given": same(func(r *run) {
		val(session.Merge(ctx, r.s, &Customer{ID: 1}, r.C.Mobile))
		r.commit()
	}).but(namesColumns),

	"merge_detach.merge_in_map": same(func(r *run) {
		c := r.customer(1)
		r.mark("merge")
		d := val(session.Merge(ctx, r.s, &Customer{ID: 1, Email: ptr("x")}, r.C.Email))
		r.note("same", c == d)
		r.commit()
	}).but(namesColumns),

	"merge_detach.merge_cascade": same(func(r *run) {
		given := customerWith(1, &Account{AcctNo: 1001, AcctName: "renamed"}, &Account{AcctNo: 5000, AcctName: "new"})
		val(session.Merge(ctx, r.s, given, r.Accounts.AcctName))
		r.commit()
	}).but(namesColumns),

	"merge_detach.merge_orphan": same(func(r *run) {
		given := customerWith(1, &Account{AcctNo: 1001, AcctName: "Alice Trade Account"})
		val(session.Merge(ctx, r.s, given, r.Accounts.AcctName))
		r.commit()
	}).but(namesColumns),

	"merge_detach.merge_unchanged": same(func(r *run) {
		c := r.customer(1)
		r.reopen()
		val(session.Merge(ctx, r.s, c))
		r.commit()
	}).but(closesForGood),

	"merge_detach.expunge": same(func(r *run) {
		c := r.customer(1)
		r.s.Expunge(c)
		r.note("state", r.state(c))
		c.Email = ptr("x")
		r.mark("commit")
		r.commit()
	}).but(statesInOrOut),

	"merge_detach.expunge_pending": same(func(r *run) {
		c := &Customer{FirstName: "x", LastName: "y"}
		r.s.Add(c)
		r.s.Expunge(c)
		r.note("state", r.state(c))
		r.mark("commit")
		r.commit()
	}).but(statesInOrOut),

	"merge_detach.expunge_not_in_session": byDesign(
		"Expunge says that objects are not to be in the session: of one that is not there, it has nothing to do",
		func(r *run) {
			r.wantErr("expunge", r.later(func() { r.s.Expunge(&Customer{FirstName: "x"}) }), nil)
			r.sent()
		}),

	"merge_detach.expunge_cascade": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		r.s.Expunge(c)
		r.note("states", []any{r.state(c), r.state(a)})
	}).but(statesInOrOut),

	"merge_detach.detached_expired": same(func(r *run) {
		c := r.customer(1)
		r.commit()
		r.s.Expunge(c)
		_, err := c.Accounts.All(ctx)
		r.wantErr("accounts", err, model.ErrDetached)
		r.note("email", c.Email)
	}).but(keepsDetached),

	"merge_detach.detached_loaded": same(func(r *run) {
		c := r.customer(1)
		r.reopen()
		r.note("state", r.state(c))
		r.note("email", c.Email)
	}).but(statesInOrOut, closesForGood),

	"merge_detach.close_expunges": same(func(r *run) {
		c := r.customer(1)
		r.reopen()
		r.note("state", r.state(c))
		r.note("in session", r.s.Contains(c))
		r.mark("use again")
		r.note("n", val(query.Select(r.C).Count(ctx, r.s)))
		r.note("same", r.customer(1) == c)
	}).but(statesInOrOut, closesForGood),

	"merge_detach.closed_pending": same(func(r *run) {
		c := &Customer{FirstName: "x", LastName: "y"}
		r.s.Add(c)
		r.reopen()
		r.note("state", r.state(c))
		r.mark("commit")
		r.commit()
	}).but(statesInOrOut, closesForGood),

	"merge_detach.object_session": same(func(r *run) {
		c := r.customer(1)
		r.note("is session", r.s.Contains(c))
		r.s.Expunge(c)
		var of *session.Session
		if r.s.Contains(c) {
			of = r.s
		}
		r.note("after", of)
	}).but(asksSession),
}
