package load

import (
	"context"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
)

// Again reads the rows of objects of one mapping, and expires the relationships of those whose rows are there.
func (l Relations) Again(ctx context.Context, st *track.Store, es []*track.Entry, lock bool) error {
	read, err := l.rows(ctx, st, es, again{refresh: true, lock: lock})
	if err != nil {
		return err
	}
	l.Objects.DiscardLinks(func(c *track.Link) bool { return read[c.Child] })
	var missing []*track.Entry
	for _, e := range es {
		if read[e] {
			e.ExpireRelations()
		} else {
			missing = append(missing, e)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%s: %w", track.DescribeAll(missing), fault.ErrNoRows)
	}
	return nil
}

// again says how rows are read again.
type again struct {
	refresh bool // objects are overwritten, and not only those that are stale, where the program has not changed them
	lock    bool
}

// rows has objects take their rows, and returns those whose rows are there.
func (l Relations) rows(ctx context.Context, st *track.Store, es []*track.Entry, how again) (map[*track.Entry]bool, error) {
	cohorts := make([]*track.Cohort, len(es)) // they load together with what they came with
	for i, e := range es {
		cohorts[i] = e.Cohort
	}
	w := l.writer()
	defer w.Release()
	AppendEntity(w, st.Mapping)
	appendRowKeys(w, es)
	if how.lock {
		appendLock(w, es)
	}
	if err := w.Err(); err != nil {
		return nil, err
	}
	read := make(map[*track.Entry]bool, len(es))
	err := l.Host.Run(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Plain: w.OnlyReads(), Options: run.Options{Refresh: how.refresh}, Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: st.Mapping, Table: st.Mapping.Table}}},
		Rows:  &LastObject{},
	}, &track.Sink{Take: func(_ track.Key, e *track.Entry) { read[e] = true }})
	for i, e := range es {
		e.Cohort = cohorts[i]
	}
	return read, err
}

// AppendEntity writes "SELECT … FROM t WHERE ".
func AppendEntity(w *sqlw.Writer, m *meta.Mapping) {
	w.Text("SELECT ")
	for i, c := range m.Table.Items() {
		w.Separate(i)
		c.AppendSQL(w)
	}
	w.Text(" \nFROM ")
	m.Table.AppendFrom(w)
	w.Text(" \nWHERE ")
}

// AppendKeyValues writes "a = $1 AND b = $2".
func AppendKeyValues(w *sqlw.Writer, m *meta.Mapping, values []any) {
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
func appendRowKeys(w *sqlw.Writer, es []*track.Entry) {
	m := es[0].Mapping
	if len(es) > 1 && len(m.Key) == 1 {
		f := &m.Fields[m.Key[0]]
		f.Column.AppendSQL(w)
		w.Text(" = ANY(")
		w.Arg(nil, track.ArrayOf(f, es, track.LoadedObject))
		w.Byte(')')
		return
	}
	if columns := m.Table.PrimaryKey; len(es) > 1 && !hasArrays(columns) {
		appendAmong(w, columns, func(i int) {
			f := m.Field(columns[i])
			f.AppendArray(w, track.ArrayOf(f, es, track.LoadedObject))
		})
		return
	}
	for i, e := range es {
		if i > 0 {
			w.Text(" OR ")
		}
		AppendKeyValues(w, m, e.RowKey())
	}
}

// appendLock writes "FOR UPDATE"; of several rows in the order of their keys, so that two who lock the same rows do not
// wait for each other.
func appendLock(w *sqlw.Writer, es []*track.Entry) {
	m := es[0].Mapping
	if len(es) > 1 {
		w.Text(" ORDER BY ")
		for i, k := range m.Key {
			w.Separate(i)
			m.Fields[k].Column.AppendSQL(w)
		}
	}
	w.Act()
	w.Text(" FOR UPDATE")
}
