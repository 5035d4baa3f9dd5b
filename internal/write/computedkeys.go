package write

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
)

// computesKeys reports whether the keys of new rows, or parts of them, are made by expressions of the mapping, each row's by itself, and
// stored as they are made. Those that a default of the table or a trigger makes are not: nobody could tell which row is whose.
func computesKeys(st *plan.Step) bool {
	m, computed := st.Store.Mapping, false
	for _, k := range m.Key {
		f := &m.Fields[k]
		t := sqltype.Parse(f.Column.Type)
		switch {
		case slices.Contains(st.Columns, k):
			if !st.Keeps(k) {
				return false
			}
		case f.DefaultExpr == nil || f.Generated || t.Equality(f.Column.GoType) != sqltype.Exact || !called(f.DefaultExpr):
			return false
		default:
			computed = true
		}
	}
	return computed
}

// called reports whether an expression is computed for each row anew: a call of a function, and no subquery in it.
func called(n ast.Node) bool {
	if _, call := n.(*ast.Call); !call {
		return false
	}
	for c := range ast.Children(n) {
		switch c.(type) {
		case interface{ Plain() any }: // a value
		case *ast.Call:
			if !called(c) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// insertComputed renders an INSERT of rows whose keys are computed with them, in rows of a source that are known by their position:
//
//	WITH cupel AS MATERIALIZED (SELECT *, gen_random_uuid() AS k1 FROM unnest($1::bigint[]) WITH ORDINALITY AS cupel (v1, ord)),
//	added AS (INSERT INTO t (id, a) SELECT k1, v1 FROM cupel ORDER BY ord RETURNING id, b)
//	SELECT added.* FROM cupel JOIN added ON added.id = cupel.k1 WHERE (
//	SELECT CASE WHEN count(*) = $2 THEN true ELSE ('cupel: rows found: ' || (SELECT count(*) FROM added))::integer = 0 END
//	FROM cupel JOIN added ON added.id = cupel.k1) ORDER BY cupel.ord
func (b *batch) insertComputed(st *plan.Step) {
	m, computed := st.Store.Mapping, st.Computed()
	back := st.Returned()
	for _, k := range m.Key {
		if !slices.Contains(back, k) {
			back = append(back, k)
		}
	}
	stmt := &wire.Stmt{}
	stmt.SQL, stmt.Args = b.text(func(w *sqlw.Writer) {
		w.Text("WITH cupel AS MATERIALIZED (SELECT *")
		for i, c := range computed {
			w.Text(", ")
			appendExpression(w, st, c)
			w.Text(" AS k")
			w.Int(i + 1)
		}
		appendUnnest(w, st)
		w.Text(" WITH ORDINALITY AS cupel (")
		for i := range st.Columns {
			w.Byte('v')
			w.Int(i + 1)
			w.Text(", ")
		}
		w.Text("ord)), added AS (INSERT INTO ")
		m.Table.AppendFrom(w)
		w.Text(" (")
		named := plan.InOrder(st.Columns, computed)
		appendColumns(w, m, named)
		w.Text(") SELECT ")
		for i, c := range named {
			w.Separate(i)
			appendSourceName(w, st, computed, c)
		}
		w.Text(" FROM cupel ORDER BY ord")
		appendReturning(w, m, back)
		w.Text(") SELECT added.*")
		appendJoined(w, st, computed)
		w.Text(" WHERE (SELECT CASE WHEN count(*) = ")
		w.Arg(nil, len(st.Entries))
		w.Text(addedElse + "(SELECT count(*) FROM added))::integer = 0 END")
		appendJoined(w, st, computed)
		w.Text(") ORDER BY cupel.ord")
	})
	stmt.Read = &rows.Columns{Mapping: m, Columns: back, Take: func(r *rows.Columns) error { return readPlaced(st, r) }}
	w := work{entries: st.Entries, gives: true, given: []givenKey{{}}, plain: stmt.SQL}
	b.insert(stmt, w)
}

// appendSourceName writes the name of a column's value in the source.
func appendSourceName(w *sqlw.Writer, st *plan.Step, computed []int, column int) {
	if i := slices.Index(computed, column); i >= 0 {
		w.Byte('k')
		w.Int(i + 1)
		return
	}
	w.Byte('v')
	w.Int(slices.Index(st.Columns, column) + 1)
}

// appendJoined writes " FROM cupel JOIN added ON added.id = cupel.k1".
func appendJoined(w *sqlw.Writer, st *plan.Step, computed []int) {
	m := st.Store.Mapping
	w.Text(" FROM cupel JOIN added ON ")
	for i, k := range m.Key {
		if i > 0 {
			w.Text(" AND ")
		}
		w.Text("added.")
		w.Ident(m.Fields[k].Column.Name)
		w.Text(" = cupel.")
		appendSourceName(w, st, computed, k)
	}
}

// readPlaced takes rows that come back in the order of the objects.
func readPlaced(st *plan.Step, r *rows.Columns) error {
	n := 0
	for ; r.Next(); n++ {
		if n == len(st.Entries) {
			return otherKeys(st.Entries)
		}
		e := st.Entries[n]
		e.Stamped = e.Stamped || st.Stamps(r.Columns)
		if err := r.Read(e.Object); err != nil {
			return err
		}
	}
	if n < len(st.Entries) {
		return keptOut(st.Entries, n)
	}
	return nil
}
