package wire

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/internal/arg"
)

// traceStart tells the connection's tracer, if it has one, of each statement.
func (c *Conn) traceStart(ctx context.Context, stmts []*Stmt) []context.Context {
	if c.tracer == nil {
		return nil
	}
	ctxs := make([]context.Context, len(stmts))
	for i, s := range stmts {
		ctxs[i] = c.tracer.TraceQueryStart(ctx, c.conn, pgx.TraceQueryStartData{SQL: s.SQL, Args: arg.Plains(s.Args)})
	}
	return ctxs
}

func (c *Conn) traceEnd(ctxs []context.Context, stmts []*Stmt, err error) {
	for i, ctx := range ctxs {
		end := pgx.TraceQueryEndData{CommandTag: stmts[i].Tag}
		if e := (*Error)(nil); errors.As(err, &e) && i >= e.Index {
			end.Err = e.Err
		}
		c.tracer.TraceQueryEnd(ctx, c.conn, end)
	}
}
