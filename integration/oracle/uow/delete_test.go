package uow_test

import "github.com/cupel-go/cupel/session"

var deletes = group{
	"delete.transient": same(func(r *run) {
		r.err("delete", r.later(func() { r.s.Delete(&Customer{FirstName: "x"}) }))
	}).but(mistakeLater),

	"delete.pending": byDesign(
		"an object that was added and not flushed leaves the session when it is deleted",
		func(r *run) {
			c := &Customer{FirstName: "x", LastName: "y"}
			r.s.Add(c)
			r.s.Delete(c)
			r.want("in session", r.s.Contains(c), false)
			r.flush()
			r.rollback()
			r.sent()
		}),

	"delete.parent_nulls_children": same(func(r *run) {
		r.s.Delete(r.customer(1))
		r.commit()
	}).but(manyRows),

	"delete.parent_oneway": same(func(r *run) {
		r.s.Delete(r.customer(1))
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
	}),

	"delete.cascade_all": same(func(r *run) {
		r.s.Delete(r.customer(1))
		r.commit()
	}).but(manyRows),

	"delete.cascade_three_levels": same(func(r *run) {
		r.s.Delete(val(session.Get(ctx, r.s, r.Regions, 1)))
		r.commit()
	}).but(manyRows, cohortLoads),

	"delete.passive_deletes": same(func(r *run) {
		r.s.Delete(r.customer(1))
		r.commit()
	}),

	"delete.passive_deletes_loaded": same(func(r *run) {
		c := r.customer(1)
		all(&c.Accounts)
		r.s.Delete(c)
		r.commit()
	}).but(manyRows),

	"delete.cascade_does_not_go_up": same(func(r *run) {
		r.s.Delete(r.account(1001))
		r.commit()
	}),

	"delete.many_to_many_other_side": same(func(r *run) {
		r.s.Delete(r.course(2))
		r.commit()
	}).but(linksByOwner),

	"delete.deleted_still_in_collection": same(func(r *run) {
		c := r.customer(1)
		accs := all(&c.Accounts)
		r.s.Delete(accs[0])
		r.flush()
		r.note("still there", accountNumbers(all(&c.Accounts)))
		r.commit()
		r.note("after commit", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues, leavesLists),

	"delete.delete_then_add_back": same(func(r *run) {
		u := r.user(1)
		r.s.Delete(u)
		r.s.Add(u)
		r.mark("commit")
		r.commit()
		r.note("state", r.state(u))
	}).but(statesInOrOut),

	"delete.add_deleted_after_flush": byDesign(
		"an object whose delete was flushed can be added again: it is new",
		func(r *run) {
			u := r.user(1)
			r.s.Delete(u)
			r.flush()
			r.s.Add(u)
			r.want("in session", r.s.Contains(u), true)
			r.rollback()
			r.sent("SELECT users", "BEGIN", "DELETE users", "ROLLBACK")
			r.wantRows("users", "id, name", `{"id":1,"name":"ann"}`, `{"id":2,"name":"bob"}`)
		}),

	"delete.delete_expired": same(func(r *run) {
		u := r.user(1)
		r.commit()
		r.mark("delete")
		r.s.Delete(u)
		r.mark("flush")
		r.flush()
		r.commit()
	}).but(keepsValues),

	"delete.self_referential_children_nulled": same(func(r *run) {
		r.s.Delete(r.node(2))
		r.commit()
	}),
}
