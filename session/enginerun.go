package session

import (
	"cmp"
	"context"
	"fmt"

	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/model"
)

// CupelSchema returns the schema of tables whose mapping names none, for the other packages of this module.
func (e *Engine) CupelSchema() string { return e.in }

// CupelRun runs one statement outside any session, for package query: on a connection of its own, committed at once.
func (e *Engine) CupelRun(ctx context.Context, req *run.Request) error {
	if len(req.Loads) > 0 {
		return e.runLoading(ctx, req)
	}
	if e.in != "" && !req.Plain {
		return e.runWithin(ctx, req)
	}
	x := e.core.execution(req)
	err := e.core.once(ctx, e.pool, x.Alone[:], req.Writes)
	x.done(req)
	return err
}

// runLoading runs a statement in a session of its own, which lets go of what it has read and loaded.
func (e *Engine) runLoading(ctx context.Context, req *run.Request) error {
	s := e.Session()
	err := s.CupelRun(ctx, req)
	if err == nil && req.Writes {
		err = s.Commit(ctx)
	}
	if closed := s.Close(ctx); err == nil {
		err = closed
	}
	return err
}

const tablesExistSQL = "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class c " +
	"JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace " +
	"WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relname = t.name " +
	"AND (t.schema = n.nspname OR t.schema = '' AND pg_catalog.pg_table_is_visible(c.oid))) " +
	"FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (schema, name, ord) ORDER BY t.ord"

// TablesExist reports for each table whether it exists, as a table or view of any kind, in one round trip. It makes an
// engine a model.Database.
func (e *Engine) TablesExist(ctx context.Context, tables []model.TableName) ([]bool, error) {
	schemas, names := make([]string, len(tables)), make([]string, len(tables))
	for i, t := range tables {
		schemas[i], names[i] = cmp.Or(t.Schema, e.in), t.Name
	}
	var have []bool
	err := e.core.once(ctx, e.pool, []*wire.Stmt{{SQL: tablesExistSQL, Args: []any{schemas, names}, Read: wire.ReadFunc(func(rows *wire.Rows) error {
		for rows.Next() {
			v := rows.Values()[0]
			have = append(have, len(v) == 1 && (v[0] == 't' || v[0] == 1))
		}
		return nil
	})}}, false)
	if err != nil {
		return nil, err
	}
	return have, nil
}

// ExecAll runs statements without arguments in one transaction and one round trip, each a text of its own. It makes an engine a model.Database.
// A file of statements is for Pool().Exec.
func (e *Engine) ExecAll(ctx context.Context, statements []string) error {
	if err := sqlw.CheckSchema(e.in); err != nil {
		return &StatementError{err: err}
	}
	conn, err := e.pool.Acquire(ctx)
	if err != nil {
		return e.core.connectError(err)
	}
	defer conn.Release()
	stmts := []*wire.Stmt{{SQL: "BEGIN", Once: true}}
	if e.in != "" {
		into := enter(e.in, "")
		stmts = append(stmts, &into)
	}
	for _, s := range statements {
		stmts = append(stmts, &wire.Stmt{SQL: s, Once: true})
	}
	stmts = append(stmts, &wire.Stmt{SQL: "COMMIT", Once: true})
	if err := e.core.send(ctx, conn.Conn(), stmts); err != nil && !wire.Committed(stmts) {
		e.core.abandon(conn.Conn())
		if we := asWireError(err); conn.Conn().IsClosed() && we != nil && wire.Doubtful(err, we.Index == len(stmts)-1) {
			err = fmt.Errorf("%w: %w", ErrUnknownOutcome, err)
		}
		return explainStatement(err)
	}
	return nil
}
