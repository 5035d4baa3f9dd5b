package expr

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// Case begins "CASE WHEN p THEN $1 WHEN q THEN $2 ELSE $3 END", of the kind that the caller names: the value of the first
// branch whose condition is true.
//
//	expr.Case[expr.Text]().When(c.ID.Lt(3), "low").When(c.ID.Lt(6), "mid").Else("high")
//	expr.Case[expr.NullText]().When(c.ID.Eq(1), "one").End()
//
// It ends with Else, or with End, where it is NULL if no branch holds. A value's SQL type is named, "$1::bigint", since CASE
// alone does not tell it; not of a text, which takes the type of the other branches. Without a When it is an error.
func Case[K KindOf[K, V], V any]() CaseOf[K, V] { return CaseOf[K, V]{} }

// CaseOf is a CASE to which branches are added; see [Case].
type CaseOf[K KindOf[K, V], V any] struct{ branches[K, V] }

// When adds "WHEN p THEN $1".
func (c CaseOf[K, V]) When(p Condition, v V) CaseOf[K, V] { return c.plus(p, c.value(v)) }

// WhenExpr adds "WHEN p THEN y".
func (c CaseOf[K, V]) WhenExpr(p Condition, y Of[V]) CaseOf[K, V] { return c.plus(p, ast.Of(y)) }

func (c CaseOf[K, V]) plus(p Condition, then ast.Node) CaseOf[K, V] {
	when := ast.Of(p)
	if ast.IsNothing(when) {
		return c
	}
	return CaseOf[K, V]{c.with(when, then)}
}

// CaseOn begins "CASE x WHEN $1 THEN $2 WHEN $3 THEN $4 ELSE $5 END", which compares x with values:
//
//	expr.CaseOn[expr.Text](c.ID).When(1, "one").When(2, "two").Else("many")
//
// In all else it is a [Case].
func CaseOn[K KindOf[K, V], V, X any](x Of[X]) Switch[K, V, X] {
	return Switch[K, V, X]{branches[K, V]{ast.Case{Operand: ast.Of(x)}}}
}

// Switch is a CASE that compares one expression with values; see [CaseOn].
type Switch[K KindOf[K, V], V, X any] struct{ branches[K, V] }

// When adds "WHEN $1 THEN $2".
func (s Switch[K, V, X]) When(x X, v V) Switch[K, V, X] { return s.plus(lit(x), s.value(v)) }

// WhenExpr adds "WHEN x THEN y".
func (s Switch[K, V, X]) WhenExpr(x Of[X], y Of[V]) Switch[K, V, X] {
	return s.plus(ast.Of(x), ast.Of(y))
}

func (s Switch[K, V, X]) plus(x, then ast.Node) Switch[K, V, X] {
	return Switch[K, V, X]{s.with(x, then)}
}

// branches is what both kinds of CASE have in common. Each step is a new value.
type branches[K KindOf[K, V], V any] struct{ node ast.Case }

func (b branches[K, V]) with(cond, then ast.Node) branches[K, V] {
	b.node.Whens = append(slices.Clip(b.node.Whens), ast.When{Cond: cond, Then: then})
	return b
}

func (branches[K, V]) value(v V) ast.Node {
	var k K
	if typed := k.kind().SQLType; typed != "text" {
		return literal(v, typed).Node
	}
	return lit(v)
}

// Else ends it with "ELSE $1 END".
func (b branches[K, V]) Else(v V) K { return b.end(b.value(v)) }

// ElseExpr ends it with "ELSE y END".
func (b branches[K, V]) ElseExpr(y Of[V]) K { return b.end(ast.Of(y)) }

// End ends it with "END": it is NULL where no branch holds.
func (b branches[K, V]) End() K { return b.end(nil) }

func (b branches[K, V]) end(otherwise ast.Node) K {
	if len(b.node.Whens) == 0 {
		return made[K](&ast.Bad{Err: errNoBranch})
	}
	b.node.Else = otherwise
	return boxed[K](ast.Boxed(b.node))
}
