package uow_test

import (
	"errors"

	"github.com/cupel-go/cupel/session"
)

var savepoint = group{
	"savepoint.release": same(func(r *run) {
		r.check(r.s.Nested(ctx, func() error {
			r.s.Add(&Customer{FirstName: "X", LastName: "Y"})
			return nil
		}))
		r.commit()
	}),

	"savepoint.rollback_to": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "outer", LastName: "Y"})
		n := val(r.s.Savepoint(ctx))
		inner := &Customer{FirstName: "inner", LastName: "Y"}
		r.s.Add(inner)
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("inner state", r.state(inner))
		r.commit()
	}).but(statesInOrOut),

	"savepoint.flush_before_savepoint": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "outer", LastName: "Y"})
		r.mark("begin_nested")
		n := val(r.s.Savepoint(ctx))
		r.check(n.Rollback(ctx))
		r.commit()
	}),

	"savepoint.unique_violation_inside": same(func(r *run) {
		for _, name := range []string{"carl", "ann", "dora"} {
			err := r.s.Nested(ctx, func() error {
				r.s.Add(&User{Name: name, Age: ptr[int32](1)})
				return nil
			})
			if unique := (*session.UniqueError)(nil); errors.As(err, &unique) {
				r.mark("duplicate " + name)
			} else {
				r.check(err)
			}
		}
		r.commit()
	}),

	"savepoint.nested_two_levels": same(func(r *run) {
		r.check(r.s.Nested(ctx, func() error {
			r.s.Add(&Customer{FirstName: "one", LastName: "Y"})
			inner := val(r.s.Savepoint(ctx))
			r.s.Add(&Customer{FirstName: "two", LastName: "Y"})
			r.flush()
			return inner.Rollback(ctx)
		}))
		r.commit()
	}),

	"savepoint.attributes_expired_after_rollback_to": same(func(r *run) {
		c, d := r.customer(1), r.customer(2)
		n := val(r.s.Savepoint(ctx))
		c.Email = ptr("x")
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("loaded c", loaded(c))
		r.note("loaded d", loaded(d))
		r.mark("access")
		r.note("email", c.Email)
	}).but(restoresValues, wholeRows),

	"savepoint.release_does_not_expire": same(func(r *run) {
		c := r.customer(1)
		r.check(r.s.Nested(ctx, func() error {
			c.Email = ptr("x")
			return nil
		}))
		r.note("loaded c", loaded(c))
		r.commit()
	}).but(wholeRows),

	"savepoint.context_manager_exception": same(func(r *run) {
		err := r.s.Nested(ctx, func() error {
			r.s.Add(&Customer{FirstName: "X", LastName: "Y"})
			r.flush()
			return errors.New("boom")
		})
		r.err("block", err)
		r.s.Add(&Customer{FirstName: "after", LastName: "Y"})
		r.commit()
	}),
}
