package session

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
)

// statements puts the step's statements into a batch.
func (st *step) statements(ctx context.Context, s *Session, b *batch) error {
	switch {
	case st.kind == deleteStep:
		return st.deletes(ctx, s, b)
	case len(st.entries) > 1 && st.bulkable():
		types, err := s.columnTypes(ctx, st.store.m)
		if err != nil {
			return err
		}
		if st.kind == insertStep {
			st.insertMany(b, types)
		} else {
			st.updateMany(b, types)
		}
		return nil
	}
	for _, e := range st.entries {
		if st.kind == insertStep {
			st.insertOne(b, e)
		} else {
			st.updateOne(b, e)
		}
	}
	return nil
}

// text renders a statement of the session's own and interns it.
func (s *Session) text(write func(w *sqlw.Writer)) string {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Bare(func() { write(w) })
	return s.engine.plans.intern(w.Bytes())
}

// insertOne renders "INSERT INTO t (a, b) VALUES ($1, $2) RETURNING id".
func (st *step) insertOne(b *batch, e *entry) {
	m := st.store.m
	back := st.returned()
	sql := b.session.text(func(w *sqlw.Writer) {
		w.Text("INSERT INTO ")
		m.Table.AppendFrom(w)
		if len(st.columns) == 0 {
			w.Text(" DEFAULT VALUES")
		} else {
			w.Text(" (")
			appendColumns(w, m, st.columns)
			w.Text(") VALUES (")
			for i := range st.columns {
				appendParameter(w, i)
			}
			w.Byte(')')
		}
		appendReturning(w, m, back)
	})
	stmt := &wire.Stmt{SQL: sql, Args: make([]any, len(st.columns))}
	for i, c := range st.columns {
		stmt.Args[i] = m.Fields[c].Value(e.Object)
	}
	if len(back) > 0 {
		stmt.Read = wire.ReadFunc(func(rows *wire.Rows) error {
			if rows.Next() {
				return newBackReader(m, back, rows).read(e, rows)
			}
			return nil
		})
	}
	b.add(stmt, work{entries: []*entry{e}, expect: -1})
}

// returned gives the columns that the database fills in.
func (st *step) returned() []int {
	var back []int
	for i := range st.store.m.Fields {
		f := &st.store.m.Fields[i]
		if (f.Generated || f.Server != "") && !contains(st.columns, i) {
			back = append(back, i)
		}
	}
	return back
}

// backReader takes what the database filled in into objects.
type backReader struct {
	m       *meta.Mapping
	columns []int
	decode  []decode.Func
	arena   decode.Arena
}

func newBackReader(m *meta.Mapping, columns []int, rows *wire.Rows) *backReader {
	r := &backReader{m: m, columns: columns, decode: make([]decode.Func, len(columns))}
	r.arena.Types = rows.TypeMap()
	fields := rows.Fields()
	for i, c := range columns {
		r.decode[i] = decode.For(r.arena.Types, m.Fields[c].Type, fields[i].DataTypeOID, fields[i].Format)
	}
	return r
}

// read takes the current row into e's object.
func (r *backReader) read(e *entry, rows *wire.Rows) error {
	values := rows.Values()
	for i, c := range r.columns {
		f := &r.m.Fields[c]
		if err := r.decode[i](mem.Add(e.Object, f.Offset), values[i], &r.arena); err != nil {
			return fmt.Errorf("column %s: %w", f.Column, err)
		}
		e.stamped = e.stamped || f.Generated
	}
	return nil
}

// updateOne renders "UPDATE t SET a = $1 WHERE id = $2".
func (st *step) updateOne(b *batch, e *entry) {
	m := st.store.m
	sql := b.session.text(func(w *sqlw.Writer) {
		w.Text("UPDATE ")
		m.Table.AppendFrom(w)
		w.Text(" SET ")
		for i, c := range st.columns {
			if i > 0 {
				w.Text(", ")
			}
			m.Fields[c].Column.AppendSQL(w)
			w.Text(" = $")
			w.Int(i + 1)
		}
		appendKeyMatch(w, m, len(st.columns))
	})
	stmt := &wire.Stmt{SQL: sql, Args: make([]any, 0, len(st.columns)+len(m.Key))}
	for _, c := range st.columns {
		stmt.Args = append(stmt.Args, m.Fields[c].Value(e.Object))
	}
	for _, k := range m.Key {
		stmt.Args = append(stmt.Args, m.Fields[k].Value(e.loaded))
	}
	b.add(stmt, work{entries: []*entry{e}, expect: 1})
}

// deletes renders "DELETE FROM t WHERE id = $1", for many objects "… WHERE id = ANY($1)".
func (st *step) deletes(ctx context.Context, s *Session, b *batch) error {
	m := st.store.m
	if len(st.entries) > 1 && len(m.Key) == 1 {
		types, err := s.columnTypes(ctx, m)
		if err != nil {
			return err
		}
		k := &m.Fields[m.Key[0]]
		sql := s.text(func(w *sqlw.Writer) {
			w.Text("DELETE FROM ")
			m.Table.AppendFrom(w)
			w.Text(" WHERE ")
			k.Column.AppendSQL(w)
			w.Text(" = ANY($1::" + types[m.Key[0]] + "[])")
		})
		b.add(&wire.Stmt{SQL: sql, Args: []any{arrayOf(k, st.entries, loadedObject)}}, work{entries: st.entries, expect: -1})
		return nil
	}
	sql := s.text(func(w *sqlw.Writer) {
		w.Text("DELETE FROM ")
		m.Table.AppendFrom(w)
		appendKeyMatch(w, m, 0)
	})
	for _, e := range st.entries {
		args := make([]any, len(m.Key))
		for i, k := range m.Key {
			args[i] = m.Fields[k].Value(e.loaded)
		}
		b.add(&wire.Stmt{SQL: sql, Args: args}, work{entries: []*entry{e}, expect: -1})
	}
	return nil
}

func appendColumns(w *sqlw.Writer, m *meta.Mapping, columns []int) {
	for i, c := range columns {
		if i > 0 {
			w.Text(", ")
		}
		m.Fields[c].Column.AppendSQL(w)
	}
}

func appendParameter(w *sqlw.Writer, i int) {
	if i > 0 {
		w.Text(", ")
	}
	w.Byte('$')
	w.Int(i + 1)
}

func appendReturning(w *sqlw.Writer, m *meta.Mapping, columns []int) {
	if len(columns) > 0 {
		w.Text(" RETURNING ")
		appendColumns(w, m, columns)
	}
}

// appendKeyMatch writes " WHERE a = $n AND b = $m", the parameters after the first n.
func appendKeyMatch(w *sqlw.Writer, m *meta.Mapping, n int) {
	for i, k := range m.Key {
		if i == 0 {
			w.Text(" WHERE ")
		} else {
			w.Text(" AND ")
		}
		qualified(w, m.Fields[k].Column)
		w.Text(" = $")
		w.Int(n + i + 1)
	}
}

// qualified writes "table.column" where columns are else written bare.
func qualified(w *sqlw.Writer, c *ast.Column) {
	c.Table.AppendRef(w)
	w.Byte('.')
	w.Ident(c.Name)
}

func contains(xs []int, x int) bool {
	for _, y := range xs {
		if y == x {
			return true
		}
	}
	return false
}
