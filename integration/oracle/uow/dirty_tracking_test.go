package uow_test

import (
	"math/big"
	"slices"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/session"
)

var dirtyTracking = group{
	"dirty_tracking.two_columns_order": same(func(r *run) {
		c := r.customer(1)
		c.Mobile, c.FirstName = ptr("999"), "Alicia"
		r.commit()
	}),

	"dirty_tracking.set_same_value": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("alice.d@timbuk2.do")
		r.mark("commit")
		r.commit()
	}),

	"dirty_tracking.changed_back": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("other")
		c.Email = ptr("alice.d@timbuk2.do")
		r.note("is_modified", len(val(r.s.Changes(c))) > 0)
		r.mark("commit")
		r.commit()
	}),

	"dirty_tracking.changed_back_expired": byDesign(
		"after a commit an object still has the row that was loaded, so the same value is no change and nothing is sent",
		func(r *run) {
			c := r.customer(1)
			r.commit()
			r.sent("SELECT customer")
			c.Email = ptr("alice.d@timbuk2.do")
			r.commit()
			r.sent()
			r.wantRows("customer WHERE id = 1", "email", `{"email":"alice.d@timbuk2.do"}`)
		}),

	"dirty_tracking.history": same(func(r *run) {
		c := r.customer(1)
		r.note("before", r.history(c, "email", c.Email))
		c.Email = ptr("n")
		r.note("after", r.history(c, "email", c.Email))
		r.flush()
		r.note("after flush", r.history(c, "email", c.Email))
		r.rollback()
	}),

	"dirty_tracking.two_flushes": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("a")
		r.flush()
		c.Email = ptr("b")
		r.flush()
		r.commit()
	}),

	"dirty_tracking.flag_modified": same(func(r *run) {
		t := r.thing()
		t.Data["b"] = 2 // a change inside is seen without a flag
		r.commit()
	}),

	"dirty_tracking.numeric_equal_value": same(func(r *run) {
		t := r.thing()
		t.Price = pgtype.Numeric{Int: big.NewInt(105), Exp: -1, Valid: true}
		r.mark("commit")
		r.commit()
	}),

	"dirty_tracking.numeric_float_value": python("a decimal field cannot be set to a float: that does not compile"),
	"dirty_tracking.bool_int":            python("a bool field cannot be set to 1: that does not compile"),

	"dirty_tracking.json_equal": same(func(r *run) {
		t := r.thing()
		t.Data = map[string]int{"a": 1}
		r.mark("commit")
		r.commit()
	}),

	"dirty_tracking.deferred_column": same(func(r *run) {
		t := r.thing()
		r.note("loaded", slices.DeleteFunc(loaded(t), func(c string) bool { return c == "big" && t.Big == nil }))
		r.mark("access")
		r.check(session.Load(ctx, r.s, r.Things, []*Thing{t}, r.Things.Big))
		r.note("big", t.Big)
		r.mark("set without load")
		r.check(r.s.Refresh(ctx, t))
		t.Big = ptr("new")
		r.commit()
	}).but(saysGet, wholeRows),

	"dirty_tracking.update_missing_row": same(func(r *run) {
		u := r.user(1)
		r.otherSQL("delete from users where id = 1")
		u.Age = ptr[int32](31)
		r.err("flush", r.s.Flush(ctx))
		r.rollback()
	}).but(rollbackWaits),

	"dirty_tracking.delete_missing_row": same(func(r *run) {
		u := r.user(1)
		r.otherSQL("delete from users where id = 1")
		r.s.Delete(u)
		r.err("flush", r.s.Flush(ctx))
		r.commit()
	}),
}

// thing returns the only thing.
func (r *run) thing() *Thing { return val(session.Get(ctx, r.s, r.Things, int64(1))) }

// history returns what was added to a column, what is unchanged and what is gone, as SQLAlchemy tells it.
func (r *run) history(obj any, column string, now any) [][]any {
	for _, c := range val(r.s.Changes(obj)) {
		if c.Column == column {
			return [][]any{{c.New}, {}, {c.Old}}
		}
	}
	return [][]any{{}, {now}, {}}
}
