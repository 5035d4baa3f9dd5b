package load

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// Sender sends the statement that reads columns.
type Sender struct {
	Known  *rows.Cache
	Schema string // of tables whose mapping names none; "" where the server looks for them
	Send   func(*wire.Stmt) error
}

// Columns reads columns of the objects' rows and has take give them to each. st knows their keys.
func Columns(
	st *track.Store, entries []*track.Entry, columns []int, take func(e *track.Entry, columns []int, row mem.Ptr), to Sender,
) error {
	m := st.Mapping
	byKey := make(map[track.Key][]*track.Entry, len(entries))
	for _, e := range entries {
		k := st.Keys.Of(track.LoadedObject(e))
		byKey[k] = append(byKey[k], e)
	}
	all := append(slices.Clone(m.Key), columns...)
	stmt := to.selectByKey(st, all, entries)
	stmt.Read = &rows.Columns{Mapping: m, Columns: all, Take: func(r *rows.Columns) error {
		row := m.New(1)
		for r.Next() {
			if err := r.Read(row); err != nil {
				return err
			}
			k := st.Keys.Of(row)
			for _, e := range byKey[k] {
				take(e, columns, row)
			}
			delete(byKey, k)
		}
		return nil
	}}
	if err := to.Send(stmt); err != nil {
		return err
	}
	for _, e := range entries {
		if byKey[st.Keys.Of(track.LoadedObject(e))] != nil {
			return fmt.Errorf("%s: %w", e.Describe(), fault.ErrNoRows)
		}
	}
	return nil
}

// selectByKey returns the SELECT of columns of the objects' rows.
func (to Sender) selectByKey(st *track.Store, columns []int, entries []*track.Entry) *wire.Stmt {
	m := st.Mapping
	stmt := &wire.Stmt{}
	w := sqlw.Get(sqlw.Numbered)
	w.In(to.Schema)
	defer w.Release()
	w.Text("SELECT ")
	for i, c := range columns {
		w.Separate(i)
		m.Fields[c].Column.AppendSQL(w)
	}
	w.Text(" FROM ")
	m.Table.AppendFrom(w)
	w.Text(" WHERE ")
	appendRowKeys(w, entries)
	stmt.SQL, stmt.Args = to.Known.Intern(w.Bytes()), w.Args()
	return stmt
}
