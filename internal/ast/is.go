package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Is tests for NULL, TRUE, FALSE or UNKNOWN: "x IS NULL", "x IS NOT NULL". It is never NULL itself.
type Is struct {
	X    Node
	What string
	Not  bool
}

// Prec is PrecIs.
func (i *Is) Prec() sqlw.Prec { return sqlw.PrecIs }

// AppendSQL writes "x IS [NOT] what".
func (i *Is) AppendSQL(w *sqlw.Writer) {
	Operand(w, i.X, sqlw.PrecIs+1)
	if i.Not {
		w.Text(" IS NOT ")
	} else {
		w.Text(" IS ")
	}
	w.Text(i.What)
}

// Child returns the operand.
func (i *Is) Child(k int) Node { return nth(k, i.X) }

// Distinct builds "l IS DISTINCT FROM r", or its negation.
func Distinct(not bool, l, r Node) *Binary {
	op := "IS DISTINCT FROM"
	if not {
		op = "IS NOT DISTINCT FROM"
	}
	return &Binary{Op: op, Bind: sqlw.PrecIs, L: l, R: r}
}
