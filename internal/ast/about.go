package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// About is conditions on a table's rows, written for another name of it. It mentions no table: the one that it is about is there.
type About struct {
	leaf

	Table      *Table
	Conditions []Node
}

// Prec is that of AND; of a lone condition, its own.
func (a *About) Prec() sqlw.Prec {
	if len(a.Conditions) == 1 {
		return a.Conditions[0].Prec()
	}
	return sqlw.PrecAnd
}

// AppendSQL writes the conditions.
func (a *About) AppendSQL(w *sqlw.Writer) {
	w.As(a.Table.Real(), a.Table, func() { (&Logic{Items: a.Conditions}).AppendSQL(w) })
}
