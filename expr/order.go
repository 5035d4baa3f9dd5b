package expr

import "github.com/cupel-go/cupel/internal/ast"

// Ordering is a sort key with a direction.
type Ordering struct{ key *ast.Order }

// Node returns the key's untyped form, for the other packages of this module.
func (o Ordering) Node() ast.Node {
	if o.key == nil {
		return unmapped
	}
	return o.key
}

func (Ordering) sortable() {}

// Asc renders "x ASC": smallest first, NULL last.
func (v Value[V, R]) Asc() Ordering { return Ordering{&ast.Order{X: nodeOf(v.box), Asc: true}} }

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
