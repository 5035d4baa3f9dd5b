package query

import (
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
)

// add puts a slot into the SELECT list.
func add[R any](s *selection, item expr.Item[R]) {
	if ast.IsNil(item) {
		s.fail(ast.ErrNil)
		return
	}
	slot := item.CupelSlot()
	place := run.Slot{Entity: slot.Entity, Type: reflect.TypeFor[R]()}
	if slot.Entity == nil {
		s.items = append(s.items, slot.Value)
		s.slots = append(s.slots, place)
		return
	}
	table := slot.Entity.CupelTable()
	switch items := table.Items(); {
	case s.items == nil && items != nil:
		s.items = slices.Clip(items)
	default:
		for _, c := range table.Columns {
			s.items = append(s.items, c)
		}
	}
	s.slots = append(s.slots, place)
}

// tableOf gives the table behind an entity, nil when there is none.
func tableOf(t expr.Entity) *ast.Table {
	if ast.IsNil(t) {
		return nil
	}
	return t.CupelTable()
}
