package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var queryAPISiblings = group{
	"query_api.first_none": same(func(r *run) {
		r.note("first", orNone(query.Select(r.C).Filter(r.C.ID.Eq(99)).First(ctx, r.s)))
	}),

	"query_api.offset_limit": same(func(r *run) {
		r.note("ids", each(val(query.Select(r.C).OrderBy(r.C.ID.Desc()).Limit(1).Offset(1).All(ctx, r.s)), func(c *Customer) int64 { return c.ID }))
	}),

	"query_api.exists": same(func(r *run) {
		r.note("e", val(query.Select(r.Accounts).Filter(r.Accounts.CustID.Eq(1)).Exists(ctx, r.s)))
	}),

	"query_api.scalar_column_max": same(func(r *run) {
		r.note("m", val(query.Select(expr.Max(r.Accounts.AcctNo)).One(ctx, r.s)))
	}),

	"query_api.max_none": same(func(r *run) {
		r.note("m", val(query.Select(expr.Max(r.Accounts.AcctNo)).Filter(r.Accounts.AcctNo.Lt(0)).One(ctx, r.s)))
	}),
}
