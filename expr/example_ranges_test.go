package expr_test

import (
	"time"

	"github.com/cupel-go/cupel/expr"
)

// How do I search ranges?
func ExampleRangeOf_Overlaps() {
	t := Items
	from := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	may := expr.Span(from, from.AddDate(0, 1, 0))
	show(t.Open.Has(from), t.Open.Overlaps(may), t.Days.Contains(may), t.Days.ContainedBy(may))
	show(t.Seats.Before(expr.Span[int64](5, 9)), t.Seats.After(expr.Span[int64](5, 9)), t.Seats.Adjacent(expr.Span[int64](5, 9)), t.Shelf.Has(3))
	// Output:
	// item.open @> $1::timestamptz
	// item.open && $1
	// item.days @> $1
	// item.days <@ $1
	// item.seats << $1
	// item.seats >> $1
	// item.seats -|- $1
	// item.shelf @> $1::integer
}

// How do I take ranges apart, or make one of expressions?
func ExampleRangeLower() {
	t := Items
	show(expr.RangeLower(t.Open), expr.RangeUpper(t.Open), expr.IsEmpty(t.Open))
	show(expr.LowerInc(t.Prices), expr.UpperInc(t.Prices), expr.LowerInf(t.Open), expr.UpperInf(t.Open))
	show(expr.NewRange[expr.IntRange](t.BoxID, t.ID).Has(3), expr.NewRangeBy[expr.IntRange](t.BoxID, t.ID, "[]"))
	// Output:
	// lower(item.open)
	// upper(item.open)
	// isempty(item.open)
	// lower_inc(item.prices)
	// upper_inc(item.prices)
	// lower_inf(item.open)
	// upper_inf(item.open)
	// int8range(item.box_id, item.id) @> $1::bigint
	// int8range(item.box_id, item.id, $1::text)
}

// How do I calculate with ranges? Multiranges can have holes.
func ExampleRangeAgg() {
	t := Items
	show(t.Seats.Intersect(expr.Span[int64](1, 9)), t.Seats.Union(expr.Span[int64](1, 9)), t.Seats.Minus(expr.Span[int64](1, 9)), expr.RangeMerge(t.Seats, t.Seats))
	show(expr.MultirangeLower(t.FreeSeats).Gt(1), expr.MultirangeUpper(t.FreeDays))
	show(expr.RangeAgg(t.Open), t.FreeTimes.Has(time.Now()), t.FreeDays.ContainsExpr(t.Days), t.FreeSeats.MinusExpr(t.FreeSeats))
	// Output:
	// item.seats * $1
	// item.seats + $1
	// item.seats - $1
	// range_merge(item.seats, item.seats)
	// lower(item.free_seats) > $1
	// upper(item.free_days)
	// range_agg(item.open)
	// item.free_times @> $1::timestamptz
	// item.free_days @> item.days
	// item.free_seats - item.free_seats
}
