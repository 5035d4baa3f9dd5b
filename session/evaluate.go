package session

import (
	"fmt"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// evaluator evaluates conditions on objects in memory, with SQL's three truth values: nil stands for NULL.
type evaluator struct {
	table *ast.Table
	m     *meta.Mapping
}

// check says what of a condition cannot be evaluated; nil when all of it can.
func (ev *evaluator) check(n ast.Node) error {
	switch x := n.(type) {
	case *ast.Logic, *ast.Not, *ast.Bool:
	case *ast.Is:
		if err := ev.checkIs(x); err != nil {
			return err
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
	var err error
	n.EachChild(func(c ast.Node) {
		if err == nil {
			err = ev.check(c)
		}
	})
	return err
}

func (ev *evaluator) cannot(what string) error {
	return fmt.Errorf("%w: %s; use SyncFetch or SyncNone", ErrCannotEvaluate, what)
}

func (ev *evaluator) checkIs(x *ast.Is) error {
	switch x.What {
	case "NULL", "TRUE", "FALSE", "UNKNOWN":
		return nil
	}
	return ev.cannot("IS " + x.What)
}

// checkEither checks an operand that may be a value or a condition.
func (ev *evaluator) checkEither(n ast.Node) error {
	if ev.checkValue(n) == nil {
		return nil
	}
	return ev.check(n)
}

func (ev *evaluator) checkComparison(op string, operands ...ast.Node) error {
	ordered := true
	switch op {
	case "=", "<>", "IS DISTINCT FROM", "IS NOT DISTINCT FROM":
		ordered = false
	case "<", "<=", ">", ">=", "BETWEEN":
	default:
		return ev.cannot("operator " + op)
	}
	for _, n := range operands {
		if err := ev.checkValue(n); err != nil {
			return err
		}
		if ordered && ev.isText(n) {
			return ev.cannot("operator " + op + " on text, whose order depends on the database's collation")
		}
	}
	return nil
}

func (ev *evaluator) isText(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.Column:
		return x.GoType.Kind() == reflect.String
	case *ast.Literal:
		return reflect.ValueOf(x.Value).Kind() == reflect.String
	}
	return false
}

func (ev *evaluator) checkIn(x *ast.In) error {
	if x.Query != nil {
		return ev.cannot("IN of a query")
	}
	if err := ev.checkValue(x.X); err != nil {
		return err
	}
	for _, n := range x.List {
		if err := ev.checkValue(n); err != nil {
			return err
		}
	}
	return nil
}

// checkValue checks an operand of a comparison: a column of the table, a value, NULL.
func (ev *evaluator) checkValue(n ast.Node) error {
	switch x := n.(type) {
	case *ast.Column:
		if x.Table != ev.table {
			return ev.cannot("column " + x.String() + " of another table")
		}
		return ev.checkType(x.GoType, x.String())
	case *ast.Literal:
		if x.Value == nil {
			return nil
		}
		return ev.checkType(reflect.TypeOf(x.Value), "a "+reflect.TypeOf(x.Value).String())
	case *ast.Keyword:
		if x.Text == "NULL" {
			return nil
		}
	}
	return ev.cannot(nodeName(n))
}

func (ev *evaluator) checkType(t reflect.Type, what string) error {
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
