package expr

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Eq renders "x = $1". Where the Go value is not of the column's type: an int, a decimal's text, see [IntOf.Int] and
// [DecimalOf.Text]; a pointer that may be nil, see Is.
func (v Value[V, R]) Eq(x V) Predicate { return compareTo(v.box, "=", x) }

// Ne renders "x <> $1". Like every comparison it is NULL, so not true, where x is NULL; see IsDistinctFrom and IsNot.
func (v Value[V, R]) Ne(x V) Predicate { return compareTo(v.box, "<>", x) }

// Lt renders "x < $1".
func (v Value[V, R]) Lt(x V) Predicate { return compareTo(v.box, "<", x) }

// Le renders "x <= $1".
func (v Value[V, R]) Le(x V) Predicate { return compareTo(v.box, "<=", x) }

// Gt renders "x > $1".
func (v Value[V, R]) Gt(x V) Predicate { return compareTo(v.box, ">", x) }

// Ge renders "x >= $1".
func (v Value[V, R]) Ge(x V) Predicate { return compareTo(v.box, ">=", x) }

// EqExpr renders "x = y".
func (v Value[V, R]) EqExpr(y Of[V]) Predicate { return compare(v.box, "=", ast.Of(y)) }

// NeExpr renders "x <> y".
func (v Value[V, R]) NeExpr(y Of[V]) Predicate { return compare(v.box, "<>", ast.Of(y)) }

// LtExpr renders "x < y".
func (v Value[V, R]) LtExpr(y Of[V]) Predicate { return compare(v.box, "<", ast.Of(y)) }

// LeExpr renders "x <= y".
func (v Value[V, R]) LeExpr(y Of[V]) Predicate { return compare(v.box, "<=", ast.Of(y)) }

// GtExpr renders "x > y".
func (v Value[V, R]) GtExpr(y Of[V]) Predicate { return compare(v.box, ">", ast.Of(y)) }

// GeExpr renders "x >= y".
func (v Value[V, R]) GeExpr(y Of[V]) Predicate { return compare(v.box, ">=", ast.Of(y)) }

// compareTo compares with a Go value. What methods of kinds do is in functions like this one: the compiler makes a method anew
// for each kind, in each package that uses it.
func compareTo[V any](x *ast.Box, op string, v V) Predicate {
	return operated[Predicate](op, sqlw.PrecCompare, nodeOf(x), v)
}

func compare(x *ast.Box, op string, y ast.Node) Predicate {
	l, r := ast.Alike(nodeOf(x), y)
	return condition(ast.Boxed(ast.Binary{Op: op, Bind: sqlw.PrecCompare, L: l, R: r}))
}

func is(x *ast.Box, what string, not bool) Predicate {
	return condition(ast.Boxed(ast.Is{X: nodeOf(x), What: what, Not: not}))
}

// Is renders "x = $1", and "x IS NULL" where p is nil: for a Go value that may be missing.
func (v Value[V, R]) Is(p *V) Predicate {
	if p == nil {
		return v.IsNull()
	}
	return v.Eq(*p)
}

// IsNot renders "x IS DISTINCT FROM $1", which is true where x is NULL, and "x IS NOT NULL" where p is nil.
func (v Value[V, R]) IsNot(p *V) Predicate {
	if p == nil {
		return v.IsNotNull()
	}
	return v.IsDistinctFrom(*p)
}

// IsNull renders "x IS NULL".
func (v Value[V, R]) IsNull() Predicate {
	return is(v.box, "NULL", false)
}

// IsNotNull renders "x IS NOT NULL".
func (v Value[V, R]) IsNotNull() Predicate {
	return is(v.box, "NULL", true)
}

// IsDistinctFrom renders "x IS DISTINCT FROM $1": true where x is NULL, and never NULL itself.
func (v Value[V, R]) IsDistinctFrom(x V) Predicate {
	return operated[Predicate]("IS DISTINCT FROM", sqlw.PrecIs, nodeOf(v.box), x)
}

// IsNotDistinctFrom renders "x IS NOT DISTINCT FROM $1": false where x is NULL, and never NULL itself.
func (v Value[V, R]) IsNotDistinctFrom(x V) Predicate {
	return operated[Predicate]("IS NOT DISTINCT FROM", sqlw.PrecIs, nodeOf(v.box), x)
}

// IsDistinctFromExpr renders "x IS DISTINCT FROM y": false where both are NULL, true where one is.
func (v Value[V, R]) IsDistinctFromExpr(y Of[V]) Predicate {
	return distinctFrom(v.box, false, ast.Of(y))
}

// IsNotDistinctFromExpr renders "x IS NOT DISTINCT FROM y": true where both are NULL, false where one is.
func (v Value[V, R]) IsNotDistinctFromExpr(y Of[V]) Predicate {
	return distinctFrom(v.box, true, ast.Of(y))
}

func distinctFrom(x *ast.Box, not bool, y ast.Node) Predicate {
	l, r := ast.Alike(nodeOf(x), y)
	return predicate(ast.Distinct(not, l, r))
}

// Between renders "x BETWEEN $1 AND $2"; both ends belong to it, and lo > hi is empty.
func (v Value[V, R]) Between(lo, hi V) Predicate {
	return between(ast.Between{X: nodeOf(v.box)}, lo, hi)
}

// NotBetween renders "x NOT BETWEEN $1 AND $2".
func (v Value[V, R]) NotBetween(lo, hi V) Predicate {
	return between(ast.Between{X: nodeOf(v.box), Not: true}, lo, hi)
}

// BetweenSymmetric renders "x BETWEEN SYMMETRIC $1 AND $2": the ends may come in either order.
func (v Value[V, R]) BetweenSymmetric(lo, hi V) Predicate {
	return between(ast.Between{X: nodeOf(v.box), Symmetric: true}, lo, hi)
}

// NotBetweenSymmetric renders "x NOT BETWEEN SYMMETRIC $1 AND $2".
func (v Value[V, R]) NotBetweenSymmetric(lo, hi V) Predicate {
	return between(ast.Between{X: nodeOf(v.box), Symmetric: true, Not: true}, lo, hi)
}

// BetweenExpr renders "x BETWEEN lo AND hi". A Go value as one end is x.Const(v).
func (v Value[V, R]) BetweenExpr(lo, hi Of[V]) Predicate {
	return betweenExpr(ast.Between{X: nodeOf(v.box)}, lo, hi)
}

// NotBetweenExpr renders "x NOT BETWEEN lo AND hi".
func (v Value[V, R]) NotBetweenExpr(lo, hi Of[V]) Predicate {
	return betweenExpr(ast.Between{X: nodeOf(v.box), Not: true}, lo, hi)
}

// BetweenSymmetricExpr renders "x BETWEEN SYMMETRIC lo AND hi".
func (v Value[V, R]) BetweenSymmetricExpr(lo, hi Of[V]) Predicate {
	return betweenExpr(ast.Between{X: nodeOf(v.box), Symmetric: true}, lo, hi)
}

// NotBetweenSymmetricExpr renders "x NOT BETWEEN SYMMETRIC lo AND hi".
func (v Value[V, R]) NotBetweenSymmetricExpr(lo, hi Of[V]) Predicate {
	return betweenExpr(ast.Between{X: nodeOf(v.box), Symmetric: true, Not: true}, lo, hi)
}

// between is a BETWEEN of Go values; all that it takes is one allocation.
func between[V any](b ast.Between, lo, hi V) Predicate {
	c := &struct {
		ast.Between
		lo, hi ast.Argument[V]
		box    ast.Box
	}{Between: b}
	c.lo.Set(lo)
	c.hi.Set(hi)
	c.Lo, c.Hi = &c.lo.Literal, &c.hi.Literal
	c.box.Node = &c.Between
	return condition(&c.box)
}

func betweenExpr[V any](b ast.Between, lo, hi Of[V]) Predicate {
	b.Lo, b.Hi = ast.Of(lo), ast.Of(hi)
	return condition(ast.Boxed(b))
}
