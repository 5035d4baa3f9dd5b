package write

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// addStep puts the step's statements into the batch.
func (b *batch) addStep(st *plan.Step) {
	switch st.Kind {
	case plan.UnlinkStep:
		b.unlink(st)
		return
	case plan.DeleteStep:
		held, others := st.Held()
		b.deletes(st, held, -1)
		b.deletes(st, others, st.Checks())
		return
	}
	switch many := len(st.Entries) > 1 && bulkable(st); {
	case st.Conflict != nil:
		b.upserts(st)
		return
	case many && st.Kind == plan.InsertStep:
		b.insertMany(st)
		return
	case many:
		b.updateMany(st)
		return
	}
	for _, e := range st.Entries {
		if st.Kind == plan.InsertStep {
			b.insertOne(st, e)
		} else {
			b.updateOne(st, e)
		}
	}
}

// insertOne renders "INSERT INTO t (a, b) VALUES ($1, $2) RETURNING id".
func (b *batch) insertOne(st *plan.Step, e *track.Entry) {
	m := st.Store.Mapping
	back := st.Returned()
	stmt := &wire.Stmt{}
	stmt.SQL, stmt.Args = b.text(func(w *sqlw.Writer) {
		appendInsert(w, st, []*track.Entry{e})
		appendReturning(w, m, back)
	})
	if len(back) > 0 {
		stmt.Read = &rows.Columns{Mapping: m, Columns: back, Take: func(r *rows.Columns) error {
			if !r.Next() {
				return keptOut([]*track.Entry{e}, 0)
			}
			e.Unassign() // its columns have their values now
			e.Stamped = e.Stamped || st.Stamps(back)
			return r.Read(e.Object)
		}}
	}
	b.insert(stmt, work{entries: []*track.Entry{e}, gives: len(back) > 0})
}

// appendExpression writes what computes a column.
func appendExpression(w *sqlw.Writer, st *plan.Step, column int) {
	w.Full(func() { st.Expression(column).AppendSQL(w) })
}

// updateOne renders "UPDATE t SET a = $1 WHERE id = $2".
func (b *batch) updateOne(st *plan.Step, e *track.Entry) {
	m := st.Store.Mapping
	back, computed := st.Returned(), st.Computed()
	stmt := &wire.Stmt{}
	stmt.SQL, stmt.Args = b.text(func(w *sqlw.Writer) {
		w.Text("UPDATE ")
		m.Table.AppendFrom(w)
		w.Text(" SET ")
		for i, c := range plan.InOrder(st.Columns, computed) {
			w.Separate(i)
			m.Fields[c].Column.AppendSQL(w)
			w.Text(" = ")
			switch {
			case slices.Contains(computed, c):
				appendExpression(w, st, c)
			case st.Vacates():
				w.Text("NULL")
			default:
				w.Arg(nil, m.Fields[c].Value(e.Object))
			}
		}
		appendRowMatch(w, m, track.LoadedObject(e))
		appendVersionMatch(w, m, st.ChecksOf(e), track.LoadedObject(e))
		appendReturning(w, m, back)
	})
	if len(back) > 0 {
		b.reads = true
		stmt.Read = &rows.Columns{Mapping: m, Columns: back, Take: func(r *rows.Columns) error {
			if r.Next() {
				return r.Read(e.Object)
			}
			return nil
		}}
	}
	b.add(stmt, work{entries: []*track.Entry{e}, expect: 1, gives: len(back) > 0})
}

// deletes renders "DELETE FROM t WHERE id = $1", for many objects "… WHERE id = ANY($1)", or
// "DELETE FROM t USING unnest($1::bigint[], $2::text[]) AS cupel (v1, v2) WHERE t.a = cupel.v1 AND t.b = cupel.v2".
func (b *batch) deletes(step *plan.Step, entries []*track.Entry, version int) {
	st := *step
	if st.Entries = entries; len(entries) == 0 {
		return
	}
	m := st.Store.Mapping
	switch many := len(entries) > 1 && bulkable(&st); {
	case many && (len(m.Key) > 1 || version >= 0):
		sql, args := b.text(func(w *sqlw.Writer) {
			w.Text("DELETE FROM ")
			m.Table.AppendFrom(w)
			appendSource(w, &st, " USING", version)
		})
		b.add(&wire.Stmt{SQL: sql, Args: args}, deletion(entries, keyColumns(m), version >= 0))
	case many:
		sql, args := b.text(func(w *sqlw.Writer) {
			w.Text("DELETE FROM ")
			m.Table.AppendFrom(w)
			w.Text(" WHERE ")
			m.Fields[m.Key[0]].Column.AppendSQL(w)
			w.Text(" = ANY(")
			w.Arg(nil, track.ArrayOf(&m.Fields[m.Key[0]], entries, track.LoadedObject))
			w.Byte(')')
		})
		b.add(&wire.Stmt{SQL: sql, Args: args}, deletion(entries, keyColumns(m), false))
	default:
		b.deleteEach(m, entries, version)
	}
}

// deleteEach renders "DELETE FROM t WHERE id = $1", once for each object.
func (b *batch) deleteEach(m *meta.Mapping, entries []*track.Entry, version int) {
	found := m.Key
	if version >= 0 {
		found = append(slices.Clip(found), version)
	}
	sql, _ := b.text(func(w *sqlw.Writer) {
		w.Text("DELETE FROM ")
		m.Table.AppendFrom(w)
		for i, c := range found {
			if i == 0 {
				w.Text(" WHERE ")
			} else {
				w.Text(" AND ")
			}
			qualified(w, m.Fields[c].Column)
			w.Text(" = $")
			w.Int(i + 1)
		}
	})
	for _, e := range entries {
		args := make([]any, len(found))
		for i, c := range found {
			args[i] = m.Fields[c].Value(e.Row())
		}
		b.add(&wire.Stmt{SQL: sql, Args: args}, deletion([]*track.Entry{e}, nil, version >= 0))
	}
}

// deletion is a DELETE of rows. They may be gone already, unless their keys may have become other ones, or they have versions.
func deletion(entries []*track.Entry, keys []*ast.Column, versions bool) work {
	w := work{entries: entries, keys: keys}
	if n := int64(len(entries)); versions || slices.ContainsFunc(entries, func(e *track.Entry) bool { return e.Lost }) {
		w.expect = n
	} else {
		w.expect, w.most = -1, n
	}
	return w
}

// appendColumns writes the names of columns.
func appendColumns(w *sqlw.Writer, m *meta.Mapping, columns []int) {
	for i, c := range columns {
		w.Separate(i)
		m.Fields[c].Column.AppendSQL(w)
	}
}

func appendReturning(w *sqlw.Writer, m *meta.Mapping, columns []int) {
	if len(columns) > 0 {
		w.Text(" RETURNING ")
		appendColumns(w, m, columns)
	}
}

// appendRowMatch writes the condition that finds a row, " WHERE a = $n AND b = $m".
func appendRowMatch(w *sqlw.Writer, m *meta.Mapping, row mem.Ptr) {
	for i, k := range m.Key {
		if i == 0 {
			w.Text(" WHERE ")
		} else {
			w.Text(" AND ")
		}
		qualified(w, m.Fields[k].Column)
		w.Text(" = ")
		w.Arg(nil, m.Fields[k].Value(row))
	}
}

// appendVersionMatch writes " AND version = $n", where there is a version to look at.
func appendVersionMatch(w *sqlw.Writer, m *meta.Mapping, version int, row mem.Ptr) {
	if version < 0 {
		return
	}
	f := &m.Fields[version]
	w.Text(" AND ")
	qualified(w, f.Column)
	w.Text(" = ")
	w.Arg(nil, f.Value(row))
}

// qualified writes "table.column" where columns are else written bare.
func qualified(w *sqlw.Writer, c *ast.Column) {
	c.Table.AppendRef(w)
	w.Byte('.')
	w.Ident(c.Name)
}

// text renders a statement and interns it; args are those that write gave it.
func (b *batch) text(write func(w *sqlw.Writer)) (sql string, args []any) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.In(b.conn.Schema())
	w.Bare(func() { write(w) })
	w.Apart()
	return b.conn.Intern(w.Bytes()), w.Args()
}
