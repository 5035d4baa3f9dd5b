package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

func (ArrayOf[K, E, V, R]) with(b *ast.Box) (k ArrayOf[K, E, V, R])       { k.box = b; return k }
func (ArrayOf[K, E, V, R]) notNull(b *ast.Box) (k ArrayOf[K, E, V, V])    { k.box = b; return k }
func (ArrayOf[K, E, V, R]) maybeNull(b *ast.Box) (k ArrayOf[K, E, V, *V]) { k.box = b; return k }

// kind has the SQL type of the elements' kind, so that an array of a decimal is numeric[].
func (ArrayOf[K, E, V, R]) kind() ColumnKind {
	var k K
	kind := kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]())
	if t := k.kind().SQLType; t != "" {
		kind = kind.as(t + "[]")
	}
	return kind
}

func (ArrayOf[K, E, V, R]) elements(E) {}

// ArrayExpr is an array of whatever kind whose elements have the Go type E. A plain column, Col[[]string], is made one by
// [As]: As[expr.Array[string]](t.Tags).
type ArrayExpr[E any] interface {
	Expression
	elements(E)
}

// At renders "x[$1]": the element at a position, which counts from 1 as PostgreSQL counts. It is NULL where there is none. Of an
// array of several dimensions "x[$1][$2]", with a position for each. In the SET of an UPDATE it is one element: At(1).To(v).
func (a ArrayOf[K, E, V, R]) At(i int32, more ...int32) K {
	items := []ast.Node{lit(i)}
	for _, j := range more {
		items = append(items, lit(j))
	}
	return boxed[K](ast.Boxed(ast.Subscript{X: a.Node(), Items: items}))
}

// AtExpr renders "x[y]", y being an integer; see At.
func (a ArrayOf[K, E, V, R]) AtExpr(y Exact) K {
	return boxed[K](ast.Boxed(ast.Subscript{X: a.Node(), Items: []ast.Node{ast.Of(y)}}))
}

// Slice renders "x[$1:$2]": the elements from one position to another, both of them among it; an empty array where there is
// none. Positions count from 1. In the SET of an UPDATE it is these elements.
func (a ArrayOf[K, E, V, R]) Slice(from, to int32) ArrayOf[K, E, V, R] {
	return slice[ArrayOf[K, E, V, R]](a.box, lit(from), lit(to))
}

// SliceFrom renders "x[$1:]": the elements from a position, which counts from 1, to the last.
func (a ArrayOf[K, E, V, R]) SliceFrom(from int32) ArrayOf[K, E, V, R] {
	return slice[ArrayOf[K, E, V, R]](a.box, lit(from), nil)
}

// SliceTo renders "x[:$1]": the elements from the first to a position, which counts from 1.
func (a ArrayOf[K, E, V, R]) SliceTo(to int32) ArrayOf[K, E, V, R] {
	return slice[ArrayOf[K, E, V, R]](a.box, nil, lit(to))
}

func slice[K Kind[K]](x *ast.Box, from, to ast.Node) K {
	return boxed[K](ast.Boxed(ast.Subscript{X: nodeOf(x), Slice: true, From: from, To: to}))
}

// Has renders "$1 = ANY(x)": whether a value is among the elements. A GIN index serves Contains, not Has.
func (a ArrayOf[K, E, V, R]) Has(v E) Predicate {
	return predicate(ast.Compare("=", lit(v), a.Any().Node()))
}

// HasExpr renders "y = ANY(x)".
func (a ArrayOf[K, E, V, R]) HasExpr(y Of[E]) Predicate {
	return predicate(ast.Compare("=", ast.Of(y), a.Any().Node()))
}

// Any renders "ANY(x)", the right side of a comparison with the elements: c.Name.LikeExpr(t.Patterns.Any()). See [Any].
func (a ArrayOf[K, E, V, R]) Any() Elements[E] {
	return Elements[E]{&ast.Quantified{Word: "ANY", X: a.Node()}}
}

// All renders "ALL(x)", the right side of a comparison with the elements; see [All].
func (a ArrayOf[K, E, V, R]) All() Elements[E] {
	return Elements[E]{&ast.Quantified{Word: "ALL", X: a.Node()}}
}

// Contains renders "x @> $1", where $1 is one array: whether all the values are among the elements, in whatever order and
// number. Contains() is true of every array. A NULL among the elements is never found.
func (a ArrayOf[K, E, V, R]) Contains(vs ...E) Predicate { return withArray(a.box, "@>", vs) }

// ContainsExpr renders "x @> y".
func (a ArrayOf[K, E, V, R]) ContainsExpr(y ArrayExpr[E]) Predicate {
	return operation[Predicate](a.box, "@>", ast.Of(y))
}

// ContainedBy renders "x <@ $1", where $1 is one array: whether all elements are among the values. It is true of an empty array.
func (a ArrayOf[K, E, V, R]) ContainedBy(vs ...E) Predicate { return withArray(a.box, "<@", vs) }

// ContainedByExpr renders "x <@ y".
func (a ArrayOf[K, E, V, R]) ContainedByExpr(y ArrayExpr[E]) Predicate {
	return operation[Predicate](a.box, "<@", ast.Of(y))
}

// Overlaps renders "x && $1", where $1 is one array: whether any of the values is among the elements. Overlaps() is false.
func (a ArrayOf[K, E, V, R]) Overlaps(vs ...E) Predicate { return withArray(a.box, "&&", vs) }

// OverlapsExpr renders "x && y".
func (a ArrayOf[K, E, V, R]) OverlapsExpr(y ArrayExpr[E]) Predicate {
	return operation[Predicate](a.box, "&&", ast.Of(y))
}

// Concat renders "x || $1", where $1 is one array: x with further elements. Unlike a text's it is $1 where x is NULL.
func (a ArrayOf[K, E, V, R]) Concat(vs ...E) ArrayOf[K, E, V, R] {
	return operated[ArrayOf[K, E, V, R]]("||", sqlw.PrecOther, a.Node(), listed(vs))
}

// ConcatExpr renders "x || y". It is NULL where both are NULL.
func (a ArrayOf[K, E, V, R]) ConcatExpr(y ArrayExpr[E]) ArrayOf[K, E, V, *V] {
	return operation[ArrayOf[K, E, V, *V]](a.box, "||", ast.Of(y))
}

// withArray is an operator between an array and values, which are copied.
func withArray[E any](x *ast.Box, op string, vs []E) Predicate {
	return operated[Predicate](op, sqlw.PrecOther, nodeOf(x), listed(vs))
}

// listed returns values as an array of their own; none is the empty array, not NULL.
func listed[E any](vs []E) []E { return append(make([]E, 0, len(vs)), vs...) }

// operation is an operator that binds as most do.
func operation[K Kind[K]](x *ast.Box, op string, y ast.Node) K {
	return boxed[K](ast.Boxed(ast.Binary{Op: op, Bind: sqlw.PrecOther, L: nodeOf(x), R: y}))
}
