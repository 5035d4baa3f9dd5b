// Package ast holds the nodes that expressions and statements are made of: plain data that renders itself.
//
// A node never changes once it is built, so it may be shared between statements and goroutines. Each knows its SQL
// (AppendSQL), how strongly it binds (Prec) and what is below it (Child). Everything else that is done with nodes
// (FROM inference, evaluation in memory) is a type switch where it is needed. The typed columns and operators that
// users see are in package expr; this package has no types to protect anybody.
package ast

import (
	"errors"
	"reflect"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Node is one node of an expression.
type Node interface {
	AppendSQL(w *sqlw.Writer)
	// Prec returns how strongly the node binds.
	Prec() sqlw.Prec
	// Child returns the i-th node directly below, from 0 on; nil where there are no more.
	Child(i int) Node
}

// ErrNil is the error of a statement that was given nil in place of an expression, a condition or a table.
var ErrNil = errors.New("nil in place of an expression or table")

// Of returns the node of an expression. nil is a Bad node: the statement that has it fails.
func Of(x interface{ Node() Node }) Node {
	if IsNil(x) {
		return &Bad{Err: ErrNil}
	}
	return x.Node()
}

// IsNil reports whether x is nil, or a nil pointer in an interface.
func IsNil(x any) bool {
	if x == nil {
		return true
	}
	v := reflect.ValueOf(x)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// Operand writes n, in parentheses when it binds more weakly than least.
func Operand(w *sqlw.Writer, n Node, least sqlw.Prec) {
	if n.Prec() >= least {
		n.AppendSQL(w)
		return
	}
	paren(w, n)
}

// Item writes an element of a list. SQL from elsewhere gets parentheses where it may be more than one element.
func Item(w *sqlw.Writer, n Node) {
	if raw, ok := n.(*Raw); ok && raw.several() {
		paren(w, n)
		return
	}
	n.AppendSQL(w)
}

func paren(w *sqlw.Writer, n Node) {
	w.Byte('(')
	n.AppendSQL(w)
	w.Byte(')')
}

// list writes nodes separated by ", ".
func list(w *sqlw.Writer, nodes []Node) {
	for i, n := range nodes {
		if i > 0 {
			w.Text(", ")
		}
		Item(w, n)
	}
}

// atom is embedded by nodes that bind like a name.
type atom struct{}

// Prec is PrecAtom.
func (atom) Prec() sqlw.Prec { return sqlw.PrecAtom }

// leaf is embedded by nodes without operands.
type leaf struct{}

// Child returns nil.
func (leaf) Child(int) Node { return nil }
