package integration_test

import (
	"math"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Gauge has columns that hold less than their Go types, and one whose Go type holds less.
type Gauge struct {
	ID   int64
	Real float64
	Low  float32
	Took time.Duration
}

type gauges struct {
	model.Table[Gauge]
	ID   expr.Int
	Real expr.Float
	Low  expr.Float32
	Took expr.Interval
}

var (
	gauge = model.Map("gauge", func(t *gauges) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("real", t.Real), model.Type("double precision", t.Low)}
	})
	gaugeSchema = model.MustSchema(gauge)
)

// storesNothing checks that nothing is stored of what was refused, and that the session goes on after a rollback.
func storesNothing(t *testing.T, eng *session.Engine, table string, err error) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error", table)
	}
	var n int
	check(t, eng.Pool().QueryRow(ctx, "SELECT count(*) FROM "+table).Scan(&n))
	if n != 0 {
		t.Errorf("%s: %d rows", table, n)
	}
}

// TestTimesBeyond: a time of Go's that PostgreSQL does not have is an error, however far away; alone, and among others.
func TestTimesBeyond(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), clockSchema, session.Options{})
	check(t, err)
	defer eng.Close()
	check(t, clockSchema.CreateAll(ctx, eng))
	now := time.Now()
	for _, year := range []int{300_000, 600_000, 6_000_000, 12_000_000, 1_000_000_000, 200_000_000_000} {
		for _, far := range []time.Time{time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-year, 1, 1, 0, 0, 0, 0, time.UTC)} {
			for _, c := range []*Clock{{Zone: far, Wall: now, Day: now}, {Zone: now, Wall: far, Day: now}, {Zone: now, Wall: now, Day: far}} {
				if c.Day == far && year < 6_000_000 && year > 0 {
					continue // there is such a day
				}
				for _, objs := range [][]any{{c}, {c, &Clock{Zone: now, Wall: now, Day: now}}} {
					s := eng.Session()
					s.Add(objs...)
					storesNothing(t, eng, "clock", s.Commit(ctx))
					check(t, s.Close(ctx))
				}
			}
		}
	}
}

// TestNumbersBeyond: a number that a real does not have is not sent, and one that a Go type does not have not read.
func TestNumbersBeyond(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), gaugeSchema, session.Options{})
	check(t, err)
	defer eng.Close()
	check(t, gaugeSchema.CreateAll(ctx, eng))
	for _, objs := range [][]any{{&Gauge{Real: 1e300}}, {&Gauge{Real: -1e39}, &Gauge{}}} {
		s := eng.Session()
		s.Add(objs...)
		storesNothing(t, eng, "gauge", s.Commit(ctx))
		check(t, s.Close(ctx))
	}
	_, err = query.Select(gauge).Filter(gauge.Real.In(1, 1e300)).All(ctx, eng)
	storesNothing(t, eng, "gauge", err)
	s := eng.Session()
	defer s.Close(ctx)
	s.Add(&Gauge{Real: math.Inf(1), Low: float32(math.Inf(-1)), Took: 36 * time.Hour})
	check(t, s.Commit(ctx))
	for _, set := range []string{"low = 1e300", "low = 0, took = '1 mon'", "took = '300 years'", "took = '8000000:00:00'"} {
		_, err := eng.Pool().Exec(ctx, "UPDATE gauge SET "+set)
		check(t, err)
		for _, r := range []query.Runner{eng, eng.Session()} {
			if g, err := query.Select(gauge).One(ctx, r); err == nil {
				t.Errorf("%s: read as %+v", set, g)
			}
			if s, ok := r.(*session.Session); ok {
				check(t, s.Close(ctx))
			}
		}
	}
	_, err = eng.Pool().Exec(ctx, "UPDATE gauge SET took = '1 day 12:00'")
	check(t, err)
	g, err := query.Select(gauge).One(ctx, s)
	check(t, err)
	if g.Took != 36*time.Hour || !math.IsInf(g.Real, 1) || g.Low != 0 {
		t.Errorf("read %+v", g)
	}
}
