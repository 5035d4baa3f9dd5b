package session

import (
	"context"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// again reads the rows of objects of one mapping, and expires the relationships of those whose rows are there.
func (l relations) again(ctx context.Context, st *store, es []*entry, lock bool) error {
	cohorts := make([]*cohort, len(es))
	for i, e := range es {
		cohorts[i] = e.cohort
	}
	read, err := l.rows(ctx, st, es, lock)
	if err != nil {
		return err
	}
	l.objs.discardLinks(func(c *link) bool { return read[c.child] }, nil)
	var missing []*entry
	for i, e := range es {
		e.cohort = cohorts[i] // they load together with what they came with
		if read[e] {
			e.expireRelations()
		} else {
			missing = append(missing, e)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%s: %w", describeAll(missing), fault.ErrNoRows)
	}
	return nil
}

// rows overwrites objects with their rows, and gives those whose rows are there.
func (l relations) rows(ctx context.Context, st *store, es []*entry, lock bool) (map[*entry]bool, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	appendEntity(w, st.m)
	appendRowKeys(w, es)
	if lock {
		appendLock(w, es)
	}
	if err := w.Err(); err != nil {
		return nil, err
	}
	read := make(map[*entry]bool, len(es))
	err := l.host.Run(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Options: run.Options{Refresh: true}, Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: st.m, Table: st.m.Table}}},
		Rows:  &lastObject{},
	}, &sink{take: func(_ key, e *entry) { read[e] = true }})
	return read, err
}

// appendEntity writes "SELECT … FROM t WHERE ".
func appendEntity(w *sqlw.Writer, m *meta.Mapping) {
	w.Text("SELECT ")
	for i, c := range m.Table.Items() {
		w.Separate(i)
		c.AppendSQL(w)
	}
	w.Text(" \nFROM ")
	m.Table.AppendFrom(w)
	w.Text(" \nWHERE ")
}

// appendKeyValues writes "a = $1 AND b = $2".
func appendKeyValues(w *sqlw.Writer, m *meta.Mapping, values []any) {
	for i, k := range m.Key {
		if i > 0 {
			w.Text(" AND ")
		}
		m.Fields[k].Column.AppendSQL(w)
		w.Text(" = ")
		w.Arg(nil, values[i])
	}
}

// appendRowKeys writes the condition that finds the rows of objects of one mapping.
func appendRowKeys(w *sqlw.Writer, es []*entry) {
	m := es[0].Mapping
	if len(es) > 1 && len(m.Key) == 1 {
		f := &m.Fields[m.Key[0]]
		f.Column.AppendSQL(w)
		w.Text(" = ANY(")
		w.Arg(nil, arrayOf(f, es, loadedObject))
		w.Byte(')')
		return
	}
	for i, e := range es {
		if i > 0 {
			w.Text(" OR ")
		}
		appendKeyValues(w, m, e.rowKey())
	}
}

// appendLock writes "FOR UPDATE"; of several rows in the order of their keys, so that two who lock the same rows do not
// wait for each other.
func appendLock(w *sqlw.Writer, es []*entry) {
	m := es[0].Mapping
	if len(es) > 1 {
		w.Text(" ORDER BY ")
		for i, k := range m.Key {
			w.Separate(i)
			m.Fields[k].Column.AppendSQL(w)
		}
	}
	w.Text(" FOR UPDATE")
}
