package query

import (
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
)

// several begins a SELECT list of n things; of one, it is the selection that is zero.
func several(n int) (s selection) {
	if n > 1 {
		s.slots = make([]run.Slot, 0, n)
	}
	return s
}

// add puts an item into the SELECT list.
func add[R any](s *selection, item expr.Item[R]) {
	if ast.IsNil(item) {
		s.fail(ast.ErrNil)
		return
	}
	slot := item.CupelSlot()
	if cap(s.slots) == 0 {
		s.entity = slot.Entity // its type is the rows'
	} else {
		s.slots = append(s.slots, run.Slot{Entity: slot.Entity, Type: reflect.TypeFor[R]()})
	}
	if slot.Entity == nil {
		if s.items == nil {
			s.items = make([]ast.Node, 0, max(1, cap(s.slots)))
		}
		s.items = append(s.items, slot.Value)
		return
	}
	s.addColumns(slot.Entity.CupelTable())
}

// addColumns puts a table's columns into the SELECT list.
func (s *selection) addColumns(t *ast.Table) {
	if items := t.Items(); s.items == nil && items != nil {
		s.items = slices.Clip(items)
		return
	}
	for _, c := range t.Columns {
		if !c.Deferred {
			s.items = append(s.items, c)
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
