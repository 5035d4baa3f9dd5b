package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Tuple is several values as one: "(a, b)".
type Tuple struct {
	atom

	Items []Node
}

// AppendSQL writes the values in parentheses.
func (t *Tuple) AppendSQL(w *sqlw.Writer) {
	w.Byte('(')
	list(w, t.Items)
	w.Byte(')')
}

// EachChild gives the values.
func (t *Tuple) EachChild(f func(Node)) { each(t.Items, f) }

// Quantified stands on the right of a comparison with the elements of an array: "ANY(x)", "ALL(x)".
type Quantified struct {
	atom

	Word string // ANY or ALL
	X    Node
}

// AppendSQL writes the word and the array.
func (q *Quantified) AppendSQL(w *sqlw.Writer) {
	w.Text(q.Word)
	w.Byte('(')
	q.X.AppendSQL(w)
	w.Byte(')')
}

// EachChild gives the array.
func (q *Quantified) EachChild(f func(Node)) { f(q.X) }

// quantified tells whether n is an ANY or ALL: the opposite of "x = ANY(y)" is not "x <> ANY(y)".
func quantified(n Node) bool {
	_, is := n.(*Quantified)
	return is
}
