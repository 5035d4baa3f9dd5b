package query

import (
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/run"
)

// add puts a slot into the SELECT list.
func add[R any](s *selection, slot expr.Slot[R]) {
	place := run.Slot{Entity: slot.Entity, Type: reflect.TypeFor[R]()}
	if slot.Entity == nil {
		s.items = append(s.items, slot.Value)
		s.slots = append(s.slots, place)
		return
	}
	table := slot.Entity.CupelTable()
	for _, c := range table.Columns {
		s.items = append(s.items, c)
	}
	s.slots = append(s.slots, place)
}
