package expr

import (
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

func (IntervalOf[R]) with(b *ast.Box) (k IntervalOf[R]) { k.box = b; return k }
func (IntervalOf[R]) notNull(b *ast.Box) Interval       { return boxed[Interval](b) }
func (IntervalOf[R]) maybeNull(b *ast.Box) NullInterval { return boxed[NullInterval](b) }
func (IntervalOf[R]) sum(b *ast.Box) NullInterval       { return boxed[NullInterval](b) }
func (IntervalOf[R]) average(b *ast.Box) NullInterval   { return boxed[NullInterval](b) }

// Plus renders "x + $1".
func (i IntervalOf[R]) Plus(d time.Duration) IntervalOf[R] {
	return operated[IntervalOf[R]]("+", sqlw.PrecAdd, i.Node(), d)
}

// Minus renders "x - $1".
func (i IntervalOf[R]) Minus(d time.Duration) IntervalOf[R] {
	return operated[IntervalOf[R]]("-", sqlw.PrecAdd, i.Node(), d)
}

// Times renders "x * $1".
func (i IntervalOf[R]) Times(f float64) IntervalOf[R] {
	return operated[IntervalOf[R]]("*", sqlw.PrecMul, i.Node(), f)
}

// Over renders "x / $1". By zero is an error of the server.
func (i IntervalOf[R]) Over(f float64) IntervalOf[R] {
	return operated[IntervalOf[R]]("/", sqlw.PrecMul, i.Node(), f)
}

// PlusExpr renders "x + y". It is NULL where either is NULL.
func (i IntervalOf[R]) PlusExpr(y Of[time.Duration]) NullInterval {
	return i.expr("+", sqlw.PrecAdd, y)
}

// MinusExpr renders "x - y". It is NULL where either is NULL.
func (i IntervalOf[R]) MinusExpr(y Of[time.Duration]) NullInterval {
	return i.expr("-", sqlw.PrecAdd, y)
}

// TimesExpr renders "x * y", y being a number. It is NULL where either is NULL.
func (i IntervalOf[R]) TimesExpr(y Numeric) NullInterval { return i.expr("*", sqlw.PrecMul, y) }

// OverExpr renders "x / y", y being a number. It is NULL where either is NULL.
func (i IntervalOf[R]) OverExpr(y Numeric) NullInterval { return i.expr("/", sqlw.PrecMul, y) }

// Neg renders "-x".
func (i IntervalOf[R]) Neg() IntervalOf[R] {
	return boxed[IntervalOf[R]](ast.Boxed(ast.Sign{Op: "-", X: i.Node()}))
}

func (i IntervalOf[R]) expr(op string, bind sqlw.Prec, y Expression) NullInterval {
	return boxed[NullInterval](ast.Boxed(ast.Binary{Op: op, Bind: bind, L: i.Node(), R: ast.Of(y)}))
}
