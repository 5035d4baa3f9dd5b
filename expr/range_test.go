package expr_test

import (
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
)

func TestRanges(t *testing.T) {
	c := table
	nos, now := expr.Span[int64](1, 5), time.Unix(0, 0)
	check(t, []golden{
		{"Has", c.Nos.Has(3), "t.nos @> $1::bigint", args{int64(3)}},
		{"Has of an int4range", c.Units.Has(3), "t.units @> $1::integer", args{int32(3)}},
		{"Has of days", c.Days.Has(now), "t.days @> $1::date", args{now}},
		{"Has of times", c.Open.Has(now).Not(), "NOT t.open @> $1::timestamptz", args{now}},
		{"Has of a multirange", c.Turns.Has(3), "t.turns @> $1::bigint", args{int64(3)}},
		{"Has of an expression", c.Nos.Union(nos).Has(3), "t.nos + $1 @> $2::bigint", args{nos, int64(3)}},
		{"HasExpr", c.Open.HasExpr(c.At), "t.open @> t.at", nil},
		{"Contains", c.Nos.Contains(nos), "t.nos @> $1", args{nos}},
		{"ContainsExpr", c.Turns.ContainsExpr(c.Nos), "t.turns @> t.nos", nil},
		{"ContainedBy", c.Nos.ContainedBy(nos), "t.nos <@ $1", args{nos}},
		{"ContainedByExpr", c.Nos.ContainedByExpr(c.Turns), "t.nos <@ t.turns", nil},
		{"Overlaps", c.Nos.Overlaps(nos), "t.nos && $1", args{nos}},
		{"OverlapsExpr", c.Nos.OverlapsExpr(c.Turns), "t.nos && t.turns", nil},
		{"Before", c.Nos.Before(nos), "t.nos << $1", args{nos}},
		{"BeforeExpr", c.Nos.BeforeExpr(c.Turns), "t.nos << t.turns", nil},
		{"After", c.Nos.After(nos), "t.nos >> $1", args{nos}},
		{"AfterExpr", c.Open.AfterExpr(c.Open), "t.open >> t.open", nil},
		{"Adjacent", c.Nos.Adjacent(nos), "t.nos -|- $1", args{nos}},
		{"AdjacentExpr", c.Nos.AdjacentExpr(c.Turns), "t.nos -|- t.turns", nil},
		{"Intersect", c.Nos.Intersect(nos).Eq(nos), "t.nos * $1 = $2", args{nos, nos}},
		{"Minus, of a union", c.Nos.UnionExpr(c.Nos).Minus(nos), "t.nos + t.nos - $1", args{nos}},
		{"MinusExpr, of a union", c.Nos.MinusExpr(c.Nos.Union(nos)), "t.nos - (t.nos + $1)", args{nos}},
		{"IntersectExpr", c.Turns.IntersectExpr(c.Turns), "t.turns * t.turns", nil},
		{"RangeLower", expr.RangeLower(c.Open).Plus(time.Hour), "lower(t.open) + $1::interval", args{time.Hour}},
		{"RangeUpper", expr.RangeUpper(c.Days).PlusDays(1), "upper(t.days) + $1::integer", args{int32(1)}},
		{"IsEmpty", expr.IsEmpty(c.Turns), "isempty(t.turns)", nil},
		{"bounds", expr.And(expr.LowerInc(c.Nos), expr.UpperInc(c.Nos), expr.LowerInf(c.Nos), expr.UpperInf(c.Nos)), "lower_inc(t.nos) AND upper_inc(t.nos) AND lower_inf(t.nos) AND upper_inf(t.nos)", nil},
		{"RangeMerge", expr.RangeMerge(c.Nos, c.Nos.Const(nos)), "range_merge(t.nos, $1::int8range)", args{nos}},
		{"RangeAgg", expr.RangeAgg(c.Nos, expr.Filter(c.Yes)).Has(3), "range_agg(t.nos) FILTER (WHERE t.yes) @> $1::bigint", args{int64(3)}},
		{"NewRange", expr.NewRange[expr.TimeRange](c.At, c.Until).Has(now), "tstzrange(t.at, t.until) @> $1::timestamptz", args{now}},
		{"NewRangeBy", expr.NewRangeBy[expr.DateRange](c.Day, c.Day.Const(now), "[]"), "daterange(t.day, $1::date, $2::text)", args{now, "[]"}},
	})
}
