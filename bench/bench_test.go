package main

import (
	"context"
	"os"
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// database returns the DSN of a database with the rows of the benchmark.
func database(t testing.TB) string {
	t.Helper()
	return pgtest.Clone(t, "bench", func(dsn string) error { return seed(context.Background(), dsn) })
}

// TestEveryCompetitor runs each workload of each library once, live and replayed, and checks what it gives.
func TestEveryCompetitor(t *testing.T) {
	dsn := database(t)
	for _, w := range workloads() {
		for _, m := range w.modes() {
			t.Run(w.name+", "+m.String(), func(t *testing.T) {
				c, err := w.contest(t.Context(), dsn, m, 0)
				if err != nil {
					t.Fatal(err)
				}
				for _, x := range c.competitors {
					if x.ratio(c.competitors[0]) <= 0 {
						t.Errorf("%s was not measured", x.name)
					}
				}
			})
		}
	}
}

// benchmark measures a workload as Cupel does it, in each way and mode.
func benchmark(b *testing.B, name string) {
	for _, w := range workloads() {
		if w.name != name {
			continue
		}
		for _, m := range w.modes() {
			for _, way := range w.ways {
				b.Run(m.String()+way.suffix, func(b *testing.B) { benchmarkWay(b, &w, m, way) })
			}
		}
		return
	}
	b.Fatalf("no workload %q", name)
}

func benchmarkWay(b *testing.B, w *workload, m mode, way way) {
	ctx, back := b.Context(), newBackend(database(b), m)
	l, err := way.open(ctx, back)
	if err != nil {
		b.Fatal(err)
	}
	defer l.close()
	x := &competitor{trial: w.trial(l)}
	if err := back.warm(ctx, x); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := x.around(ctx, b); err != nil {
			b.Fatal(err)
		}
	}
}

// around runs an operation with the benchmark's clock stopped for what is not timed.
func (x *competitor) around(ctx context.Context, b *testing.B) error {
	if x.before == nil && x.after == nil {
		return x.op(ctx)
	}
	b.StopTimer()
	defer b.StartTimer()
	op := x.op
	t := trial{before: x.before, after: x.after, op: func(ctx context.Context) error {
		b.StartTimer()
		defer b.StopTimer()
		return op(ctx)
	}}
	return t.run(ctx)
}

func benchmarkLocal(b *testing.B, name string) {
	ctx := b.Context()
	l, err := newCupel(ctx, newBackend(database(b), live))
	if err != nil {
		b.Fatal(err)
	}
	defer l.close()
	for _, w := range locals() {
		if w.name != name {
			continue
		}
		t, err := w.cupel(ctx, l)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			if err := t.op(ctx); err != nil {
				b.Fatal(err)
			}
		}
		return
	}
	b.Fatalf("no workload %q", name)
}

func BenchmarkRenderSimple(b *testing.B)  { benchmarkLocal(b, "render a simple query") }
func BenchmarkRenderComplex(b *testing.B) { benchmarkLocal(b, "render a complex query") }
func BenchmarkSendSimple(b *testing.B)    { benchmarkLocal(b, "render a simple query, to be sent") }
func BenchmarkSendComplex(b *testing.B)   { benchmarkLocal(b, "render a complex query, to be sent") }

func BenchmarkSendPrepared(b *testing.B) {
	benchmarkLocal(b, "a complex query that is prepared, to be sent")
}

func BenchmarkCleanFlush(b *testing.B) { benchmarkLocal(b, "flush of 10,000 clean objects, each") }
func BenchmarkFetchOne(b *testing.B)   { benchmark(b, "fetch one by key") }
func BenchmarkFetch100(b *testing.B)   { benchmark(b, "fetch 100 rows") }
func BenchmarkFetch10000(b *testing.B) { benchmark(b, "fetch 10,000 rows") }
func BenchmarkLists(b *testing.B)      { benchmark(b, "1,000 customers, 5 accounts each") }
func BenchmarkAddOne(b *testing.B)     { benchmark(b, "add one, commit") }
func BenchmarkAdd1000(b *testing.B)    { benchmark(b, "add 1,000, commit") }
func BenchmarkChangeOne(b *testing.B)  { benchmark(b, "load one, change, commit") }
func BenchmarkAdd10000(b *testing.B)   { benchmark(b, "add 10,000, commit") }
func BenchmarkChange100(b *testing.B)  { benchmark(b, "change 100 of 1,000, commit") }
func BenchmarkChangeMixed(b *testing.B) {
	benchmark(b, "change 100 of 1,000 in different columns, commit")
}
