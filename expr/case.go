package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
)

// Branch is one WHEN of a CASE; see [When].
type Branch[V any] struct{ when ast.When }

// When is the branch "WHEN cond THEN $1". The value's SQL type is named, "$1::bigint", since CASE alone does not tell it;
// not of a text, which takes the type of the other branches.
func When[V any](cond Condition, v V) Branch[V] {
	return Branch[V]{ast.When{Cond: ast.Of(cond), Then: branchValue(v)}}
}

func branchValue[V any](v V) ast.Node {
	if reflect.TypeFor[V]().Kind() == reflect.String {
		return lit(v)
	}
	return Val(v).Node()
}

// WhenExpr is the branch "WHEN cond THEN y".
func WhenExpr[V any](cond Condition, y Of[V]) Branch[V] {
	return Branch[V]{ast.When{Cond: ast.Of(cond), Then: ast.Of(y)}}
}

// CaseOf is a CASE expression. It may be NULL: without Else where no branch holds, and where a branch gives NULL.
// [Coalesce] makes it one that is not.
type CaseOf[V any] struct{ Value[V, *V] }

// Case renders "CASE WHEN p THEN x WHEN q THEN y END": the first branch whose condition is true. Case() is an error.
func Case[V any](branches ...Branch[V]) CaseOf[V] {
	if len(branches) == 0 {
		return CaseOf[V]{wrap[V, *V](&ast.Bad{Err: errNoBranch})}
	}
	c := &ast.Case{Whens: make([]ast.When, len(branches))}
	for i, b := range branches {
		c.Whens[i] = b.when
	}
	return CaseOf[V]{wrap[V, *V](c)}
}

// Else adds "ELSE $1".
func (c CaseOf[V]) Else(v V) Value[V, *V] { return c.otherwise(branchValue(v)) }

// ElseExpr adds "ELSE y".
func (c CaseOf[V]) ElseExpr(y Of[V]) Value[V, *V] { return c.otherwise(ast.Of(y)) }

func (c CaseOf[V]) otherwise(y ast.Node) Value[V, *V] {
	have, ok := c.node.(*ast.Case)
	if !ok {
		return c.Value
	}
	with := *have
	with.Else = y
	return wrap[V, *V](&with)
}

// Coalesce renders "coalesce(x, $1)": x, or the value given where x is NULL. It is never NULL.
func Coalesce[V any](x Of[V], v V) Value[V, V] {
	return wrap[V, V](&ast.Call{Name: "coalesce", Args: []ast.Node{ast.Of(x), lit(v)}})
}

// CoalesceExpr renders "coalesce(x, y, …)": the first that is not NULL; NULL where all are.
func CoalesceExpr[V any](xs ...Of[V]) Value[V, *V] {
	return wrap[V, *V](&ast.Call{Name: "coalesce", Args: nodes(xs)})
}

// NullIf renders "nullif(x, $1)": NULL where x equals the value.
func NullIf[V any](x Of[V], v V) Value[V, *V] {
	return wrap[V, *V](&ast.Call{Name: "nullif", Args: []ast.Node{ast.Of(x), lit(v)}})
}

// Greatest renders "greatest(x, y, …)"; NULLs are left out, and it is NULL where all are.
func Greatest[V any](xs ...Of[V]) Value[V, *V] {
	return wrap[V, *V](&ast.Call{Name: "greatest", Args: nodes(xs)})
}

// Least renders "least(x, y, …)"; NULLs are left out, and it is NULL where all are.
func Least[V any](xs ...Of[V]) Value[V, *V] {
	return wrap[V, *V](&ast.Call{Name: "least", Args: nodes(xs)})
}

// Cast renders "CAST(x AS sqlType)", read as a V, nil where x is NULL. The type is SQL text of the program's own:
// "numeric(10, 2)". A text that cannot be a type is an error of the statement.
func Cast[V any](x Expression, sqlType string) Value[V, *V] {
	if !typeName(sqlType) {
		return wrap[V, *V](&ast.Bad{Err: badText("type", sqlType)})
	}
	return wrap[V, *V](&ast.Cast{X: ast.Of(x), Type: sqlType})
}

// CastTo is Cast to the SQL type that the Go type V stands for: bigint for int64, text for string.
func CastTo[V any](x Expression) Value[V, *V] {
	return Cast[V](x, sqlType(reflect.TypeFor[V]()))
}

// OrNull is the same expression, read into a pointer: for the columns of a table that an outer join may not find.
func (v Value[V, R]) OrNull() Value[V, *V] { return wrap[V, *V](v.Node()) }
