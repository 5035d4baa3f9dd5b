package session

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/load"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/query"
)

var errKeyValues = errors.New("session: wrong number of key values")

// Get returns the object with a primary key: the one that the session has, when it is not stale, else the one that
// "SELECT … WHERE id = $1" reads. A composite key takes its values in the order of model.PrimaryKey. No row is
// [query.ErrNoRows], and so is an integer that the column cannot hold; an object whose row is gone leaves the session. A nil is
// [ErrNullKey]; a value of another type than the column's is [ErrKeyType], where integers may be of any width, and uuids bytes,
// text or what package reads them.
//
//	c, err := session.Get(ctx, s, bank.Customers, 7)
func Get[T any](ctx context.Context, s *Session, table expr.Item[*T], key ...any) (*T, error) {
	src, ok := table.CupelSlot().Entity.(*meta.Source)
	if !ok {
		return nil, expr.ErrUnmapped
	}
	if err := s.ready(); err != nil {
		return nil, err
	}
	defer s.leave()
	p, err := s.get(ctx, src.Mapping, key)
	return mem.As[T](p), err
}

// GetOrNone is [Get] for a row that need not be there: no row is no error, and ok is false.
//
//	c, ok, err := session.GetOrNone(ctx, s, bank.Customers, 7)
func GetOrNone[T any](ctx context.Context, s *Session, table expr.Item[*T], key ...any) (obj *T, ok bool, err error) {
	obj, err = Get(ctx, s, table, key...)
	if errors.Is(err, query.ErrNoRows) {
		return nil, false, nil
	}
	return obj, err == nil, err
}

func (s *Session) get(ctx context.Context, m *meta.Mapping, values []any) (mem.Ptr, error) {
	st := s.objs.Store(m)
	switch {
	case st == nil:
		return nil, fmt.Errorf("%w: %s", ErrNotMapped, m.Type)
	case len(values) != len(m.Key):
		return nil, fmt.Errorf("%w: %s has %d key columns, not %d", errKeyValues, m.Table, len(m.Key), len(values))
	}
	values, err := keyValues(m, values)
	if errors.Is(err, errNoSuchKey) {
		err = query.ErrNoRows
	}
	if err != nil {
		return nil, fmt.Errorf("session: get %s: %w", m.Table, err)
	}
	e := st.Lookup(st.Keys.OfValues(values))
	if e != nil && e.State == track.Deleted {
		return nil, fmt.Errorf("session: get %s: it is deleted: %w", e.Describe(), query.ErrNoRows)
	}
	if e != nil && !e.Stale() && !e.Partial && e.State != track.Pending {
		return e.Object, nil
	}
	if err := s.autoflush(ctx, m); err != nil {
		return nil, err
	}
	p, err := s.fetch(ctx, m, values, e == nil)
	if err != nil && beyondColumn(m, err) {
		err = nil
	}
	if err == nil && p == nil {
		if e != nil {
			st.Gone([]*track.Entry{e})
		}
		err = fmt.Errorf("session: get %s: %w", m.Table, query.ErrNoRows)
	}
	return p, err
}

// getStatement is the SELECT of a mapping's row by its key.
type getStatement struct {
	known *rows.Known
	slots []run.Slot
	args  []any // behind the key's
	plain bool  // see run.Request
}

// getStatement returns the SELECT of a mapping's row by its key, which is rendered once in the engine's life, or each time in a
// schema of its own.
func (c *core) getStatement(m *meta.Mapping, filtered bool, schema string) (*getStatement, error) {
	known := &c.gets
	if filtered = filtered && m.Table.HasFilter(); filtered {
		known = &c.filtered
	}
	if g, ok := known.Load(m); ok && schema == "" {
		return g.(*getStatement), nil
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.In(schema)
	load.AppendEntity(w, m)
	load.AppendKeyValues(w, m, make([]any, len(m.Key)))
	if filtered {
		w.Text(" AND ")
		ast.Operand(w, &ast.Filtered{Table: m.Table}, sqlw.PrecAnd)
	}
	w.Apart()
	if err := w.Err(); err != nil {
		return nil, err
	}
	g := &getStatement{
		c.known.Statement(w.Bytes()), []run.Slot{{Entity: &meta.Source{Mapping: m, Table: m.Table}}}, slices.Clone(w.Values()[len(m.Key):]), w.OnlyReads(),
	}
	if schema == "" { // there may be any number
		known.Store(m, g)
	}
	return g, nil
}

// fetch reads the row with a key, which the mapping's filters let through if that is asked; nil when there is none.
func (s *Session) fetch(ctx context.Context, m *meta.Mapping, values []any, filtered bool) (mem.Ptr, error) {
	g, err := s.tx.core.getStatement(m, filtered, s.CupelSchema())
	if err != nil {
		return nil, err
	}
	f := keyReads.Get().(*keyRead)
	f.req = run.Request{
		Args: append(slices.Clip(values), g.args...), Type: reflect.TypeFor[mem.Ptr](), Slots: g.slots, Plain: g.plain, Rows: &f.last,
	}
	err = s.runKnown(ctx, g.known, &f.req, nil)
	p := f.last.Object
	*f = keyRead{}
	keyReads.Put(f)
	return p, err
}

// keyRead is what reads a row by its key. Its memory serves the next one.
type keyRead struct {
	req  run.Request
	last load.LastObject
}

var keyReads = sync.Pool{New: func() any { return &keyRead{} }}
