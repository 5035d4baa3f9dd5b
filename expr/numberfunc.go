package expr

import "github.com/cupel-go/cupel/internal/ast"

// Number is a kind of number.
type Number[K any] interface {
	Kind[K]
	isNumber()
}

// Fractional is a kind of number that may have a fraction: a [FloatOf] or a [DecimalOf].
type Fractional[K any] interface {
	Number[K]
	isFractional()
}

// Abs renders "abs(x)".
func Abs[K Number[K]](x K) K { return call1[K]("abs", x) }

// Ceil renders "ceil(x)": the nearest integer that is not less.
func Ceil[K Fractional[K]](x K) K { return call1[K]("ceil", x) }

// Floor renders "floor(x)": the nearest integer that is not greater.
func Floor[K Fractional[K]](x K) K { return call1[K]("floor", x) }

// Round renders "round(x)": the nearest integer. Halves go away from zero, of a double precision to the even one.
func Round[K Fractional[K]](x K) K { return call1[K]("round", x) }

// RoundTo renders "round(x, $1)": n digits after the point. PostgreSQL has it for decimals only.
func RoundTo[V, R any](x DecimalOf[V, R], n int32) DecimalOf[V, R] {
	return call[DecimalOf[V, R]]("round", x.Node(), Val(n).Node())
}

// call1 is the call of a function with one argument; all that it takes is one allocation.
func call1[K Kind[K]](name string, x Expression) K { return boxed[K](ast.CallOf(name, ast.Of(x))) }

// call is the call of a function.
func call[K Kind[K]](name string, args ...ast.Node) K {
	return boxed[K](ast.Boxed(ast.Call{Name: name, Args: args}))
}
