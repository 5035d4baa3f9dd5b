package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

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

// text renders a statement of the session's own and interns it; args are those that write gave it.
func (s *Session) text(write func(w *sqlw.Writer)) (sql string, args []any) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Bare(func() { write(w) })
	return s.engine.plans.intern(w.Bytes()), w.Args()
}

// insertOne renders "INSERT INTO t (a, b) VALUES ($1, $2) RETURNING id".
func (st *step) insertOne(b *batch, e *entry) {
	m := st.store.m
	back, computed := st.returned(), st.computed()
	stmt := &wire.Stmt{}
	stmt.SQL, stmt.Args = b.session.text(func(w *sqlw.Writer) {
		w.Text("INSERT INTO ")
		m.Table.AppendFrom(w)
		if len(st.columns)+len(computed) == 0 {
			w.Text(" DEFAULT VALUES")
		} else {
			w.Text(" (")
			named := inOrder(st.columns, computed)
			appendColumns(w, m, named)
			w.Text(") VALUES (")
			for i, c := range named {
				separate(w, i)
				if slices.Contains(computed, c) {
					st.appendExpression(w, c)
				} else {
					w.Arg(nil, m.Fields[c].Value(e.Object))
				}
			}
			w.Byte(')')
		}
		appendReturning(w, m, back)
	})
	if s := b.session; len(back) > 0 { // the closure is not to hold the batch
		stmt.Read = wire.ReadFunc(func(rows *wire.Rows) error {
			if !rows.Next() {
				return errNoRowBack
			}
			delete(s.assigned, e) // its columns have their values now
			e.stamped = e.stamped || st.stamps(back)
			return newBackReader(m, back, rows).read(e.Object, rows)
		})
	}
	b.add(stmt, work{entries: []*entry{e}, expect: -1})
}

var errNoRowBack = errors.New("the INSERT gave no row back: a trigger or rule kept it out")

// computed gives the columns of an INSERT or UPDATE that get their value from an expression.
func (st *step) computed() []int {
	var computed []int
	for i := range st.store.m.Fields {
		if st.expression(i) != nil && !slices.Contains(st.columns, i) {
			computed = append(computed, i)
		}
	}
	return computed
}

// expression gives what computes a column; nil when nothing does.
func (st *step) expression(column int) ast.Node {
	f := &st.store.m.Fields[column]
	switch x := valueOf(st.assigned, column); {
	case st.post:
		return nil
	case x != nil:
		return x
	case st.kind == updateStep:
		return f.OnUpdateExpr
	}
	return f.DefaultExpr
}

// appendExpression writes what computes a column.
func (st *step) appendExpression(w *sqlw.Writer, column int) {
	w.Full(func() { st.expression(column).AppendSQL(w) })
}

// returned gives the columns that the database fills in.
func (st *step) returned() []int {
	if st.kind == updateStep {
		return st.computed()
	}
	var back []int
	for i := range st.store.m.Fields {
		computed := st.store.m.Fields[i].Computed() || valueOf(st.assigned, i) != nil
		if computed && !slices.Contains(st.columns, i) {
			back = append(back, i)
		}
	}
	return back
}

// backReader takes what the database filled in into objects.
type backReader struct {
	m       *meta.Mapping
	columns []int
	decode  []decode.Column
	arena   decode.Arena
}

func newBackReader(m *meta.Mapping, columns []int, rows *wire.Rows) *backReader {
	r := &backReader{m: m, columns: columns, decode: make([]decode.Column, len(columns))}
	r.arena.Types = rows.TypeMap()
	fields := rows.Fields()
	for i, c := range columns {
		r.decode[i] = decode.For(r.arena.Types, m.Fields[c].Type, fields[i].DataTypeOID, fields[i].Format)
	}
	return r
}

// read takes the current row into an object.
func (r *backReader) read(obj mem.Ptr, rows *wire.Rows) error {
	values := rows.Values()
	for i, c := range r.columns {
		f := &r.m.Fields[c]
		if err := r.decode[i].Decode(mem.Add(obj, f.Offset), values[i], &r.arena); err != nil {
			return fmt.Errorf("column %s: %w", f.Column, err)
		}
	}
	return nil
}

// stamps tells whether one of the columns is generated.
func (st *step) stamps(columns []int) bool {
	return slices.ContainsFunc(columns, func(c int) bool { return st.store.m.Fields[c].Generated })
}

// updateOne renders "UPDATE t SET a = $1 WHERE id = $2".
func (st *step) updateOne(b *batch, e *entry) {
	m := st.store.m
	back := st.returned()
	stmt := &wire.Stmt{}
	stmt.SQL, stmt.Args = b.session.text(func(w *sqlw.Writer) {
		w.Text("UPDATE ")
		m.Table.AppendFrom(w)
		w.Text(" SET ")
		for i, c := range inOrder(st.columns, back) {
			separate(w, i)
			m.Fields[c].Column.AppendSQL(w)
			w.Text(" = ")
			if slices.Contains(back, c) {
				st.appendExpression(w, c)
			} else {
				w.Arg(nil, m.Fields[c].Value(e.Object))
			}
		}
		for i, k := range m.Key {
			if i == 0 {
				w.Text(" WHERE ")
			} else {
				w.Text(" AND ")
			}
			qualified(w, m.Fields[k].Column)
			w.Text(" = ")
			w.Arg(nil, m.Fields[k].Value(loadedObject(e)))
		}
		appendReturning(w, m, back)
	})
	if len(back) > 0 {
		b.reads = true
		stmt.Read = wire.ReadFunc(func(rows *wire.Rows) error {
			if rows.Next() {
				return newBackReader(m, back, rows).read(e.Object, rows)
			}
			return nil
		})
	}
	b.add(stmt, work{entries: []*entry{e}, expect: 1})
}

// deletes renders "DELETE FROM t WHERE id = $1", for many objects "… WHERE id = ANY($1)", or
// "DELETE FROM t USING unnest($1::bigint[], $2::text[]) AS cupel (v1, v2) WHERE t.a = cupel.v1 AND t.b = cupel.v2".
func (st *step) deletes(ctx context.Context, s *Session, b *batch) error {
	m := st.store.m
	if len(st.entries) > 1 && st.bulkable() {
		types, err := s.columnTypes(ctx, m)
		if err != nil {
			return err
		}
		if len(m.Key) > 1 {
			sql, args := s.text(func(w *sqlw.Writer) {
				w.Text("DELETE FROM ")
				m.Table.AppendFrom(w)
				st.appendSource(w, " USING", types)
			})
			b.add(&wire.Stmt{SQL: sql, Args: args}, work{entries: st.entries, expect: -1})
			return nil
		}
		k := &m.Fields[m.Key[0]]
		sql, _ := s.text(func(w *sqlw.Writer) {
			w.Text("DELETE FROM ")
			m.Table.AppendFrom(w)
			w.Text(" WHERE ")
			k.Column.AppendSQL(w)
			w.Text(" = ANY($1::" + elementType(types[m.Key[0]]) + "[])")
		})
		b.add(&wire.Stmt{SQL: sql, Args: []any{arrayOf(k, st.entries, loadedObject)}}, work{entries: st.entries, expect: -1})
		return nil
	}
	sql, _ := s.text(func(w *sqlw.Writer) {
		w.Text("DELETE FROM ")
		m.Table.AppendFrom(w)
		appendKeyMatch(w, m, 0)
	})
	for _, e := range st.entries {
		args := make([]any, len(m.Key))
		for i, k := range m.Key {
			args[i] = m.Fields[k].Value(e.row())
		}
		b.add(&wire.Stmt{SQL: sql, Args: args}, work{entries: []*entry{e}, expect: -1})
	}
	return nil
}

// appendColumns writes the names of columns.
func appendColumns(w *sqlw.Writer, m *meta.Mapping, columns []int) {
	for i, c := range columns {
		separate(w, i)
		m.Fields[c].Column.AppendSQL(w)
	}
}

// inOrder gives the columns of both lists in the table's order.
func inOrder(columns, computed []int) []int {
	if len(computed) == 0 {
		return columns
	}
	all := append(slices.Clone(columns), computed...)
	slices.Sort(all)
	return all
}

// separate writes a comma before all but the first element of a list.
func separate(w *sqlw.Writer, i int) {
	if i > 0 {
		w.Text(", ")
	}
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
