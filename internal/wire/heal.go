package wire

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// heal draws its conclusions from the error of a batch that says that the server is not as it was: a statement is gone, or its
// types have changed. It reports whether the batch can be sent again: nothing of it took effect, and nobody keeps
// a row of it.
func (c *Conn) heal(ctx context.Context, stmts []*Stmt, err error, idle bool) bool {
	var (
		e  *Error
		pg *pgconn.PgError
	)
	if !errors.As(err, &e) || !errors.As(e.Err, &pg) {
		return false
	}
	at := e.Index - c.led
	if at < 0 || at >= len(c.sends) || c.sends[at].statement == nil {
		return false
	}
	switch old := c.sends[at].old; {
	case pg.Code == "26000", pg.Code == "42P05": // the names are not the server's: DISCARD ALL, another server of a pooler's
		c.known.dropAll()
	case old && (pg.Code == "0A000" && strings.Contains(pg.Message, "cached plan") || pg.Code == "XX000"):
		c.facts.changed()
	case old && (strings.HasPrefix(pg.Code, "42") && pg.Code != "42501" || pg.Code == "08P01"): // it was right once
		c.facts.forget(e.SQL)
		c.known.drop(e.SQL)
	default:
		return false
	}
	return idle && !c.kept && c.rewind(ctx)
}

// rewind ends the transaction that a failed batch has begun.
func (c *Conn) rewind(ctx context.Context) bool {
	conn := c.conn.PgConn()
	if conn.TxStatus() == 'E' {
		if _, err := conn.Exec(ctx, "ROLLBACK").ReadAll(); err != nil {
			return false
		}
	}
	return conn.TxStatus() == 'I'
}
