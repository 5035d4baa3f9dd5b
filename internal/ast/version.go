package ast

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// The names of rows beside the one that is stored.
const (
	Excluded = "excluded" // the row that an INSERT would have inserted
	Old      = "old"      // the row before and after a statement changed it
	New      = "new"
)

// RowOf is a row of a table that has a name of its own in some clauses: excluded, old, new. The writer sees it where it can
// be named.
type RowOf struct {
	Name  string
	Table *Table
}

// Version is a column of such a row: "excluded.stock".
type Version struct {
	atom
	leaf

	Of     string // one of the names
	Column *Column
}

// AppendSQL writes "excluded.column", where there is such a row.
func (v *Version) AppendSQL(w *sqlw.Writer) {
	if !w.Sees(RowOf{v.Of, v.Column.Table}) {
		w.Fail(fmt.Errorf("%s.%s of %s: there is no such row here", v.Of, v.Column.Name, v.Column.Table))
	}
	if v.Of != Excluded {
		w.Uses(sqlw.Feature{Name: "OLD and NEW in RETURNING", Since: 18})
	}
	w.Text(v.Of)
	w.Byte('.')
	w.Ident(v.Column.Name)
}
