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
	switch {
	case s.slot.Type == nil:
		s.slot = place
	case s.slots == nil:
		s.slots = append(make([]run.Slot, 0, 2), s.slot, place)
	default:
		s.slots = append(s.slots, place)
	}
	if slot.Entity == nil {
		s.items = append(s.items, slot.Value)
		return
	}
	table := slot.Entity.CupelTable()
	switch items := table.Items(); {
	case s.items == nil && items != nil:
		s.items = slices.Clip(items)
	default:
		for _, c := range table.Columns {
			if !c.Deferred {
				s.items = append(s.items, c)
			}
		}
	}
}

// tableOf gives the table behind an entity, nil when there is none.
func tableOf(t expr.Entity) *ast.Table {
	if ast.IsNil(t) {
		return nil
	}
	return t.CupelTable()
}
