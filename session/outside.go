package session

import (
	"context"
	"errors"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/write"
	"github.com/cupel-go/cupel/query"
)

// outsideRunner is where objects that no session tracks are written: in a session's transaction, or in one of their own on an
// engine or a connection.
type outsideRunner struct {
	tx      *transaction
	session *Session // nil: there is none
	commit  bool     // the statements are a transaction of their own
}

var errRunner = errors.New("session: the runner is not a *Session, not an *Engine and not from Wrap")

// outside calls do with what r is. What it writes without a session's objects knowing is w; of no table: nothing.
func outside(ctx context.Context, r query.Runner, w ast.Written, do func(o *outsideRunner) error) error {
	switch r := r.(type) {
	case *Session:
		if err := r.ready(); err != nil {
			return err
		}
		defer r.leave()
		r.tx.changesUnseen()
		err := do(&outsideRunner{tx: &r.tx, session: r})
		if err == nil && w.Table != nil {
			r.objs.Outdate([]ast.Written{w})
		}
		return err
	case *Engine:
		tx := &transaction{core: r.core, pool: r.pool, terms: r.terms()}
		defer tx.release()
		o := &outsideRunner{tx: tx, commit: true}
		err := do(o)
		if err == nil && tx.conn != nil && !tx.Idle() {
			err = o.write(ctx, &plan.Plan{})
		}
		return tx.abandoning(err)
	case *wrapped:
		tx := &transaction{core: r.core, conn: lent{r.conn}, terms: r.core.terms}
		if tx.begun = !tx.Idle(); tx.begun {
			return do(&outsideRunner{tx: tx})
		}
		return tx.abandoning(do(&outsideRunner{tx: tx, commit: true}))
	}
	return errRunner
}

// abandoning rolls the transaction back when there is an error, and returns it.
func (t *transaction) abandoning(err error) error {
	if err != nil && t.conn != nil {
		t.core.abandon(t.conn.Conn())
	}
	return err
}

// autoflush flushes the session's pending changes of tables.
func (o *outsideRunner) autoflush(ctx context.Context, about run.Tables) error {
	if o.session == nil {
		return nil
	}
	return o.session.autoflush(ctx, about)
}

// write writes a plan.
func (o *outsideRunner) write(ctx context.Context, p *plan.Plan) error {
	if o.session != nil {
		return o.session.fail(o.session.write(ctx, p, false))
	}
	return explainFailure(write.Plan(ctx, o.tx, p, o.commit))
}

// sourceOf returns the mapping behind a table struct.
func sourceOf[T any](table expr.Item[*T]) (*meta.Source, error) {
	if !ast.IsNil(table) {
		if src, ok := table.CupelSlot().Entity.(*meta.Source); ok {
			return src, nil
		}
	}
	return nil, expr.ErrUnmapped
}

// tables are tables whose pending changes are flushed before a statement.
type tables []*ast.Table

// Reads returns the tables.
func (t tables) Reads() []*ast.Table { return t }

// withParents returns a table and those that it refers to.
func withParents(t *ast.Table) tables {
	ts := tables{t}
	for _, fk := range t.ForeignKeys {
		ts = append(ts, fk.RefColumns[0].Table)
	}
	return ts
}
