package uow_test

import (
	"github.com/cupel-go/cupel/session"
)

var dirtyTrackingSiblings = group{
	"dirty_tracking.null_to_value_and_back": same(func(r *run) {
		c := r.customer(2)
		c.Mobile = ptr("1")
		r.flush()
		c.Mobile = nil
		r.commit()
		r.note("m", c.Mobile)
	}).but(keepsValues),

	"dirty_tracking.empty_string_vs_null": same(func(r *run) {
		c := r.customer(2)
		c.Mobile = ptr("")
		r.commit()
		r.note("m", c.Mobile)
	}).but(keepsValues),

	"dirty_tracking.relationship_only": same(func(r *run) {
		a := r.account(1001)
		a.Customer.Set(r.customer(1))
		r.note("modified", len(val(r.s.Changes(a))) > 0)
		r.commit()
	}),

	"dirty_tracking.pk_changed": same(func(r *run) {
		u := r.user(1)
		u.ID = 77
		r.commit()
		r.note("same", r.user(77) == u)
		r.note("old", orNone(session.Get(ctx, r.s, r.Users, 1)))
	}),

	"dirty_tracking.pk_changed_to_taken": same(func(r *run) {
		u := r.user(1)
		u.ID = 2
		r.commitFails()
		r.note("id", u.ID)
	}).but(restoresValues),

	"dirty_tracking.pk_and_value": same(func(r *run) {
		u := r.user(1)
		u.ID, u.Age = 77, ptr[int32](78)
		r.commit()
	}),

	"dirty_tracking.array_new_value": same(func(r *run) {
		t := r.thing()
		t.Tags, t.Flag = []string{"x", "y"}, nil
		r.commit()
		r.note("tags", t.Tags)
	}).but(keepsValues),

	"dirty_tracking.json_none": same(func(r *run) {
		r.thing().Data = map[string]int{}
		r.commit()
	}),

	"dirty_tracking.after_failed_flush": same(func(r *run) {
		u := r.user(1)
		u.Age = ptr[int32](-1)
		r.err("flush", r.s.Flush(ctx))
		r.rollback()
		u.Age = ptr[int32](5)
		r.commit()
		r.note("age", u.Age)
	}).but(rollbackWaits, restoresValues),

	"dirty_tracking.change_after_flush_rollback": same(func(r *run) {
		u := r.user(1)
		u.Age = ptr[int32](31)
		r.flush()
		u.Age = ptr[int32](32)
		r.rollback()
		r.note("age", u.Age)
		u.Age = ptr[int32](33)
		r.commit()
	}).but(restoresValues),
}
