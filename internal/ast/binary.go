package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Binary is an operator between two operands: "l op r". Bind of any that the manual does not list is sqlw.PrecOther.
type Binary struct {
	Op   string
	Bind sqlw.Prec
	L, R Node
}

// Compare builds a comparison: = <> < <= > >=.
func Compare(op string, l, r Node) *Binary {
	return &Binary{Op: op, Bind: sqlw.PrecCompare, L: l, R: r}
}

// Prec is the operator's.
func (b *Binary) Prec() sqlw.Prec { return b.Bind }

// AppendSQL writes "l op r". Comparisons do not associate, IS DISTINCT FROM and SIMILAR TO neither; the others do, to the left.
func (b *Binary) AppendSQL(w *sqlw.Writer) {
	left := b.Bind
	if b.Bind >= sqlw.PrecIs && b.Bind <= sqlw.PrecLike {
		left++
	}
	Operand(w, b.L, left)
	w.Byte(' ')
	w.Text(b.Op)
	w.Byte(' ')
	Operand(w, b.R, b.Bind+1)
}

// Child returns an operand.
func (b *Binary) Child(i int) Node { return nth(i, b.L, b.R) }

// Sign is an operator before its operand: "-x".
type Sign struct {
	Op string
	X  Node
}

// Prec is PrecSign.
func (s *Sign) Prec() sqlw.Prec { return sqlw.PrecSign }

// AppendSQL writes "-x".
func (s *Sign) AppendSQL(w *sqlw.Writer) {
	w.Text(s.Op)
	if _, value := s.X.(*Literal); value && (w.Mode() == sqlw.Inline || w.Mode() == sqlw.Literal) {
		paren(w, s.X) // a negative number would make it --5, a comment
		return
	}
	Operand(w, s.X, sqlw.PrecSign+1)
}

// Child returns the operand.
func (s *Sign) Child(i int) Node { return nth(i, s.X) }
