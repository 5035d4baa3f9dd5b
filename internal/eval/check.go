package eval

import (
	"fmt"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// Check says what of a condition cannot be evaluated; nil when all of it can.
func (ev *Evaluator) Check(n ast.Node) error {
	switch x := n.(type) {
	case *ast.Logic, *ast.Not, *ast.Bool:
	case *ast.Is:
		if err := ev.checkIs(x); err != nil {
			return err
		}
		if c, ok := x.X.(*ast.Column); ok && x.What == "NULL" {
			return ev.checkLoaded(c)
		}
		return ev.checkEither(x.X)
	case *ast.Binary:
		return ev.checkComparison(x.Op, x.L, x.R)
	case *ast.Between:
		if x.Symmetric {
			return ev.cannot("BETWEEN SYMMETRIC")
		}
		return ev.checkComparison("BETWEEN", x.X, x.Lo, x.Hi)
	case *ast.In:
		return ev.checkIn(x)
	case *ast.Column:
		if x.GoType.Kind() == reflect.Bool {
			return ev.checkValue(x)
		}
		return ev.cannot("column " + x.String() + " as a condition")
	case *ast.Literal:
		return ev.checkValue(x)
	case *ast.Like:
		return ev.cannot(x.Op())
	default:
		return ev.cannot(nodeName(n))
	}
	for c := range ast.Children(n) {
		if err := ev.Check(c); err != nil {
			return err
		}
	}
	return nil
}

func (ev *Evaluator) cannot(what string) error {
	return fmt.Errorf("%w: %s; use SyncFetch or SyncNone", fault.ErrCannotEvaluate, what)
}

func (ev *Evaluator) checkIs(x *ast.Is) error {
	switch x.What {
	case "NULL", "TRUE", "FALSE", "UNKNOWN":
		return nil
	}
	return ev.cannot("IS " + x.What)
}

// checkEither checks an operand that may be a value or a condition.
func (ev *Evaluator) checkEither(n ast.Node) error {
	if ev.checkValue(n) == nil {
		return nil
	}
	return ev.Check(n)
}

func (ev *Evaluator) checkComparison(op string, operands ...ast.Node) error {
	ordered := true
	switch op {
	case "=", "<>", "IS DISTINCT FROM", "IS NOT DISTINCT FROM":
		ordered = false
	case "<", "<=", ">", ">=", "BETWEEN":
	default:
		return ev.cannot("operator " + op)
	}
	if err := ev.checkAlike(operands); err != nil {
		return err
	}
	for _, n := range operands {
		if ordered && ev.isText(n) {
			return ev.cannot("operator " + op + " on text, whose order depends on the database's collation")
		}
	}
	return nil
}

// checkAlike checks operands that are compared with each other. What a day or a wall clock is among points in time depends
// on the server's time zone.
func (ev *Evaluator) checkAlike(operands []ast.Node) error {
	k := untyped
	for _, n := range operands {
		if err := ev.checkValue(n); err != nil {
			return err
		}
		both := kindOfBoth(k, kindOf(n))
		if both == sqltype.Other && (k.Moment() || kindOf(n).Moment()) {
			return ev.cannot("comparison of times of different types")
		}
		k = both
	}
	return nil
}

func (ev *Evaluator) isText(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.Binary:
		return x.Op == "||"
	case *ast.Column:
		return x.GoType.Kind() == reflect.String
	case *ast.Literal:
		return reflect.ValueOf(x.Plain()).Kind() == reflect.String
	}
	return false
}

func (ev *Evaluator) checkIn(x *ast.In) error {
	if x.Query != nil {
		return ev.cannot("IN of a query")
	}
	return ev.checkAlike(append([]ast.Node{x.X}, x.List...))
}

// checkLoaded checks that objects have a column's value.
func (ev *Evaluator) checkLoaded(c *ast.Column) error {
	switch {
	case c.Table != ev.table:
		return ev.cannot("column " + c.String() + " of another table")
	case c.Deferred:
		return ev.cannot("column " + c.String() + ", which is deferred")
	}
	return nil
}

// checkHeld checks that the Go value of a column is what the database holds.
func (ev *Evaluator) checkHeld(c *ast.Column) error {
	if sqltype.Parse(c.Type).Equality(c.GoType) == sqltype.Wider {
		return ev.cannot("values of type " + c.Type + ", as column " + c.String() + " has")
	}
	return ev.checkType(c.GoType, c.String())
}

// checkValue checks an operand of a comparison: a column of the table, a value, NULL, and what is computed of them.
func (ev *Evaluator) checkValue(n ast.Node) error {
	switch x := n.(type) {
	case *ast.Column:
		if err := ev.checkLoaded(x); err != nil {
			return err
		}
		return ev.checkHeld(x)
	case *ast.Literal:
		v := x.Plain()
		if v == nil {
			return nil
		}
		return ev.checkType(reflect.TypeOf(v), "a "+reflect.TypeOf(v).String())
	case *ast.Keyword:
		if x.Text == "NULL" {
			return nil
		}
	case *ast.Binary:
		return ev.checkOperator(x.Op, x.L, x.R)
	case *ast.Sign:
		if x.Op == "-" {
			return ev.checkOperator("-", x.X)
		}
	}
	return ev.cannot(nodeName(n))
}

// CheckAssignment checks a column's new value, which the column must hold as it is.
func (ev *Evaluator) CheckAssignment(a run.Assignment) error {
	if a.Part != nil {
		return ev.cannot("a part of an array")
	}
	if k, ok := a.Value.(*ast.Keyword); ok && k.Text == "NULL" {
		return nil
	}
	if err := ev.checkHeld(a.Column); err != nil {
		return err
	}
	return ev.checkValue(a.Value)
}

func (ev *Evaluator) checkType(t reflect.Type, what string) error {
	switch t.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64:
		return nil
	}
	if t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 {
		return nil
	}
	switch t {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[[]byte](), reflect.TypeFor[[16]byte]():
		return nil
	}
	return ev.cannot("comparison of " + what)
}

func nodeName(n ast.Node) string {
	switch x := n.(type) {
	case *ast.Call:
		return "function " + x.Name
	case *ast.Binary:
		return "operator " + x.Op
	case *ast.Keyword:
		return x.Text
	case *ast.Raw:
		return "raw SQL"
	case *ast.Case:
		return "CASE"
	case *ast.Cast:
		return "CAST"
	case *ast.Sign:
		return "operator " + x.Op
	}
	return "this expression"
}
