package eval_test

import (
	"math"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/eval"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
)

// The cases here need no server: each is one that random conditions found, or the rule that they found it by.

func spellTruth(t *testing.T, p expr.Condition, o *Sample) string {
	t.Helper()
	got, known, err := eval.Truth(Samples, p, o)
	switch {
	case err != nil:
		return err.Error()
	case !known:
		return "unknown"
	}
	return spell(got)
}

func TestTruth(t *testing.T) {
	t.Parallel()
	c := Samples
	o := &Sample{
		Num: 7, Small: math.MaxInt16, Float: math.NaN(), Text: "a", Flag: true, UUID: [16]byte{1},
		At: time.Date(2024, 1, 1, 2, 0, 0, 0, time.FixedZone("x", 7200)), Day: time.Date(2024, 1, 1, 23, 0, 0, 0, time.UTC),
	}
	for _, tc := range []struct {
		name string
		p    expr.Condition
		want string
	}{
		{"a column as a condition", c.Flag, "true"},
		{"a NULL as a condition", c.FlagN, "NULL"},
		{"NULL = 1", c.NumN.Eq(1), "NULL"},
		{"NOT NULL", expr.Not(c.NumN.Eq(1)), "NULL"},
		{"FALSE AND NULL", expr.And(c.Num.Eq(1), c.NumN.Eq(1)), "false"},
		{"TRUE AND NULL", expr.And(c.Num.Eq(7), c.NumN.Eq(1)), "NULL"},
		{"TRUE OR NULL", expr.Or(c.NumN.Eq(1), c.Num.Eq(7)), "true"},
		{"FALSE OR NULL", expr.Or(c.NumN.Eq(1), c.Num.Eq(1)), "NULL"},
		{"IS NULL of a condition", c.NumN.Eq(1).IsNull(), "true"},
		{"NULL is distinct from 1", c.NumN.IsDistinctFrom(1), "true"},
		{"NULL is not distinct from NULL", c.NumN.IsNotDistinctFromExpr(c.NumN), "true"},
		{"found in a list", c.Num.In(1, 7), "true"},
		{"IN of nothing, even of NULL", c.NumN.In(), "false"},
		{"NULL IN", c.NumN.In(1), "NULL"},
		{"not found, with a NULL among the values", c.Num.InExpr(expr.Val(int64(1)), c.NumN), "NULL"},
		{"in an array", c.Num.In(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17), "true"},
		{"NaN = NaN", c.Float.Eq(math.NaN()), "true"},
		{"NaN > infinity", c.Float.Gt(math.Inf(1)), "true"},
		{"an instant in another zone", c.At.Eq(time.Date(2024, 1, 1, 0, 0, 0, 999, time.UTC)), "true"},
		{"a date has no time", c.Day.Eq(time.Date(2024, 1, 1, 1, 0, 0, 0, time.UTC)), "true"},
		{"bytes", c.UUID.Eq([16]byte{1}), "true"},
		{"BETWEEN with a NULL that does not matter", c.Num.BetweenExpr(expr.Val(int64(8)), c.NumN), "false"},
		{"smallint overflows", c.Small.Plus(1).Gt(0), "unknown"},
		{"division by zero", c.Num.Over(0).Eq(1), "unknown"},
		{"division that the answer does not need", expr.Or(c.Flag, c.Num.Over(0).Eq(1)), "true"},
		{"the remainder has the dividend's sign", c.Num.Neg().Mod(4).Eq(-3), "true"},
		{"text", c.Text.Concat("b").Eq("ab"), "true"},
	} {
		if got := spellTruth(t, tc.p, o); got != tc.want {
			t.Errorf("%s: %v is %s, want %s", tc.name, tc.p, got, tc.want)
		}
	}
}

// sampleSource is what the table struct says of its table and mapping.
func sampleSource() *meta.Source {
	src, _ := Samples.CupelSlot().Entity.(*meta.Source)
	return src
}

func column(x expr.Expression) *ast.Column {
	c, _ := x.Node().(*ast.Column)
	return c
}

func TestAssign(t *testing.T) {
	t.Parallel()
	c, src := Samples, sampleSource()
	ev := eval.New(src.Table, src.Mapping)
	before := Sample{Num: 3, NumN: ptr(int64(5)), Small: 2, Text: "a"}
	row := before
	known, err := ev.Assign([]run.Assignment{
		{Column: column(c.Num), Value: c.NumN.Plus(1).Node()},
		{Column: column(c.NumN), Value: c.Num.Times(2).Node()}, // of the value before
		{Column: column(c.Loose), Value: expr.Val(0.1).Node()}, // a real
	}, mem.Of(&row), mem.Of(&before))
	ok(t, err)
	if !known || row.Num != 6 || *row.NumN != 6 || row.Loose != float64(float32(0.1)) || before.Num != 3 {
		t.Errorf("known %v: %+v, NumN %d", known, row, *row.NumN)
	}
	known, err = ev.Assign([]run.Assignment{{Column: column(c.Small), Value: c.Small.Times(32767).Node()}}, mem.Of(&row), mem.Of(&before))
	ok(t, err)
	if known {
		t.Error("an overflow is known")
	}
}

// TestAssignNarrow: a field that cannot hold the value is an error with the column's name.
func TestAssignNarrow(t *testing.T) {
	t.Parallel()
	src := sampleSource()
	ev := eval.New(src.Table, src.Mapping)
	o := Sample{Num: 1 << 40}
	row := o
	_, err := ev.Assign([]run.Assignment{{Column: column(Samples.Mid), Value: Samples.Num.Node()}}, mem.Of(&row), mem.Of(&o))
	if err == nil || err.Error() != "session: sample.mid: value cannot be stored in the field: the field is int32" {
		t.Errorf("error is %v", err)
	}
}
