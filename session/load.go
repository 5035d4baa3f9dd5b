package session

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/query"
)

// Load reads columns of rows into objects, in one statement for all of them; it is for columns that model.Deferred leaves out
// of queries, but reads any but the key's. Without columns it reads all deferred ones.
//
//	err := session.Load(ctx, s, library.Books, books, library.Books.Body)
//	// SELECT book.id, book.body FROM book WHERE book.id = ANY($1)
//
// A column that the program has changed keeps its value, to be written by the next flush. An object whose row is gone is
// [query.ErrNoRows]. On an Engine, or what [Wrap] makes, objects are read that no session has. No objects are no statement.
func Load[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs []*T, columns ...expr.Expression) error {
	src, err := sourceOf(table)
	if err != nil {
		return err
	}
	m := src.Mapping
	named := m.Deferred
	if len(columns) > 0 || len(named) == 0 {
		named, err = columnsOf(m, columns)
	}
	if err == nil && len(objs) > 0 {
		err = load(ctx, r, m, named, objs)
	}
	if err != nil {
		return fault.During("Load of "+src.Table.String(), err)
	}
	return nil
}

func load[T any](ctx context.Context, r query.Runner, m *meta.Mapping, columns []int, objs []*T) error {
	switch r := r.(type) {
	case *Session:
		if err := r.ready(); err != nil {
			return err
		}
		defer r.leave()
		return loadOn(r, m, columns, objs, func(stmt *wire.Stmt) error {
			if err := r.send(ctx, stmt); err != nil {
				return r.failQuery(explainStatement(err))
			}
			return nil
		})
	case *Engine:
		return loadOn(newSession(r), m, columns, objs, func(stmt *wire.Stmt) error {
			return explainStatement(r.once(ctx, []*wire.Stmt{stmt}))
		})
	case *wrapped:
		return loadOn(newSession(r.engine), m, columns, objs, func(stmt *wire.Stmt) error {
			return explainStatement(r.engine.send(ctx, r.conn, []*wire.Stmt{stmt}))
		})
	}
	return errRunner
}

// loadOn reads columns of the objects' rows and gives them to the objects.
func loadOn[T any](s *Session, m *meta.Mapping, columns []int, objs []*T, send func(*wire.Stmt) error) error {
	st, entries, err := strangers(s, m, objs)
	if err != nil {
		return err
	}
	known := s.storeOf(m.Table)
	byKey := make(map[key][]*entry, len(entries))
	for i, e := range entries {
		if known != nil {
			if tracked := known.find(e.Object); tracked != nil && tracked.state == persistent {
				e, entries[i] = tracked, tracked
			}
		}
		k := st.keys.of(loadedObject(e))
		byKey[k] = append(byKey[k], e)
	}
	all := append(slices.Clone(m.Key), columns...)
	stmt := st.selectByKey(all, entries)
	stmt.Read = wire.ReadFunc(func(rows *wire.Rows) error {
		row := m.New(1)
		for r := newBackReader(m, all, rows); rows.Next(); {
			if err := r.read(row, rows); err != nil {
				return err
			}
			k := st.keys.of(row)
			for _, e := range byKey[k] {
				e.takeColumns(columns, row)
			}
			delete(byKey, k)
		}
		return nil
	})
	if err := send(stmt); err != nil {
		return err
	}
	for _, e := range entries {
		if byKey[st.keys.of(loadedObject(e))] != nil {
			return fmt.Errorf("%s: %w", e.describe(), query.ErrNoRows)
		}
	}
	return nil
}

// selectByKey gives the SELECT of columns of the objects' rows.
func (st *store) selectByKey(columns []int, entries []*entry) *wire.Stmt {
	m := st.m
	stmt := &wire.Stmt{}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Text("SELECT ")
	for i, c := range columns {
		separate(w, i)
		m.Fields[c].Column.AppendSQL(w)
	}
	w.Text(" FROM ")
	m.Table.AppendFrom(w)
	w.Text(" WHERE ")
	appendRowKeys(w, entries)
	stmt.SQL, stmt.Args = st.session.engine.plans.intern(w.Bytes()), w.Args()
	return stmt
}

// takeColumns gives an object columns of its row; one that the program has changed stays changed.
func (e *entry) takeColumns(columns []int, row mem.Ptr) {
	known := e.row()
	e.image = "" // known is to hold more than it
	for _, c := range columns {
		f := &e.Mapping.Fields[c]
		at, from := mem.Add(e.Object, f.Offset), mem.Add(row, f.Offset)
		if known == nil {
			f.Access.Copy(at, from)
			continue
		}
		loaded := mem.Add(known, f.Offset)
		if f.Access.Equal(at, loaded) {
			f.Access.Copy(at, from)
		}
		f.Access.Copy(loaded, from)
	}
}

// keepDeferred gives a row that was read without its deferred columns, but for those among read, what was known of them.
func (e *entry) keepDeferred(row mem.Ptr, read []int) {
	for _, c := range e.Mapping.Deferred {
		if !slices.Contains(read, c) {
			f := &e.Mapping.Fields[c]
			f.Access.Copy(mem.Add(row, f.Offset), mem.Add(e.row(), f.Offset))
		}
	}
}
