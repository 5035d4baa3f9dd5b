package write

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// upserts renders one statement for all rows of a step, or one for each where a column holds arrays, which cannot be unnested.
func (b *batch) upserts(st *plan.Step) {
	arrays := slices.ContainsFunc(st.Columns, func(c int) bool {
		return sqltype.Parse(st.Store.Mapping.Fields[c].Column.Type).Dims > 0
	})
	if !arrays || len(st.Entries) == 1 {
		b.upsert(st, st.Entries)
		return
	}
	for i := range st.Entries {
		b.upsert(st, st.Entries[i:i+1])
	}
}

// upsert renders
//
//	INSERT INTO t (sku, name) SELECT cupel.sku, cupel.name FROM unnest(…) WITH ORDINALITY AS cupel (sku, name, cupel_ord) ORDER BY cupel.cupel_ord
//	ON CONFLICT (sku) DO UPDATE SET name = excluded.name, version = t.version + $3 RETURNING id, sku, name, version, t.xmax = 0 AS cupel_new
//
// xmax is that of who locked the row to update it, and 0 of a row that is new. One row is VALUES.
func (b *batch) upsert(step *plan.Step, entries []*track.Entry) {
	own := *step
	st := &own
	st.Entries = entries
	m := st.Store.Mapping
	stmt := &wire.Stmt{}
	stmt.SQL, stmt.Args = b.text(func(w *sqlw.Writer) {
		appendInsert(w, st, entries)
		appendConflict(w, st)
		appendReturning(w, m, m.Read)
		w.Text(", ")
		m.Table.AppendRef(w)
		w.Text(".xmax = 0 AS cupel_new")
	})
	stmt.Read = &rows.Columns{Mapping: m, Columns: m.Read, Take: func(r *rows.Columns) error { return readUpserted(st, r) }}
	b.insert(stmt, work{entries: entries, gives: true})
}

// appendConflict writes " ON CONFLICT (a) DO UPDATE SET b = excluded.b, …".
func appendConflict(w *sqlw.Writer, st *plan.Step) {
	m := st.Store.Mapping
	w.Text(" ON CONFLICT (")
	appendColumns(w, m, st.Conflict.On)
	w.Text(") DO UPDATE SET ")
	set := st.Taken()
	n := 0
	assign := func(c *ast.Column, value func()) {
		w.Separate(n)
		n++
		c.AppendSQL(w)
		w.Text(" = ")
		value()
	}
	for i := range m.Fields {
		c := m.Fields[i].Column
		switch {
		case slices.Contains(set, i):
			assign(c, func() {
				w.Text("excluded.")
				w.Ident(c.Name)
			})
		case c.Follows != nil:
			assign(c, func() { w.Full(func() { c.Follows(c).AppendSQL(w) }) })
		case c.OnUpdate != nil && !slices.Contains(m.Key, i) && !slices.Contains(st.Conflict.On, i):
			assign(c, func() { w.Full(func() { c.OnUpdate().AppendSQL(w) }) })
		}
	}
	if n == 0 { // it is to come back
		c := m.Fields[st.Conflict.On[0]].Column
		assign(c, func() {
			w.Text("excluded.")
			w.Ident(c.Name)
		})
	}
}

// readUpserted takes rows as they are now into the objects, found by the columns that found the rows.
func readUpserted(st *plan.Step, r *rows.Columns) error {
	m := st.Store.Mapping
	keys, byKey := st.ByConflict()
	row, n := m.New(1), 0
	for ; r.Next(); n++ {
		if err := r.Read(row); err != nil {
			return err
		}
		e := byKey[keys.Of(row)]
		if e == nil {
			return otherKeys(st.Entries)
		}
		for _, c := range r.Columns {
			f := &m.Fields[c]
			f.Access.Copy(mem.Add(e.Object, f.Offset), mem.Add(row, f.Offset))
		}
		st.Conflict.Inserted[e] = r.True(len(r.Columns))
	}
	if n < len(st.Entries) {
		return keptOut(st.Entries, n)
	}
	return nil
}
