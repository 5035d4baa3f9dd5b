package expr

import "github.com/cupel-go/cupel/internal/ast"

// Aggregate is an aggregate function's result.
type Aggregate[V, R any] struct{ NumberOf[V, R] }

func aggregate[V, R any](c ast.Call) Aggregate[V, R] { return Aggregate[V, R]{number[V, R](&c)} }

func (a Aggregate[V, R]) call() ast.Call {
	c, _ := a.node.(*ast.Call)
	if c == nil {
		return ast.Call{Args: []ast.Node{a.Node()}}
	}
	return *c
}

// Distinct counts equal values once: "count(DISTINCT x)". Of CountAll it is an error.
func (a Aggregate[V, R]) Distinct() Aggregate[V, R] {
	c := a.call()
	c.Distinct = true
	if star, ok := c.Args[0].(*ast.Keyword); ok && star.Text == "*" {
		return Aggregate[V, R]{number[V, R](&ast.Bad{Err: errCountDistinct})}
	}
	return aggregate[V, R](c)
}

// Filter counts the rows that meet all conditions: "count(x) FILTER (WHERE p)". Several Filters add up.
func (a Aggregate[V, R]) Filter(ps ...Condition) Aggregate[V, R] {
	c := a.call()
	if c.Where != nil {
		c.Where = &ast.Logic{Items: append([]ast.Node{c.Where}, nodes(ps)...)}
	} else {
		c.Where = And(ps...).Node()
	}
	return aggregate[V, R](c)
}

// Count renders "count(x)": the number of rows where x is not NULL. It is never NULL.
func Count(x Expression) Aggregate[int64, int64] {
	return aggregate[int64, int64](ast.Call{Name: "count", Args: []ast.Node{ast.Of(x)}})
}

// CountAll renders "count(*)": the number of rows.
func CountAll() Aggregate[int64, int64] {
	return aggregate[int64, int64](ast.Call{Name: "count", Args: []ast.Node{&ast.Keyword{Text: "*"}}})
}

// Sum renders "sum(x)"; nil when there is no row where x is not NULL. PostgreSQL sums bigint as numeric: a sum beyond
// int64 is an error when it is read, not a wrong number.
func Sum[V any](x Of[V]) Aggregate[V, *V] { return aggregateOf[V]("sum", x) }

// Min renders "min(x)"; nil when there is no row where x is not NULL.
func Min[V any](x Of[V]) Aggregate[V, *V] { return aggregateOf[V]("min", x) }

// Max renders "max(x)"; nil when there is no row where x is not NULL.
func Max[V any](x Of[V]) Aggregate[V, *V] { return aggregateOf[V]("max", x) }

// Avg renders "avg(x)"; nil when there is no row where x is not NULL. Of integers PostgreSQL gives a numeric, which is
// read as the nearest float64.
func Avg(x Expression) Aggregate[float64, *float64] {
	return aggregate[float64, *float64](ast.Call{Name: "avg", Args: []ast.Node{ast.Of(x)}})
}

func aggregateOf[V any](name string, x Of[V]) Aggregate[V, *V] {
	return aggregate[V, *V](ast.Call{Name: name, Args: []ast.Node{ast.Of(x)}})
}
