package expr

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Numeric is a number of whatever kind: an [IntOf], a [FloatOf] or a [DecimalOf].
type Numeric interface {
	Expression
	isNumber()
}

// Exact is an integer or a decimal, of whatever Go type. PostgreSQL computes with both without loss, so arithmetic of a
// decimal takes either: p.Price.TimesExpr(l.Qty).
type Exact interface {
	Numeric
	isExact()
}

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

// operated is an operator between an expression and a Go value; all that it takes is one allocation.
func operated[K Kind[K], V any](op string, bind sqlw.Prec, l ast.Node, v V) K {
	o := &struct {
		ast.Binary
		arg ast.Argument[V]
		box ast.Box
	}{Binary: ast.Binary{Op: op, Bind: bind, L: l}}
	o.arg.Set(v)
	o.R = &o.arg.Literal
	o.box.Node = &o.Binary
	return boxed[K](&o.box)
}
