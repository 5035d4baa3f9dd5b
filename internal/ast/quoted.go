package ast

import (
	"strings"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Quoted is text that must stand in the statement itself, where the grammar takes no argument: 'text'.
type Quoted struct {
	atom
	leaf

	Text string
}

// AppendSQL writes the literal.
func (q *Quoted) AppendSQL(w *sqlw.Writer) {
	if strings.IndexByte(q.Text, 0) >= 0 {
		w.Fail(sqlw.ErrNUL)
	}
	w.Quote(q.Text)
}
