package expr

import "github.com/cupel-go/cupel/internal/ast"

// Aggregate is an aggregate function's result.
type Aggregate[V, R any] struct{ NumberOf[V, R] }

func aggregate[V, R any](c ast.Call) Aggregate[V, R] { return aggregateIn[V, R](ast.Boxed(c)) }

func aggregateIn[V, R any](b *ast.Box) Aggregate[V, R] {
	return Aggregate[V, R]{NumberOf[V, R]{Value[V, R]{b}}}
}

func (a Aggregate[V, R]) call() ast.Call {
	c, ok := a.Node().(*ast.Call)
	if !ok {
		return ast.Call{Args: []ast.Node{a.Node()}}
	}
	return *c
}

// Distinct counts equal values once: "count(DISTINCT x)". Of CountAll it is an error.
func (a Aggregate[V, R]) Distinct() Aggregate[V, R] {
	c := a.call()
	c.Distinct = true
	if len(c.Args) == 0 || c.Args[0] == ast.Node(star) {
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

// OrderBy has the aggregate take the values in order: "string_agg(x, $1 ORDER BY y)".
func (a Aggregate[V, R]) OrderBy(keys ...Sortable) Aggregate[V, R] {
	c := a.call()
	c.OrderBy = nil
	for _, k := range keys {
		c.OrderBy = append(c.OrderBy, ast.Of(k))
	}
	return aggregate[V, R](c)
}

// WithinGroup gives an ordered-set aggregate its rows: "percentile_cont($1) WITHIN GROUP (ORDER BY x)".
func (a Aggregate[V, R]) WithinGroup(keys ...Sortable) Aggregate[V, R] {
	c := a.call()
	c.Within = nil
	for _, k := range keys {
		c.Within = append(c.Within, ast.Of(k))
	}
	return aggregate[V, R](c)
}

// Agg renders "name(x, y)": any aggregate function of the database, read as a V, nil where it is NULL:
// Agg[float64]("stddev", o.Weight), Agg[float64]("percentile_cont", Val(0.5)).WithinGroup(o.Weight). See [Func].
func Agg[V any](name string, args ...Expression) Aggregate[V, *V] {
	if !functionName(name) {
		return Aggregate[V, *V]{number[V, *V](&ast.Bad{Err: badText("function name", name)})}
	}
	return aggregate[V, *V](ast.Call{Name: name, Args: nodes(args)})
}

// Count renders "count(x)": the number of rows where x is not NULL. It is never NULL.
func Count(x Expression) Aggregate[int64, int64] {
	return aggregateIn[int64, int64](ast.CallOf("count", ast.Of(x)))
}

// star is what CountAll counts.
var star = &ast.Keyword{Text: "*"}

// CountAll renders "count(*)": the number of rows.
func CountAll() Aggregate[int64, int64] {
	return aggregateIn[int64, int64](ast.CallOf("count", star))
}

// Sum renders "sum(x)"; nil when there is no row where x is not NULL. PostgreSQL sums bigint as numeric: a sum beyond
// int64 is an error when it is read, not a wrong number.
func Sum[V any](x Of[V]) Aggregate[V, *V] { return aggregateOf[V]("sum", x) }

// Min renders "min(x)"; nil when there is no row where x is not NULL.
func Min[V any](x Of[V]) Aggregate[V, *V] { return aggregateOf[V]("min", x) }

// Max renders "max(x)"; nil when there is no row where x is not NULL.
func Max[V any](x Of[V]) Aggregate[V, *V] { return aggregateOf[V]("max", x) }

// Averaged is what [Avg] takes: A is what it gives for it.
type Averaged[A any] interface {
	Expression
	average(*ast.Box) A
}

func (Value[V, R]) average(call *ast.Box) Aggregate[float64, *float64] {
	return aggregateIn[float64, *float64](call)
}

func (DecimalOf[V, R]) average(call *ast.Box) Aggregate[V, *V] { return aggregateIn[V, *V](call) }

// Avg renders "avg(x)"; nil when there is no row where x is not NULL. Of a decimal column it is a decimal of the same Go
// type; of anything else the nearest float64, also of integers, for which PostgreSQL gives a numeric: Agg[string]("avg", x)
// has all its digits.
func Avg[A any](x Averaged[A]) (avg A) {
	if ast.IsNil(x) {
		return avg // fails with the statement
	}
	return x.average(ast.CallOf("avg", ast.Of(x)))
}

func aggregateOf[V any](name string, x Of[V]) Aggregate[V, *V] {
	return aggregateIn[V, *V](ast.CallOf(name, ast.Of(x)))
}

// BoolAnd renders "bool_and(p)": whether p is true for every row where it is not NULL; nil when there is none.
func BoolAnd(p Condition) Aggregate[bool, *bool] { return aggregateOf[bool]("bool_and", p) }

// BoolOr renders "bool_or(p)": whether p is true for any row; nil when there is none where it is not NULL.
func BoolOr(p Condition) Aggregate[bool, *bool] { return aggregateOf[bool]("bool_or", p) }

// StringAgg renders "string_agg(x, $1)": the texts that are not NULL, with sep between; nil when there is none. See
// [Aggregate.OrderBy].
func StringAgg[V ~string](x Of[V], sep string) Aggregate[string, *string] {
	return aggregate[string, *string](ast.Call{Name: "string_agg", Args: []ast.Node{ast.Of(x), Val(sep).Node()}})
}

// ArrayAgg renders "array_agg(x)": the values, NULLs too, as an array; nil when there is no row.
func ArrayAgg[V any](x Of[V]) Aggregate[[]*V, []*V] {
	return aggregateIn[[]*V, []*V](ast.CallOf("array_agg", ast.Of(x)))
}
