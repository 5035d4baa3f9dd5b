package session

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/internal/wire"
)

// transaction is the side of a unit of work that faces the server: a connection, once it is needed, and the transaction that
// is open on it.
type transaction struct {
	core    *core
	pool    *pgxpool.Pool // where the connection comes from; nil: conn was there
	conn    connection    // nil: none is needed yet
	begun   bool          // a transaction is open
	refused bool          // the server refused the last statements
	begin   wire.Stmt
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
	t.sending = t.sending[:0]
	if !t.begun {
		t.begin = wire.Stmt{SQL: t.core.beginSQL}
		t.sending = append(t.sending, &t.begin)
		t.begun = true
	}
	t.sending = append(t.sending, stmts...)
	err := t.core.send(ctx, t.conn.Conn(), t.sending)
	var pg *pgconn.PgError
	t.refused = errors.As(err, &pg)
	return err
}

// acquire has a connection from then on.
func (t *transaction) acquire(ctx context.Context) error {
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
	if within && !t.begun {
		return t.Send(ctx)
	}
	if err := t.acquire(ctx); err != nil {
		return err
	}
	return readable(t.conn.Conn())
}

// Begun reports whether a transaction is open.
func (t *transaction) Begun() bool { return t.begun }

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
	if status == 'E' || t.refused && t.begun {
		return false // a statement that is wrong may be refused before the BEGIN that goes with it
	}
	t.begun = status == 'T'
	return true
}

// undo sends ROLLBACK when there is something to roll back.
func (t *transaction) undo(ctx context.Context) error {
	if t.conn == nil || !t.begun || t.conn.Conn().IsClosed() {
		return nil
	}
	if ctx.Err() != nil { // the program gave up, but the connection can still be used
		fresh, cancel := context.WithTimeout(context.WithoutCancel(ctx), t.core.rollbackTimeout())
		defer cancel()
		ctx = fresh
	}
	err := t.core.send(ctx, t.conn.Conn(), []*wire.Stmt{{SQL: rollbackSQL}})
	return explainStatement(err)
}

// release returns the connection to the pool, which drops it when it is broken or in a transaction.
func (t *transaction) release() {
	if t.conn != nil {
		t.conn.Release()
	}
	t.conn, t.begun, t.refused = nil, false, false
}

// rollbackSQL is prepared like any other statement: the server need not parse it each time.
const rollbackSQL = "ROLLBACK"

func beginSQL(o pgx.TxOptions) string {
	if o.BeginQuery != "" {
		return o.BeginQuery
	}
	sql := "BEGIN"
	if o.IsoLevel != "" {
		sql += " ISOLATION LEVEL " + string(o.IsoLevel)
	}
	if o.AccessMode != "" {
		sql += " " + string(o.AccessMode)
	}
	if o.DeferrableMode != "" {
		sql += " " + string(o.DeferrableMode)
	}
	return sql
}
