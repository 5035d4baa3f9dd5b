package session_test

import (
	"database/sql"
	"encoding/json"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// TestStoredTimes: a time that is stored as the one that the row has is no change, and one that is stored as another is one.
func TestStoredTimes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 26, 12, 0, 0, 1000, time.UTC)
	more, after := at.Add(999), at.Add(time.Microsecond)
	before := time.Date(1969, 7, 20, 20, 17, 40, 1000, time.UTC)
	testSame(t, "timestamptz", always(at), always(more), always(after))
	testSame(t, "timestamptz", always(before.Add(500)), always(before), always(before.Add(-1)))
	testSame(t, "timestamptz", always(pgtype.Timestamptz{Time: at, Valid: true}), always(pgtype.Timestamptz{Time: more, Valid: true}), always(pgtype.Timestamptz{Time: after, Valid: true}))
	testSame(t, "timestamptz[]", always([]time.Time{at}), always([]time.Time{more}), always([]time.Time{after}))
	testSame(t, "timestamptz[]", always([]*time.Time{&at, nil}), always([]*time.Time{&more, nil}), always([]*time.Time{&at, &at}))
	testSame(t, "timestamp(3) with time zone", always(at), always(at.Add(400*time.Microsecond)), always(at.Add(600*time.Microsecond)))
	testSame(t, "timestamptz(0)", always(before), always(before.Add(400*time.Millisecond)), always(before.Add(600*time.Millisecond)))

	away := time.FixedZone("away", -5*3600)
	clock := time.Date(2026, 11, 26, 12, 0, 0, 1200, away) // shows the same
	testSame(t, "timestamp", always(at), always(clock), always(at.In(away)))
	testSame(t, "timestamp(0)", always(at), always(clock.Add(time.Millisecond)), always(clock.Add(time.Second)))
	testSame(t, "timestamp", always(pgtype.Timestamp{Time: at, Valid: true}), always(pgtype.Timestamp{Time: more, Valid: true}), always(pgtype.Timestamp{Time: after, Valid: true}))
	day := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
	testSame(t, "date", always(day), always(clock), always(day.In(away))) // the evening before, there
	testSame(t, "date", always(before), always(before.Add(time.Hour)), always(before.Add(4*time.Hour)))
	testSame(t, "date", always(pgtype.Date{Time: day, Valid: true}), always(pgtype.Date{Time: clock, Valid: true}), always(pgtype.Date{Time: before, Valid: true}))
	testSame(t, "interval", always(time.Hour), always(time.Hour+999), always(time.Hour+1000))
	testSame(t, "interval(0)", always(-time.Hour), always(-time.Hour-499*time.Millisecond), always(-time.Hour-500*time.Millisecond))
	testSame(t, "interval[]", always([]time.Duration{1000}), always([]time.Duration{1999}), always([]time.Duration{2000}))

	in := func(from time.Time) func() pgtype.Range[time.Time] {
		return always(pgtype.Range[time.Time]{Lower: from, Upper: from.Add(time.Hour), LowerType: pgtype.Inclusive, UpperType: pgtype.Exclusive, Valid: true})
	}
	testSame(t, "tstzrange", in(at), in(more), in(after))
}

// TestStoredAsAnother: what the server rounds, pads, trims or writes in another way is no change.
func TestStoredAsAnother(t *testing.T) {
	t.Parallel()
	tenth := 0.1
	stored := float64(float32(tenth))
	testSame(t, "real", always(tenth), always(stored), always(0.2))
	testSame(t, "real[]", always([]float64{tenth}), always([]float64{stored}), always([]float64{0.2}))
	testSame(t, "double precision", always(tenth), always(tenth), always(stored))
	testSame(t, "numeric(10,2)", always("1.505"), always("1.51"), always("1.504"))
	testSame(t, "numeric(10,2)", always("9.995"), always("10"), always("9.994"))
	testSame(t, "numeric(10,2)", always("-0.005"), always("-0.01"), always("-0.004"))
	testSame(t, "numeric(10)", always("0.5"), always("1.49"), always("1.5"))
	testSame(t, "numeric(10,2)[]", always([]string{"1.5"}), always([]string{"1.50"}), always([]string{"1.5", "1.5"}))

	testSame(t, "char(5)", always("ab"), always("ab   "), always("ab c"))
	testSame(t, "varchar(3)", always("äbc"), always("äbc  "), always("äb"))
	testSame(t, "text", always("ab"), always("ab"), always("ab "))
	testSame(t, "uuid", always("00000000-0000-0000-0000-0000000000ab"), always("{00000000-0000-0000-0000-0000000000AB}"), always("00000000-0000-0000-0000-0000000000ac"))

	doc := func(s string) func() json.RawMessage { return func() json.RawMessage { return json.RawMessage(s) } }
	testSame(t, "jsonb", doc(`{"b":[1,2],"a":{"c":null}}`), doc(`{ "a" : {"c":null}, "b": [1, 2] }`), doc(`{"b":[2,1],"a":{"c":null}}`))
	testSame(t, "jsonb", doc(`{"b":1.0}`), doc(`{"b": 1.0}`), doc(`{"b": 1.00}`)) // it keeps the zero
	testSame(t, "jsonb", always(`{"a":"é"}`), always(`{"a": "\u00e9"}`), always(`{"a": "e"}`))
	testSame(t, "jsonb", always([]byte(`[1,2]`)), always([]byte(`[1, 2]`)), always([]byte(`[1,2,3]`)))
	testSame(t, "json", doc(`{"b":1}`), doc(`{"b":1}`), doc(`{"b": 1}`)) // it is kept as it was given
}

type (
	// Maybe has columns that may be NULL.
	Maybe struct {
		ID           int64
		At           *time.Time
		Day          *time.Time
		Seen         sql.Null[time.Time]
		Real         *float64
		Amount, Code *string
	}
	maybes struct {
		model.Table[Maybe]
		ID     expr.Int
		At     expr.NullTime
		Day    expr.NullDate
		Seen   expr.NullTime
		Real   expr.NullFloat
		Amount expr.NullDecimal
		Code   expr.NullText
	}
)

// TestStoredOrNull is the same of columns that may be NULL.
func TestStoredOrNull(t *testing.T) {
	t.Parallel()
	table := model.Map("maybe", func(t *maybes) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("real", t.Real), model.Type("numeric(10,2)", t.Amount), model.Type("char(5)", t.Code)}
	})
	schema := model.MustSchema(table)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	at := time.Date(2026, 11, 26, 12, 0, 0, 1000, time.UTC)
	fill := func(m *Maybe, at time.Time, real float64, amount, code string) {
		m.At, m.Day, m.Seen = &at, &at, sql.Null[time.Time]{V: at, Valid: true}
		m.Real, m.Amount, m.Code = &real, &amount, &code
	}
	added := &Maybe{}
	fill(added, at, 0.1, "1.505", "ab")
	first, second := begin(t, eng), begin(t, eng)
	first.Add(added)
	ok(t, first.Commit(ctx))
	read := must[*Maybe](t)(session.Get(ctx, second, table, added.ID))
	for _, c := range []struct {
		s *session.Session
		m *Maybe
	}{{first, added}, {second, read}} {
		fill(c.m, at.Add(999), float64(float32(0.1)), "1.51", "ab   ")
		equal(t, "changes", changes(t, c.s, c.m), "[]")
		equal(t, "dirty objects", len(c.s.Dirty()), 0)
		fill(c.m, at.Add(24*time.Hour), 0.2, "1.50", "ab c")
		all, err := c.s.Changes(c.m)
		ok(t, err)
		equal(t, "columns that differ", len(all), 6)
		*c.m = Maybe{ID: c.m.ID}
		all, err = c.s.Changes(c.m)
		ok(t, err)
		equal(t, "columns that are NULL", len(all), 6)
	}
}

type (
	Visit struct {
		ID      int64
		At      time.Time
		Version int64
	}
	visits struct {
		model.Table[Visit]
		ID      expr.Int
		At      expr.Time
		Version expr.Int
	}
)

// TestNanosecondsAreNoChange: an object that the program has given a time with nanoseconds may be merged with itself: the row has what it would
// be written as. The object keeps what it was given until it is read again.
func TestNanosecondsAreNoChange(t *testing.T) {
	t.Parallel()
	table := model.Map("visit", func(t *visits) model.Spec { return model.Spec{model.PrimaryKey(t.ID), model.Version(t.Version)} })
	schema := model.MustSchema(table)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	s := begin(t, eng)
	at := time.Date(2026, 1, 1, 0, 0, 0, 1500, time.UTC)
	v := &Visit{At: at}
	s.Add(v)
	ok(t, s.Commit(ctx))
	equal(t, "time in the object", v.At, at)
	sent := Visit{ID: v.ID, At: v.At, Version: v.Version} // as JSON has it
	merged := must[*Visit](t)(session.Merge(ctx, s, &sent))
	equal(t, "changes", changes(t, s, merged), "[]")
	equal(t, "time of the row", merged.At.UTC(), at.Truncate(time.Microsecond))
	ok(t, s.Commit(ctx))
	equal(t, "version", merged.Version, v.Version)
	equal(t, "version", must[*Visit](t)(session.Get(ctx, begin(t, eng), table, v.ID)).Version, sent.Version)
}
