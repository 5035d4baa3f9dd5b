package stmt

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Lock is one locking clause of a SELECT: "FOR UPDATE OF a, b NOWAIT".
type Lock struct {
	Strength string
	Of       []*ast.Table // nil: all tables
	Wait     string       // "", NOWAIT or SKIP LOCKED
}

func (l *Lock) appendSQL(w *sqlw.Writer, f forest) {
	w.Act()
	w.Text(" FOR ")
	w.Text(l.Strength)
	for i, t := range l.Of {
		if i == 0 {
			w.Text(" OF ")
		} else {
			w.Text(", ")
		}
		if f.treeOf(t) < 0 {
			w.Fail(fmt.Errorf("query: lock of %s: %w", t, ErrNoTable))
		}
		t.AppendSQL(w)
	}
	if l.Wait != "" {
		w.Text(" ")
		w.Text(l.Wait)
	}
}
