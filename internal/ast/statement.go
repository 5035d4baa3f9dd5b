package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Statement is a statement as a node: SELECT, INSERT … RETURNING, SQL text. As an operand it is a Sub.
type Statement interface {
	Node
	// Outputs returns what a row of the statement consists of; nil of one that returns no rows.
	Outputs() []Node
}

// Sub is a statement as an operand: "(SELECT …)", "EXISTS (SELECT …)", "ANY (SELECT …)".
type Sub struct {
	atom

	Word string // EXISTS, ANY, ALL, or "" for the value of its one row
	Stmt Statement
}

// AppendSQL writes the word, and the statement in parentheses.
func (s *Sub) AppendSQL(w *sqlw.Writer) {
	if s.Word != "" {
		w.Text(s.Word)
		w.Byte(' ')
	}
	paren(w, s.Stmt)
}

// Child returns the statement.
func (s *Sub) Child(i int) Node { return nth(i, s.Stmt) }
