package ast

import (
	"strings"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Quoted is text that must stand in the statement itself, where the grammar takes no argument: 'text', with quotes
// doubled; text with a backslash is written E'…' so that it does not depend on standard_conforming_strings.
type Quoted struct {
	atom
	leaf

	Text string
}

// AppendSQL writes the literal.
func (q *Quoted) AppendSQL(w *sqlw.Writer) {
	s := strings.ReplaceAll(q.Text, "'", "''")
	if strings.IndexByte(s, 0) >= 0 {
		w.Fail(sqlw.ErrNUL)
	}
	if strings.Contains(s, `\`) {
		s = strings.ReplaceAll(s, `\`, `\\`)
		w.Byte('E')
	}
	w.Byte('\'')
	w.Text(s)
	w.Byte('\'')
}
