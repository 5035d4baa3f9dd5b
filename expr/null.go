package expr

import "github.com/cupel-go/cupel/internal/ast"

// Nullable is a Go value that may be nil as an expression: "$1::text", NULL where p is nil. Nullable[string](nil) is a
// NULL of type text. For a column's new value see [Value.ToExpr].
func Nullable[V any](p *V) Value[V, *V] {
	l, _ := Val(*new(V)).Node().(*ast.Literal)
	typed := ast.Literal{Type: l.Type}
	if p != nil {
		typed.Value = *p
	}
	return wrap[V, *V](&typed)
}

// OrNull is the same expression, read into a pointer: for the columns of a table that an outer join may not find.
func (v Value[V, R]) OrNull() Value[V, *V] { return Value[V, *V](v) }

// Coalesce renders "coalesce(x, $1)": x, or the value given where x is NULL. It is never NULL.
func Coalesce[V, N, M any](x Kinded[V, N, M], v V) N {
	return kindOfNotNull(x, &ast.Call{Name: "coalesce", Args: []ast.Node{ast.Of(x), lit(v)}})
}

// CoalesceExpr renders "coalesce(x, y, …)": the first that is not NULL; NULL where all are.
func CoalesceExpr[V, N, M any](x Kinded[V, N, M], ys ...Of[V]) M { return several("coalesce", x, ys) }

// NullIf renders "nullif(x, $1)": NULL where x equals the value.
func NullIf[V, N, M any](x Kinded[V, N, M], v V) M {
	return kindOfNull(x, &ast.Call{Name: "nullif", Args: []ast.Node{ast.Of(x), lit(v)}})
}

// NullIfExpr renders "nullif(x, y)": NULL where x equals y.
func NullIfExpr[V, N, M any](x Kinded[V, N, M], y Of[V]) M { return several("nullif", x, []Of[V]{y}) }

// Greatest renders "greatest(x, y, …)"; NULLs are left out, and it is NULL where all are.
func Greatest[V, N, M any](x Kinded[V, N, M], ys ...Of[V]) M { return several("greatest", x, ys) }

// Least renders "least(x, y, …)"; NULLs are left out, and it is NULL where all are.
func Least[V, N, M any](x Kinded[V, N, M], ys ...Of[V]) M { return several("least", x, ys) }

func several[V, N, M any](name string, x Kinded[V, N, M], ys []Of[V]) M {
	return kindOfNull(x, &ast.Call{Name: name, Args: append([]ast.Node{ast.Of(x)}, nodes(ys)...)})
}

// kindOfNotNull makes n of x's kind; where x is nil, n fails with the statement.
func kindOfNotNull[V, N, M any](x Kinded[V, N, M], n ast.Node) (kind N) {
	if ast.IsNil(x) {
		return kind
	}
	return x.notNull(n)
}

// kindOfNull makes n of x's kind that may be NULL; where x is nil, n fails with the statement.
func kindOfNull[V, N, M any](x Kinded[V, N, M], n ast.Node) (kind M) {
	if ast.IsNil(x) {
		return kind
	}
	return x.maybeNull(n)
}
