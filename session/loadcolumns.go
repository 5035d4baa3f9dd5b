package session

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
)

// loadColumns reads columns of the objects' rows and gives them to the objects. st knows their keys.
func loadColumns(st *store, entries []*entry, columns []int, known *rows.Cache, send func(*wire.Stmt) error) error {
	m := st.m
	byKey := make(map[key][]*entry, len(entries))
	for _, e := range entries {
		k := st.keys.of(loadedObject(e))
		byKey[k] = append(byKey[k], e)
	}
	all := append(slices.Clone(m.Key), columns...)
	stmt := selectByKey(st, all, entries, known)
	stmt.Read = wire.ReadFunc(func(in *wire.Rows) error {
		row := m.New(1)
		for r := rows.NewColumnReader(m, all, in); in.Next(); {
			if err := r.Read(row, in); err != nil {
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
			return fmt.Errorf("%s: %w", e.describe(), fault.ErrNoRows)
		}
	}
	return nil
}

// selectByKey returns the SELECT of columns of the objects' rows.
func selectByKey(st *store, columns []int, entries []*entry, known *rows.Cache) *wire.Stmt {
	m := st.m
	stmt := &wire.Stmt{}
	w := sqlw.Get(sqlw.Numbered)
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
	stmt.SQL, stmt.Args = known.Intern(w.Bytes()), w.Args()
	return stmt
}
