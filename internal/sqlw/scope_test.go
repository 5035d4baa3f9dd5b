package sqlw_test

import (
	"testing"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// TestScope: tables can be named from their own statement and those within it, but not from FROM, nor afterwards.
func TestScope(t *testing.T) {
	t.Parallel()
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	a, b, c := new(int), new(int), new(int)
	sees := func(w *sqlw.Writer, where string, want ...bool) {
		t.Helper()
		for i, table := range []any{a, b, c} {
			if w.Sees(table) != want[i] {
				t.Errorf("%s: table %d", where, i)
			}
		}
	}
	sees(w, "nowhere", false, false, false)
	first := w.Enter()
	w.See(a)
	second := w.Enter()
	w.See(b)
	sees(w, "within", true, true, false)
	w.Outside(func() {
		sees(w, "in FROM", true, false, false)
		third := w.Enter()
		w.See(c)
		w.Outside(func() { sees(w, "in its FROM", true, false, false) })
		sees(w, "after its FROM", true, false, true)
		w.Leave(third)
	})
	sees(w, "after FROM", true, true, false)
	aside := w.Aside(sqlw.Literal)
	sees(aside, "aside", true, true, false)
	aside.Release()
	w.Leave(second)
	sees(w, "around", true, false, false)
	w.Leave(first)
	if w.Nested() {
		t.Error("something can be named at the end")
	}
}
