package eval

import (
	"bytes"
	"cmp"
	"database/sql/driver"
	"math"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// Matches reports whether an object meets all conditions; known is false where that cannot be told, since computing one of
// them would have been an error.
func (ev *Evaluator) Matches(where []ast.Node, obj mem.Ptr) (yes, known bool) {
	ev.failed = false
	for _, n := range where {
		if t := ev.truth(n, obj); t == nil || !*t {
			return false, !ev.failed
		}
	}
	return true, !ev.failed
}

func is(b bool) *bool { return &b }

// truth evaluates a condition; nil is NULL.
func (ev *Evaluator) truth(n ast.Node, obj mem.Ptr) *bool {
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
		l, r := ev.both(x.L, x.R, obj)
		return ev.compare(x.Op, l, r)
	case *ast.Between:
		v, lo := ev.both(x.X, x.Lo, obj)
		w, hi := ev.both(x.X, x.Hi, obj)
		in := and(ev.compare(">=", v, lo), ev.compare("<=", w, hi))
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
func (ev *Evaluator) logic(x *ast.Logic, obj mem.Ptr) *bool {
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

func (ev *Evaluator) is(x *ast.Is, obj mem.Ptr) bool {
	if x.What == "NULL" {
		if _, column := x.X.(*ast.Column); column || ev.checkValue(x.X) == nil {
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
func (ev *Evaluator) in(x *ast.In, obj mem.Ptr) *bool {
	k := kindOf(x.X)
	for _, n := range x.List {
		k = kindOfBoth(k, kindOf(n))
	}
	var values []any
	for _, n := range x.List {
		values = append(values, asLiteral(k, n, ev.value(n, obj)))
	}
	if l, ok := x.Array.(*ast.Literal); ok {
		rv := reflect.ValueOf(l.Plain())
		for i := range rv.Len() {
			values = append(values, as(k, plain(rv.Index(i).Interface())))
		}
	}
	if len(values) == 0 {
		return is(false)
	}
	v, open := asLiteral(k, x.X, ev.value(x.X, obj)), false
	for _, w := range values {
		switch t := ev.compare("=", v, w); {
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

// both evaluates two operands that are compared: a value without a type takes the other's.
func (ev *Evaluator) both(l, r ast.Node, obj mem.Ptr) (lv, rv any) {
	k := kindOfBoth(kindOf(l), kindOf(r))
	return asLiteral(k, l, ev.value(l, obj)), asLiteral(k, r, ev.value(r, obj))
}

// asLiteral returns the value of n as one of kind k where n is a value without a type.
func asLiteral(k sqltype.Kind, n ast.Node, v any) any {
	if kindOf(n) == untyped {
		return as(k, v)
	}
	return v
}

// value evaluates an operand.
func (ev *Evaluator) value(n ast.Node, obj mem.Ptr) any {
	switch x := n.(type) {
	case *ast.Column:
		return as(kindOf(x), plain(ev.m.Field(x).Value(obj)))
	case *ast.Literal:
		return as(kindOf(x), plain(x.Plain()))
	case *ast.Binary:
		return ev.compute(x, obj)
	case *ast.Sign:
		return ev.negate(x, obj)
	}
	return nil
}

// plain returns a value as one of the few types that compare knows.
func plain(v any) any {
	switch x := v.(type) {
	case nil, bool, string, int64, float64, []byte, [16]byte:
		return x
	case time.Time:
		return x.Truncate(time.Microsecond) // as PostgreSQL stores it
	case time.Duration:
		return int64(x.Truncate(time.Microsecond))
	}
	if _, ok := v.(driver.Valuer); ok {
		return plain(meta.Plain(v))
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
	case rv.CanUint() && rv.Uint() <= math.MaxInt64:
		return int64(rv.Uint())
	case rv.CanUint():
		return v // no integer of the server's; a float64 would be equal to its neighbours
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
func (ev *Evaluator) compare(op string, l, r any) *bool {
	distinct := op == "IS DISTINCT FROM"
	if distinct || op == "IS NOT DISTINCT FROM" {
		if l == nil || r == nil {
			return is((l == nil) != (r == nil) == distinct)
		}
	}
	if l == nil || r == nil {
		return nil
	}
	c, fine := order(l, r)
	if !fine {
		ev.failed = true
		return nil
	}
	switch op {
	case "=", "IS NOT DISTINCT FROM":
		return is(c == 0)
	case "<>", "IS DISTINCT FROM":
		return is(c != 0)
	case "<":
		return is(c < 0)
	case "<=":
		return is(c <= 0)
	case ">":
		return is(c > 0)
	case ">=":
		return is(c >= 0)
	}
	ev.failed = true // Check has let an operator pass that is not one of these
	return nil
}

// order compares as PostgreSQL does: NaN equals itself and is greater than all else, FALSE is less than TRUE. fine is false
// for values that are not of one type.
func order(l, r any) (c int, fine bool) {
	switch a := l.(type) {
	case int64:
		if b, ok := r.(int64); ok {
			return cmp.Compare(a, b), true
		}
	case string:
		b, ok := r.(string)
		return cmp.Compare(a, b), ok
	case time.Time:
		b, ok := r.(time.Time)
		return a.Compare(b), ok
	case bool:
		b, ok := r.(bool)
		return cmp.Compare(rank(a), rank(b)), ok
	case []byte:
		b, ok := r.([]byte)
		return bytes.Compare(a, b), ok
	case [16]byte:
		b, ok := r.([16]byte)
		return bytes.Compare(a[:], b[:]), ok
	}
	a, aOK := float(l)
	b, bOK := float(r)
	return orderFloats(a, b), aOK && bOK
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

func float(v any) (float64, bool) {
	switch x := v.(type) {
	case int64:
		return float64(x), true
	case float64:
		return x, true
	}
	return 0, false
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
