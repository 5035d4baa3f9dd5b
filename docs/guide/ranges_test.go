package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I find what goes on at a moment?
//
// `expr.Span(lo, hi)` is a range as a Go value: lo belongs to it, hi does not.
func (Questions) RangeHas(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(r.Room, r.ID).Filter(r.During.Has(at(3, 1, 11))).OrderBy(r.ID).All(ctx, s)
}

// How do I find bookings that overlap?
func (Questions) RangeOverlaps(ctx context.Context, s *session.Session) (any, error) {
	other := model.Alias(Readings, "other")
	return query.Select2(r.ID, other.ID).
		Join(other, r.Room.EqExpr(other.Room), r.During.OverlapsExpr(other.During), r.ID.LtExpr(other.ID)).All(ctx, s)
}

// How do I read where a range begins and ends?
//
// It may have no such end, so they are read into pointers.
func (Questions) RangeEnds(ctx context.Context, s *session.Session) (any, error) {
	begin, end := expr.RangeLower(r.During), expr.RangeUpper(r.During)
	return query.Select2(begin, end.SinceExpr(begin)).Filter(r.During.Overlaps(expr.Span(at(3, 2, 0), at(3, 3, 0)))).All(ctx, s)
}
