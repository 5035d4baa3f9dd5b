package eval

import (
	"math"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// checkOperator checks an operator that computes a value: integers and floating-point numbers by themselves, and text.
func (ev *Evaluator) checkOperator(op string, operands ...ast.Node) error {
	for _, n := range operands {
		if err := ev.checkValue(n); err != nil {
			return err
		}
	}
	k := kindOf(operands[0])
	for _, n := range operands[1:] {
		k = kindOfBoth(k, kindOf(n))
	}
	switch op {
	case "+", "-", "*", "/":
		if !k.Integer() && !k.Float() {
			return ev.cannot("operator " + op + " on anything but integers, or floating-point numbers")
		}
	case "%":
		if !k.Integer() {
			return ev.cannot("operator % on anything but integers")
		}
	case "||":
		if k != sqltype.Text {
			return ev.cannot("operator || on anything but text")
		}
	default:
		return ev.cannot("operator " + op)
	}
	return nil
}

// compute evaluates an operator. What would be an error of the server makes the evaluation fail.
func (ev *Evaluator) compute(x *ast.Binary, obj mem.Ptr) any {
	k := kindOf(x)
	l, r := as(k, ev.value(x.L, obj)), as(k, ev.value(x.R, obj))
	if l == nil || r == nil {
		return nil
	}
	var (
		v    any
		fine bool
	)
	switch a := l.(type) {
	case string:
		b, isText := r.(string)
		v, fine = a+b, isText
	case int64:
		if b, isInt := r.(int64); isInt {
			v, fine = integers(k, x.Op, a, b)
		}
	case float64:
		if b, isFloat := r.(float64); isFloat {
			v, fine = floats(k, x.Op, a, b)
		}
	}
	if !fine {
		ev.failed = true
		return nil
	}
	return v
}

// negate evaluates "-x".
func (ev *Evaluator) negate(x *ast.Sign, obj mem.Ptr) any {
	switch v := ev.value(x.X, obj).(type) {
	case int64:
		if n, fine := integers(kindOf(x), "-", 0, v); fine {
			return n
		}
	case float64:
		return -v
	case nil:
		return nil
	}
	ev.failed = true
	return nil
}

// integers computes as PostgreSQL does: division cuts the fraction off, the remainder has the dividend's sign; false for a
// division by zero and for what is out of the kind's range.
func integers(k sqltype.Kind, op string, a, b int64) (n int64, fine bool) {
	switch op {
	case "+":
		n = a + b
		fine = (n > a) == (b > 0)
	case "-":
		n = a - b
		fine = (n < a) == (b > 0)
	case "*":
		n = a * b
		fine = a == 0 || n/a == b && !(a == -1 && b == math.MinInt64)
	default:
		if b == 0 {
			return 0, false
		}
		if op == "%" {
			return a % b, true
		}
		n = a / b
		fine = !(a == math.MinInt64 && b == -1)
	}
	switch k {
	case sqltype.Int2:
		fine = fine && n == int64(int16(n))
	case sqltype.Int4:
		fine = fine && n == int64(int32(n))
	}
	return n, fine
}

// floats computes as PostgreSQL does, in single precision between reals: false for a division by zero, and where finite
// operands give infinity, or others than zero give zero.
func floats(k sqltype.Kind, op string, a, b float64) (float64, bool) {
	var v float64
	switch op {
	case "+":
		v = a + b
	case "-":
		v = a - b
	case "*":
		v = a * b
	case "/":
		if b == 0 && !math.IsNaN(a) {
			return 0, false
		}
		v = a / b
	}
	if k == sqltype.Float4 {
		v = float64(float32(v)) // of two singles, the double rounds to the right single
	}
	inf := math.IsInf(a, 0) || op != "/" && math.IsInf(b, 0)
	switch {
	case math.IsInf(v, 0) && !inf:
		return 0, false
	case v != 0 || op == "+" || op == "-":
		return v, true
	case op == "*":
		return v, a == 0 || b == 0
	}
	return v, a == 0 || math.IsInf(b, 0)
}
