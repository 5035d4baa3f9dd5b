package expr_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
)

func TestNumber(t *testing.T) {
	c := table
	one := args{int64(1)}
	check(t, []golden{
		{"Plus", c.ID.Plus(1), "t.id + $1", one},
		{"Minus", c.ID.Minus(-1), "t.id - $1", args{int64(-1)}},
		{"Times", c.ID.Times(1), "t.id * $1", one},
		{"Over", c.ID.Over(1), "t.id / $1", one},
		{"Mod", c.ID.Mod(1), "t.id % $1", one},
		{"Neg", c.ID.Neg(), "-t.id", nil},
		{"PlusExpr", c.ID.PlusExpr(c.Score), "t.id + t.score", nil},
		{"MinusExpr", c.ID.MinusExpr(c.Score), "t.id - t.score", nil},
		{"TimesExpr", c.ID.TimesExpr(c.Score), "t.id * t.score", nil},
		{"OverExpr", c.ID.OverExpr(c.Score), "t.id / t.score", nil},
		{"ModExpr", c.ID.ModExpr(c.Score), "t.id % t.score", nil},
		{"Float", c.F.Times(0.5), "t.f * $1", args{0.5}},
		{"Int16", c.Small.Plus(1), "t.small + $1", args{int16(1)}},
		{"Int32", c.Mid.Plus(1), "t.mid + $1", args{int32(1)}},
		{"Decimal", c.Price.Minus("0.01"), "t.price - $1", args{"0.01"}},
		{"Plus, Times", c.ID.Plus(1).Times(2), "(t.id + $1) * $2", args{int64(1), int64(2)}},
		{"Times, Plus", c.ID.Times(1).Plus(2), "t.id * $1 + $2", args{int64(1), int64(2)}},
		{"Minus, Minus", c.ID.Minus(1).Minus(2), "t.id - $1 - $2", args{int64(1), int64(2)}},
		{"Minus of Minus", c.ID.MinusExpr(c.Score.Minus(1)), "t.id - (t.score - $1)", one},
		{"Plus of Times", c.ID.PlusExpr(c.Score.Times(1)), "t.id + t.score * $1", one},
		{"Times of Plus", c.ID.TimesExpr(c.Score.Plus(1)), "t.id * (t.score + $1)", one},
		{"Over of Over", c.ID.OverExpr(c.Score.Over(1)), "t.id / (t.score / $1)", one},
		{"Over of Times", c.ID.Over(1).TimesExpr(c.Score), "t.id / $1 * t.score", one},
		{"Mod of Plus", c.ID.Plus(1).ModExpr(c.Score.Neg()), "(t.id + $1) % -t.score", one},
		{"Neg of Neg", c.ID.Neg().Neg(), "-(-t.id)", nil},
		{"Neg of Plus", c.ID.Plus(1).Neg(), "-(t.id + $1)", one},
		{"Neg times", c.ID.Neg().Times(1), "-t.id * $1", one},
		{"Minus of Neg", c.ID.MinusExpr(c.Score.Neg()), "t.id - -t.score", nil},
		{"compared", c.ID.Plus(1).GtExpr(c.Score.Minus(2)), "t.id + $1 > t.score - $2", args{int64(1), int64(2)}},
		{"a condition in it", c.ID.Eq(1).And(c.ID.Plus(1).IsNull()), "t.id = $1 AND t.id + $2 IS NULL", args{int64(1), int64(1)}},
		{"raw in it", c.ID.TimesExpr(expr.Raw[expr.Int]("1 + 2")), "t.id * (1 + 2)", nil},
	})
}

func TestAggregate(t *testing.T) {
	c := table
	one := args{int64(1)}
	check(t, []golden{
		{"Count", expr.Count(c.ID), "count(t.id)", nil},
		{"Count of text", expr.Count(c.Nick), "count(t.nick)", nil},
		{"CountAll", expr.CountAll(), "count(*)", nil},
		{"Sum", expr.Sum(c.ID), "sum(t.id)", nil},
		{"Sum of an expression", expr.Sum(c.ID.Plus(1)), "sum(t.id + $1)", one},
		{"Sum of interval", expr.Sum(c.Took), "sum(t.took)", nil},
		{"Min", expr.Min(c.Name), "min(t.name)", nil},
		{"Max", expr.Max(c.At), "max(t.at)", nil},
		{"Avg", expr.Avg(c.F), "avg(t.f)", nil},
		{"Distinct", expr.Count(c.Name, expr.Distinct()), "count(DISTINCT t.name)", nil},
		{"Distinct, twice", expr.Sum(c.ID, expr.Distinct(), expr.Distinct()), "sum(DISTINCT t.id)", nil},
		{"Filter", expr.Count(c.ID, expr.Filter(c.ID.Gt(1))), "count(t.id) FILTER (WHERE t.id > $1)", one},
		{"Filter of a column", expr.CountAll(expr.Filter(c.Yes)), "count(*) FILTER (WHERE t.yes)", nil},
		{
			"Filter by two", expr.Max(c.ID, expr.Filter(c.ID.Gt(1), c.Name.Eq("a").Or(c.Yes))),
			"max(t.id) FILTER (WHERE t.id > $1 AND (t.name = $2 OR t.yes))",
			args{int64(1), "a"},
		},
		{"Filter by none", expr.Avg(c.ID, expr.Filter()), "avg(t.id) FILTER (WHERE TRUE)", nil},
		{"Distinct, Filter", expr.Min(c.ID, expr.Distinct(), expr.Filter(c.Yes)), "min(DISTINCT t.id) FILTER (WHERE t.yes)", nil},
		{"Filter, Distinct", expr.Min(c.ID, expr.Filter(c.Yes), expr.Distinct()), "min(DISTINCT t.id) FILTER (WHERE t.yes)", nil},
		{"compared", expr.Count(c.ID).Gt(1), "count(t.id) > $1", one},
		{"in a sum", expr.Count(c.ID).Plus(1).TimesExpr(expr.Count(c.Name)), "(count(t.id) + $1) * count(t.name)", one},
		{"of conditions", expr.Count(c.ID.Eq(1).And(c.Yes)), "count(t.id = $1 AND t.yes)", one},
	})
}

// Neither an aggregate nor a modifier is changed by what is made of it.
func TestAggregateImmutable(t *testing.T) {
	t.Parallel()
	byName := expr.OrderBy(table.Name)
	a, b := expr.StringAgg(table.Name, ","), expr.StringAgg(table.Name, ",", byName)
	_, _ = expr.StringAgg(table.Name, ",", byName, expr.OrderBy(table.ID)), a.As("names")
	for _, c := range []struct {
		x    expr.NullText
		want string
	}{
		{a, "string_agg(t.name, $1::text)"},
		{b, "string_agg(t.name, $1::text ORDER BY t.name)"},
		{expr.StringAgg(table.Name, ",", byName), "string_agg(t.name, $1::text ORDER BY t.name)"},
	} {
		if got := c.x.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestLabelAndOrder(t *testing.T) {
	c := table
	n := c.ID.Plus(1).As("n")
	one := args{int64(1)}
	check(t, []golden{
		{"As", n, "t.id + $1", one},
		{"As, compared", n.Gt(2), "t.id + $1 > $2", args{int64(1), int64(2)}},
		{"As, again", n.As("m"), "t.id + $1", one},
		{"As keeps precedence", c.ID.TimesExpr(n), "t.id * (t.id + $1)", one},
		{"Asc", c.ID.Asc(), "t.id ASC", nil},
		{"Desc", c.ID.Desc(), "t.id DESC", nil},
		{"NullsFirst", c.Score.NullsFirst(), "t.score NULLS FIRST", nil},
		{"NullsLast", c.Score.NullsLast(), "t.score NULLS LAST", nil},
		{"Asc NullsFirst", c.Score.Asc().NullsFirst(), "t.score ASC NULLS FIRST", nil},
		{"Desc NullsLast", c.Score.Desc().NullsLast(), "t.score DESC NULLS LAST", nil},
		{"Desc, the last counts", c.Score.Desc().NullsFirst().NullsLast(), "t.score DESC NULLS LAST", nil},
		{"Desc of a sum", c.ID.Plus(1).Desc(), "t.id + $1 DESC", one},
		{"Asc of a condition", c.ID.Eq(1).And(c.Yes).Asc(), "t.id = $1 AND t.yes ASC", one},
	})
}

func TestVal(t *testing.T) {
	key := [16]byte{15: 1}
	check(t, []golden{
		{"string", expr.Val("a'b"), "$1::text", args{"a'b"}},
		{"named string", expr.Val(Mood("a")), "$1::text", args{Mood("a")}},
		{"int", expr.Val(1), "$1::integer", args{1}},
		{"a great int", expr.Val(1 << 40), "$1::bigint", args{1 << 40}},
		{"int64", expr.Val(int64(1)), "$1::bigint", args{int64(1)}},
		{"int32", expr.Val(int32(1)), "$1::integer", args{int32(1)}},
		{"int16", expr.Val(int16(1)), "$1::smallint", args{int16(1)}},
		{"int8", expr.Val(int8(1)), "$1::smallint", args{int8(1)}},
		{"uint8", expr.Val(uint8(1)), "$1::smallint", args{uint8(1)}},
		{"uint16", expr.Val(uint16(1)), "$1::integer", args{uint16(1)}},
		{"uint32", expr.Val(uint32(1)), "$1::bigint", args{uint32(1)}},
		{"float64", expr.Val(1.5), "$1::double precision", args{1.5}},
		{"float32", expr.Val(float32(1.5)), "$1::real", args{float32(1.5)}},
		{"bool", expr.Val(true), "$1::boolean", args{true}},
		{"time", expr.Val(day), "$1::timestamptz", args{day}},
		{"duration", expr.Val(time.Minute), "$1::interval", args{time.Minute}},
		{"bytes", expr.Val([]byte{1}), "$1::bytea", args{[]byte{1}}},
		{"uuid", expr.Val(key), "$1::uuid", args{key}},
		{"JSON", expr.Val(json.RawMessage("{}")), "$1::jsonb", args{json.RawMessage("{}")}},
		{"strings", expr.Val([]string{"a"}), "$1::text[]", args{[]string{"a"}}},
		{"integers", expr.Val([]int64{1}), "$1::bigint[]", args{[]int64{1}}},
		{"uuids", expr.Val([][16]byte{key}), "$1::uuid[]", args{[][16]byte{key}}},
		{"compared", expr.Val(int64(1)).EqExpr(table.ID), "$1 = t.id", args{int64(1)}},
		{"in a list", table.ID.InExpr(expr.Val(int64(1)), table.Score), "t.id IN ($1::bigint, t.score)", args{int64(1)}},
	})
}
