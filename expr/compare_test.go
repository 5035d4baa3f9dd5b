package expr_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
)

var day = time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)

func TestCompare(t *testing.T) {
	c := table
	check(t, []golden{
		{"Eq", c.ID.Eq(1), "t.id = $1", args{int64(1)}},
		{"Ne", c.ID.Ne(1), "t.id <> $1", args{int64(1)}},
		{"Lt", c.ID.Lt(1), "t.id < $1", args{int64(1)}},
		{"Le", c.ID.Le(1), "t.id <= $1", args{int64(1)}},
		{"Gt", c.ID.Gt(1), "t.id > $1", args{int64(1)}},
		{"Ge", c.ID.Ge(-1), "t.id >= $1", args{int64(-1)}},
		{"EqExpr", c.ID.EqExpr(c.Score), "t.id = t.score", nil},
		{"NeExpr", c.ID.NeExpr(c.Score), "t.id <> t.score", nil},
		{"LtExpr", c.ID.LtExpr(c.Score), "t.id < t.score", nil},
		{"LeExpr", c.ID.LeExpr(c.Score), "t.id <= t.score", nil},
		{"GtExpr", c.ID.GtExpr(c.Score), "t.id > t.score", nil},
		{"GeExpr", c.Score.GeExpr(c.ID), "t.score >= t.id", nil},
		{"a comparison compared", c.ID.Eq(1).Eq(true), "(t.id = $1) = $2", args{int64(1), true}},
		{"compared with a comparison", c.Yes.EqExpr(c.ID.Lt(1)), "t.yes = (t.id < $1)", args{int64(1)}},
		{"compared with AND", c.Yes.EqExpr(expr.And(c.Yes, c.Maybe)), "t.yes = (t.yes AND t.maybe)", nil},
		{"compared with LIKE", c.Yes.EqExpr(c.Name.Like("a")), "t.yes = t.name LIKE $1", args{"a"}},
		{"IsNull", c.Nick.IsNull(), "t.nick IS NULL", nil},
		{"IsNotNull", c.Nick.IsNotNull(), "t.nick IS NOT NULL", nil},
		{"IsNull of a comparison", c.ID.Eq(1).IsNull(), "t.id = $1 IS NULL", args{int64(1)}},
		{"IsNull of IsNull", c.Nick.IsNull().IsNull(), "(t.nick IS NULL) IS NULL", nil},
		{"IsNull of AND", expr.And(c.Yes, c.Maybe).IsNull(), "(t.yes AND t.maybe) IS NULL", nil},
		{"IsNull of NOT", expr.Not(c.Yes).IsNull(), "(NOT t.yes) IS NULL", nil},
		{"IsDistinctFrom", c.Score.IsDistinctFrom(1), "t.score IS DISTINCT FROM $1", args{int64(1)}},
		{"IsNotDistinctFrom", c.Score.IsNotDistinctFrom(1), "t.score IS NOT DISTINCT FROM $1", args{int64(1)}},
		{"IsDistinctFromExpr", c.Score.IsDistinctFromExpr(c.ID), "t.score IS DISTINCT FROM t.id", nil},
		{"IsNotDistinctFromExpr", c.ID.IsNotDistinctFromExpr(c.Score), "t.id IS NOT DISTINCT FROM t.score", nil},
		{
			"IsDistinctFrom of IsNull", c.Nick.IsNull().IsDistinctFromExpr(c.Name.Eq("a")),
			"(t.nick IS NULL) IS DISTINCT FROM t.name = $1",
			args{"a"},
		},
		{"Between", c.ID.Between(1, 9), "t.id BETWEEN $1 AND $2", args{int64(1), int64(9)}},
		{"Between, upside down", c.ID.Between(9, 1), "t.id BETWEEN $1 AND $2", args{int64(9), int64(1)}},
		{"NotBetween", c.ID.NotBetween(1, 9), "t.id NOT BETWEEN $1 AND $2", args{int64(1), int64(9)}},
		{"BetweenExpr", c.ID.BetweenExpr(c.Score, c.Score.Plus(1)), "t.id BETWEEN t.score AND t.score + $1", args{int64(1)}},
		{"NotBetweenExpr", c.ID.NotBetweenExpr(c.Score, c.ID), "t.id NOT BETWEEN t.score AND t.id", nil},
		{
			"Between of comparisons", c.Yes.BetweenExpr(c.ID.Eq(1), c.Name.Like("a")),
			"t.yes BETWEEN (t.id = $1) AND (t.name LIKE $2)",
			args{int64(1), "a"},
		},
		{
			"Between of Between", c.ID.Between(1, 2).Between(false, true), "(t.id BETWEEN $1 AND $2) BETWEEN $3 AND $4",
			args{int64(1), int64(2), false, true},
		},
	})
}

func TestCompareKinds(t *testing.T) {
	c, key := table, [16]byte{1, 2}
	check(t, []golden{
		{"Int32", c.Mid.Eq(1), "t.mid = $1", args{int32(1)}},
		{"Int16", c.Small.Eq(1), "t.small = $1", args{int16(1)}},
		{"Float", c.F.Ge(1.5), "t.f >= $1", args{1.5}},
		{"Decimal", c.Price.Lt("1.50"), "t.price < $1", args{"1.50"}},
		{"Text", c.Name.Eq(`a'b\c"`), "t.name = $1", args{`a'b\c"`}},
		{"NullText", c.Nick.Ne(""), "t.nick <> $1", args{""}},
		{"Enum", c.Mood.Eq("gay"), "t.mood = $1", args{Mood("gay")}},
		{"Bool", c.Yes.Eq(true), "t.yes = $1", args{true}},
		{"NullBool", c.Maybe.Ne(false), "t.maybe <> $1", args{false}},
		{"Time", c.At.Gt(day), "t.at > $1", args{day}},
		{"NullTime", c.Until.LeExpr(c.At), "t.until <= t.at", nil},
		{"Date", c.Day.Eq(day), "t.day = $1", args{day}},
		{"Interval", c.Took.Lt(time.Hour), "t.took < $1", args{time.Hour}},
		{"UUID", c.Key.Eq(key), "t.key = $1", args{key}},
		{"Bytes", c.Blob.Eq([]byte{0, 1}), "t.blob = $1", args{[]byte{0, 1}}},
		{"JSON", c.Doc.Eq(json.RawMessage(`{}`)), "t.doc = $1", args{json.RawMessage(`{}`)}},
		{"an array", c.Tags.Eq([]string{"a", ""}), "t.tags = $1", args{[]string{"a", ""}}},
		{"NullInt", c.Score.Eq(1), "t.score = $1", args{int64(1)}},
	})
}

func TestIn(t *testing.T) {
	c := table
	million := many(1_000_000)
	check(t, []golden{
		{"In of none", c.ID.In(), "FALSE", nil},
		{"NotIn of none", c.ID.NotIn(), "TRUE", nil},
		{"In of 1", c.ID.In(7), "t.id IN ($1)", args{int64(7)}},
		{"NotIn of 1", c.ID.NotIn(7), "t.id NOT IN ($1)", args{int64(7)}},
		{"In of 16", c.ID.In(many(16)...), "t.id IN (" + list(16) + ")", boxed(many(16)...)},
		{"NotIn of 16", c.ID.NotIn(many(16)...), "t.id NOT IN (" + list(16) + ")", boxed(many(16)...)},
		{"In of 17", c.ID.In(many(17)...), "t.id = ANY($1)", args{many(17)}},
		{"NotIn of 17", c.ID.NotIn(many(17)...), "t.id <> ALL($1)", args{many(17)}},
		{"In of a million", c.ID.In(million...), "t.id = ANY($1)", args{million}},
		{"NotIn of a million", c.ID.NotIn(million...), "t.id <> ALL($1)", args{million}},
		{"InExpr of none", c.ID.InExpr(), "FALSE", nil},
		{"NotInExpr of none", c.ID.NotInExpr(), "TRUE", nil},
		{"InExpr", c.ID.InExpr(c.Score, c.Score.Plus(1)), "t.id IN (t.score, t.score + $1)", args{int64(1)}},
		{"NotInExpr", c.ID.NotInExpr(c.Score), "t.id NOT IN (t.score)", nil},
		{"In of a sum", c.ID.Plus(1).In(2), "t.id + $1 IN ($2)", args{int64(1), int64(2)}},
		{"In of a condition", c.ID.Eq(1).In(true), "(t.id = $1) IN ($2)", args{int64(1), true}},
		{"Any of a condition", c.ID.Eq(1).In(make([]bool, 17)...), "(t.id = $1) = ANY($2)", args{int64(1), make([]bool, 17)}},
		{"In compared", c.ID.In(1).Eq(true), "t.id IN ($1) = $2", args{int64(1), true}},
		{"Any compared", c.ID.In(many(17)...).Eq(true), "(t.id = ANY($1)) = $2", args{many(17), true}},
	})
}

// Every kind goes as an array too.
func TestInKinds(t *testing.T) {
	c, key := table, [16]byte{1}
	check(t, []golden{
		{"Int32", c.Mid.In(make([]int32, 17)...), "t.mid = ANY($1)", args{make([]int32, 17)}},
		{"Int16", c.Small.In(make([]int16, 17)...), "t.small = ANY($1)", args{make([]int16, 17)}},
		{"Float", c.F.In(make([]float64, 17)...), "t.f = ANY($1)", args{make([]float64, 17)}},
		{"Text", c.Name.In(make([]string, 17)...), "t.name = ANY($1)", args{make([]string, 17)}},
		{"Text of a size", c.Nick.NotIn(make([]string, 17)...), "t.nick <> ALL($1)", args{make([]string, 17)}},
		{"Enum", c.Mood.In(make([]Mood, 17)...), "t.mood = ANY($1)", args{make([]Mood, 17)}},
		{"Bool", c.Yes.In(make([]bool, 17)...), "t.yes = ANY($1)", args{make([]bool, 17)}},
		{"Time", c.At.In(make([]time.Time, 17)...), "t.at = ANY($1)", args{make([]time.Time, 17)}},
		{"Date", c.Day.In(make([]time.Time, 17)...), "t.day = ANY($1)", args{make([]time.Time, 17)}},
		{"Interval", c.Took.In(make([]time.Duration, 17)...), "t.took = ANY($1)", args{make([]time.Duration, 17)}},
		{"UUID", c.Key.In(make([][16]byte, 17)...), "t.key = ANY($1)", args{make([][16]byte, 17)}},
		{"UUID of 2", c.Key.In(key, key), "t.key IN ($1, $2)", args{key, key}},
		{"Bytes", c.Blob.In(make([][]byte, 17)...), "t.blob = ANY($1)", args{make([][]byte, 17)}},
		{"an array of arrays", c.Tags.In([]string{"a"}, nil), "t.tags IN ($1, $2)", args{[]string{"a"}, []string(nil)}},
	})
}

// In copies its values: changing the slice afterwards changes nothing.
func TestInCopies(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 17} {
		xs := many(n)
		p := table.ID.In(xs...)
		_, before, err := p.SQL()
		if err != nil {
			t.Fatal(err)
		}
		xs[0] = 99
		_, after, err := p.SQL()
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range [][]any{before, after} {
			switch first := got[0].(type) {
			case int64:
				if first != 1 {
					t.Errorf("the first of %d arguments is %d, want 1", n, first)
				}
			case []int64:
				if first[0] != 1 {
					t.Errorf("the first of an array of %d is %d, want 1", n, first[0])
				}
			}
		}
	}
}
