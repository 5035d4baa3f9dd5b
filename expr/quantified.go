package expr

import "github.com/cupel-go/cupel/internal/ast"

// Elements is an array, or the rows of a subquery, as the right side of a comparison with its elements, whose Go type is V; see [Any], [All],
// [AnyOf] and [AllOf].
type Elements[V any] struct{ node ast.Node }

// Any renders "ANY(array)", the right side of a comparison that is true where it is for any element, which is a V:
//
//	expr.Const[expr.Int](5).EqExpr(expr.Any[int64](o.Scores))                 // $1 = ANY(orders.scores)
//	c.LastName.LikeExpr(expr.Any[string](expr.Val([]string{"Pl%", "D%"})))    // customer.last_name LIKE ANY($1::text[])
//
// For a list of Go values In is shorter. An array of another Go type than a slice is made one by [As].
func Any[V any, A ~[]V | ~[]*V](array Of[A]) Elements[V] {
	return Elements[V]{&ast.Quantified{Word: "ANY", X: ast.Of(array)}}
}

// All renders "ALL(array)", the right side of a comparison that is true where it is for all elements; see [Any].
func All[V any, A ~[]V | ~[]*V](array Of[A]) Elements[V] {
	return Elements[V]{&ast.Quantified{Word: "ALL", X: ast.Of(array)}}
}

// Node returns the expression's untyped form, for the other packages of this module.
func (e Elements[V]) Node() ast.Node {
	if e.node == nil {
		return unmapped
	}
	return e.node
}

func (e Elements[V]) argument(c *ast.Call) { c.Args = append(c.Args, e.Node()) }
func (Elements[V]) of(V)                   {}
