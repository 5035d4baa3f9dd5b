package write

import (
	"slices"

	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
)

// appendInsert writes the INSERT of some of a step's rows, up to what comes back: one as VALUES, more as insertMany says. It
// returns where many rows have the keys that the program gave.
func appendInsert(w *sqlw.Writer, st *plan.Step, entries []*track.Entry) []givenKey {
	m, computed := st.Store.Mapping, st.Computed()
	w.Text("INSERT INTO ")
	m.Table.AppendFrom(w)
	named := plan.InOrder(st.Columns, computed)
	if len(named) == 0 {
		w.Text(" DEFAULT VALUES")
		return nil
	}
	w.Text(" (")
	appendColumns(w, m, named)
	one := len(entries) == 1
	if one {
		w.Text(") VALUES (")
	} else {
		w.Text(") SELECT ")
	}
	for i, c := range named {
		w.Separate(i)
		switch {
		case slices.Contains(computed, c):
			appendExpression(w, st, c)
		case one:
			w.Arg(nil, m.Fields[c].Value(entries[0].Object))
		default:
			w.Text("cupel.")
			m.Fields[c].Column.AppendSQL(w)
		}
	}
	if one {
		w.Byte(')')
		return nil
	}
	given := appendUnnest(w, st)
	w.Text(" WITH ORDINALITY AS cupel (")
	appendColumns(w, m, st.Columns)
	w.Text(", cupel_ord) ORDER BY cupel.cupel_ord")
	return given
}
