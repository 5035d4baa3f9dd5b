package integration_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// named returns a customer that nobody else is.
func named(name string) *bank.Customer { return &bank.Customer{FirstName: name, LastName: name} }

// stored returns how many customers have a name.
func stored(t *testing.T, eng *session.Engine, name string) int64 {
	t.Helper()
	n, err := query.Select(bank.Customers).Filter(bank.Customers.LastName.Eq(name)).Count(ctx, eng)
	check(t, err)
	return n
}

// insertOf is an INSERT outside any session.
func insertOf(name string) query.InsertStatement {
	c := bank.Customers
	return query.Insert(c).Values(c.FirstName.To(name), c.LastName.To(name))
}

// outcome is what an error must say, and what is stored then.
type outcome struct {
	err    error // for errors.Is; nil: there is none
	not    error // what it must not be; nil: anything
	stored int64
}

func (o outcome) check(t *testing.T, what string, eng *session.Engine, name string, err error) {
	t.Helper()
	switch {
	case o.err == nil && err != nil:
		t.Errorf("%s: %v", what, err)
	case o.err != nil && !errors.Is(err, o.err), o.not != nil && errors.Is(err, o.not):
		t.Errorf("%s: is %v: %t, is %v: %t: %v", what, o.err, errors.Is(err, o.err), o.not, errors.Is(err, o.not), err)
	}
	if got := stored(t, eng, name); got != o.stored {
		t.Errorf("%s: %d rows are stored, want %d", what, got, o.stored)
	}
}

var (
	stores  = outcome{nil, nil, 1}
	lost    = outcome{session.ErrConnection, session.ErrUnknownOutcome, 0}
	unknown = func(n int64) outcome { return outcome{session.ErrUnknownOutcome, nil, n} }
)

// TestServerEndsTheConnection: the server says FATAL after a statement was completed. What follows the COMMIT changes nothing, and
// what comes before the result of the last statement leaves no doubt. The server itself does not know of it and goes on.
func TestServerEndsTheConnection(t *testing.T) {
	t.Parallel()
	eng, proxy := watchedBank(t)
	framed := beginning(t, eng)
	for i, c := range []struct {
		what, tag string
		do        func(name string) error
		want      outcome
	}{
		{"session, lone INSERT", "INSERT 0 1", commits(eng), unknown(1)},
		{"session, after COMMIT", "COMMIT", commits(framed), stores},
		{"session, after the INSERT", "INSERT 0 1", commits(framed), unknown(1)},                                         // it may have been the COMMIT
		{"session, after BEGIN", "BEGIN", commits(framed), outcome{session.ErrConnection, session.ErrUnknownOutcome, 1}}, // a real server would have stored nothing
		{"session, COMMIT alone", "COMMIT", flushesFirst(eng), stores},
		{"engine, after the INSERT", "INSERT 0 1", func(name string) error { return second(insertOf(name).Exec(ctx, eng)) }, unknown(1)},
		{"BulkInsert", "COMMIT", func(name string) error { return session.BulkInsert(ctx, framed, bank.Customers, named(name)) }, stores},
		{"BulkInsert, lone", "INSERT 0 1", func(name string) error { return session.BulkInsert(ctx, eng, bank.Customers, named(name)) }, unknown(1)},
	} {
		for _, when := range []string{"first", "again"} {
			name := fmt.Sprint(when, i)
			proxy.EndAfter(c.tag)
			err := c.do(name)
			proxy.EndAfter("")
			c.want.check(t, c.what+", "+when, eng, name, err)
		}
	}
}

// beginning returns an engine on the pool of another one whose transactions have a BEGIN and a COMMIT, also of one statement.
func beginning(t *testing.T, eng *session.Engine) *session.Engine {
	t.Helper()
	return session.NewEngine(eng.Pool(), eng.Schema(), session.Options{BeginAtOnce: true})
}

func commits(eng *session.Engine) func(name string) error {
	return func(name string) error {
		s := eng.Session()
		defer s.Close(ctx)
		s.Add(named(name))
		return s.Commit(ctx)
	}
}

func flushesFirst(eng *session.Engine) func(name string) error {
	return func(name string) error {
		s := eng.Session()
		defer s.Close(ctx)
		s.Add(named(name))
		return errors.Join(s.Flush(ctx), s.Commit(ctx))
	}
}

func second[T any](_ T, err error) error { return err }

// TestTerminated: the server ends the connection between two statements.
func TestTerminated(t *testing.T) {
	t.Parallel()
	eng, _ := watchedBank(t)
	s := eng.Session()
	defer s.Close(ctx)
	s.Add(named("gone"))
	check(t, s.Flush(ctx))
	err := second(query.ExecRaw(ctx, s, "SELECT pg_terminate_backend(pg_backend_pid())"))
	lost.check(t, "pg_terminate_backend", eng, "gone", err)
	var e *session.DatabaseError
	if !errors.As(err, &e) || e.Code != "57P01" {
		t.Errorf("it does not say what the server said: %v", err)
	}
	check(t, s.Rollback(ctx))
	_, err = eng.Pool().Exec(ctx, "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'; "+
		"CREATE CONSTRAINT TRIGGER die AFTER INSERT ON customer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()")
	check(t, err)
	unknown(0).check(t, "while COMMIT runs", eng, "dies", commits(eng)("dies"))
}

// TestWritesOutsideSessions: the connection is cut around a write that the server commits by itself.
func TestWritesOutsideSessions(t *testing.T) {
	t.Parallel()
	eng, proxy := watchedBank(t)
	c := bank.Customers
	for _, name := range []string{"first", "again"} {
		proxy.CutAfter(1)
		unknown(1).check(t, "cut after an INSERT", eng, name, second(insertOf(name).Exec(ctx, eng)))
		proxy.CutBefore(1)
		unknown(1).check(t, "cut before a DELETE", eng, name, second(query.Delete(c).Filter(c.LastName.Eq(name)).Exec(ctx, eng)))
		proxy.CutAfter(1)
		outcome{session.ErrConnection, session.ErrUnknownOutcome, 1}.check(t, "cut after a SELECT", eng, name,
			second(query.Select(c).All(ctx, eng)))
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	outcome{context.Canceled, session.ErrUnknownOutcome, 0}.check(t, "not sent", eng, "x", second(insertOf("x").Exec(ended, eng)))
	s := eng.Session()
	check(t, s.Flush(ctx))
	_, err := query.Select(c).All(ctx, s)
	check(t, err)
	s.Add(named("x"))
	outcome{context.Canceled, session.ErrUnknownOutcome, 0}.check(t, "COMMIT not sent", eng, "x", s.Commit(ended))
	check(t, s.Close(ctx))
	proxy.Refuse(true)
	eng.Pool().Reset()
	err = second(insertOf("x").Exec(ctx, eng))
	proxy.Refuse(false)
	lost.check(t, "no connection", eng, "x", err)
}

// TestConnectionLostBeforeCommit: nothing is stored of a transaction whose COMMIT was not sent, and all of it can be done again.
func TestConnectionLostBeforeCommit(t *testing.T) {
	t.Parallel()
	eng, proxy := watchedBank(t)
	for _, name := range []string{"first", "again"} {
		s := eng.Session()
		s.Add(named(name))
		proxy.CutAfter(2) // BEGIN, INSERT
		lost.check(t, "cut after an INSERT", eng, name, s.Flush(ctx))
		check(t, s.Rollback(ctx))
		s.Add(named(name))
		stores.check(t, "again", eng, name, s.Commit(ctx))
		check(t, s.Close(ctx))
	}
}

// TestTimeoutNamesTheStatement: not the BEGIN that went before it.
func TestTimeoutNamesTheStatement(t *testing.T) {
	t.Parallel()
	eng, proxy := watchedBank(t)
	check(t, commits(eng)("known"))
	for _, known := range []bool{false, true} {
		name := "known"
		if !known {
			name = "other"
		}
		check(t, eng.Pool().Ping(ctx))
		waits(t, proxy, "INSERT INTO customer", func(short context.Context) error {
			s := eng.Session()
			defer s.Close(ctx)
			s.Add(named(name))
			return s.Commit(short)
		})
	}
}

func waits(t *testing.T, proxy *pgproxy.Proxy, want string, do func(short context.Context) error) {
	t.Helper()
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	proxy.Stall(true)
	err := do(short)
	proxy.Stall(false)
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, session.ErrUnknownOutcome) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "BEGIN") {
		t.Errorf("error is %v", err)
	}
}

// TestClosedEngine is ErrClosed everywhere.
func TestClosedEngine(t *testing.T) {
	t.Parallel()
	eng, _ := watchedBank(t)
	s := eng.Session()
	s.Add(named("x"))
	eng.Close()
	for what, err := range map[string]error{
		"a query":       second(query.Select(bank.Customers).All(ctx, eng)),
		"a write":       second(insertOf("x").Exec(ctx, eng)),
		"a session":     s.Commit(ctx),
		"a new session": second(session.Get(ctx, eng.Session(), bank.Customers, 1)),
		"BulkInsert":    session.BulkInsert(ctx, eng, bank.Customers, named("x")),
		"ExecAll":       bank.Schema.CreateAll(ctx, eng),
	} {
		if !errors.Is(err, session.ErrClosed) || errors.Is(err, session.ErrConnection) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
