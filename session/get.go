package session

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/query"
)

var errKeyValues = errors.New("session: wrong number of key values")

// Get gives the object with a primary key: the one that the session has, when it is not stale, else the one that
// "SELECT … WHERE id = $1" reads. A composite key takes its values in the order of model.PrimaryKey. No row is
// [query.ErrNoRows].
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

func (s *Session) get(ctx context.Context, m *meta.Mapping, values []any) (mem.Ptr, error) {
	st := s.store(m)
	switch {
	case st == nil:
		return nil, fmt.Errorf("%w: %s", ErrNotMapped, m.Type)
	case len(values) != len(m.Key):
		return nil, fmt.Errorf("%w: %s has %d key columns, not %d", errKeyValues, m.Table, len(m.Key), len(values))
	}
	if e := st.lookup(st.keys.ofValues(values)); e != nil && !e.stale() && e.state != pending {
		if e.state == deleted {
			return nil, fmt.Errorf("session: get %s: it is deleted: %w", e.describe(), query.ErrNoRows)
		}
		return e.Object, nil
	}
	if err := s.autoflush(ctx, m); err != nil {
		return nil, err
	}
	p, err := s.fetch(ctx, m, values, run.Options{})
	if err == nil && p == nil {
		err = fmt.Errorf("session: get %s: %w", m.Table, query.ErrNoRows)
	}
	return p, err
}

// fetch reads the row with a key; nil when there is none.
func (s *Session) fetch(ctx context.Context, m *meta.Mapping, values []any, o run.Options) (mem.Ptr, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Text("SELECT ")
	for i, c := range m.Table.Items() {
		if i > 0 {
			w.Text(", ")
		}
		c.AppendSQL(w)
	}
	w.Text(" \nFROM ")
	m.Table.AppendFrom(w)
	for i, k := range m.Key {
		if i == 0 {
			w.Text(" \nWHERE ")
		} else {
			w.Text(" AND ")
		}
		m.Fields[k].Column.AppendSQL(w)
		w.Text(" = ")
		w.Arg(nil, values[i])
	}
	if err := w.Err(); err != nil {
		return nil, err
	}
	last := &lastObject{}
	err := s.run(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Options: o, Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: m, Table: m.Table}}},
		Rows:  last,
	})
	return last.object, err
}

// lastObject keeps the object that was read last.
type lastObject struct{ object mem.Ptr }

// Next gives the memory for the object's pointer.
func (o *lastObject) Next() mem.Ptr { return mem.Of(&o.object) }

// Done goes on.
func (o *lastObject) Done() bool { return true }

// Refresh reads the rows of objects of the session again and overwrites what the objects have, unflushed changes
// included. A row that is gone is [query.ErrNoRows].
func (s *Session) Refresh(ctx context.Context, objs ...any) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	for _, o := range objs {
		st, p, err := s.locate(o)
		if err != nil {
			return fmt.Errorf("session: Refresh: %w", err)
		}
		e := st.find(p)
		if e == nil || e.state != persistent {
			return fmt.Errorf("session: Refresh: %w: %T", ErrNotInSession, o)
		}
		values := make([]any, len(st.m.Key))
		for i, k := range st.m.Key {
			values[i] = st.m.Fields[k].Value(e.loaded)
		}
		got, err := s.fetch(ctx, st.m, values, run.Options{Refresh: true})
		if err != nil {
			return err
		}
		if got == nil {
			return fmt.Errorf("session: refresh %s: %w", e.describe(), query.ErrNoRows)
		}
	}
	return nil
}
