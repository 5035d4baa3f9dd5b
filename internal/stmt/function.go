package stmt

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Function defines a table in FROM by the rows of a function: "unnest(x) WITH ORDINALITY AS t (a, n)". It can name the tables before
// it.
type Function struct {
	Call       ast.Node
	Ordinality bool // the last column numbers the rows
	Record     bool // the function says nothing of its columns: their types are written
}

// AppendFrom writes the call with t's alias and the names of its columns.
func (f *Function) AppendFrom(w *sqlw.Writer, t *ast.Table) {
	f.Call.AppendSQL(w)
	if f.Ordinality {
		w.Text(" WITH ORDINALITY")
	}
	w.Text(" AS ")
	w.Ident(t.Alias)
	appendColumns(w, t.Columns, f.Record)
}

// appendColumns writes " (a, b)", or " (a bigint, b text)".
func appendColumns(w *sqlw.Writer, columns []*ast.Column, types bool) {
	for i, c := range columns {
		if i == 0 {
			w.Text(" (")
		} else {
			w.Text(", ")
		}
		w.Ident(c.Name)
		if types {
			w.Byte(' ')
			w.Text(c.Type)
		}
	}
	if len(columns) > 0 {
		w.Byte(')')
	}
}

// Child returns the call.
func (f *Function) Child(i int) ast.Node { return ast.At(i).One(f.Call).Node }

// SeesLeft is true.
func (f *Function) SeesLeft() bool { return true }

// Values defines a table in FROM by its rows: "(VALUES ($1::bigint, $2::text), ($3, $4)) AS t (a, b)".
type Values struct{ Rows []ast.Tuple }

// AppendFrom writes the rows with t's alias and the names of its columns.
func (v *Values) AppendFrom(w *sqlw.Writer, t *ast.Table) {
	if len(v.Rows) == 0 {
		v.appendNone(w, t)
	}
	for i := range v.Rows {
		if i == 0 {
			w.Text("(VALUES ")
		} else {
			w.Text(", ")
		}
		v.Rows[i].AppendSQL(w)
	}
	w.Text(") AS ")
	w.Ident(t.Alias)
	appendColumns(w, t.Columns, false)
}

// appendNone writes a query without rows: VALUES has at least one.
func (v *Values) appendNone(w *sqlw.Writer, t *ast.Table) {
	w.Text("(SELECT ")
	for i, c := range t.Columns {
		w.Separate(i)
		w.Text("NULL::")
		ast.AppendType(w, c.Type)
	}
	w.Text(" WHERE FALSE")
}

// Child returns a row.
func (v *Values) Child(i int) ast.Node { return ast.PassEach(ast.At(i), v.Rows).Node }
