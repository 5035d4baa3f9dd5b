package stmt

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Text is a whole statement from elsewhere.
type Text struct {
	whole
	List // what its rows are taken for; empty where only the row's type tells

	SQL ast.Node // SQL text, or why there is none
	Err error    // the first mistake in building it
}

// Fail records a mistake unless there is an earlier one.
func (t *Text) Fail(err error) {
	if t.Err == nil {
		t.Err = err
	}
}

// AppendSQL writes the text.
func (t *Text) AppendSQL(w *sqlw.Writer) {
	if t.Err != nil {
		w.Fail(t.Err)
		return
	}
	w.Change()
	t.SQL.AppendSQL(w)
}

// Opaque reports whether nothing says what the rows consist of.
func (t *Text) Opaque() bool { return len(t.Items) == 0 }

// Child returns the text, or an item.
func (t *Text) Child(i int) ast.Node { return ast.At(i).One(t.SQL).List(t.Items).Node }

// Affix is text before or after a SELECT. Nobody looks for tables in it.
type Affix struct{ ast.Raw }

// AppendSQL writes the text.
func (a *Affix) AppendSQL(w *sqlw.Writer) { a.Raw.AppendSQL(w) }
