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

// Child returns a value.
func (t *Tuple) Child(i int) Node { return nth(i, t.Items...) }

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

// Child returns the array.
func (q *Quantified) Child(i int) Node { return nth(i, q.X) }

// quantified reports whether n is an ANY or ALL: the opposite of "x = ANY(y)" is not "x <> ANY(y)".
func quantified(n Node) bool {
	switch x := n.(type) {
	case *Quantified:
		return true
	case *Sub:
		return x.Word == "ANY" || x.Word == "ALL"
	}
	return false
}
