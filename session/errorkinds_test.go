package session_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestTypedErrorsAreDatabaseErrors: errors.As finds a *DatabaseError in every error that embeds one, wherever it is wrapped.
func TestTypedErrorsAreDatabaseErrors(t *testing.T) {
	t.Parallel()
	in := session.DatabaseError{Code: "12345", Constraint: "c", Table: "t"}
	for _, err := range []error{
		&in, &session.UniqueError{DatabaseError: in}, &session.ForeignKeyError{DatabaseError: in}, &session.NotNullError{DatabaseError: in},
		&session.CheckError{DatabaseError: in}, &session.SerializationError{DatabaseError: in}, &session.LockError{DatabaseError: in},
	} {
		var e *session.DatabaseError
		if !errors.As(fmt.Errorf("during: %w", err), &e) || e.Code != in.Code || e.Constraint != in.Constraint || e.Table != in.Table {
			t.Errorf("%T: %+v", err, e)
		}
		var check *session.CheckError
		if _, is := err.(*session.CheckError); errors.As(err, &check) != is {
			t.Errorf("%T is a CheckError: %v", err, !is)
		}
	}
}

// levels is a slog.Handler that keeps what is logged of statements.
type levels struct {
	mu      sync.Mutex
	records []slog.Record
}

func (l *levels) Enabled(context.Context, slog.Level) bool { return true }
func (l *levels) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *levels) WithGroup(string) slog.Handler            { return l }
func (l *levels) Handle(_ context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.Message == "statement" {
		l.records = append(l.records, r)
	}
	return nil
}

// failed returns the durations of statements that are logged with an error, and whether all are at level Debug.
func (l *levels) failed() (took []time.Duration, debug bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	debug = true
	for _, r := range l.records {
		debug = debug && r.Level == slog.LevelDebug
		attrs := map[string]slog.Value{}
		r.Attrs(func(a slog.Attr) bool { attrs[a.Key] = a.Value; return true })
		if attrs["error"].String() != slog.Value.String(slog.Value{}) {
			took = append(took, attrs["duration"].Duration())
		}
	}
	l.records = nil
	return took, debug
}

// TestFailedStatementsInTheLog: an error that is returned is not reported a second time: a statement that failed is logged at Debug as others
// are, with its error and the time that it took.
func TestFailedStatementsInTheLog(t *testing.T) {
	t.Parallel()
	log := &levels{}
	eng, err := session.Open(ctx, pgtest.Database(t), library, session.Options{Logger: slog.New(log)})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, library.CreateAll(ctx, eng))
	s := begin(t, eng)
	s.Add(&Author{Name: "A", Email: ptr("a@x")})
	ok(t, s.Commit(ctx))
	s.Add(&Author{Name: "B", Email: ptr("a@x")})
	if took, debug := log.failed(); len(took) > 0 || !debug {
		t.Errorf("before: %v, all at Debug: %v", took, debug)
	}
	fails := map[string]func() error{
		"known":          func() error { return errors.Join(s.Commit(ctx), s.Rollback(ctx)) },
		"not understood": func() error { _, err := query.ExecRaw(ctx, eng, "SELEC"); return err },
		"while it runs":  func() error { _, err := query.ExecRaw(ctx, eng, "SELECT 1 / (random() * 0)::integer"); return err },
		"in a batch":     func() error { return eng.ExecAll(ctx, []string{"SELECT 1", "SELEC"}) },
	}
	for name, fail := range fails {
		err := fail()
		took, debug := log.failed()
		if err == nil || len(took) != 1 || took[0] <= 0 || !debug {
			t.Errorf("%s: %v, statements with errors took %v, all at Debug: %v", name, err, took, debug)
		}
	}
}

// TestStaleSaysWhy: a row that was written since is not said to be gone, nor one without a version to have been written.
func TestStaleSaysWhy(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 1)
	a := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	a.Name = "changed"
	_, err := eng.Pool().Exec(ctx, "DELETE FROM book")
	ok(t, err)
	_, err = eng.Pool().Exec(ctx, "DELETE FROM author")
	ok(t, err)
	err = s.Commit(ctx)
	is(t, err, session.ErrStale)
	says(t, err, "row of a changed object is gone: 0 of 1 rows found: Author(id=1)")
}

// TestSeveralStatementsInOneText: the error says what to do.
func TestSeveralStatementsInOneText(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	const both = "SELECT 1; SELECT 2"
	_, raw := query.ExecRaw(ctx, s, both)
	_, onEngine := query.ExecRaw(ctx, eng, both)
	for what, err := range map[string]error{"ExecRaw": raw, "on an engine": onEngine, "ExecAll": eng.ExecAll(ctx, []string{both})} {
		var e *session.DatabaseError
		if !errors.As(err, &e) || e.Code != "42601" {
			t.Errorf("%s: %v", what, err)
			continue
		}
		says(t, err, "give Engine.ExecAll a text for each, or run a file of them with Engine.Pool().Exec")
	}
	_, err := query.ExecRaw(ctx, eng, "SELEC")
	if err == nil || strings.Contains(err.Error(), "ExecAll") {
		t.Errorf("another mistake: %v", err)
	}
	_, err = eng.Pool().Exec(ctx, both)
	ok(t, err)
}

func says(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v, without %q", err, want)
	}
}
