package render_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var ids = query.Select(C.ID).OrderBy(C.ID)

// five are the keys of five customers.
var five = query.Sub("five", query.Select(C.ID).OrderBy(C.ID).Limit(5))

var limitOffset = cases{
	"limit_offset.limit":         stmt(ids.Limit(2)),
	"limit_offset.offset":        stmt(ids.Offset(8)),
	"limit_offset.limit_offset":  stmt(ids.Limit(2).Offset(3)),
	"limit_offset.limit_zero":    stmt(ids.Limit(0)),
	"limit_offset.limit_none":    stmt(ids.Limit(2).NoLimit()),
	"limit_offset.limit_replace": stmt(ids.Limit(2).Limit(1)),
	"limit_offset.slice":         stmt(ids.Offset(2).Limit(3)),
	"limit_offset.slice_python": call(func(s *session.Session) (any, error) {
		return ids.Offset(2).Limit(3).All(ctx, s)
	}),
	"limit_offset.index_python":            call(func(s *session.Session) (any, error) { return ids.Offset(1).First(ctx, s) }),
	"limit_offset.seed_limit":              stmt(query.Select(A).Limit(2)),
	"limit_offset.limit_then_filter":       stmt(query.Select(C).Limit(2).Filter(C.ID.Gt(1))),
	"limit_offset.limit_then_where_select": stmt(ids.Limit(2).Filter(C.ID.Gt(1))),
	"limit_offset.limit_from_self":         stmt(query.Select(five).Filter(query.Col(five, C.ID).Gt(3))),
}
