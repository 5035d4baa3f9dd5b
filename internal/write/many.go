package write

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// bulkable reports whether many objects can go in one statement: there must be columns to unnest, arrays of arrays cannot be
// unnested, and without a key that is given or counts up nothing would tell which row that comes back is whose; objects that nobody
// tracks may have keys that are stored otherwise.
func bulkable(st *plan.Step) bool {
	m := st.Store.Mapping
	if st.Kind == plan.InsertStep && len(st.Columns) == 0 {
		return false
	}
	for _, c := range append(slices.Clone(st.Columns), m.Key...) {
		if sqltype.Parse(m.Fields[c].Column.Type).Dims > 0 {
			return false
		}
	}
	switch {
	case st.Kind == plan.UpdateStep:
		return !unique(m, st.Columns) && (len(st.Returned()) == 0 || st.Store.Tracks() || st.KeepsKeys())
	case st.Kind != plan.InsertStep || len(st.Returned()) == 0:
		return true
	case !slices.ContainsFunc(m.Key, func(k int) bool { return !slices.Contains(st.Columns, k) }):
		return st.KeepsKeys()
	}
	return len(m.Key) == 1 && m.Fields[m.Key[0]].Generated && st.Store.Keys.PlainNumber() || computesKeys(st)
}

// unique reports whether values of one of the columns are different in every row. They may move from row to row, and one
// statement would change its rows in any order; a deferrable constraint does not mind.
func unique(m *meta.Mapping, columns []int) bool {
	for _, c := range columns {
		if slices.Contains(m.Key, c) {
			return true
		}
		for _, ix := range m.Indexes {
			if ix.Unique && !ix.Deferrable && slices.Contains(ix.Columns, m.Fields[c].Column) {
				return true
			}
		}
	}
	return false
}

// insertMany renders
//
//	INSERT INTO t (a, b) SELECT cupel.a, cupel.b FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS cupel (a, b, cupel_ord)
//	ORDER BY cupel.cupel_ord RETURNING id
//
// Its text does not depend on the number of rows. A generated key counts up in the order of the rows, which ORDER BY
// fixes, so that the keys that come back, sorted, are those of the objects in order; RETURNING alone promises no order.
func (b *batch) insertMany(st *plan.Step) {
	m := st.Store.Mapping
	if computesKeys(st) {
		b.insertComputed(st)
		return
	}
	back := st.Returned()
	if len(back) > 0 && !slices.Contains(back, m.Key[0]) {
		back = append([]int{m.Key[0]}, back...)
	}
	stmt := &wire.Stmt{}
	var given []givenKey
	stmt.SQL, stmt.Args = b.text(func(w *sqlw.Writer) {
		given = appendInsert(w, st, st.Entries)
		appendReturning(w, m, back)
	})
	if len(back) > 0 {
		stmt.Read = &rows.Columns{Mapping: m, Columns: back, Take: func(r *rows.Columns) error { return readBackMany(st, r) }}
	}
	w := work{entries: st.Entries, gives: len(back) > 0}
	switch {
	case !w.gives:
	case len(given) > 0:
		w.given = given
	default:
		w.key = m.Fields[m.Key[0]].Column
	}
	b.insert(stmt, w)
}

// updateMany renders
//
//	UPDATE t SET a = cupel.a FROM unnest($1::text[], $2::bigint[]) AS cupel (a, key1) WHERE t.id = cupel.key1
func (b *batch) updateMany(st *plan.Step) {
	m := st.Store.Mapping
	computed := st.Computed()
	given := st.Returned()
	back := append(slices.Clone(m.Key), given...)
	stmt := &wire.Stmt{}
	stmt.SQL, stmt.Args = b.text(func(w *sqlw.Writer) {
		w.Text("UPDATE ")
		m.Table.AppendFrom(w)
		w.Text(" SET ")
		for i, c := range plan.InOrder(st.Columns, computed) {
			w.Separate(i)
			m.Fields[c].Column.AppendSQL(w)
			w.Text(" = ")
			if slices.Contains(computed, c) {
				appendExpression(w, st, c)
				continue
			}
			w.Text("cupel.v")
			w.Int(slices.Index(st.Columns, c) + 1)
		}
		appendSource(w, st, " FROM", st.Checks())
		if len(given) > 0 {
			w.Text(" RETURNING ")
			for i, c := range back {
				w.Separate(i)
				qualified(w, m.Fields[c].Column)
			}
		}
	})
	if len(given) > 0 {
		b.reads = true
		stmt.Read = &rows.Columns{Mapping: m, Columns: back, Take: func(r *rows.Columns) error { return readComputed(st, r) }}
	}
	changes := work{entries: st.Entries, expect: int64(len(st.Entries)), gives: len(given) > 0}
	if changes.gives {
		changes.back = keyColumns(m)
	} else {
		changes.keys = keyColumns(m)
	}
	b.add(stmt, changes)
}

// keyColumns returns the columns of a key.
func keyColumns(m *meta.Mapping) []*ast.Column {
	columns := make([]*ast.Column, len(m.Key))
	for i, k := range m.Key {
		columns[i] = m.Fields[k].Column
	}
	return columns
}

// appendSource writes " FROM unnest(…) AS cupel (v1, v2 …) WHERE t.id = cupel.v2"; version is a column that is to be found as well,
// -1: none.
func appendSource(w *sqlw.Writer, st *plan.Step, word string, version int) {
	m := st.Store.Mapping
	found := m.Key
	if version >= 0 {
		found = append(slices.Clip(found), version)
	}
	w.Text(word + " unnest(")
	for i, c := range st.Columns {
		w.Separate(i)
		appendArray(w, st, c, track.CurrentObject)
	}
	for i, c := range found {
		w.Separate(len(st.Columns) + i)
		appendArray(w, st, c, track.LoadedObject)
	}
	w.Text(") AS cupel (")
	for i := range len(st.Columns) + len(found) {
		w.Separate(i)
		w.Byte('v')
		w.Int(i + 1)
	}
	w.Text(") WHERE ")
	for i, c := range found {
		if i > 0 {
			w.Text(" AND ")
		}
		qualified(w, m.Fields[c].Column)
		w.Text(" = cupel.v")
		w.Int(len(st.Columns) + i + 1)
	}
}

// givenKey is a column of keys that the program gives, and the array of them in the statement.
type givenKey struct {
	column *ast.Column
	array  string
}

// appendUnnest writes " FROM unnest($1::text[], $2::bigint[])", an array for each column that is inserted, and returns those of
// the key.
func appendUnnest(w *sqlw.Writer, st *plan.Step) (keys []givenKey) {
	w.Text(" FROM unnest(")
	for i, c := range st.Columns {
		w.Separate(i)
		from := len(w.Bytes())
		appendArray(w, st, c, track.CurrentObject)
		if slices.Contains(st.Store.Mapping.Key, c) {
			keys = append(keys, givenKey{st.Store.Mapping.Fields[c].Column, string(w.Bytes()[from:])})
		}
	}
	w.Byte(')')
	return keys
}

// appendArray writes the values of a column as one array, "$1::bigint[]".
func appendArray(w *sqlw.Writer, st *plan.Step, c int, object func(*track.Entry) mem.Ptr) {
	f := &st.Store.Mapping.Fields[c]
	f.AppendArray(w, track.ArrayOf(f, st.Entries, object))
}
