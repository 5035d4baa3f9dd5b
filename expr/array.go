package expr

import "github.com/cupel-go/cupel/internal/ast"

// Any renders "ANY(array)", the right side of a comparison that is true where it is for any element, which is a V:
//
//	Val[int64](5).EqExpr(Any[int64](o.Scores))                    // $1 = ANY(orders.scores)
//	c.LastName.LikeExpr(Any[string](Val([]string{"Pl%", "D%"})))  // customer.last_name LIKE ANY($1::text[])
//
// It is no expression by itself. For a list of Go values In is shorter.
func Any[V any](array Expression) Value[V, V] {
	return wrap[V, V](&ast.Quantified{Word: "ANY", X: ast.Of(array)})
}

// All renders "ALL(array)", the right side of a comparison that is true where it is for all elements; see [Any].
func All[V any](array Expression) Value[V, V] {
	return wrap[V, V](&ast.Quantified{Word: "ALL", X: ast.Of(array)})
}
