package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

func (JSONOf[V, R]) with(b *ast.Box) (k JSONOf[V, R])       { k.box = b; return k }
func (JSONOf[V, R]) notNull(b *ast.Box) (k JSONOf[V, V])    { k.box = b; return k }
func (JSONOf[V, R]) maybeNull(b *ast.Box) (k JSONOf[V, *V]) { k.box = b; return k }

func (JSONOf[V, R]) kind() ColumnKind {
	return kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]()).as("jsonb")
}

func (JSONOf[V, R]) document() {}

// JSONExpr is a JSON document of whatever Go type.
type JSONExpr interface {
	Expression
	document()
}

// Get renders "x -> $1::text": what an object has under a key, as JSON; NULL where it has no such key, and where x is no
// object. For a number, a text or a truth value see [JSONAs].
func (j JSONOf[V, R]) Get(key string) NullJSON { return inside[NullJSON](j.box, "->", key) }

// At renders "x -> $1::integer": the element of an array at a position, as JSON. JSON counts from 0, and from the end where i is
// negative. NULL where there is none.
func (j JSONOf[V, R]) At(i int32) NullJSON { return inside[NullJSON](j.box, "->", i) }

// Path renders "x #> $1::text[]": what is at a path of keys, and of positions as text, as JSON; NULL where there is nothing.
func (j JSONOf[V, R]) Path(keys ...string) NullJSON {
	return inside[NullJSON](j.box, "#>", listed(keys))
}

// GetText renders "x ->> $1::text": what an object has under a key, as text; NULL where it has no such key, and where JSON has
// null.
func (j JSONOf[V, R]) GetText(key string) NullText { return inside[NullText](j.box, "->>", key) }

// AtText renders "x ->> $1::integer": the element of an array at a position, from 0 on, as text.
func (j JSONOf[V, R]) AtText(i int32) NullText { return inside[NullText](j.box, "->>", i) }

// PathText renders "x #>> $1::text[]": what is at a path, as text.
func (j JSONOf[V, R]) PathText(keys ...string) NullText {
	return inside[NullText](j.box, "#>>", listed(keys))
}

// GetExpr renders "x -> y": what an object has under a key.
func (j JSONOf[V, R]) GetExpr(key Of[string]) NullJSON {
	return operation[NullJSON](j.box, "->", ast.Of(key))
}

// GetTextExpr renders "x ->> y".
func (j JSONOf[V, R]) GetTextExpr(key Of[string]) NullText {
	return operation[NullText](j.box, "->>", ast.Of(key))
}

// Contains renders "x @> $1" of a jsonb: whether all that a document has is in x, at the same places; of arrays in whatever order.
// For a Go value that is to become JSON see ContainsExpr and [JSONVal].
func (j JSONOf[V, R]) Contains(doc V) Predicate {
	return operated[Predicate]("@>", sqlw.PrecOther, j.Node(), doc)
}

// ContainsExpr renders "x @> y": o.Attrs.ContainsExpr(expr.JSONVal(map[string]any{"size": 3})).
func (j JSONOf[V, R]) ContainsExpr(y JSONExpr) Predicate {
	return operation[Predicate](j.box, "@>", ast.Of(y))
}

// ContainedBy renders "x <@ $1" of a jsonb: whether all that x has is in a document.
func (j JSONOf[V, R]) ContainedBy(doc V) Predicate {
	return operated[Predicate]("<@", sqlw.PrecOther, j.Node(), doc)
}

// ContainedByExpr renders "x <@ y".
func (j JSONOf[V, R]) ContainedByExpr(y JSONExpr) Predicate {
	return operation[Predicate](j.box, "<@", ast.Of(y))
}

// HasKey renders "x ? $1::text" of a jsonb: whether an object has a key, or an array a text among its elements.
func (j JSONOf[V, R]) HasKey(key string) Predicate { return inside[Predicate](j.box, "?", key) }

// HasAnyKey renders "x ?| $1::text[]": whether there is any of the keys. HasAnyKey() is false.
func (j JSONOf[V, R]) HasAnyKey(keys ...string) Predicate {
	return inside[Predicate](j.box, "?|", listed(keys))
}

// HasAllKeys renders "x ?& $1::text[]": whether there are all of the keys. HasAllKeys() is true.
func (j JSONOf[V, R]) HasAllKeys(keys ...string) Predicate {
	return inside[Predicate](j.box, "?&", listed(keys))
}

// Concat renders "x || $1" of a jsonb: the keys of both objects, with the document's values where both have one; the elements
// of both arrays. It is NULL where x is NULL.
func (j JSONOf[V, R]) Concat(doc V) JSONOf[V, R] {
	return operated[JSONOf[V, R]]("||", sqlw.PrecOther, j.Node(), doc)
}

// ConcatExpr renders "x || y". It is NULL where either is NULL.
func (j JSONOf[V, R]) ConcatExpr(y JSONExpr) JSONOf[V, *V] {
	return operation[JSONOf[V, *V]](j.box, "||", ast.Of(y))
}

// Without renders "x - $1::text[]" of a jsonb: an object without these keys, or an array without these texts.
func (j JSONOf[V, R]) Without(keys ...string) JSONOf[V, R] {
	b := ast.Binary{Op: "-", Bind: sqlw.PrecAdd, L: j.Node(), R: Val(listed(keys)).Node()}
	return boxed[JSONOf[V, R]](ast.Boxed(b))
}

// WithoutAt renders "x - $1::integer" of a jsonb: an array without the element at a position, from 0 on, or from the end where
// i is negative.
func (j JSONOf[V, R]) WithoutAt(i int32) JSONOf[V, R] {
	b := ast.Binary{Op: "-", Bind: sqlw.PrecAdd, L: j.Node(), R: Val(i).Node()}
	return boxed[JSONOf[V, R]](ast.Boxed(b))
}

// WithoutPath renders "x #- $1::text[]" of a jsonb: without what is at a path of keys, and of positions as text.
func (j JSONOf[V, R]) WithoutPath(keys ...string) JSONOf[V, R] {
	return inside[JSONOf[V, R]](j.box, "#-", listed(keys))
}

// inside is an operator between a document and a key, a position or a path, whose type is written: the server could not
// tell which of them an argument is.
func inside[K Kind[K], T any](x *ast.Box, op string, at T) K {
	return operation[K](x, op, Val(at).Node())
}
