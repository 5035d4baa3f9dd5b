package session

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/internal/wire"
)

// terms are what a session's transactions are like.
//
// At READ COMMITTED every statement sees what was committed when it began, in a transaction or not. So a statement that only reads, with
// functions that are known to do nothing else, has the same result without BEGIN, and what comes after it may begin the
// transaction. The rest of what a transaction gives, that now() stands still and that the tables it has read keep their definition,
// begins with it.
type terms struct {
	begin  string // the statement
	plain  bool   // it is BEGIN, so that a lone statement is such a transaction without it
	begins bool   // the first statement begins the transaction, whatever it is
	asks   bool   // the level is the connection's, and must be READ COMMITTED
	schema string // of tables whose mapping names none; "" where the server looks for them
}

func newTerms(o pgx.TxOptions, atOnce bool) terms {
	committed := o.IsoLevel == "" || strings.EqualFold(string(o.IsoLevel), string(pgx.ReadCommitted))
	return terms{
		begin: beginSQL(o), plain: !atOnce && beginSQL(o) == "BEGIN", begins: atOnce || o.BeginQuery != "" || !committed, asks: o.IsoLevel == "",
	}
}

const readCommitted = "read committed"

// levelSQL asks for the level of transactions that do not say theirs.
const levelSQL = "SELECT current_setting('default_transaction_isolation')"

// level returns the statement that finds out the level of a connection.
func level(w *wire.Conn) *wire.Stmt {
	return &wire.Stmt{SQL: levelSQL, Once: true, Read: wire.ReadFunc(func(rows *wire.Rows) error {
		for rows.Next() {
			w.Isolation = string(rows.Values()[0])
		}
		return nil
	})}
}

// readsFreely reports whether a statement that only reads needs no transaction. Where the connection's level is not known yet, it
// runs the statement in one, and finds out the level with it.
func (t *transaction) readsFreely(ctx context.Context, stmt *wire.Stmt) (free bool, err error) {
	conn := t.conn.Conn()
	switch {
	case t.pool == nil && conn.PgConn().TxStatus() != 'I':
		return false, t.Send(ctx, stmt)
	case !t.terms.asks:
		return true, nil
	}
	w := wire.Of(conn, &t.core.facts)
	switch w.Isolation {
	case readCommitted:
		return true, nil
	case "":
		return false, t.Send(ctx, level(w), stmt)
	}
	return false, t.Send(ctx, stmt)
}

// alters reports whether a statement may have changed the level of its connection.
func alters(s *wire.Stmt) bool {
	switch tag := s.Tag.String(); tag {
	case "SET", "RESET", "DISCARD ALL", "DO", "CALL":
		return true
	default:
		return strings.HasPrefix(tag, "SELECT") && strings.Contains(strings.ToLower(s.SQL), "set_config")
	}
}

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
