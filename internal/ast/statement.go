package ast

import (
	"errors"
	"slices"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Statement is a statement as a node: SELECT, INSERT … RETURNING, SQL text. As an operand it is a Sub.
type Statement interface {
	Node
	// Outputs returns what a row of the statement consists of; nil of one that returns no rows.
	Outputs() []Node
}

// Selecting is a statement of which another can be made that selects something else of the same rows.
type Selecting interface {
	Statement
	// Select returns the statement with these items as its SELECT list.
	Select(items ...Node) Statement
}

// Opaque is a statement of which nobody but the server may know what its rows consist of: SQL text.
type Opaque interface {
	Statement
	// Opaque reports whether it is such a one.
	Opaque() bool
}

var errSelecting = errors.New("a subquery whose rows are taken for something else than it selects: only a SELECT has another list")

// SubOf returns what x is in the rows of a statement as an operand. A SELECT has x as its list; any other statement is to return
// x alone, which SQL text is trusted to do.
func SubOf(word string, x Node, rows Statement) Node {
	items := []Node{x}
	if t, ok := x.(*Tuple); ok {
		items = t.Items
	}
	if slices.Equal(rows.Outputs(), items) {
		return &Sub{Word: word, Stmt: rows}
	}
	if s, ok := rows.(Selecting); ok {
		return &Sub{Word: word, Stmt: s.Select(items...)}
	}
	if o, ok := rows.(Opaque); ok && o.Opaque() {
		return &Sub{Word: word, Stmt: rows}
	}
	return &Bad{Err: errSelecting}
}

// Sub is a statement as an operand: "(SELECT …)", "EXISTS (SELECT …)", "ANY (SELECT …)".
type Sub struct {
	atom

	Word string // EXISTS, ANY, ALL, ARRAY, or "" for the value of its one row
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
