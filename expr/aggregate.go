package expr

import (
	"github.com/cupel-go/cupel/internal/ast"
)

// Count renders "count(x)": the number of rows where x is not NULL. It is never NULL.
func Count(x Expression, how ...Modifier) Int { return aggregate[Int]("count", ast.Of(x), how) }

// star is what CountAll counts.
var star ast.Node = &ast.Keyword{Text: "*"}

// CountAll renders "count(*)": the number of rows. It is never NULL.
func CountAll(filters ...Filtering) Int {
	c := ast.CallOf("count", star)
	for _, f := range filters {
		f.argument(callIn(c))
	}
	return boxed[Int](c)
}

// Summed is what [Sum] takes: a number or an interval. S is the kind of its sum.
type Summed[S any] interface {
	Expression
	sum(*ast.Box) S
}

// Sum renders "sum(x)"; NULL when there is no row where x is not NULL. The sum of integers of any size is an int64, of
// everything else it is of x's kind. PostgreSQL sums bigint as numeric: a sum beyond int64 is an error when it is read, not
// a wrong number; Func[expr.NullDecimal]("sum", x) has all its digits.
func Sum[S any](x Summed[S], how ...Modifier) (sum S) {
	if ast.IsNil(x) {
		return sum // fails with the statement
	}
	return x.sum(aggregateCall("sum", x.Node(), how))
}

// Averaged is what [Avg] takes: a number or an interval. A is the kind of its average.
type Averaged[A any] interface {
	Expression
	average(*ast.Box) A
}

// Avg renders "avg(x)"; NULL when there is no row where x is not NULL. Of a decimal it is a decimal of the same Go type, of an
// interval an interval; of integers, for which PostgreSQL computes a numeric, and of floats it is the nearest float64:
// Func[expr.NullDecimal]("avg", x) has all its digits.
func Avg[A any](x Averaged[A], how ...Modifier) (avg A) {
	if ast.IsNil(x) {
		return avg // fails with the statement
	}
	return x.average(aggregateCall("avg", x.Node(), how))
}

// Ordered is what [Min] and [Max] take: every kind but truth values, for which there are [BoolAnd] and [BoolOr]. M is the
// kind that may be NULL.
type Ordered[M any] interface {
	Expression
	extreme(*ast.Box) M
}

func (Value[V, R]) extreme(b *ast.Box) Value[V, *V] { return Value[V, *V]{b} }

// extreme has another type than that of other kinds: a truth value is not Ordered.
//
//lint:ignore U1000 it is there to hide Value's
func (BoolOf[R]) extreme() {}

// Min renders "min(x)", of x's kind; NULL when there is no row where x is not NULL.
func Min[M any](x Ordered[M], how ...Modifier) (least M) {
	if ast.IsNil(x) {
		return least // fails with the statement
	}
	return x.extreme(aggregateCall("min", x.Node(), how))
}

// Max renders "max(x)", of x's kind; NULL when there is no row where x is not NULL.
func Max[M any](x Ordered[M], how ...Modifier) (greatest M) {
	if ast.IsNil(x) {
		return greatest // fails with the statement
	}
	return x.extreme(aggregateCall("max", x.Node(), how))
}

// BoolAnd renders "bool_and(p)": whether p is true for every row where it is not NULL; NULL when there is none.
func BoolAnd(p Condition, how ...Modifier) NullBool {
	return aggregate[NullBool]("bool_and", ast.Of(p), how)
}

// BoolOr renders "bool_or(p)": whether p is true for any row; NULL when there is none where it is not NULL.
func BoolOr(p Condition, how ...Modifier) NullBool {
	return aggregate[NullBool]("bool_or", ast.Of(p), how)
}

// StringAgg renders "string_agg(x, $1)": the texts that are not NULL, with sep between; NULL when there is none. OrderBy puts
// them into order:
//
//	expr.StringAgg(t.Name, ", ", expr.OrderBy(t.Name))  // string_agg(tag.name, $1::text ORDER BY tag.name)
func StringAgg[V ~string](x Of[V], sep string, how ...Modifier) NullText {
	c := ast.Call{Name: "string_agg", Args: []ast.Node{ast.Of(x), Val(sep).Node()}}
	return boxed[NullText](modified(ast.Boxed(c), how))
}

// ArrayAgg renders "array_agg(x)": the values, NULLs too, as an array of elements of x's kind; nil when there is no row.
func ArrayAgg[V, N any, M KindOf[M, V]](x Twins[V, N, M], how ...Modifier) ArrayOf[M, V, []*V, []*V] {
	return aggregate[ArrayOf[M, V, []*V, []*V]]("array_agg", ast.Of(x), how)
}

func aggregate[K Kind[K]](name string, x ast.Node, how []Modifier) K {
	return boxed[K](aggregateCall(name, x, how))
}

func aggregateCall(name string, x ast.Node, how []Modifier) *ast.Box {
	return modified(ast.CallOf(name, x), how)
}
