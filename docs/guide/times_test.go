package guide_test

import (
	"context"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I filter by a span of time?
//
// With a half-open one, so that no moment is in two spans and none is lost.
func (Questions) Span(ctx context.Context, s *session.Session) (any, error) {
	from := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	return query.Select(o).Filter(o.Placed.Ge(from), o.Placed.Lt(from.AddDate(0, 1, 0))).OrderBy(o.ID).All(ctx, s)
}

// How do I group by month?
//
// The variable `month` is both the selected value and the group: an argument that stands in both is one argument.
func (Questions) ByMonth(ctx context.Context, s *session.Session) (any, error) {
	month := expr.DateTrunc("month", o.Placed)
	return query.Select2(month, expr.CountAll()).GroupBy(month).OrderBy(month).All(ctx, s)
}

// How do I calculate with times?
//
// A `time.Duration` is a fixed length; months and days are a period, `expr.Months(1)`, since the server knows how long each is.
func (Questions) TimeArithmetic(ctx context.Context, s *session.Session) (any, error) {
	due := o.Placed.PlusPeriod(expr.Months(1))
	return query.Select2(o.ID, due).Filter(o.Placed.Plus(36*time.Hour).Lt(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC))).All(ctx, s)
}

// How do I get the time between two points in time?
//
// A point in time less another is a `*time.Duration`; a day less a day (`expr.Date`) is a number of days.
func (Questions) TimeBetween(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(o.ID, o.Placed.Since(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC))).OrderBy(o.ID).Limit(2).All(ctx, s)
}

// How do I take a part of a time?
//
// `expr.Extract` gives a number, `expr.ToChar` a text.
func (Questions) TimeParts(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(expr.Extract("dow", o.Placed), expr.ToChar(o.Placed, "FMDay")).OrderBy(o.ID).All(ctx, s)
}

// How do I see a time in another zone?
func (Questions) TimeZone(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(o.Placed, o.Placed.AtTimeZone("Asia/Tokyo")).OrderBy(o.ID).Limit(1).All(ctx, s)
}
