package expr

import "github.com/cupel-go/cupel/internal/ast"

// Labeled is an expression with a name. The SELECT list writes "x AS name", OrderBy of the same statement "name"; anywhere
// else, GroupBy too, it is the expression: there a column of that name would hide the label.
type Labeled[V, R any] struct{ Value[V, R] }

// As gives the expression a name: "count(x) AS count".
func (v Value[V, R]) As(name string) Labeled[V, R] {
	return Labeled[V, R]{Value[V, R]{ast.Boxed(ast.Label{X: v.Node(), Name: name})}}
}

// Ordering is a sort key with a direction.
type Ordering struct{ key *ast.Order }

// Node gives the key's untyped form, for the other packages of this module.
func (o Ordering) Node() ast.Node {
	if o.key == nil {
		return unmapped
	}
	return o.key
}

func (Ordering) sortable() {}

// Asc renders "x ASC": smallest first, NULL last.
func (v Value[V, R]) Asc() Ordering { return Ordering{&ast.Order{X: v.Node(), Asc: true}} }

// Desc renders "x DESC": greatest first, NULL before all.
func (v Value[V, R]) Desc() Ordering { return Ordering{&ast.Order{X: v.Node(), Desc: true}} }

// NullsFirst renders "x NULLS FIRST".
func (v Value[V, R]) NullsFirst() Ordering {
	return Ordering{&ast.Order{X: v.Node(), Nulls: "FIRST"}}
}

// NullsLast renders "x NULLS LAST".
func (v Value[V, R]) NullsLast() Ordering { return Ordering{&ast.Order{X: v.Node(), Nulls: "LAST"}} }

// NullsFirst renders "… NULLS FIRST".
func (o Ordering) NullsFirst() Ordering { return o.nulls("FIRST") }

// NullsLast renders "… NULLS LAST".
func (o Ordering) NullsLast() Ordering { return o.nulls("LAST") }

func (o Ordering) nulls(where string) Ordering {
	if o.key == nil {
		return o
	}
	key := *o.key
	key.Nulls = where
	return Ordering{&key}
}
