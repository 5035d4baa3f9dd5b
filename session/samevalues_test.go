package session_test

import (
	"fmt"
	"log/slog"
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

type (
	dial[V any] struct {
		ID    int64
		Value V
	}
	dials[V any] struct {
		model.Table[dial[V]]
		ID    expr.Int
		Value expr.Col[V]
	}
	small float32
)

// testSame flushes an object with a value, gives it one that is the same for the database, and one that is not, and counts the
// statements.
func testSame[V any](t *testing.T, sqlType string, value, same, other func() V) {
	t.Run(fmt.Sprintf("%T in %s", value(), sqlType), func(t *testing.T) {
		t.Parallel()
		table := model.Map("dial", func(t *dials[V]) model.Spec { return model.Spec{model.PrimaryKey(t.ID), model.Type(sqlType, t.Value)} })
		schema, rec := model.MustSchema(table), &recorder{}
		eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2, Logger: slog.New(rec)})
		ok(t, err)
		t.Cleanup(eng.Close)
		ok(t, schema.CreateAll(ctx, eng))
		added := &dial[V]{Value: value()}
		first := begin(t, eng)
		first.Add(added)
		ok(t, first.Commit(ctx))
		second := begin(t, eng)
		read := must[*dial[V]](t)(query.Select(table).One(ctx, second))
		for name, c := range map[string]struct {
			s *session.Session
			g *dial[V]
		}{"added": {first, added}, "read": {second, read}} {
			ok(t, c.s.Flush(ctx))
			rec.take()
			c.g.Value = same()
			ok(t, c.s.Flush(ctx))
			if sent := rec.take(); len(sent) > 0 {
				t.Errorf("%s: the same value is written again: %v", name, sent)
			}
			c.g.Value = other()
			ok(t, c.s.Flush(ctx))
			if sent := rec.take(); len(sent) == 0 {
				t.Errorf("%s: another value is not written", name)
			}
			ok(t, c.s.Rollback(ctx))
		}
	})
}

func always[V any](v V) func() V { return func() V { return v } }

// TestSameForTheDatabase: what is a change is decided as the database would.
func TestSameForTheDatabase(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	f32 := float32(nan)
	number := func(n int64, exp int32) func() pgtype.Numeric {
		return func() pgtype.Numeric { return pgtype.Numeric{Int: big.NewInt(n), Exp: exp, Valid: true} }
	}
	testSame(t, "real", always(float32(nan)), always(float32(nan)), always(float32(1)))
	testSame(t, "real", always(small(nan)), always(small(nan)), always(small(1)))
	testSame(t, "real", always(pgtype.Float4{Float32: f32, Valid: true}), always(pgtype.Float4{Float32: f32, Valid: true}), always(pgtype.Float4{Float32: 1, Valid: true}))
	testSame(t, "real[]", always([]float32{1, f32}), func() []float32 { return []float32{1, f32} }, always([]float32{f32, 1}))
	testSame(t, "double precision", always(nan), always(nan), always(0.0))
	testSame(t, "double precision", always(pgtype.Float8{Float64: nan, Valid: true}), always(pgtype.Float8{Float64: nan, Valid: true}), always(pgtype.Float8{Float64: 1, Valid: true}))
	testSame(t, "double precision[]", always([]float64{nan}), func() []float64 { return []float64{nan} }, always([]float64{}))
	testSame(t, "point", always(pgtype.Point{P: pgtype.Vec2{X: nan, Y: 1}, Valid: true}), always(pgtype.Point{P: pgtype.Vec2{X: nan, Y: 1}, Valid: true}),
		always(pgtype.Point{P: pgtype.Vec2{X: 1, Y: nan}, Valid: true}))
	testSame(t, "numeric", always(pgtype.Numeric{NaN: true, Valid: true}), always(pgtype.Numeric{NaN: true, Valid: true}), number(1, 0))
	testSame(t, "numeric(10,2)", number(150, -2), number(15, -1), number(16, -1))
	testSame(t, "numeric(10,2)", always("1.50"), always("1.5"), always("1.51"))
	testSame(t, "numeric(10,2)", always("-1.50"), always("-001.5"), always("1.5"))
	testSame(t, "numeric", always("1.50"), always("1.50"), always("1.5")) // it keeps the zero
	testSame(t, "numeric", always("NaN"), always("NaN"), always("0"))

	at := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	away := at.In(time.FixedZone("away", 7200))
	testSame(t, "timestamptz", always(at), always(away), always(at.Add(time.Microsecond)))
	testSame(t, "timestamptz", always(pgtype.Timestamptz{Time: at, Valid: true}), always(pgtype.Timestamptz{Time: away, Valid: true}), always(pgtype.Timestamptz{Time: at.Add(time.Hour), Valid: true}))
	testSame(t, "timestamptz[]", always([]time.Time{at}), func() []time.Time { return []time.Time{away} }, always([]time.Time{at, at}))
	testSame(t, "bytea", always([]byte{}), func() []byte { return []byte{} }, always([]byte{0}))
	testSame(t, "inet", always("10.0.0.1"), always("10.0.0.1"), always("10.0.0.2"))
}
