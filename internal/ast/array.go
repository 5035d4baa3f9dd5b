package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Array is an array of expressions: "ARRAY[x, y]".
type Array struct {
	atom

	Items []Node
}

// AppendSQL writes the elements in brackets.
func (a *Array) AppendSQL(w *sqlw.Writer) {
	w.Text("ARRAY[")
	list(w, a.Items)
	w.Byte(']')
}

// Child returns an element.
func (a *Array) Child(i int) Node { return nth(i, a.Items...) }

// Subscript is a part of an array: an element, "x[i]" or "x[i][j]"; with Slice those from one to another, "x[i:j]", where
// either may be nil.
type Subscript struct {
	X        Node
	Items    []Node // of an element, one for each dimension
	Slice    bool
	From, To Node
}

// Prec is PrecIndex.
func (s *Subscript) Prec() sqlw.Prec { return sqlw.PrecIndex }

// AppendSQL writes the array, in parentheses unless it is a column, and the subscripts.
func (s *Subscript) AppendSQL(w *sqlw.Writer) {
	if _, column := s.X.(*Column); column {
		s.X.AppendSQL(w)
	} else {
		paren(w, s.X)
	}
	s.appendBrackets(w)
}

func (s *Subscript) appendBrackets(w *sqlw.Writer) {
	for _, n := range s.Items {
		w.Byte('[')
		n.AppendSQL(w)
		w.Byte(']')
	}
	if !s.Slice {
		return
	}
	w.Byte('[')
	if s.From != nil {
		s.From.AppendSQL(w)
	}
	w.Byte(':')
	if s.To != nil {
		s.To.AppendSQL(w)
	}
	w.Byte(']')
}

// Child returns the array, or a subscript.
func (s *Subscript) Child(i int) Node {
	return At(i).One(s.X).List(s.Items).One(s.From).One(s.To).Node
}
