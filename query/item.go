package query

import (
	"reflect"
	"sync"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/stmt"
)

// output is what becomes of a statement's rows.
type output struct {
	entity  expr.Entity // the row, where it is an entity
	shape   *ast.Shape  // of a row with several places
	named   *rowNames   // its places are found by the names of the columns; nil: they are not
	options run.Options
	loads   []ast.Load // relationships that are loaded with them
}

// listed returns the SELECT list that an item stands for, with what becomes of its rows.
func listed[R any](item expr.Item[R]) (list stmt.List, out output, err error) {
	if ast.IsNil(item) {
		return list, out, ast.ErrNil
	}
	switch slot := item.CupelSlot(); {
	case slot.Shape != nil:
		list.Items, list.Shape, out.shape = slot.Shape.Items, slot.Shape, slot.Shape
	case slot.Entity != nil:
		list.Whole, out.entity = slot.Entity.CupelTable(), slot.Entity
		list.Items = list.Whole.Items()
	default:
		list.Items, list.Shape = []ast.Node{slot.Value}, valueShape(reflect.TypeFor[R]())
	}
	return list, out, nil
}

// valueShapes are the shapes of rows of one value, by its type.
var valueShapes sync.Map

func valueShape(t reflect.Type) *ast.Shape {
	known, ok := valueShapes.Load(t)
	if !ok {
		known, _ = valueShapes.LoadOrStore(t, &ast.Shape{Slots: []ast.Slot{{Type: t}}})
	}
	shape, _ := known.(*ast.Shape)
	return shape
}

// slots returns the places of a row of type t.
func (o *output) slots(t reflect.Type) []run.Slot {
	if o.shape != nil {
		return o.shape.Slots
	}
	return []run.Slot{{Entity: o.entity, Type: t}}
}

// tableOf returns the table behind an entity, nil when there is none.
func tableOf(t expr.Entity) *ast.Table {
	if ast.IsNil(t) {
		return nil
	}
	return t.CupelTable()
}
