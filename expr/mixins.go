//go:build mixins

package expr

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"

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

// PlusPeriod renders "x + $1::interval": a point in time, of a day too. A month later than the 31st is the last day of the next:
// x.PlusPeriod(expr.Months(1)).
func (m moments[K, M, R]) PlusPeriod(p pgtype.Interval) TimeOf[R] {
	return boxed[TimeOf[R]](moved("+", m.box, literal(p, "interval").Node))
}

// MinusPeriod renders "x - $1::interval".
func (m moments[K, M, R]) MinusPeriod(p pgtype.Interval) TimeOf[R] {
	return boxed[TimeOf[R]](moved("-", m.box, literal(p, "interval").Node))
}

// PlusPeriodExpr renders "x + y". It is NULL where either is NULL.
func (m moments[K, M, R]) PlusPeriodExpr(y Of[pgtype.Interval]) NullTime {
	return boxed[NullTime](moved("+", m.box, ast.Of(y)))
}

// MinusPeriodExpr renders "x - y". It is NULL where either is NULL.
func (m moments[K, M, R]) MinusPeriodExpr(y Of[pgtype.Interval]) NullTime {
	return boxed[NullTime](moved("-", m.box, ast.Of(y)))
}

// lengths has what lengths of time have in common. K is the kind, M the kind of it that may be NULL, V the Go type.
type lengths[K Kind[K], M Kind[M], V, R any] struct{ kinded[K, M, V, R] }

// Plus renders "x + $1".
func (l lengths[K, M, V, R]) Plus(d V) K { return operated[K]("+", sqlw.PrecAdd, l.Node(), d) }

// Minus renders "x - $1".
func (l lengths[K, M, V, R]) Minus(d V) K { return operated[K]("-", sqlw.PrecAdd, l.Node(), d) }

// Times renders "x * $1".
func (l lengths[K, M, V, R]) Times(f float64) K { return operated[K]("*", sqlw.PrecMul, l.Node(), f) }

// Over renders "x / $1". By zero is an error of the server.
func (l lengths[K, M, V, R]) Over(f float64) K { return operated[K]("/", sqlw.PrecMul, l.Node(), f) }

// PlusExpr renders "x + y". It is NULL where either is NULL.
func (l lengths[K, M, V, R]) PlusExpr(y Of[V]) M { return l.expr("+", sqlw.PrecAdd, y) }

// MinusExpr renders "x - y". It is NULL where either is NULL.
func (l lengths[K, M, V, R]) MinusExpr(y Of[V]) M { return l.expr("-", sqlw.PrecAdd, y) }

// TimesExpr renders "x * y", y being a number. It is NULL where either is NULL.
func (l lengths[K, M, V, R]) TimesExpr(y Numeric) M { return l.expr("*", sqlw.PrecMul, y) }

// OverExpr renders "x / y", y being a number. It is NULL where either is NULL.
func (l lengths[K, M, V, R]) OverExpr(y Numeric) M { return l.expr("/", sqlw.PrecMul, y) }

// Neg renders "-x".
func (l lengths[K, M, V, R]) Neg() K { return boxed[K](ast.Boxed(ast.Sign{Op: "-", X: l.Node()})) }

func (l lengths[K, M, V, R]) expr(op string, bind sqlw.Prec, y Expression) M {
	return boxed[M](ast.Boxed(ast.Binary{Op: op, Bind: bind, L: l.Node(), R: ast.Of(y)}))
}

func (l lengths[K, M, V, R]) sum(b *ast.Box) M     { return boxed[M](b) }
func (l lengths[K, M, V, R]) average(b *ast.Box) M { return boxed[M](b) }

// spans has what ranges and multiranges have in common. K is the kind, M the kind of it that may be NULL, E the Go type of
// what lies in a range, V that of a range.
type spans[K Kind[K], M Kind[M], E, V, R any] struct{ kinded[K, M, V, R] }

func (spans[K, M, E, V, R]) span(E) {}

// Has renders "x @> $1::bigint", with the type of the ends: whether a value lies in it.
func (s spans[K, M, E, V, R]) Has(v E) Predicate {
	var k K
	return operation[Predicate](s.box, "@>", literal(v, endType(s.Node(), k.kind())).Node)
}

// HasExpr renders "x @> y", y being of the type of the ends.
func (s spans[K, M, E, V, R]) HasExpr(y Of[E]) Predicate {
	return operation[Predicate](s.box, "@>", ast.Of(y))
}

// Contains renders "x @> $1": whether a range of the same type lies in it. The empty range lies in every one.
func (s spans[K, M, E, V, R]) Contains(v V) Predicate { return spanTest(s.box, "@>", v) }

// ContainsExpr renders "x @> y", y being a range or a multirange.
func (s spans[K, M, E, V, R]) ContainsExpr(y RangeExpr[E]) Predicate {
	return operation[Predicate](s.box, "@>", ast.Of(y))
}

// ContainedBy renders "x <@ $1": whether it lies in another.
func (s spans[K, M, E, V, R]) ContainedBy(v V) Predicate { return spanTest(s.box, "<@", v) }

// ContainedByExpr renders "x <@ y".
func (s spans[K, M, E, V, R]) ContainedByExpr(y RangeExpr[E]) Predicate {
	return operation[Predicate](s.box, "<@", ast.Of(y))
}

// Overlaps renders "x && $1": whether anything lies in both.
func (s spans[K, M, E, V, R]) Overlaps(v V) Predicate { return spanTest(s.box, "&&", v) }

// OverlapsExpr renders "x && y".
func (s spans[K, M, E, V, R]) OverlapsExpr(y RangeExpr[E]) Predicate {
	return operation[Predicate](s.box, "&&", ast.Of(y))
}

// Before renders "x << $1": whether it ends before another begins.
func (s spans[K, M, E, V, R]) Before(v V) Predicate { return spanTest(s.box, "<<", v) }

// BeforeExpr renders "x << y".
func (s spans[K, M, E, V, R]) BeforeExpr(y RangeExpr[E]) Predicate {
	return operation[Predicate](s.box, "<<", ast.Of(y))
}

// After renders "x >> $1": whether it begins after another ends.
func (s spans[K, M, E, V, R]) After(v V) Predicate { return spanTest(s.box, ">>", v) }

// AfterExpr renders "x >> y".
func (s spans[K, M, E, V, R]) AfterExpr(y RangeExpr[E]) Predicate {
	return operation[Predicate](s.box, ">>", ast.Of(y))
}

// Adjacent renders "x -|- $1": whether one begins where the other ends, with nothing between them and nothing in both.
func (s spans[K, M, E, V, R]) Adjacent(v V) Predicate { return spanTest(s.box, "-|-", v) }

// AdjacentExpr renders "x -|- y".
func (s spans[K, M, E, V, R]) AdjacentExpr(y RangeExpr[E]) Predicate {
	return operation[Predicate](s.box, "-|-", ast.Of(y))
}

// Union renders "x + $1": what lies in either. Of two ranges with something between them it is an error of the server; of
// multiranges it is not.
func (s spans[K, M, E, V, R]) Union(v V) K { return operated[K]("+", sqlw.PrecAdd, s.Node(), v) }

// UnionExpr renders "x + y". It is NULL where either is NULL.
func (s spans[K, M, E, V, R]) UnionExpr(y Of[V]) M {
	return spanWith[M](s.box, "+", sqlw.PrecAdd, ast.Of(y))
}

// Intersect renders "x * $1": what lies in both, the empty range where nothing does.
func (s spans[K, M, E, V, R]) Intersect(v V) K { return operated[K]("*", sqlw.PrecMul, s.Node(), v) }

// IntersectExpr renders "x * y". It is NULL where either is NULL.
func (s spans[K, M, E, V, R]) IntersectExpr(y Of[V]) M {
	return spanWith[M](s.box, "*", sqlw.PrecMul, ast.Of(y))
}

// Minus renders "x - $1": what lies in x and not in the other. Where a range would fall into two it is an error of the server;
// a multirange does not.
func (s spans[K, M, E, V, R]) Minus(v V) K { return operated[K]("-", sqlw.PrecAdd, s.Node(), v) }

// MinusExpr renders "x - y". It is NULL where either is NULL.
func (s spans[K, M, E, V, R]) MinusExpr(y Of[V]) M {
	return spanWith[M](s.box, "-", sqlw.PrecAdd, ast.Of(y))
}
