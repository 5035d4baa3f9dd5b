package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/query"
)

// Objects that no session tracks are written by the same steps as those of a flush. What runs the steps is a session: the
// program's own, or one for the occasion on an engine or a connection.

// connection is what a session sends its statements on.
type connection interface {
	Conn() *pgx.Conn
	Release()
}

// lent is a connection of the program's own, which a session does not give back.
type lent struct{ conn *pgx.Conn }

// Conn gives the connection.
func (l lent) Conn() *pgx.Conn { return l.conn }

// Release does nothing.
func (l lent) Release() {}

var errRunner = errors.New("session: the runner is no *Session, no *Engine and not from Wrap")

// outside calls do with a session on r. commit tells whether the statements are a transaction of their own, which they are
// unless r has one open.
func outside(ctx context.Context, r query.Runner, do func(s *Session, commit bool) error) error {
	switch r := r.(type) {
	case *Session:
		if err := r.ready(); err != nil {
			return err
		}
		defer r.leave()
		return do(r, false)
	case *Engine:
		s := newSession(r)
		defer s.release()
		return s.abandoning(do(s, true))
	case *wrapped:
		s := newSession(r.engine)
		s.conn = lent{r.conn}
		s.begun = r.conn.PgConn().TxStatus() != 'I'
		if s.begun {
			return do(s, false)
		}
		return s.abandoning(do(s, true))
	}
	return errRunner
}

// abandoning rolls back the session's transaction when there is an error, and gives it.
func (s *Session) abandoning(err error) error {
	if err != nil && s.conn != nil {
		s.engine.abandon(s.conn.Conn())
	}
	return err
}

// strangers gives entries of objects that are not in the identity map, in a store of their own.
func strangers[T any](s *Session, m *meta.Mapping, objs []*T) (*store, []*entry, error) {
	st := newStore(s, m, -1)
	all, entries := make([]entry, len(objs)), make([]*entry, len(objs))
	for i, o := range objs {
		if o == nil {
			return nil, nil, fmt.Errorf("%w: object %d of %d is nil", ErrNotMapped, i+1, len(objs))
		}
		e := &all[i]
		e.Handle = meta.Handle{Object: mem.Of(o), Home: &st.away}
		entries[i] = e
	}
	return st, entries, nil
}

// sourceOf gives the mapping behind a table struct.
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

// Reads gives the tables.
func (t tables) Reads() []*ast.Table { return t }

// withParents gives a table and those that it refers to.
func withParents(t *ast.Table) tables {
	ts := tables{t}
	for _, fk := range t.ForeignKeys {
		ts = append(ts, fk.RefColumns[0].Table)
	}
	return ts
}
