package ast

import (
	"errors"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Nothing is a condition that is not set: lists of conditions go without it. Anywhere else it is an error.
type Nothing struct {
	atom
	leaf
}

var errNothing = errors.New("a condition that is not set (expr.If, expr.Optional) stands where one must be")

// AppendSQL fails.
func (*Nothing) AppendSQL(w *sqlw.Writer) { w.Fail(errNothing) }

// IsNothing reports whether a condition is not set.
func IsNothing(n Node) bool {
	_, is := n.(*Nothing)
	return is
}

// Conditions appends those conditions that are set.
func Conditions[E interface{ Node() Node }](to []Node, ps []E) []Node {
	for _, p := range ps {
		if n := Of(p); !IsNothing(n) {
			to = append(to, n)
		}
	}
	return to
}
