package relations_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

var ctx = context.Background()

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// recorder is a slog.Handler that keeps the statements sent.
type recorder struct {
	mu   sync.Mutex
	sent []string
}

func (r *recorder) Enabled(context.Context, slog.Level) bool { return true }
func (r *recorder) WithAttrs([]slog.Attr) slog.Handler       { return r }
func (r *recorder) WithGroup(string) slog.Handler            { return r }
func (r *recorder) Handle(_ context.Context, rec slog.Record) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	rec.Attrs(func(a slog.Attr) bool {
		if a.Key == "sql" {
			r.sent = append(r.sent, a.Value.String())
		}
		return true
	})
	return nil
}

// take returns the statements since the last call.
func (r *recorder) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	sent := r.sent
	r.sent = nil
	return sent
}

// openOn returns an engine on a database of its own with the tables of a schema, and what it sends.
func openOn(t testing.TB, schema *model.Schema) (*session.Engine, *recorder) {
	t.Helper()
	return openDSN(t, pgtest.Database(t), schema)
}

func openDSN(t testing.TB, dsn string, schema *model.Schema) (*session.Engine, *recorder) {
	t.Helper()
	rec := &recorder{}
	eng, err := session.Open(ctx, dsn, schema, session.Options{Logger: slog.New(rec), MaxConns: 4})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	rec.take()
	return eng, rec
}

// rowsOf returns the rows of a query as text, past any session.
func rowsOf(t testing.TB, eng *session.Engine, sql string) string {
	t.Helper()
	var text string
	ok(t, eng.Pool().QueryRow(ctx, "SELECT coalesce(string_agg(r::text, ' ' ORDER BY r::text), '') FROM ("+sql+") AS r").Scan(&text))
	return text
}

// begin returns a session that is closed at the test's end.
func begin(t testing.TB, eng *session.Engine) *session.Session {
	t.Helper()
	s := eng.Session()
	t.Cleanup(func() {
		if err := s.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return s
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func is(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error is %v, want %v", err, want)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// framing reports whether a statement is none of the relationships: a transaction's beginning and end, what a session asks of a server.
func framing(sql string) bool {
	return sql == "BEGIN" || sql == "COMMIT" || strings.HasPrefix(sql, "SELECT current_setting(")
}

// sent compares the statements sent, a line each, "…" standing for the rest of a line; transactions aside.
func sent(t testing.TB, rec *recorder, want ...string) {
	t.Helper()
	got := slices.DeleteFunc(rec.take(), framing)
	want = slices.DeleteFunc(want, framing)
	matches := slices.EqualFunc(got, want, func(g, w string) bool {
		if head, cut := strings.CutSuffix(w, "…"); cut {
			return strings.HasPrefix(g, head)
		}
		return g == w
	})
	if !matches {
		t.Errorf("sent:\n\t%s\nwant:\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func ptr[T any](v T) *T { return &v }
