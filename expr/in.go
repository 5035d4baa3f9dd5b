package expr

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// listMax is how many values In and NotIn render one by one. More go as one array: the number of distinct statements
// stays small, and PostgreSQL's limit of 65,535 arguments is not met.
const listMax = 16

// In renders "x IN ($1, $2)"; with more than 16 values "x = ANY($1)", where $1 is one array. In() renders FALSE.
// The values are copied. A []int beside a column of another integer type: c.ID.InInts(ns...).
func (v Value[V, R]) In(xs ...V) Predicate { return in(v.box, false, xs) }

// NotIn renders "x NOT IN ($1, $2)"; with more than 16 values "x <> ALL($1)", where $1 is one array. NotIn() renders
// TRUE. It is NULL, so not true, where x is NULL.
func (v Value[V, R]) NotIn(xs ...V) Predicate { return in(v.box, true, xs) }

func in[V any](x *ast.Box, not bool, xs []V) Predicate {
	in := ast.In{X: nodeOf(x), Not: not}
	if len(xs) > listMax {
		in.Array = lit(slices.Clone(xs))
		return condition(ast.Boxed(in))
	}
	in.List = make([]ast.Node, len(xs))
	list := make([]ast.Argument[V], len(xs))
	for i, x := range xs {
		list[i].Set(x)
		in.List[i] = &list[i].Literal
	}
	return condition(ast.Boxed(in))
}

// InExpr renders "x IN (y, z)". InExpr() renders FALSE. A Go value among expressions is x.Const(v).
func (v Value[V, R]) InExpr(ys ...Of[V]) Predicate {
	return inExpr(v.box, false, nodes(ys))
}

// NotInExpr renders "x NOT IN (y, z)". NotInExpr() renders TRUE.
func (v Value[V, R]) NotInExpr(ys ...Of[V]) Predicate {
	return inExpr(v.box, true, nodes(ys))
}

func inExpr(x *ast.Box, not bool, ys []ast.Node) Predicate {
	return condition(ast.Boxed(ast.In{X: nodeOf(x), List: ys, Not: not}))
}
