package expr

import "github.com/cupel-go/cupel/internal/ast"

// NumberOf is a numeric expression.
type NumberOf[V, R any] struct{ Value[V, R] }

func number[V, R any](n ast.Node) NumberOf[V, R] { return NumberOf[V, R]{wrap[V, R](n)} }

// Plus renders "x + $1".
func (n NumberOf[V, R]) Plus(y V) NumberOf[V, R] { return n.arith("+", y) }

// Minus renders "x - $1".
func (n NumberOf[V, R]) Minus(y V) NumberOf[V, R] { return n.arith("-", y) }

// Times renders "x * $1".
func (n NumberOf[V, R]) Times(y V) NumberOf[V, R] { return n.arith("*", y) }

// Over renders "x / $1": between integers, PostgreSQL cuts the fraction off. By zero is an error of the server.
func (n NumberOf[V, R]) Over(y V) NumberOf[V, R] { return n.arith("/", y) }

// Mod renders "x % $1"; the sign is x's.
func (n NumberOf[V, R]) Mod(y V) NumberOf[V, R] { return n.arith("%", y) }

func (n NumberOf[V, R]) arith(op string, y V) NumberOf[V, R] {
	return number[V, R](ast.Arith(op, n.Node(), lit(y)))
}

// PlusExpr renders "x + y". It is NULL where either is NULL, hence the pointer in its result.
func (n NumberOf[V, R]) PlusExpr(y Of[V]) NumberOf[V, *V] { return n.arithExpr("+", y) }

// MinusExpr renders "x - y".
func (n NumberOf[V, R]) MinusExpr(y Of[V]) NumberOf[V, *V] { return n.arithExpr("-", y) }

// TimesExpr renders "x * y".
func (n NumberOf[V, R]) TimesExpr(y Of[V]) NumberOf[V, *V] { return n.arithExpr("*", y) }

// OverExpr renders "x / y".
func (n NumberOf[V, R]) OverExpr(y Of[V]) NumberOf[V, *V] { return n.arithExpr("/", y) }

// ModExpr renders "x % y".
func (n NumberOf[V, R]) ModExpr(y Of[V]) NumberOf[V, *V] { return n.arithExpr("%", y) }

func (n NumberOf[V, R]) arithExpr(op string, y Of[V]) NumberOf[V, *V] {
	return number[V, *V](ast.Arith(op, n.Node(), ast.Of(y)))
}

// Neg renders "-x".
func (n NumberOf[V, R]) Neg() NumberOf[V, R] {
	return number[V, R](&ast.Sign{Op: "-", X: n.Node()})
}

func (NumberOf[V, R]) isNumber() {}

// Numeric is a number of whatever kind: a column, an aggregate, a decimal.
type Numeric[V, R any] interface {
	ValueOf[V, R]
	isNumber()
}

// Abs renders "abs(x)".
func Abs[V, R any](x Numeric[V, R]) NumberOf[V, R] { return numberCall(x, "abs") }

// Ceil renders "ceil(x)": the nearest integer that is not less.
func Ceil[V, R any](x Numeric[V, R]) NumberOf[V, R] { return numberCall(x, "ceil") }

// Floor renders "floor(x)": the nearest integer that is not greater.
func Floor[V, R any](x Numeric[V, R]) NumberOf[V, R] { return numberCall(x, "floor") }

// Round renders "round(x)": the nearest integer. Halves go away from zero, of a double precision to the even one.
func Round[V, R any](x Numeric[V, R]) NumberOf[V, R] { return numberCall(x, "round") }

// RoundTo renders "round(x, $1)": n digits after the point. PostgreSQL has it for numeric only.
func RoundTo[V, R any](x Numeric[V, R], n int32) NumberOf[V, R] {
	return numberCall(x, "round", Val(n).Node())
}

func numberCall[V, R any](x Numeric[V, R], name string, more ...ast.Node) NumberOf[V, R] {
	return number[V, R](&ast.Call{Name: name, Args: append([]ast.Node{ast.Of(x)}, more...)})
}
