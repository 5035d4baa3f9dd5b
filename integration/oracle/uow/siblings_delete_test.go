package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var deleteSiblings = group{
	"delete.tree_cascade_root": same(func(r *run) {
		r.s.Delete(r.node(1))
		r.commit()
	}).but(manyRows, cohortLoads),

	"delete.notnull_parent": same(func(r *run) {
		r.s.Delete(r.customer(1))
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
	}).but(manyRows, rollbackWaits),

	"delete.passive_all": same(func(r *run) {
		r.s.Delete(r.customer(1))
		r.commit()
	}),

	"delete.passive_all_loaded": same(func(r *run) {
		c := r.customer(1)
		all(&c.Accounts)
		r.s.Delete(c)
		r.commit()
	}),

	"delete.m2m_owner": same(func(r *run) {
		r.s.Delete(r.student(1))
		r.commit()
	}).but(linksByOwner),

	"delete.m2m_remove_then_delete": same(func(r *run) {
		s, c := r.student(1), r.course(2)
		all(&s.Courses)
		s.Courses.Remove(c)
		r.s.Delete(c)
		r.commit()
		r.note("left", courseIDs(all(&s.Courses)))
	}).but(keepsValues, linksByOwner),

	"delete.m2m_append_then_delete": byDesign(
		"what was added to a list and is deleted in the same flush is not linked; there the link row is inserted, and the DELETE fails",
		func(r *run) {
			s, c := r.student(2), r.course(3)
			s.Courses.Add(c)
			r.s.Delete(c)
			r.commit()
			r.want("left", courseIDs(all(&s.Courses)), []int{2})
			r.sent("SELECT student", "SELECT course", "BEGIN", "DELETE enrolment", "DELETE course", "COMMIT", "SELECT course")
			r.wantRows("course", "id", `{"id":1}`, `{"id":2}`)
		}),

	"delete.one_to_one_cascade": same(func(r *run) {
		r.s.Delete(r.owner(1))
		r.commit()
	}),

	"delete.parent_and_children": same(func(r *run) {
		c := r.customer(1)
		for _, a := range all(&c.Accounts) {
			r.s.Delete(a)
		}
		r.s.Delete(c)
		r.commit()
	}).but(manyRows),

	"delete.then_rollback": same(func(r *run) {
		u := r.user(1)
		r.s.Delete(u)
		r.flush()
		r.rollback()
		r.note("state", r.state(u))
		r.note("name", u.Name)
	}).but(restoresValues, statesInOrOut),

	"delete.changed_and_deleted": same(func(r *run) {
		u := r.user(1)
		u.Age = ptr[int32](-5)
		r.s.Delete(u)
		r.commit()
	}),

	"delete.twice": same(func(r *run) {
		u := r.user(1)
		r.s.Delete(u)
		r.s.Delete(u)
		r.commit()
		r.note("state", r.state(u))
	}).but(statesInOrOut),

	"delete.after_commit_again": byDesign(
		"Delete of an object that is not in the session is an error; SQLAlchemy takes the object of a deleted row back into the session",
		func(r *run) {
			u := r.user(1)
			r.s.Delete(u)
			r.commit()
			r.wantErr("delete", r.later(func() { r.s.Delete(u) }), session.ErrNotInSession)
			r.rollback()
			r.sent("SELECT users", "BEGIN", "DELETE users", "COMMIT")
			r.wantRows("users WHERE id = 1", "id")
		}),

	"delete.and_new_same_unique": same(func(r *run) {
		r.s.Delete(r.user(1))
		r.flush()
		r.s.Add(&User{Name: "ann", Age: ptr[int32](1)})
		r.commit()
		r.note("ids", each(val(query.Select(r.Users).OrderBy(r.Users.ID).All(ctx, r.s)), func(u *User) int64 { return u.ID }))
	}),

	"delete.same_pk_new": same(func(r *run) {
		r.s.Delete(r.user(1))
		r.s.Add(&User{ID: 1, Name: "zed", Age: ptr[int32](9)})
		r.commit()
		r.note("names", userNames(r))
	}),

	"delete.moved_child_first": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		a := all(&c1.Accounts)[0]
		a.Customer.Set(c2)
		r.s.Delete(c1)
		r.commit()
		r.note("cust", a.CustID)
	}).but(keepsValues),

	"delete.cascade_unflushed_fk": same(func(r *run) {
		c1 := r.customer(1)
		r.customer(2)
		r.account(1001).CustID = ptr[int64](2)
		r.s.Delete(c1)
		r.commit()
	}).but(flushesLater),
}
