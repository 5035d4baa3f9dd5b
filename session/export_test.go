package session

import (
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/meta"
)

// Evaluate gives the answer of the evaluator for one object: nil is NULL. The error says what it cannot evaluate.
func Evaluate[T any](table expr.Item[*T], p expr.Condition, obj *T) (*bool, error) {
	src, _ := table.CupelSlot().Entity.(*meta.Source)
	ev := evaluator{table: src.Table, m: src.Mapping}
	if err := ev.check(p.Node()); err != nil {
		return nil, err
	}
	return ev.truth(p.Node(), reflect.ValueOf(obj).UnsafePointer()), nil
}
