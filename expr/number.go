package expr

import "github.com/cupel-go/cupel/internal/ast"

// Integer is the Go types of integer columns.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32
}

// IntOf is an integer: bigint, integer or smallint by V. In its methods K is IntOf[V, R] itself, M is IntOf[V, *V], which may
// be NULL, and E is Of[V].
type IntOf[V Integer, R any] struct {
	exact[IntOf[V, R], IntOf[V, *V], Of[V], V, R]
}

func (IntOf[V, R]) with(b *ast.Box) (k IntOf[V, R])       { k.box = b; return k }
func (IntOf[V, R]) notNull(b *ast.Box) (k IntOf[V, V])    { k.box = b; return k }
func (IntOf[V, R]) maybeNull(b *ast.Box) (k IntOf[V, *V]) { k.box = b; return k }

func (IntOf[V, R]) sum(b *ast.Box) NullInt       { return boxed[NullInt](b) }
func (IntOf[V, R]) average(b *ast.Box) NullFloat { return boxed[NullFloat](b) }

// Int returns the same expression with operators that take an int in place of a V: the short way for an int, and for a
// slice of them, beside a column of another integer type. What they return is of this kind again.
//
//	c.ID.Int().Eq(n)          // customer.id = $1
//	c.ID.Int().In(ns...)      // customer.id IN ($1, $2)
//	l.Qty.Int().Plus(n)       // line.qty + $1
//
// An int that does not fit the column is compared as a bigint. For a Go type of the program's own see [As]:
// As[expr.IntOf[UserID, UserID]](c.ID).
func (i IntOf[V, R]) Int() IntBy[int, V, R] { return takeInt[int](i) }

// IntBy is an integer whose operators take the Go type W; see [IntOf.Int]. In its methods K is IntOf[V, R].
type IntBy[W any, V Integer, R any] struct {
	exact[IntOf[V, R], IntOf[V, *V], Of[V], W, R]
}

func takeInt[W any, V Integer, R any](i IntOf[V, R]) (by IntBy[W, V, R]) { by.box = i.box; return by }

func (IntBy[W, V, R]) notNull(b *ast.Box) IntOf[V, V]    { return boxed[IntOf[V, V]](b) }
func (IntBy[W, V, R]) maybeNull(b *ast.Box) IntOf[V, *V] { return boxed[IntOf[V, *V]](b) }

// FloatOf is a floating-point number: double precision or real by V. In its methods K is FloatOf[V, R] itself, M is
// FloatOf[V, *V], which may be NULL, and E is Of[V].
type FloatOf[V ~float32 | ~float64, R any] struct {
	arith[FloatOf[V, R], FloatOf[V, *V], Of[V], V, R]
}

func (FloatOf[V, R]) with(b *ast.Box) (k FloatOf[V, R])       { k.box = b; return k }
func (FloatOf[V, R]) notNull(b *ast.Box) (k FloatOf[V, V])    { k.box = b; return k }
func (FloatOf[V, R]) maybeNull(b *ast.Box) (k FloatOf[V, *V]) { k.box = b; return k }

func (FloatOf[V, R]) sum(b *ast.Box) FloatOf[V, *V] { return boxed[FloatOf[V, *V]](b) }
func (FloatOf[V, R]) average(b *ast.Box) NullFloat  { return boxed[NullFloat](b) }
func (FloatOf[V, R]) isFractional()                 {}

// DecimalOf is an exact decimal, SQL's numeric, in a Go type V that pgx can carry without loss, such as pgtype.Numeric, or a
// string. In its methods K is DecimalOf[V, R] itself, M is DecimalOf[V, *V], which may be NULL, and E is [Exact].
type DecimalOf[V, R any] struct {
	exact[DecimalOf[V, R], DecimalOf[V, *V], Exact, V, R]
}

func (DecimalOf[V, R]) with(b *ast.Box) (k DecimalOf[V, R])       { k.box = b; return k }
func (DecimalOf[V, R]) notNull(b *ast.Box) (k DecimalOf[V, V])    { k.box = b; return k }
func (DecimalOf[V, R]) maybeNull(b *ast.Box) (k DecimalOf[V, *V]) { k.box = b; return k }

func (d DecimalOf[V, R]) kind() ColumnKind                  { return d.Value.kind().as("numeric") }
func (DecimalOf[V, R]) sum(b *ast.Box) DecimalOf[V, *V]     { return boxed[DecimalOf[V, *V]](b) }
func (DecimalOf[V, R]) average(b *ast.Box) DecimalOf[V, *V] { return boxed[DecimalOf[V, *V]](b) }
func (DecimalOf[V, R]) isFractional()                       {}

// Text returns the same expression with operators that take a text in place of a V: the short way for a constant, whatever
// the column's Go type is. What they return is of this kind again.
//
//	p.Price.Text().Gt("9.99")        // product.price > $1
//	p.Price.Text().Times("1.19")     // product.price * $1
//
// A text that is no number is an error of the server.
func (d DecimalOf[V, R]) Text() DecimalBy[string, V, R] { return takeDecimal[string](d) }

// Int is Text for an int: p.Price.Int().Ge(10) renders "product.price >= $1".
func (d DecimalOf[V, R]) Int() DecimalBy[int, V, R] { return takeDecimal[int](d) }

// DecimalBy is a decimal whose operators take the Go type W; see [DecimalOf.Text]. In its methods K is DecimalOf[V, R].
type DecimalBy[W, V, R any] struct {
	exact[DecimalOf[V, R], DecimalOf[V, *V], Exact, W, R]
}

func takeDecimal[W, V, R any](d DecimalOf[V, R]) (by DecimalBy[W, V, R]) { by.box = d.box; return by }

func (DecimalBy[W, V, R]) notNull(b *ast.Box) DecimalOf[V, V]    { return boxed[DecimalOf[V, V]](b) }
func (DecimalBy[W, V, R]) maybeNull(b *ast.Box) DecimalOf[V, *V] { return boxed[DecimalOf[V, *V]](b) }
