package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// In tests membership in one of three things: a list, "x IN ($1, $2)"; an array, "x = ANY($1)"; a query,
// "x IN (SELECT …)". An empty list renders FALSE, TRUE when negated.
type In struct {
	X     Node
	List  []Node
	Array Node
	Query Node
	Not   bool
}

// Prec depends on the form.
func (i *In) Prec() sqlw.Prec {
	switch {
	case i.Array != nil:
		return sqlw.PrecCompare
	case i.Query == nil && len(i.List) == 0:
		return sqlw.PrecAtom
	}
	return sqlw.PrecLike
}

// AppendSQL writes the test.
func (i *In) AppendSQL(w *sqlw.Writer) {
	if i.Array != nil {
		i.appendArray(w)
		return
	}
	if i.Query == nil && len(i.List) == 0 {
		w.Text(truth(i.Not))
		return
	}
	Operand(w, i.X, sqlw.PrecLike+1)
	if i.Not {
		w.Text(" NOT")
	}
	w.Text(" IN (")
	if i.Query != nil {
		i.Query.AppendSQL(w)
	} else {
		list(w, i.List)
	}
	w.Byte(')')
}

func (i *In) appendArray(w *sqlw.Writer) {
	Operand(w, i.X, sqlw.PrecCompare+1)
	if i.Not {
		w.Text(" <> ALL(")
	} else {
		w.Text(" = ANY(")
	}
	i.Array.AppendSQL(w)
	w.Byte(')')
}

// Child returns what is tested, or what it is tested against.
func (i *In) Child(k int) Node { return At(k).One(i.X).List(i.List).One(i.Array).One(i.Query).Node }

// Between tests a closed interval: "x BETWEEN lo AND hi".
type Between struct {
	X, Lo, Hi Node
	Not       bool
	Symmetric bool // the ends may come in either order
}

// Prec is PrecLike.
func (b *Between) Prec() sqlw.Prec { return sqlw.PrecLike }

// AppendSQL writes "x [NOT] BETWEEN lo AND hi".
func (b *Between) AppendSQL(w *sqlw.Writer) {
	Operand(w, b.X, sqlw.PrecLike+1)
	if b.Not {
		w.Text(" NOT")
	}
	w.Text(" BETWEEN ")
	if b.Symmetric {
		w.Text("SYMMETRIC ")
	}
	Operand(w, b.Lo, sqlw.PrecLike+1)
	w.Text(" AND ")
	Operand(w, b.Hi, sqlw.PrecLike+1)
}

// Child returns one of the three operands.
func (b *Between) Child(i int) Node { return nth(i, b.X, b.Lo, b.Hi) }
