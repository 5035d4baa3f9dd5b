//go:build mixins

package expr

import (
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// kinded has what the kinds have in common that depends on the kind. K is the kind, M the kind of it that may be NULL, V an
// operand's type, R a result's. A kind is a struct around mixins like this one, one inside the other, so that it remains
// one pointer, which an interface takes without an allocation.
type kinded[K Kind[K], M Kind[M], V, R any] struct{ Value[V, R] }

// As names the expression, and keeps its kind: "count(x) AS count". The SELECT list writes "x AS name", OrderBy of the same
// statement "name"; anywhere else, GroupBy too, it is the expression: there a column of that name would hide the label.
func (v kinded[K, M, V, R]) As(name string) K { return boxed[K](labeled(v.Node(), name)) }

// OrNull returns the same expression as the kind that may be NULL: for the columns of a table that an outer join may not
// find, and of ROLLUP and its kin.
func (v kinded[K, M, V, R]) OrNull() M { return boxed[M](v.box) }

// Const returns a Go value as an expression of this kind, "$1::bigint" of an Int: the value beside this expression where an
// expression is wanted.
//
//	expr.Greatest(l.Qty, l.Qty.Const(3))      // greatest(line.qty, $1::integer)
//	o.ID.InExpr(l.OrderID, o.ID.Const(4))     // orders.id IN (line.order_id, $1::bigint)
func (v kinded[K, M, V, R]) Const(x V) K {
	var k K
	return k.with(literal(x, constType(v.Node(), k.kind())))
}

func (kinded[K, M, V, R]) extreme(b *ast.Box) M { return boxed[M](b) }

// arith has the arithmetic that all numbers have. K is the number's kind, M the kind of it that may be NULL, E what stands
// on the right as an expression, V what stands there as a Go value.
type arith[K Kind[K], M Kind[M], E Expression, V, R any] struct{ kinded[K, M, V, R] }

// Plus renders "x + $1".
func (a arith[K, M, E, V, R]) Plus(y V) K { return operated[K]("+", sqlw.PrecAdd, a.Node(), y) }

// Minus renders "x - $1".
func (a arith[K, M, E, V, R]) Minus(y V) K { return operated[K]("-", sqlw.PrecAdd, a.Node(), y) }

// Times renders "x * $1".
func (a arith[K, M, E, V, R]) Times(y V) K { return operated[K]("*", sqlw.PrecMul, a.Node(), y) }

// Over renders "x / $1": between integers, PostgreSQL cuts the fraction off. By zero is an error of the server.
func (a arith[K, M, E, V, R]) Over(y V) K { return operated[K]("/", sqlw.PrecMul, a.Node(), y) }

// PlusExpr renders "x + y". It is NULL where either is NULL, hence the kind of its result.
func (a arith[K, M, E, V, R]) PlusExpr(y E) M { return a.expr("+", sqlw.PrecAdd, y) }

// MinusExpr renders "x - y".
func (a arith[K, M, E, V, R]) MinusExpr(y E) M { return a.expr("-", sqlw.PrecAdd, y) }

// TimesExpr renders "x * y".
func (a arith[K, M, E, V, R]) TimesExpr(y E) M { return a.expr("*", sqlw.PrecMul, y) }

// OverExpr renders "x / y".
func (a arith[K, M, E, V, R]) OverExpr(y E) M { return a.expr("/", sqlw.PrecMul, y) }

// Neg renders "-x".
func (a arith[K, M, E, V, R]) Neg() K { return boxed[K](ast.Boxed(ast.Sign{Op: "-", X: a.Node()})) }

func (a arith[K, M, E, V, R]) expr(op string, bind sqlw.Prec, y E) M {
	return boxed[M](ast.Boxed(ast.Binary{Op: op, Bind: bind, L: a.Node(), R: ast.Of(y)}))
}

func (arith[K, M, E, V, R]) isNumber() {}

// exact has the arithmetic that integers and decimals have beside that of arith.
type exact[K Kind[K], M Kind[M], E Expression, V, R any] struct{ arith[K, M, E, V, R] }

// Mod renders "x % $1"; the sign is x's.
func (e exact[K, M, E, V, R]) Mod(y V) K { return operated[K]("%", sqlw.PrecMul, e.Node(), y) }

// ModExpr renders "x % y".
func (e exact[K, M, E, V, R]) ModExpr(y E) M { return e.expr("%", sqlw.PrecMul, y) }

func (exact[K, M, E, V, R]) isExact() {}

// moments has what points in time and days have in common. K is the kind, M the kind of it that may be NULL.
type moments[K Kind[K], M Kind[M], R any] struct{ kinded[K, M, time.Time, R] }

// Plus renders "x + $1::interval": a point in time, of a day too.
func (m moments[K, M, R]) Plus(d time.Duration) TimeOf[R] { return m.shift("+", d) }

// Minus renders "x - $1::interval": a point in time, of a day too.
func (m moments[K, M, R]) Minus(d time.Duration) TimeOf[R] { return m.shift("-", d) }

func (m moments[K, M, R]) shift(op string, d time.Duration) TimeOf[R] {
	return boxed[TimeOf[R]](ast.Boxed(ast.Binary{Op: op, Bind: sqlw.PrecAdd, L: m.Node(), R: Val(d).Node()}))
}

// PlusExpr renders "x + y". It is NULL where either is NULL.
func (m moments[K, M, R]) PlusExpr(y Of[time.Duration]) NullTime { return m.shiftExpr("+", y) }

// MinusExpr renders "x - y", y being an interval; for the time between two points in time see SinceExpr. It is NULL where
// either is NULL.
func (m moments[K, M, R]) MinusExpr(y Of[time.Duration]) NullTime { return m.shiftExpr("-", y) }

func (m moments[K, M, R]) shiftExpr(op string, y Of[time.Duration]) NullTime {
	return boxed[NullTime](ast.Boxed(ast.Binary{Op: op, Bind: sqlw.PrecAdd, L: m.Node(), R: ast.Of(y)}))
}

// AtTimeZone renders "x AT TIME ZONE $1": of a timestamptz the wall clock there, of a timestamp the point in time at which a
// clock there shows it.
func (m moments[K, M, R]) AtTimeZone(zone string) TimeOf[R] {
	return boxed[TimeOf[R]](ast.Boxed(ast.Binary{Op: "AT TIME ZONE", Bind: sqlw.PrecAt, L: m.Node(), R: Val(zone).Node()}))
}
