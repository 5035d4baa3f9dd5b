package session

import (
	"bytes"
	"cmp"
	"math"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
)

// matches tells whether an object meets all conditions.
func (ev *evaluator) matches(where []ast.Node, obj mem.Ptr) bool {
	for _, n := range where {
		if t := ev.truth(n, obj); t == nil || !*t {
			return false
		}
	}
	return true
}

func is(b bool) *bool { return &b }

// truth evaluates a condition; nil is NULL.
func (ev *evaluator) truth(n ast.Node, obj mem.Ptr) *bool {
	switch x := n.(type) {
	case *ast.Bool:
		return is(x.Value)
	case *ast.Not:
		return not(ev.truth(x.X, obj))
	case *ast.Logic:
		return ev.logic(x, obj)
	case *ast.Is:
		return is(ev.is(x, obj) != x.Not)
	case *ast.Binary:
		return compare(x.Op, ev.value(x.L, obj), ev.value(x.R, obj))
	case *ast.Between:
		v := ev.value(x.X, obj)
		in := and(compare(">=", v, ev.value(x.Lo, obj)), compare("<=", v, ev.value(x.Hi, obj)))
		return notIf(x.Not, in)
	case *ast.In:
		return notIf(x.Not, ev.in(x, obj))
	}
	if b, ok := ev.value(n, obj).(bool); ok {
		return &b
	}
	return nil
}

func not(t *bool) *bool {
	if t == nil {
		return nil
	}
	return is(!*t)
}

func notIf(negate bool, t *bool) *bool {
	if negate {
		return not(t)
	}
	return t
}

func and(a, b *bool) *bool {
	switch {
	case a != nil && !*a, b != nil && !*b:
		return is(false)
	case a == nil || b == nil:
		return nil
	}
	return is(true)
}

// logic evaluates AND and OR: a NULL leaves the answer open unless another operand decides it.
func (ev *evaluator) logic(x *ast.Logic, obj mem.Ptr) *bool {
	open := false
	for _, n := range x.Items {
		t := ev.truth(n, obj)
		switch {
		case t == nil:
			open = true
		case *t == x.Or:
			return t
		}
	}
	if open {
		return nil
	}
	return is(!x.Or)
}

func (ev *evaluator) is(x *ast.Is, obj mem.Ptr) bool {
	if x.What == "NULL" {
		if ev.checkValue(x.X) == nil {
			return ev.value(x.X, obj) == nil
		}
		return ev.truth(x.X, obj) == nil
	}
	t := ev.truth(x.X, obj)
	switch x.What {
	case "TRUE":
		return t != nil && *t
	case "FALSE":
		return t != nil && !*t
	}
	return t == nil
}

// in evaluates membership: NULL when x is, or when it is not found and a NULL is among the values.
func (ev *evaluator) in(x *ast.In, obj mem.Ptr) *bool {
	var values []any
	for _, n := range x.List {
		values = append(values, ev.value(n, obj))
	}
	if l, ok := x.Array.(*ast.Literal); ok {
		rv := reflect.ValueOf(l.Value)
		for i := range rv.Len() {
			values = append(values, plain(rv.Index(i).Interface()))
		}
	}
	if len(values) == 0 {
		return is(false)
	}
	v, open := ev.value(x.X, obj), false
	for _, w := range values {
		switch t := compare("=", v, w); {
		case t == nil:
			open = true
		case *t:
			return t
		}
	}
	if open {
		return nil
	}
	return is(false)
}

// value evaluates an operand.
func (ev *evaluator) value(n ast.Node, obj mem.Ptr) any {
	switch x := n.(type) {
	case *ast.Column:
		return plain(ev.m.Field(x).Value(obj))
	case *ast.Literal:
		return plain(x.Value)
	}
	return nil
}

// plain gives a value as one of the few types that compare knows.
func plain(v any) any {
	switch x := v.(type) {
	case nil, bool, string, int64, float64, []byte, [16]byte:
		return x
	case time.Time:
		return x.Truncate(time.Microsecond) // as PostgreSQL stores it
	}
	rv := reflect.ValueOf(v)
	switch {
	case rv.Kind() == reflect.Pointer:
		if rv.IsNil() {
			return nil
		}
		return plain(rv.Elem().Interface())
	case rv.CanInt():
		return rv.Int()
	case rv.CanUint():
		return float64(rv.Uint())
	case rv.CanFloat():
		return rv.Float()
	case rv.Kind() == reflect.String:
		return rv.String()
	case rv.Kind() == reflect.Bool:
		return rv.Bool()
	}
	return v
}

// compare evaluates a comparison of two values; nil is NULL.
func compare(op string, l, r any) *bool {
	switch {
	case op == "IS DISTINCT FROM" || op == "IS NOT DISTINCT FROM":
		same := l == nil && r == nil || l != nil && r != nil && order(l, r) == 0
		return is(same == (op == "IS NOT DISTINCT FROM"))
	case l == nil || r == nil:
		return nil
	}
	c := order(l, r)
	switch op {
	case "=":
		return is(c == 0)
	case "<>":
		return is(c != 0)
	case "<":
		return is(c < 0)
	case "<=":
		return is(c <= 0)
	case ">":
		return is(c > 0)
	}
	return is(c >= 0)
}

// order compares as PostgreSQL does: NaN equals itself and is greater than all else, FALSE is less than TRUE.
func order(l, r any) int {
	switch a := l.(type) {
	case int64:
		if b, ok := r.(int64); ok {
			return cmp.Compare(a, b)
		}
	case string:
		if b, ok := r.(string); ok {
			return cmp.Compare(a, b)
		}
	case time.Time:
		if b, ok := r.(time.Time); ok {
			return a.Compare(b)
		}
	case bool:
		if b, ok := r.(bool); ok {
			return cmp.Compare(rank(a), rank(b))
		}
	case []byte:
		if b, ok := r.([]byte); ok {
			return bytes.Compare(a, b)
		}
	case [16]byte:
		if b, ok := r.([16]byte); ok {
			return bytes.Compare(a[:], b[:])
		}
	}
	return orderFloats(float(l), float(r))
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

func float(v any) float64 {
	switch x := v.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return math.NaN()
}

func orderFloats(a, b float64) int {
	switch an, bn := math.IsNaN(a), math.IsNaN(b); {
	case an && bn:
		return 0
	case an:
		return 1
	case bn:
		return -1
	}
	return cmp.Compare(a, b)
}
