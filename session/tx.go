package session

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
)

// transaction is the side of a unit of work that faces the server: a connection, while it is needed, and the transaction that
// is open on it.
type transaction struct {
	core    *core
	pool    *pgxpool.Pool // where the connection comes from; nil: conn was there
	conn    connection    // nil: none is needed now
	terms   terms
	begun   bool     // a transaction is open
	joined  bool     // it is a savepoint in one that the program has open on the connection
	chained bool     // SQL text has ended the transaction, and begun another
	spoiled bool     // a statement that was a transaction by itself failed
	refused bool     // the server refused the last statements
	points  []point  // savepoints that are open, the innermost last
	next    int      // the number of the next one
	place   int      // among those on the program's connection, from 1; 0: it has none
	waiting []string // statements about savepoints that go out before the next
	leads   []wire.Stmt
	sending []*wire.Stmt // scratch
}

// connection is what a transaction sends its statements on.
type connection interface {
	Conn() *pgx.Conn
	Release()
}

// lent is a connection of the program's own, which is not given back.
type lent struct{ conn *pgx.Conn }

// Conn returns the connection.
func (l lent) Conn() *pgx.Conn { return l.conn }

// Release does nothing.
func (l lent) Release() {}

// Send runs statements in one round trip, beginning a transaction with them when none is open.
func (t *transaction) Send(ctx context.Context, stmts ...*wire.Stmt) error {
	if err := t.acquire(ctx); err != nil {
		return err
	}
	if t.ended() {
		return ErrTransactionEnded
	}
	begun := t.begun
	t.leads, t.sending = t.leads[:0], t.sending[:0]
	if !t.begun {
		t.leads = append(t.leads, wire.Stmt{SQL: t.beginning()})
		if t.terms.schema != "" {
			t.leads = append(t.leads, enter(t.terms.schema, t.suffix()))
		}
		t.begun = true
	}
	for _, sql := range t.waiting {
		t.leads = append(t.leads, wire.Stmt{SQL: sql})
	}
	for i := range t.leads {
		t.sending = append(t.sending, &t.leads[i])
	}
	err := t.send(ctx, append(t.sending, stmts...))
	if we := asWireError(err); we != nil && we.Unsent && we.Led == 0 {
		t.begun, t.spoiled = begun, !begun
	} else {
		t.wentOut()
	}
	return err
}

// beginning returns the statement that begins the transaction.
func (t *transaction) beginning() string {
	if t.joined = t.pool == nil && !t.Idle(); t.joined {
		return "SAVEPOINT " + t.part()
	}
	return t.terms.begin
}

// Commit returns the statements that end the transaction and keep what it did.
func (t *transaction) Commit() []*wire.Stmt {
	if t.Final() {
		return []*wire.Stmt{{SQL: commitSQL}}
	}
	part := &wire.Stmt{SQL: "RELEASE SAVEPOINT " + t.part()}
	if t.terms.schema != "" {
		return []*wire.Stmt{{SQL: exitSQL(t.suffix())}, part}
	}
	return []*wire.Stmt{part}
}

// Final reports whether Commit commits.
func (t *transaction) Final() bool {
	return !t.joined && (t.begun || t.pool != nil || t.conn == nil || t.Idle())
}

// send runs statements on the connection.
func (t *transaction) send(ctx context.Context, stmts []*wire.Stmt) error {
	t.sending = stmts
	err := t.core.send(ctx, t.conn.Conn(), stmts)
	var pg *pgconn.PgError
	t.refused = errors.As(err, &pg)
	t.chained = t.chained || slices.ContainsFunc(stmts, chains)
	return err
}

// Run runs a statement: one that only reads without a transaction where none is open and that makes no difference, see [terms].
func (t *transaction) Run(ctx context.Context, stmt *wire.Stmt) error {
	if stmt.Acts || t.begun || t.terms.begins {
		return t.Send(ctx, stmt)
	}
	if err := t.acquire(ctx); err != nil {
		return err
	}
	free, err := t.readsFreely(ctx, stmt)
	if free {
		err = t.send(ctx, append(t.sending[:0], stmt))
		if !t.core.keeps {
			t.giveBack()
		}
	}
	return err
}

// SendAlone runs a statement that is a transaction by itself. After an error the transaction counts as one that failed.
func (t *transaction) SendAlone(ctx context.Context, stmt *wire.Stmt) error {
	if err := t.acquire(ctx); err != nil {
		return err
	}
	err := t.send(ctx, append(t.sending[:0], stmt))
	t.spoiled = err != nil
	return err
}

// acquire has a connection from then on.
func (t *transaction) acquire(ctx context.Context) error {
	if err := sqlw.CheckSchema(t.terms.schema); err != nil {
		return &StatementError{err: err}
	}
	if t.conn != nil {
		return nil
	}
	conn, err := t.pool.Acquire(ctx)
	if err != nil {
		return t.core.connectError(err)
	}
	t.conn = conn
	return nil
}

// ready has a connection, on which a transaction is open where it must be.
func (t *transaction) ready(ctx context.Context, within bool) error {
	if within && (!t.begun || len(t.waiting) > 0) {
		return t.Send(ctx)
	}
	if err := t.acquire(ctx); err != nil {
		return err
	}
	if t.ended() {
		return ErrTransactionEnded
	}
	return readable(t.conn.Conn())
}

// Begun reports whether a transaction is open.
func (t *transaction) Begun() bool { return t.begun }

// Alone reports whether no transaction is open, and the one that Send begins is no other than that of a lone statement.
func (t *transaction) Alone() bool {
	return !t.begun && t.terms.plain && len(t.waiting) == 0 && (t.pool != nil || t.Idle())
}

// Leads returns how many statements Send puts before those that it is given.
func (t *transaction) Leads() int {
	switch {
	case t.begun:
		return len(t.waiting)
	case t.terms.schema != "":
		return 2 + len(t.waiting)
	}
	return 1 + len(t.waiting)
}

// Closed reports whether the connection is gone.
func (t *transaction) Closed() bool { return t.conn != nil && t.conn.Conn().IsClosed() }

// Idle reports whether the server has no transaction open.
func (t *transaction) Idle() bool { return t.conn != nil && t.conn.Conn().PgConn().TxStatus() == 'I' }

// Intern returns text as a string without copying it when it is known.
func (t *transaction) Intern(text []byte) string { return t.core.known.Intern(text) }

// survives reports whether the transaction can go on after the error of a statement, and takes note of whether it is open.
func (t *transaction) survives() bool {
	if t.conn == nil || t.conn.Conn().IsClosed() {
		return false
	}
	status := t.conn.Conn().PgConn().TxStatus()
	if status == 'E' || t.refused && (t.begun || t.spoiled) {
		return false // a statement that is wrong may be refused before the BEGIN that goes with it
	}
	t.begun, t.spoiled = status == 'T', false
	return true
}

// undo sends ROLLBACK when there is something to roll back.
func (t *transaction) undo(ctx context.Context) error {
	if t.conn == nil || !t.begun || t.conn.Conn().IsClosed() || t.ended() {
		return nil
	}
	ctx, cancel := t.lasting(ctx)
	defer cancel()
	undo := []*wire.Stmt{{SQL: rollbackSQL}}
	if t.joined {
		undo = []*wire.Stmt{{SQL: "ROLLBACK TO SAVEPOINT " + t.part()}, {SQL: "RELEASE SAVEPOINT " + t.part()}}
	}
	return explainStatement(t.core.send(ctx, t.conn.Conn(), undo))
}

// release ends the transaction and returns the connection to the pool, which drops it when it is broken or in a transaction.
func (t *transaction) release() {
	t.begun, t.joined, t.refused, t.spoiled, t.chained = false, false, false, false, false
	t.points, t.waiting = nil, nil
	t.leave()
	t.giveBack()
}

// giveBack returns the connection to the pool.
func (t *transaction) giveBack() {
	if t.conn != nil && t.pool != nil {
		t.conn.Release()
		t.conn = nil
	}
}

// The ends of a transaction are prepared like any other statement: the server need not parse them each time.
const (
	commitSQL   = "COMMIT"
	rollbackSQL = "ROLLBACK"
)
