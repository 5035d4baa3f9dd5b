package uow_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var ctx = context.Background()

const theEnd = "end of script: session.close()"

// run is a scenario under way. Its methods are those that the Python scripts have.
type run struct {
	models
	t        *testing.T
	s        *session.Session
	engine   *session.Engine
	dsn      string // past the proxy
	proxy    *pgproxy.Proxy
	log      *statementLog
	other    *pgx.Conn
	seen     int // statements of the proxy that are in events
	asserted int // events that sent has compared
	events   []event
	observed []observation
	problems []string
	wants    int // assertions made
}

// stopped is what ends a scenario before its end.
type stopped struct{ err error }

// start gives a scenario its database, its models and a session whose statements are watched.
func start(t *testing.T, name string, set modelSet) *run {
	t.Helper()
	r := &run{t: t, log: &statementLog{}, models: newModels(t, name)}
	r.dsn = pgtest.Clone(t, "uow."+name, func(dsn string) error { return build(dsn, set) })
	target, err := pgproxy.Target(r.dsn)
	fatal(t, err)
	r.proxy, err = pgproxy.Start(target)
	fatal(t, err)
	t.Cleanup(func() { fatal(t, r.proxy.Close()) })
	through, err := r.proxy.DSN(r.dsn)
	fatal(t, err)
	r.engine, err = session.Open(ctx, through, r.schema, session.Options{Logger: r.log.logger(), MaxConns: 4})
	fatal(t, err)
	t.Cleanup(r.engine.Close)
	r.other, err = pgx.Connect(ctx, r.dsn)
	fatal(t, err)
	t.Cleanup(func() { fatal(t, r.other.Close(ctx)) })
	r.proxy.Reset()
	r.s = r.engine.Session()
	return r
}

// build makes the tables and rows of a model set.
func build(dsn string, set modelSet) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	statements := strings.Join(append(set.DDL, set.Rows), ";\n")
	_, err = conn.PgConn().Exec(ctx, statements).ReadAll()
	return errors.Join(err, conn.Close(ctx))
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// script runs a scenario to its end and closes the session.
func (r *run) script(do func(*run)) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case stopped:
			r.problem("the script stopped: %v", x.err)
		default:
			r.problem("the script panicked: %v", x)
		}
		r.mark(theEnd)
		if err := r.s.Close(ctx); err != nil {
			r.problem("close: %v", err)
		}
		r.take()
	}()
	do(r)
}

func (r *run) problem(format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

// take brings in what went over the wire since the last call. What the server skipped after an error is left out.
func (r *run) take() {
	all := r.proxy.Statements()
	logged := r.log.take()
	skipping := false
	for _, s := range all[r.seen:] {
		e := ours(s)
		if len(logged) == 0 || logged[0].sql != oneLine(s.SQL) {
			if !skipping {
				r.problem("on the wire, but not logged: %s", s.SQL)
			}
			continue
		}
		skipping = logged[0].failed
		e.failed = skipping
		logged = logged[1:]
		r.events = append(r.events, e)
	}
	for _, l := range logged {
		if l.failed { // refused before it was run
			e := ours(pgproxy.Statement{SQL: l.sql})
			e.failed = true
			r.events = append(r.events, e)
			continue
		}
		r.problem("logged, but not seen on the wire: %s", l.sql)
	}
	r.seen = len(all)
}

// mark puts a marker into the log.
func (r *run) mark(text string) {
	r.take()
	r.events = append(r.events, event{op: opMark, text: text})
}

// note records an observation.
func (r *run) note(label string, value any) { r.record(observation{Label: label, Value: plain(value)}) }

// err records an error, or that there was none.
func (r *run) err(label string, err error) { r.errOf(label, nil, err) }

// errOf records what a function gave: its value, or its error.
func (r *run) errOf(label string, value any, err error) {
	if err != nil {
		r.record(observation{Label: label, err: err})
		return
	}
	r.note(label, value)
}

func (r *run) record(o observation) {
	r.take()
	r.events = append(r.events, event{op: opObs, text: o.Label})
	r.observed = append(r.observed, o)
}

// check stops the scenario at an error that the script does not expect.
func (r *run) check(err error) {
	if err != nil {
		panic(stopped{err})
	}
}

// flush and commit are what the script expects to go well.
func (r *run) flush()    { r.check(r.s.Flush(ctx)) }
func (r *run) commit()   { r.check(r.s.Commit(ctx)) }
func (r *run) rollback() { r.check(r.s.Rollback(ctx)) }

// later returns the mistake that Add or Delete leaves for the next Flush.
func (r *run) later(do func()) error {
	do()
	return r.s.Flush(ctx)
}

// state tells what a session tells of an object: whether it is in it.
func (r *run) state(obj any) any {
	if r.s.Contains(obj) {
		return stateIn
	}
	return stateOut
}

// otherSQL runs and commits SQL on another connection.
func (r *run) otherSQL(sql string) {
	_, err := r.other.Exec(ctx, sql)
	r.check(err)
}

// want asserts what Cupel does where the design differs.
func (r *run) want(what string, got, want any) {
	r.wants++
	if g, w := text(plain(got)), text(plain(want)); g != w {
		r.problem("%s is %s, want %s", what, g, w)
	}
}

// wantErr asserts an error.
func (r *run) wantErr(what string, err, want error) {
	r.wants++
	if !errors.Is(err, want) {
		r.problem("%s gives the error %v, want %v", what, err, want)
	}
}

// sent asserts the statements since the last call, such as "SELECT customer".
func (r *run) sent(want ...string) {
	r.wants++
	r.take()
	var got []string
	for _, e := range framed(r.events[r.asserted:]) {
		if !e.note() && e.op != opCatalog {
			e.columns = ""
			got = append(got, e.String())
		}
	}
	r.asserted = len(r.events)
	if g, w := strings.Join(got, "; "), strings.Join(want, "; "); g != w {
		r.problem("sent: %s\n\twant: %s", g, w)
	}
}

// val returns a value and stops the scenario at an error that the script does not expect.
func val[T any](v T, err error) T {
	if err != nil {
		panic(stopped{err})
	}
	return v
}

// orNone returns nil for no row, as SQLAlchemy's get and one_or_none do.
func orNone[T any](v *T, err error) *T {
	if errors.Is(err, query.ErrNoRows) {
		return nil
	}
	return val(v, err)
}

// one returns what a relationship refers to, loading it; all the objects of a list.
func one[T any](o *model.One[T]) *T    { return val(o.Get(ctx)) }
func all[T any](m *model.Many[T]) []*T { return val(m.All(ctx)) }

func ptr[T any](v T) *T { return &v }

// each returns f of each object.
func each[T, V any](ts []T, f func(T) V) []V {
	vs := make([]V, 0, len(ts))
	for _, t := range ts {
		vs = append(vs, f(t))
	}
	return vs
}

// clock gives times and codes as the Python defaults do.
type clock struct {
	seconds, count int
}

func (c *clock) now() time.Time {
	c.seconds++
	return time.Date(2024, 1, 1, 0, 0, c.seconds-1, 0, time.UTC)
}

func (c *clock) counter() string {
	c.count++
	return fmt.Sprintf("code-%d", c.count)
}
