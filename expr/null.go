package expr

import "github.com/cupel-go/cupel/internal/ast"

// Coalesce renders "coalesce(x, $1)": x, or the value given where x is NULL. It is of x's kind, and never NULL.
func Coalesce[V, N, M any](x Twins[V, N, M], v V) (kind N) {
	if ast.IsNil(x) {
		return kind // fails with the statement
	}
	return x.notNull(ast.Boxed(ast.Call{Name: "coalesce", Args: []ast.Node{x.Node(), lit(v)}}))
}

// CoalesceExpr renders "coalesce(x, y, …)": the first that is not NULL; NULL where all are.
func CoalesceExpr[V, N, M any](x Twins[V, N, M], ys ...Of[V]) M {
	return several("coalesce", x, nodes(ys))
}

// NullIf renders "nullif(x, $1)": NULL where x equals the value.
func NullIf[V, N, M any](x Twins[V, N, M], v V) M { return several("nullif", x, []ast.Node{lit(v)}) }

// NullIfExpr renders "nullif(x, y)": NULL where x equals y.
func NullIfExpr[V, N, M any](x Twins[V, N, M], y Of[V]) M {
	return several("nullif", x, []ast.Node{ast.Of(y)})
}

// Greatest renders "greatest(x, y, …)"; NULLs are left out, and it is NULL where all are. A Go value among them is
// x.Const(v).
func Greatest[V, N, M any](x Twins[V, N, M], ys ...Of[V]) M { return several("greatest", x, nodes(ys)) }

// Least renders "least(x, y, …)"; NULLs are left out, and it is NULL where all are. A Go value among them is x.Const(v).
func Least[V, N, M any](x Twins[V, N, M], ys ...Of[V]) M { return several("least", x, nodes(ys)) }

// several is a function of operands of x's kind.
func several[V, N, M any](name string, x Twins[V, N, M], ys []ast.Node) (kind M) {
	if ast.IsNil(x) {
		return kind // fails with the statement
	}
	return x.maybeNull(ast.Boxed(ast.Call{Name: name, Args: append([]ast.Node{x.Node()}, ys...)}))
}
