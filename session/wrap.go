package session

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/query"
)

// Wrap lets statements run on a connection that the program has from pgx, within whatever transaction it has open there:
//
//	tx, err := pool.Begin(ctx)
//	n, err := query.Delete(c).Filter(c.LastName.Eq("Joker")).Exec(ctx, session.Wrap(tx.Conn()))
//
// What is read is not tracked. For a pool, see [NewEngine]. Like the connection, it is for one goroutine at a time.
func Wrap(conn *pgx.Conn) query.Runner {
	const key = "github.com/cupel-go/cupel/session"
	data := conn.PgConn().CustomData()
	if w, ok := data[key].(*wrapped); ok && w.conn == conn {
		return w
	}
	w := &wrapped{conn: conn, core: newCore(Options{})}
	data[key] = w
	return w
}

// wrapped is a connection of the program's own.
type wrapped struct {
	conn *pgx.Conn
	core *core
}

// CupelSchema returns "": the server looks for tables.
func (w *wrapped) CupelSchema() string { return "" }

// CupelRun runs one statement, for package query.
func (w *wrapped) CupelRun(ctx context.Context, req *run.Request) error {
	if len(req.Loads) > 0 {
		return fmt.Errorf("%w: on a connection of the program's own, where nothing is tracked", fault.ErrLoad)
	}
	x := w.core.execution(req)
	err := w.core.alone(ctx, w.conn, x.Alone[:], req.Writes)
	x.done(req)
	return err
}
