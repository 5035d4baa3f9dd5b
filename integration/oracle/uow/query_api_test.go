package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var queryAPI = group{
	"query_api.first_sql": same(func(r *run) {
		r.note("id", val(query.Select(r.C).OrderBy(r.C.ID).First(ctx, r.s)).ID)
	}),

	"query_api.one_sql": same(func(r *run) {
		q := query.Select(r.C)
		r.note("id", val(q.Filter(r.C.ID.Eq(1)).One(ctx, r.s)).ID)
		_, err := q.Filter(r.C.ID.Eq(9)).One(ctx, r.s)
		r.err("none", err)
		_, err = q.One(ctx, r.s)
		r.err("many", err)
	}),

	"query_api.one_or_none": same(func(r *run) {
		q := query.Select(r.C)
		r.note("none", orNone(q.Filter(r.C.ID.Eq(9)).One(ctx, r.s)))
		_, err := q.One(ctx, r.s)
		r.err("many", err)
	}),

	"query_api.query_get_legacy": same(func(r *run) {
		c := val(session.Get(ctx, r.s, r.C, 1))
		r.note("id", c.ID)
		r.mark("again")
		r.note("same", val(session.Get(ctx, r.s, r.C, 1)) == c)
	}),

	"query_api.query_reused": same(func(r *run) {
		q := query.Select(r.C).OrderBy(r.C.ID)
		ids := func() []int64 { return each(val(q.All(ctx, r.s)), func(c *Customer) int64 { return c.ID }) }
		r.note("a", ids())
		r.note("b", ids())
	}),

	"query_api.query_immutable": same(func(r *run) {
		q := query.Select(r.C.ID)
		filtered := q.Filter(r.C.ID.Eq(1))
		r.note("q", len(val(q.All(ctx, r.s))))
		r.note("r", len(val(filtered.All(ctx, r.s))))
	}),

	"query_api.yield_per": same(func(r *run) {
		var ids []int64
		for a, err := range query.Select(r.Accounts).OrderBy(r.Accounts.AcctNo).Iter(ctx, r.s) {
			r.check(err)
			ids = append(ids, a.AcctNo)
		}
		r.note("ids", ids)
	}),

	"query_api.yield_per_joinedload": same(func(r *run) {
		var err error
		for _, err = range query.Select(r.C).Load(r.C.Accounts).Iter(ctx, r.s) {
			break
		}
		r.err("iter", err)
	}).but(refusesUnsent),

	"query_api.yield_per_selectinload": same(func(r *run) {
		var pairs []any
		for batch, err := range query.Batches(ctx, r.s, query.Select(r.C).Load(r.C.Accounts).OrderBy(r.C.ID), 2) {
			r.check(err)
			for _, c := range batch {
				pairs = append(pairs, []any{c.ID, len(all(&c.Accounts))})
			}
		}
		r.note("iter", pairs)
	}).but(batchesArePages),

	"query_api.column_rows_not_identity": same(func(r *run) {
		c := r.customer(1)
		r.otherSQL("update customer set email = 'elsewhere' where id = 1")
		r.note("column", val(query.Select(r.C.Email).Filter(r.C.ID.Eq(1)).One(ctx, r.s)))
		r.note("object", c.Email)
	}),

	"query_api.with_for_update": same(func(r *run) {
		c := r.customer(1)
		r.otherSQL("update customer set email = 'elsewhere' where id = 1")
		r.mark("locked get")
		d := val(query.Select(r.C).Filter(r.C.ID.Eq(1)).ForUpdate().One(ctx, r.s))
		r.note("same", d == c)
		r.note("email", d.Email)
	}),

	"query_api.execution_in_closed_session": byDesign(
		"a session that was closed stays closed; a query belongs to no session and runs on another one",
		func(r *run) {
			q := query.Select(r.C).OrderBy(r.C.ID)
			r.check(r.s.Close(ctx))
			_, err := q.All(ctx, r.s)
			r.wantErr("a closed session", err, session.ErrClosed)
			r.sent()
			r.s = r.engine.Session()
			r.want("n", len(val(q.All(ctx, r.s))), 3)
			r.sent("SELECT customer")
		}),
}
