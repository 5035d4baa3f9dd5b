package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Label names an expression. The SELECT list writes "x AS name", ORDER BY "name"; anywhere else a Label is the expression
// itself.
type Label struct {
	X    Node
	Name string
}

// Prec is the expression's.
func (l *Label) Prec() sqlw.Prec { return l.X.Prec() }

// AppendSQL writes the expression.
func (l *Label) AppendSQL(w *sqlw.Writer) { l.X.AppendSQL(w) }

// Child returns the expression.
func (l *Label) Child(i int) Node { return nth(i, l.X) }

// Order is a sort key: "x DESC NULLS LAST".
type Order struct {
	X     Node
	Desc  bool
	Asc   bool   // write ASC, the default, explicitly
	Nulls string // "", FIRST or LAST
}

// Prec is PrecNone: it stands in a list only.
func (o *Order) Prec() sqlw.Prec { return sqlw.PrecNone }

// AppendSQL writes the key.
func (o *Order) AppendSQL(w *sqlw.Writer) {
	o.X.AppendSQL(w)
	o.AppendDirection(w)
}

// AppendDirection writes what follows the expression: " DESC NULLS LAST".
func (o *Order) AppendDirection(w *sqlw.Writer) {
	switch {
	case o.Desc:
		w.Text(" DESC")
	case o.Asc:
		w.Text(" ASC")
	}
	if o.Nulls != "" {
		w.Text(" NULLS ")
		w.Text(o.Nulls)
	}
}

// Child returns the expression.
func (o *Order) Child(i int) Node { return nth(i, o.X) }

// Name is an identifier of the statement itself, such as a label in ORDER BY.
type Name struct {
	atom
	leaf

	Text string
}

// AppendSQL writes the identifier.
func (n *Name) AppendSQL(w *sqlw.Writer) { w.Ident(n.Text) }
