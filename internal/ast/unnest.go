package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Unnest is rows made of arrays, one for each column whose type its values have:
//
//	SELECT * FROM unnest(nullif($1, ARRAY[(NULL::t).a]), nullif($2, ARRAY[(NULL::t).b]))
//
// The server is shown the column, since the mapping may not know its type: a text may be an enum's. No array is nullif's second one
// where each has two elements or more.
type Unnest struct {
	Columns []*Column
	Arrays  []Node
}

// Prec is PrecNone: it stands in the parentheses of IN.
func (*Unnest) Prec() sqlw.Prec { return sqlw.PrecNone }

// AppendSQL writes the query.
func (u *Unnest) AppendSQL(w *sqlw.Writer) {
	w.Text("SELECT * FROM unnest(")
	for i, a := range u.Arrays {
		w.Separate(i)
		w.Text("nullif(")
		a.AppendSQL(w)
		w.Text(", ARRAY[(NULL::")
		u.Columns[i].Table.Real().AppendFrom(w)
		w.Text(").")
		w.Ident(u.Columns[i].Name)
		w.Text("])")
	}
	w.Byte(')')
}

// Child returns an array.
func (u *Unnest) Child(i int) Node { return nth(i, u.Arrays...) }
