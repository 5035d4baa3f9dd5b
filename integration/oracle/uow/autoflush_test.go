package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var autoflush = group{
	"autoflush.dirty_before_query": same(func(r *run) {
		r.customer(1).Email = ptr("new@x")
		r.mark("query of another table")
		r.note("n", val(query.Select(r.Accounts).Count(ctx, r.s)))
		r.rollback()
	}).but(flushesWhatIsAsked),

	"autoflush.session_autoflush_false": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "New", LastName: "Zed"})
		q := query.Select(r.C).NoFlush()
		r.note("count", val(q.Count(ctx, r.s)))
		r.flush()
		r.note("count after flush", val(q.Count(ctx, r.s)))
		r.rollback()
	}).but(noFlushPerQuery),

	"autoflush.get_does_not_autoflush_when_in_map": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("x")
		r.mark("get again")
		r.note("same", r.customer(1) == c)
		r.mark("get of another key")
		r.customer(2)
		r.rollback()
	}),

	"autoflush.execute_core_select_autoflush": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "New", LastName: "Zed"})
		r.note("n", val(query.Select(expr.Count(r.C.ID)).One(ctx, r.s)))
		r.rollback()
	}),

	"autoflush.autoflush_error": same(func(r *run) {
		r.s.Add(&User{Name: "ann", Age: ptr[int32](1)})
		n, err := query.Select(r.Users).Count(ctx, r.s)
		r.errOf("query", n, err)
		r.rollback()
	}).but(rollbackWaits),

	"autoflush.query_autoflush_false": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "New", LastName: "Zed"})
		r.note("n", val(query.Select(r.C).NoFlush().Count(ctx, r.s)))
		r.rollback()
	}),
}
