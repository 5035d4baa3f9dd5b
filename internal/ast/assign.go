package ast

import (
	"errors"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Assignment is a column and the value that it is given: "column = value" in SET; of an array or a jsonb with a Part "column[i] = value"; with
// others Beside it "(column, other) = (SELECT x, y …)".
type Assignment struct {
	Column *Column
	Part   *Subscript // of Column; nil: all of it
	Beside []*Column  // each has an assignment of its own behind this one, whose Value is a Beside
	Value  Node
}

// Beside is the value of a column that an assignment before it gives it, together with its own.
type Beside struct {
	atom
	leaf
}

var errBeside = errors.New("a column of several that are set at once stands alone")

// AppendSQL fails.
func (*Beside) AppendSQL(w *sqlw.Writer) { w.Fail(errBeside) }

// AppendSet writes "a = x, b = y".
func AppendSet(w *sqlw.Writer, set []Assignment) {
	for i := range set {
		if _, written := set[i].Value.(*Beside); !written {
			w.Separate(i)
			set[i].AppendSQL(w)
		}
	}
}

// Prec is PrecNone: it stands in SET only.
func (a *Assignment) Prec() sqlw.Prec { return sqlw.PrecNone }

// AppendSQL writes "column = value".
func (a *Assignment) AppendSQL(w *sqlw.Writer) {
	if len(a.Beside) > 0 {
		w.Byte('(')
	}
	w.Ident(a.Column.Name)
	for _, c := range a.Beside {
		w.Text(", ")
		w.Ident(c.Name)
	}
	if len(a.Beside) > 0 {
		w.Byte(')')
	}
	if a.Part != nil {
		if a.Column.Type == "jsonb" {
			w.Uses(sqlw.Feature{Name: "a subscript of jsonb", Since: 14})
		}
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
