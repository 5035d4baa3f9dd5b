package session_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Sample is a row of types that memory can and cannot follow. What it computes of them is tested in internal/eval.
type Sample struct {
	ID    int64
	Num   int64
	NumN  *int64
	Small int16
	Text  string
	At    time.Time
	Loose float64
	Day   time.Time
	Price string
}

type samples struct {
	model.Table[Sample]
	ID    expr.Int
	Num   expr.Int
	NumN  expr.NullInt
	Small expr.Int16
	Text  expr.Text
	At    expr.Time
	Loose expr.Float // real
	Day   expr.Date
	Price expr.DecimalOf[string, string]
}

var (
	Samples = model.Map("sample", func(t *samples) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("real", t.Loose)}
	})
	sampleSpace = model.MustSchema(Samples)
)

// openSamples returns a session with samples of these numbers, committed and read again.
func openSamples(t *testing.T, nums ...int64) (*session.Engine, *session.Session, []*Sample) {
	t.Helper()
	eng, err := session.Open(ctx, pgtest.Database(t), sampleSpace, session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, sampleSpace.CreateAll(ctx, eng))
	s := begin(t, eng)
	for _, n := range nums {
		s.Add(&Sample{Num: n, NumN: &n, Text: "a", Small: int16(n), Price: "1"})
	}
	ok(t, s.Commit(ctx))
	return eng, s, must[[]*Sample](t)(query.Select(Samples).OrderBy(Samples.ID).All(ctx, s))
}

// TestUpdateEvaluated: what memory computes for the objects is what their rows have.
func TestUpdateEvaluated(t *testing.T) {
	t.Parallel()
	eng, s, all := openSamples(t, 1, -2, 30, 400)
	all[3].NumN = nil
	c := Samples
	u := query.Update(c).Set(
		c.Num.ToExpr(c.NumN.Times(2).Plus(1)), c.NumN.ToExpr(c.Num.PlusExpr(c.NumN)), c.Small.ToExpr(c.Small.Neg().Over(7)),
		c.Text.ToExpr(c.Text.Concat("!")), c.Loose.To(0.1), c.Day.To(time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC)),
	).Filter(c.Num.Mod(2).Eq(0), c.NumN.Plus(1).IsNotNull()).Sync(query.SyncEvaluate)
	equal(t, "rows", must[int64](t)(u.Exec(ctx, s)), 2)
	got := ""
	for _, o := range all {
		got += fmt.Sprintf("%d %d %d %s %v %s\n", o.Num, value(o.NumN), o.Small, o.Text, o.Loose, o.Day.Format(time.DateOnly))
	}
	want := ""
	ok(t, s.Commit(ctx))
	for _, o := range must[[]*Sample](t)(query.Select(c).OrderBy(c.ID).All(ctx, eng)) {
		want += fmt.Sprintf("%d %d %d %s %v %s\n", o.Num, value(o.NumN), o.Small, o.Text, o.Loose, o.Day.Format(time.DateOnly))
	}
	equal(t, "objects", got, want)
	equal(t, "dirty", len(s.Dirty()), 0)
}

// value returns what p points to, -99 for nil.
func value(p *int64) int64 {
	if p == nil {
		return -99
	}
	return *p
}

// TestUpdateEvaluatedFails: overflow and division by zero are the server's to report.
func TestUpdateEvaluatedFails(t *testing.T) {
	t.Parallel()
	c := Samples
	for code, u := range map[string]query.UpdateStatement{
		"22012": query.Update(c).Set(c.Num.ToExpr(c.Num.OverExpr(c.NumN))).Everywhere(),
		"22003": query.Update(c).Set(c.Small.ToExpr(c.Small.Times(32767))).Everywhere(),
	} {
		_, s, all := openSamples(t, 5, 0)
		_, err := u.Sync(query.SyncEvaluate).Exec(ctx, s)
		var e *session.DatabaseError
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("error is %v, want SQLSTATE %s", err, code)
		}
		equal(t, "number", all[0].Num, 5)
		ok(t, s.Rollback(ctx))
	}
}

// TestEvaluatedUnknown: where memory cannot know what the server did, the object is read again.
func TestEvaluatedUnknown(t *testing.T) {
	t.Parallel()
	eng, s, all := openSamples(t, 0, 4)
	ok(t, s.Refresh(ctx, all[0], all[1]))
	_, err := eng.Pool().Exec(ctx, "UPDATE sample SET num = 2 WHERE num = 0") // memory says that it divides by zero
	ok(t, err)
	c := Samples
	u := query.Update(c).Set(c.Text.To("hit")).Filter(expr.Val(int64(4)).EqExpr(c.Num.TimesExpr(c.Num)).Or(expr.Cast[expr.NullInt](c.Num, "bigint").Eq(0)))
	if _, err := u.Sync(query.SyncEvaluate).Exec(ctx, s); !errors.Is(err, session.ErrCannotEvaluate) {
		t.Fatalf("error is %v", err)
	}
	byNum := c.NumN.Times(0).Plus(8)
	n := must[int64](t)(query.Update(c).Set(c.Text.To("hit")).Filter(byNum.OverExpr(c.Num).Eq(4)).Sync(query.SyncEvaluate).Exec(ctx, s))
	equal(t, "rows", n, 1)
	equal(t, "text", all[0].Text, "a")
	equal(t, "same object", must[*Sample](t)(session.Get(ctx, s, c, all[0].ID)), all[0])
	equal(t, "text, read again", all[0].Text, "hit")
	equal(t, "number, read again", all[0].Num, 2)
}

// TestEvaluatedStaysStale: an object that was stale before is read again, though memory computed its new values.
func TestEvaluatedStaysStale(t *testing.T) {
	t.Parallel()
	eng, s, all := openSamples(t, 1)
	ok(t, s.Commit(ctx))
	_, err := eng.Pool().Exec(ctx, "UPDATE sample SET num = 70, text = 'other'")
	ok(t, err)
	c := Samples
	u := query.Update(c).Set(c.Num.ToExpr(c.Num.Plus(1))).Filter(c.ID.Eq(all[0].ID)).Sync(query.SyncEvaluate)
	equal(t, "rows", must[int64](t)(u.Exec(ctx, s)), 1)
	_ = must[*Sample](t)(session.Get(ctx, s, c, all[0].ID))
	equal(t, "number", all[0].Num, 71)
	equal(t, "text", all[0].Text, "other")
	equal(t, "dirty", len(s.Dirty()), 0)
}

// TestEvaluateRefusesToSet: a column that does not hold its value as given cannot be followed in memory.
func TestEvaluateRefusesToSet(t *testing.T) {
	t.Parallel()
	_, s, _ := openSamples(t, 1)
	c := Samples
	for _, u := range []query.UpdateStatement{
		query.Update(c).Set(c.Price.To("1.2")), query.Update(c).Set(c.Num.ToDefault()),
		query.Update(c).Set(c.At.ToExpr(c.At.Plus(time.Hour))), query.Update(c).Set(c.Price.ToExpr(c.Price.Plus("1"))),
	} {
		if _, err := u.Everywhere().Sync(query.SyncEvaluate).Exec(ctx, s); !errors.Is(err, session.ErrCannotEvaluate) {
			t.Errorf("%v: error is %v", u, err)
		}
	}
	ok(t, s.Commit(ctx))
}
