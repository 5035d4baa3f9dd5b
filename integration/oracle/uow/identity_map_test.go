package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var identityMap = group{
	"identity_map.query_then_get": same(func(r *run) {
		cs := val(query.Select(r.C).OrderBy(r.C.ID).All(ctx, r.s))
		r.mark("get")
		r.note("same", r.customer(2) == cs[1])
	}),

	"identity_map.query_twice": same(func(r *run) {
		q := query.Select(r.C).Filter(r.C.ID.Eq(1))
		a := val(q.One(ctx, r.s))
		r.otherSQL("update customer set email = 'elsewhere' where id = 1")
		b := val(q.One(ctx, r.s))
		r.note("same", a == b)
		r.note("email", b.Email)
	}),

	"identity_map.get_missing": same(func(r *run) {
		r.note("first", orNone(session.Get(ctx, r.s, r.C, 99)))
		r.note("second", orNone(session.Get(ctx, r.s, r.C, 99)))
	}),

	"identity_map.get_string_key": python("a key as a string, which the driver takes for a number"),

	"identity_map.get_composite": same(func(r *run) {
		l := val(session.Get(ctx, r.s, r.Lines, 1, 2))
		r.note("qty", l.Qty)
		r.mark("again by dict")
		r.note("same", val(session.Get(ctx, r.s, r.Lines, 1, 2)) == l)
	}),

	"identity_map.weak_references": python("an identity map with weak references is for garbage collection as Python has it"),
	"identity_map.dirty_is_strong": python("an identity map with weak references is for garbage collection as Python has it"),

	"identity_map.get_expired": same(func(r *run) {
		r.customer(1)
		r.commit()
		r.mark("get")
		d := r.customer(1)
		r.mark("access")
		r.note("email", d.Email)
	}),

	"identity_map.get_after_delete": same(func(r *run) {
		u := r.user(1)
		r.s.Delete(u)
		r.mark("get before flush")
		r.note("before flush is same", orNone(session.Get(ctx, r.s, r.Users, 1)) == u)
		r.flush()
		r.mark("get after flush")
		r.note("after flush", orNone(session.Get(ctx, r.s, r.Users, 1)))
		r.rollback()
	}),

	"identity_map.attach_to_two_sessions": same(func(r *run) {
		s2 := r.engine.Session()
		s2.Add(r.customer(1))
		r.err("add", s2.Flush(ctx))
		r.check(s2.Close(ctx))
	}).but(mistakeLater),
}
