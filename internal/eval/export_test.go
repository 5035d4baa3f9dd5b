package eval

import (
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/meta"
)

// Truth returns the answer of an evaluator for one object: nil is NULL; known is false where an operator fails. The error
// says what it cannot evaluate.
func Truth[T any](table expr.Item[*T], p expr.Condition, obj *T) (truth *bool, known bool, err error) {
	src, _ := table.CupelSlot().Entity.(*meta.Source)
	ev := New(src.Table, src.Mapping)
	if err := ev.Check(p.Node()); err != nil {
		return nil, false, err
	}
	t := ev.truth(p.Node(), reflect.ValueOf(obj).UnsafePointer())
	return t, !ev.failed, nil
}

// Value is Truth for a value.
func Value[T any](table expr.Item[*T], x expr.Expression, obj *T) (v any, known bool, err error) {
	src, _ := table.CupelSlot().Entity.(*meta.Source)
	ev := New(src.Table, src.Mapping)
	if err := ev.checkValue(x.Node()); err != nil {
		return nil, false, err
	}
	v = ev.value(x.Node(), reflect.ValueOf(obj).UnsafePointer())
	return v, !ev.failed, nil
}
