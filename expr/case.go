package expr

import (
	"reflect"
	"slices"

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
	have, ok := c.Node().(*ast.Case)
	if !ok {
		return c.Value
	}
	with := *have
	with.Else = y
	return wrap[V, *V](&with)
}

// Switch is a CASE that compares one expression with values; see [CaseOn].
type Switch[V, X any] struct {
	Value[V, *V]
	on ast.Case
}

// CaseOn begins "CASE x WHEN $1 THEN $2 WHEN $3 THEN $4 END", whose values are of type V:
//
//	expr.CaseOn[string](c.ID).When(1, "one").When(2, "two").Else("many")
//
// Like [Case] it needs a branch, and may be NULL.
func CaseOn[V, X any](x Of[X]) Switch[V, X] {
	return Switch[V, X]{wrap[V, *V](&ast.Bad{Err: errNoBranch}), ast.Case{Operand: ast.Of(x)}}
}

// When adds "WHEN $1 THEN $2".
func (s Switch[V, X]) When(x X, v V) Switch[V, X] { return s.with(lit(x), branchValue(v)) }

// WhenExpr adds "WHEN x THEN y".
func (s Switch[V, X]) WhenExpr(x Of[X], y Of[V]) Switch[V, X] { return s.with(ast.Of(x), ast.Of(y)) }

// Else adds "ELSE $1".
func (s Switch[V, X]) Else(v V) Value[V, *V] { return CaseOf[V]{s.Value}.otherwise(branchValue(v)) }

// ElseExpr adds "ELSE y".
func (s Switch[V, X]) ElseExpr(y Of[V]) Value[V, *V] { return CaseOf[V]{s.Value}.otherwise(ast.Of(y)) }

func (s Switch[V, X]) with(x, then ast.Node) Switch[V, X] {
	s.on.Whens = append(slices.Clip(s.on.Whens), ast.When{Cond: x, Then: then})
	c := s.on
	s.Value = wrap[V, *V](&c)
	return s
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
