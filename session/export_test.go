package session

import (
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/meta"
)

// Evaluate gives the answer of the evaluator for one object: nil is NULL; known is false where an operator fails. The error
// says what it cannot evaluate.
func Evaluate[T any](table expr.Item[*T], p expr.Condition, obj *T) (truth *bool, known bool, err error) {
	src, _ := table.CupelSlot().Entity.(*meta.Source)
	ev := evaluator{table: src.Table, m: src.Mapping}
	if err := ev.check(p.Node()); err != nil {
		return nil, false, err
	}
	t := ev.truth(p.Node(), reflect.ValueOf(obj).UnsafePointer())
	return t, !ev.failed, nil
}

// EvaluateValue is Evaluate for a value.
func EvaluateValue[T any](table expr.Item[*T], x expr.Expression, obj *T) (v any, known bool, err error) {
	src, _ := table.CupelSlot().Entity.(*meta.Source)
	ev := evaluator{table: src.Table, m: src.Mapping}
	if err := ev.checkValue(x.Node()); err != nil {
		return nil, false, err
	}
	v = ev.value(x.Node(), reflect.ValueOf(obj).UnsafePointer())
	return v, !ev.failed, nil
}
