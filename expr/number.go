package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
)

// Integer is the Go types of integer columns.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32
}

func (IntOf[V, R]) with(b *ast.Box) (k IntOf[V, R])       { k.box = b; return k }
func (IntOf[V, R]) notNull(b *ast.Box) (k IntOf[V, V])    { k.box = b; return k }
func (IntOf[V, R]) maybeNull(b *ast.Box) (k IntOf[V, *V]) { k.box = b; return k }

func (IntOf[V, R]) sum(b *ast.Box) NullInt       { return boxed[NullInt](b) }
func (IntOf[V, R]) average(b *ast.Box) NullFloat { return boxed[NullFloat](b) }

func (FloatOf[V, R]) with(b *ast.Box) (k FloatOf[V, R])       { k.box = b; return k }
func (FloatOf[V, R]) notNull(b *ast.Box) (k FloatOf[V, V])    { k.box = b; return k }
func (FloatOf[V, R]) maybeNull(b *ast.Box) (k FloatOf[V, *V]) { k.box = b; return k }

func (FloatOf[V, R]) sum(b *ast.Box) FloatOf[V, *V] { return boxed[FloatOf[V, *V]](b) }
func (FloatOf[V, R]) average(b *ast.Box) NullFloat  { return boxed[NullFloat](b) }
func (FloatOf[V, R]) isFractional()                 {}

func (DecimalOf[V, R]) with(b *ast.Box) (k DecimalOf[V, R])       { k.box = b; return k }
func (DecimalOf[V, R]) notNull(b *ast.Box) (k DecimalOf[V, V])    { k.box = b; return k }
func (DecimalOf[V, R]) maybeNull(b *ast.Box) (k DecimalOf[V, *V]) { k.box = b; return k }

func (DecimalOf[V, R]) kind() ColumnKind {
	return kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]()).as("numeric")
}
func (DecimalOf[V, R]) sum(b *ast.Box) DecimalOf[V, *V]     { return boxed[DecimalOf[V, *V]](b) }
func (DecimalOf[V, R]) average(b *ast.Box) DecimalOf[V, *V] { return boxed[DecimalOf[V, *V]](b) }
func (DecimalOf[V, R]) isFractional()                       {}

// EqInt renders "x = $1": Eq of an int, whatever the column's Go type is. An int that does not fit the column is compared as a
// bigint, and equals nothing.
func (i IntOf[V, R]) EqInt(n int) Predicate { return compareTo(i.box, "=", n) }

// NeInt renders "x <> $1": Ne of an int.
func (i IntOf[V, R]) NeInt(n int) Predicate { return compareTo(i.box, "<>", n) }

// InInts renders "x IN ($1, $2)": In of a []int, whatever the column's Go type is.
func (i IntOf[V, R]) InInts(ns ...int) Predicate { return in(i.box, false, ns) }

// NotInInts renders "x NOT IN ($1, $2)": NotIn of a []int.
func (i IntOf[V, R]) NotInInts(ns ...int) Predicate { return in(i.box, true, ns) }

// Text returns the same expression with operators that take a text in place of a V: the short way for a constant, whatever
// the column's Go type is. What they return is of this kind again.
//
//	p.Price.Text().Gt("9.99")        // product.price > $1
//	p.Price.Text().Times("1.19")     // product.price * $1
//
// A text that is no number is an error of the server.
func (d DecimalOf[V, R]) Text() DecimalBy[string, V, R] { return takeDecimal[string](d) }

func takeDecimal[W, V, R any](d DecimalOf[V, R]) (by DecimalBy[W, V, R]) { by.box = d.box; return by }

func (DecimalBy[W, V, R]) notNull(b *ast.Box) DecimalOf[V, V] { return boxed[DecimalOf[V, V]](b) }

func (DecimalBy[W, V, R]) maybeNull(b *ast.Box) DecimalOf[V, *V] { return boxed[DecimalOf[V, *V]](b) }
