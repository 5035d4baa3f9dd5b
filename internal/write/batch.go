// Package write writes plans: steps become statements, statements become batches, as few round trips as the keys allow that the
// database has yet to generate, with COMMIT in the last.
package write

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// Conn is what a plan is written on.
type Conn interface {
	// Send runs statements in one round trip, in a transaction that it begins where none is open.
	Send(ctx context.Context, stmts ...*wire.Stmt) error
	// Begun reports whether a transaction is open.
	Begun() bool
	// Closed reports whether the connection is gone.
	Closed() bool
	// Idle reports whether the server has no transaction open.
	Idle() bool
	// Intern returns text as a string without copying it when it is known.
	Intern(text []byte) string
}

// Failure is why a plan was not written, or may not have been.
type Failure struct {
	SQL     string         // of the statement; "": it was none
	Entries []*track.Entry // what the statement was about
	Rule    bool           // Err is not what the server said, but what follows from it
	Err     error
}

// Error returns the cause's text.
func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

// Plan writes a plan: as many steps in one round trip as do not wait for a key that the database generates. With commit
// the last trip ends with COMMIT. The error is a *writeFailure.
func Plan(ctx context.Context, conn Conn, p *plan.Plan, commit bool) error {
	b := &batch{conn: conn}
	for i := range p.Steps {
		st := &p.Steps[i]
		if !st.FillIn() {
			if err := b.send(ctx, false); err != nil {
				return err
			}
			if !st.FillIn() {
				return &Failure{Rule: true, Err: fmt.Errorf("session: flush of %s: a row that they refer to has no key", track.DescribeAll(st.Entries))}
			}
		}
		b.addStep(st)
	}
	return b.send(ctx, commit)
}

// batch collects the statements of a plan that can travel together.
type batch struct {
	conn  Conn
	stmts []*wire.Stmt
	works []work // works[i] belongs to stmts[i]
	reads bool   // an UPDATE gives values back, so its rows are counted before the COMMIT is sent
}

// work is what a statement is about.
type work struct {
	entries []*track.Entry
	expect  int64 // rows that it must touch; < 0: any number
}

func (b *batch) add(stmt *wire.Stmt, w work) {
	b.stmts = append(b.stmts, stmt)
	b.works = append(b.works, w)
}

// send sends what was collected in one round trip, with COMMIT at its end when commit says so.
func (b *batch) send(ctx context.Context, commit bool) error {
	if commit && b.reads {
		if err := b.send(ctx, false); err != nil {
			return err
		}
	}
	stmts := b.stmts
	if commit {
		for i, w := range b.works {
			if w.expect >= 0 {
				guard(stmts[i], w.expect)
			}
		}
		stmts = append(stmts, &wire.Stmt{SQL: commitSQL})
	}
	if len(stmts) == 0 {
		return nil
	}
	began := b.conn.Begun()
	if err := b.conn.Send(ctx, stmts...); err != nil {
		return b.failure(err, began, commit)
	}
	works := b.works
	b.stmts, b.works, b.reads = b.stmts[:0], b.works[:0], false
	if commit {
		return nil // the statements guarded themselves
	}
	return checkCounts(stmts, works)
}

// checkCounts fails where a statement did not touch the rows that it should.
func checkCounts(stmts []*wire.Stmt, works []work) error {
	for i, w := range works {
		if n := stmts[i].Tag.RowsAffected(); w.expect >= 0 && n != w.expect {
			return stale(w.entries, stmts[i].SQL, fmt.Sprintf("%d of %d rows found: ", n, w.expect))
		}
	}
	return nil
}

// commitSQL is prepared like any other statement: the server need not parse it each time.
const commitSQL = "COMMIT"

// guarded text: an UPDATE that travels with the COMMIT must itself fail when it does not touch the rows that it should,
// since nobody can look before the COMMIT runs. The division by zero does it.
const (
	guardHead = "WITH changed AS ("
	guardTail = " RETURNING 1) SELECT 1 / (count(*) = "
	guardEnd  = ")::integer FROM changed"
)

func guard(stmt *wire.Stmt, expect int64) {
	want := "1"
	if expect != 1 {
		stmt.Args = append(stmt.Args, expect)
		want = "$" + strconv.Itoa(len(stmt.Args))
	}
	stmt.SQL = guardHead + stmt.SQL + guardTail + want + guardEnd
}

func guarded(sql string) bool { return strings.HasPrefix(sql, guardHead) }

// failure says what the error of a batch is about.
func (b *batch) failure(err error, began, commit bool) error {
	var we *wire.Error
	if !errors.As(err, &we) {
		return &Failure{Err: err}
	}
	i := we.Index
	if !began {
		i-- // BEGIN went before
	}
	var (
		pg  *pgconn.PgError
		re  *wire.ReadError
		own = errors.As(err, &pg) // the server's own answer
	)
	switch {
	case commit && b.conn.Closed() && !own:
		return &Failure{Rule: true, Err: fmt.Errorf("%w: %w", fault.ErrUnknownOutcome, err)}
	case commit && errors.As(err, &re) && b.conn.Idle():
		return &Failure{SQL: we.SQL, Rule: true, Err: fmt.Errorf("%w: %w", fault.ErrCommitted, err)}
	case i < 0 || i >= len(b.works):
		return &Failure{Err: err}
	case guarded(we.SQL) && own && pg.Code == "22012":
		return stale(b.works[i].entries, we.SQL, "")
	}
	return &Failure{SQL: we.SQL, Entries: b.works[i].entries, Err: err}
}

func stale(entries []*track.Entry, sql, found string) error {
	return &Failure{SQL: sql, Rule: true, Err: fmt.Errorf("%w: %s%s", fault.ErrStale, found, track.DescribeAll(entries))}
}
