package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Assignment is a column and the value that it is given: "column = value" in SET; of an array with a Part "column[i] = value".
type Assignment struct {
	Column *Column
	Part   *Subscript // of Column; nil: all of it
	Value  Node
}

// Prec is PrecNone: it stands in SET only.
func (a *Assignment) Prec() sqlw.Prec { return sqlw.PrecNone }

// AppendSQL writes "column = value".
func (a *Assignment) AppendSQL(w *sqlw.Writer) {
	w.Ident(a.Column.Name)
	if a.Part != nil {
		a.Part.appendBrackets(w)
	}
	w.Text(" = ")
	a.Value.AppendSQL(w)
}

// Child returns the value, or the part that is set.
func (a *Assignment) Child(i int) Node {
	s := At(i).One(a.Value)
	if a.Part != nil {
		s = s.One(a.Part)
	}
	return s.Node
}
