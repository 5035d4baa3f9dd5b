package session

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/load"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/query"
)

// Load reads columns of rows into objects, in one statement for all of them; it is for columns that model.Deferred leaves out
// of queries, but reads any but the key's. Without columns it reads all deferred ones, and nothing where
// the list is empty and not nil.
//
//	err := session.Load(ctx, s, library.Books, books, library.Books.Body)
//	// SELECT book.id, book.body FROM book WHERE book.id = ANY($1)
//
// A column that the program has changed keeps its value, to be written by the next flush. An object whose row is gone is
// [query.ErrNoRows], one that is added and not flushed [ErrNotFlushed]. On an Engine, or what [Wrap] makes, objects are read that no session has. No objects are no statement.
func Load[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs []*T, columns ...expr.Expression) error {
	src, err := sourceOf(table)
	if err != nil {
		return err
	}
	m := src.Mapping
	named := m.Deferred
	if columns != nil || len(named) == 0 {
		named, err = columnsOf(m, columns)
	}
	if err == nil && len(objs) > 0 && len(named) > 0 {
		err = loadInto(ctx, r, m, named, objs)
	}
	if err != nil {
		return fault.During("Load of "+src.Table.String(), err)
	}
	return nil
}

func loadInto[T any](ctx context.Context, r query.Runner, m *meta.Mapping, columns []int, objs []*T) error {
	st, entries, err := track.Untracked(m, objs)
	if err != nil {
		return err
	}
	to := load.Sender{Schema: run.SchemaOf(r)}
	switch r := r.(type) {
	case *Session:
		if err := r.ready(); err != nil {
			return err
		}
		defer r.leave()
		if tracked := r.objs.StoreOf(m.Table); tracked != nil {
			if err := tracked.Replace(entries); err != nil {
				return err
			}
		}
		to = r.sender(ctx)
	case *Engine:
		to.Known, to.Send = &r.core.known, func(stmt *wire.Stmt) error {
			return r.core.once(ctx, r.pool, []*wire.Stmt{stmt}, false)
		}
	case *wrapped:
		to.Known, to.Send = &r.core.known, func(stmt *wire.Stmt) error {
			return explainStatement(r.core.send(ctx, r.conn, []*wire.Stmt{stmt}))
		}
	default:
		return errRunner
	}
	return load.Columns(st, entries, columns, (*track.Entry).TakeColumns, to)
}

// sender sends statements that read columns, in the session.
func (s *Session) sender(ctx context.Context) load.Sender {
	return load.Sender{Known: &s.tx.core.known, Schema: s.CupelSchema(), Send: func(stmt *wire.Stmt) error {
		if err := s.tx.Run(ctx, stmt); err != nil {
			return s.failQuery(explainStatement(err))
		}
		return nil
	}}
}
