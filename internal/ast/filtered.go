package ast

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Filtered is the condition that a table's filters make of its rows, whatever name the table has where it stands. It mentions no
// table: the one that it is about is there.
type Filtered struct {
	leaf

	Table *Table
}

// HasFilter reports whether t is a table of the database that has filters.
func (t *Table) HasFilter() bool { return t.Def == nil && len(t.Real().Filters) > 0 }

// Prec is that of AND; of a lone condition, its own.
func (f *Filtered) Prec() sqlw.Prec {
	if ps := f.Table.Real().Filters; len(ps) == 1 {
		return ps[0].Prec()
	}
	return sqlw.PrecAnd
}

// AppendSQL writes the conditions.
func (f *Filtered) AppendSQL(w *sqlw.Writer) {
	w.As(f.Table.Real(), f.Table, func() {
		(&Logic{Items: f.Table.Real().Filters}).AppendSQL(w)
	})
}

// AppendFiltered writes t as an element of FROM that has none but the rows that its filters let through:
// "(SELECT * FROM account WHERE account.closed_at IS NULL) AS account". It then has no schema that its columns could be written with.
func (t *Table) AppendFiltered(w *sqlw.Writer) {
	if t.Schema != "" && t.Alias == "" {
		w.Fail(fmt.Errorf("query: %s has a filter, and stands beside a RIGHT or FULL join or parentheses: give it another name, with model.Alias", t))
	}
	w.Text("(SELECT * FROM ")
	t.AppendFrom(w)
	w.Text(" WHERE ")
	(&Filtered{Table: t}).AppendSQL(w)
	w.Text(") AS ")
	t.AppendSQL(w)
}
