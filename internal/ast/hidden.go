package ast

import (
	"errors"
	"fmt"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// ErrName is the error of a statement with two tables of one name of which one would be taken for the other.
var ErrName = errors.New("a name that another table has, which hides it")

// checkName fails where the name of t, a table of a statement around, means another one: SQL has the innermost table of a name.
func (t *Table) checkName(w *sqlw.Writer) {
	if t.hidden(w) {
		w.Fail(fmt.Errorf("query: %s of a statement around: %w; give one of the two another name", t, ErrName))
	}
}

// hidden reports whether t can be named where the writer is, but for another table of its name that is nearer.
func (t *Table) hidden(w *sqlw.Writer) bool {
	if t.Schema != "" && t.Alias == "" { // its columns are written with the schema
		return false
	}
	seen, hides := w.Seen(), false
	for i := len(seen) - 1; i >= 0; i-- {
		switch u, ok := seen[i].(*Table); {
		case !ok:
		case u == t:
			return hides
		case u.Called() == t.Called():
			hides = true
		}
	}
	return false
}
