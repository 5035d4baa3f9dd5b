package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Assignment is a column and the value that it is given: "column = value" in SET.
type Assignment struct {
	Column *Column
	Value  Node
}

// Prec is PrecNone: it stands in SET only.
func (a *Assignment) Prec() sqlw.Prec { return sqlw.PrecNone }

// AppendSQL writes "column = value".
func (a *Assignment) AppendSQL(w *sqlw.Writer) {
	w.Ident(a.Column.Name)
	w.Text(" = ")
	a.Value.AppendSQL(w)
}

// Child returns the value.
func (a *Assignment) Child(i int) Node { return nth(i, a.Value) }
