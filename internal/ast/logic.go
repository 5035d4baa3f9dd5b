package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Logic joins conditions with AND or OR: "a AND b AND c". Without any it is TRUE for AND, FALSE for OR.
type Logic struct {
	Or    bool
	Items []Node
}

// Prec is that of AND or OR; of a lone condition, its own.
func (l *Logic) Prec() sqlw.Prec {
	switch {
	case len(l.Items) == 0:
		return sqlw.PrecAtom
	case len(l.Items) == 1:
		return l.Items[0].Prec()
	case l.Or:
		return sqlw.PrecOr
	}
	return sqlw.PrecAnd
}

// AppendSQL writes the conditions with AND or OR between them.
func (l *Logic) AppendSQL(w *sqlw.Writer) {
	if len(l.Items) == 0 {
		w.Text(truth(!l.Or))
		return
	}
	for i, n := range l.Items {
		if i > 0 {
			w.Text(l.word())
		}
		Operand(w, n, l.Prec())
	}
}

func (l *Logic) word() string {
	if l.Or {
		return " OR "
	}
	return " AND "
}

// Child returns a condition.
func (l *Logic) Child(i int) Node { return nth(i, l.Items...) }

// Not negates a condition: "NOT x".
type Not struct{ X Node }

// Prec is PrecNot.
func (n *Not) Prec() sqlw.Prec { return sqlw.PrecNot }

// AppendSQL writes "NOT x".
func (n *Not) AppendSQL(w *sqlw.Writer) {
	w.Text("NOT ")
	Operand(w, n.X, sqlw.PrecNot)
}

// Child returns the condition.
func (n *Not) Child(i int) Node { return nth(i, n.X) }

// inverse returns the comparison that is true where op is false, and NULL where it is NULL.
func inverse(op string) (string, bool) {
	switch op {
	case "=":
		return "<>", true
	case "<>":
		return "=", true
	case "<":
		return ">=", true
	case ">=":
		return "<", true
	case ">":
		return "<=", true
	case "<=":
		return ">", true
	case "IS DISTINCT FROM":
		return "IS NOT DISTINCT FROM", true
	case "IS NOT DISTINCT FROM":
		return "IS DISTINCT FROM", true
	case "~":
		return "!~", true
	case "!~":
		return "~", true
	case "~*":
		return "!~*", true
	case "!~*":
		return "~*", true
	}
	return "", false
}

// Negate returns the negation of n: an operator's own opposite where it has one ("a <> b", "NOT LIKE", "IS NOT NULL"),
// else "NOT n".
func Negate(n Node) Node {
	switch x := n.(type) {
	case *Nothing:
		return x
	case *Not:
		return x.X
	case *Binary:
		if op, ok := inverse(x.Op); ok && !quantified(x.R) {
			return &Binary{Op: op, Bind: x.Bind, L: x.L, R: x.R}
		}
	case *Like:
		if quantified(x.Pattern) {
			break
		}
		c := *x
		c.Not = !c.Not
		return &c
	case *In:
		return &In{X: x.X, List: x.List, Array: x.Array, Query: x.Query, Not: !x.Not}
	case *Between:
		return &Between{X: x.X, Lo: x.Lo, Hi: x.Hi, Not: !x.Not, Symmetric: x.Symmetric}
	case *Is:
		return &Is{X: x.X, What: x.What, Not: !x.Not}
	case *Bool:
		return &Bool{Value: !x.Value}
	case *Logic:
		if len(x.Items) == 1 {
			return Negate(x.Items[0])
		}
	}
	return &Not{X: n}
}

// Bool is TRUE or FALSE.
type Bool struct {
	atom
	leaf

	Value bool
}

// AppendSQL writes "TRUE" or "FALSE".
func (b *Bool) AppendSQL(w *sqlw.Writer) { w.Text(truth(b.Value)) }

func truth(b bool) string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}
