package expr

import "github.com/cupel-go/cupel/internal/ast"

// Unnest renders "unnest(x)": a row for each element, of the elements' kind. With [query.Function] it is a table in FROM:
//
//	label := expr.Unnest(o.Labels)
//	labels := query.Function("label", label)
//	query.Select2(o.ID, query.Col(labels, label)).Join(labels)
//	// SELECT orders.id, label.label FROM orders JOIN unnest(orders.labels) AS label (label) ON TRUE
//
// An array that is NULL or empty gives no row.
func Unnest[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R]) K { return call[K]("unnest", x.Node()) }

// Cardinality renders "cardinality(x)": the number of elements in all dimensions, 0 of an empty array; NULL where x is NULL.
func Cardinality[E any](x ArrayExpr[E]) NullInt32 { return call[NullInt32]("cardinality", ast.Of(x)) }

// ArrayLength renders "array_length(x, $1)": the number of elements in a dimension, the first of which is 1. Of an empty array
// it is NULL; see [Cardinality].
func ArrayLength[E any](x ArrayExpr[E], dimension int32) NullInt32 {
	return call[NullInt32]("array_length", ast.Of(x), Val(dimension).Node())
}

// ArrayAppend renders "array_append(x, $1)". Where x is NULL, it is an array of the value alone.
func ArrayAppend[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], v E) ArrayOf[K, E, V, V] {
	return call[ArrayOf[K, E, V, V]]("array_append", x.Node(), lit(v))
}

// ArrayAppendExpr renders "array_append(x, y)".
func ArrayAppendExpr[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], y Of[E]) ArrayOf[K, E, V, V] {
	return call[ArrayOf[K, E, V, V]]("array_append", x.Node(), ast.Of(y))
}

// ArrayPrepend renders "array_prepend($1, x)". Where x is NULL, it is an array of the value alone.
func ArrayPrepend[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], v E) ArrayOf[K, E, V, V] {
	return call[ArrayOf[K, E, V, V]]("array_prepend", lit(v), x.Node())
}

// ArrayPrependExpr renders "array_prepend(y, x)".
func ArrayPrependExpr[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], y Of[E]) ArrayOf[K, E, V, V] {
	return call[ArrayOf[K, E, V, V]]("array_prepend", ast.Of(y), x.Node())
}

// ArrayRemove renders "array_remove(x, $1)": without the elements that equal a value.
func ArrayRemove[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], v E) ArrayOf[K, E, V, R] {
	return call[ArrayOf[K, E, V, R]]("array_remove", x.Node(), lit(v))
}

// ArrayRemoveExpr renders "array_remove(x, y)": where y is NULL, without the elements that are.
func ArrayRemoveExpr[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], y Of[E]) ArrayOf[K, E, V, R] {
	return call[ArrayOf[K, E, V, R]]("array_remove", x.Node(), ast.Of(y))
}

// ArrayReplace renders "array_replace(x, $1, $2)": with the second value for each element that equals the first.
func ArrayReplace[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], old, now E) ArrayOf[K, E, V, R] {
	return call[ArrayOf[K, E, V, R]]("array_replace", x.Node(), lit(old), lit(now))
}

// ArrayPosition renders "array_position(x, $1)": where a value is first, which counts from 1; NULL where it is not.
func ArrayPosition[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], v E) NullInt32 {
	return call[NullInt32]("array_position", x.Node(), lit(v))
}

// ArrayPositionExpr renders "array_position(x, y)".
func ArrayPositionExpr[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], y Of[E]) NullInt32 {
	return call[NullInt32]("array_position", x.Node(), ast.Of(y))
}

// ArrayPositions renders "array_positions(x, $1)": where a value is, an empty array where it is nowhere.
func ArrayPositions[K KindOf[K, E], E, V, R any](x ArrayOf[K, E, V, R], v E) NullArray[int32] {
	return call[NullArray[int32]]("array_positions", x.Node(), lit(v))
}

// ArrayToString renders "array_to_string(x, $1)": the elements as one text with sep between, without those that are NULL.
func ArrayToString[E any](x ArrayExpr[E], sep string) NullText {
	return call[NullText]("array_to_string", ast.Of(x), Val(sep).Node())
}

// StringToArray renders "string_to_array(x, $1)": the parts of a text between each sep; an empty array of an empty text.
func StringToArray[V ~string](x Of[V], sep string) NullTextArray {
	return call[NullTextArray]("string_to_array", ast.Of(x), Val(sep).Node())
}

// NewArray renders "ARRAY[x, y]", an array of expressions. An array of Go values is Val of a slice, or Const of the array's kind.
//
//	expr.NewArray(c.FirstName, c.LastName).Contains("Frank")   // ARRAY[customer.first_name, customer.last_name] @> $1
func NewArray[V, N any, M KindOf[M, V]](x Twins[V, N, M], ys ...Of[V]) ArrayOf[M, V, []*V, []*V] {
	a := ast.Array{Items: append([]ast.Node{ast.Of(x)}, nodes(ys)...)}
	return boxed[ArrayOf[M, V, []*V, []*V]](ast.Boxed(a))
}

// ArrayRows renders "ARRAY (SELECT x FROM … WHERE …)": what x is in all rows, an empty array where there is none. rows selects x
// already, or is a query that has x as its list instead of its own, as with [Scalar]:
//
//	expr.ArrayRows(t.Name, query.From(t).OrderBy(t.ID))
func ArrayRows[V, N any, M KindOf[M, V]](x Twins[V, N, M], rows Rows) (array ArrayOf[M, V, []*V, []*V]) {
	st, ok := statementOf(rows)
	if !ok || ast.IsNil(x) {
		return array // fails with the statement
	}
	return made[ArrayOf[M, V, []*V, []*V]](ast.SubOf("ARRAY", x.Node(), st))
}
