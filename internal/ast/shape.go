package ast

import "reflect"

// Shape is what a row consists of: the SELECT list, and the places in a Go value that it fills.
type Shape struct {
	Items []Node
	Slots []Slot // in the order of Items
}

// Slot is one place of a row: a value, which takes one item, or an entity, which takes as many as it has columns.
type Slot struct {
	Offset uintptr      // of the place in the row
	Type   reflect.Type // of the place
	Entity Entity       // nil for a value
	Hidden bool         // an entity that is read and has no place in the row
}

// Width returns the number of items that the slot takes.
func (s *Slot) Width() int {
	switch {
	case s.Entity == nil:
		return 1
	case partOf(s.Entity) != nil:
		return len(partOf(s.Entity))
	}
	return len(s.Entity.CupelTable().AppendColumns(nil))
}

// partOf returns the columns of an entity that are read, where those are not all that are not deferred.
func partOf(e Entity) []Node {
	if p, ok := e.(interface{ CupelColumns() []Node }); ok {
		return p.CupelColumns()
	}
	return nil
}

// Entity is a mapped table.
type Entity interface{ CupelTable() *Table }

// NewShape returns an empty shape with room for n values; for few, all of it is one allocation.
func NewShape(n int) *Shape {
	switch {
	case n <= 2:
		s := new(struct {
			Shape
			items [2]Node
			slots [2]Slot
		})
		s.Items, s.Slots = s.items[:0], s.slots[:0]
		return &s.Shape
	case n <= 4:
		s := new(struct {
			Shape
			items [4]Node
			slots [4]Slot
		})
		s.Items, s.Slots = s.items[:0], s.slots[:0]
		return &s.Shape
	}
	return &Shape{make([]Node, 0, n), make([]Slot, 0, n)}
}

// Value adds an expression.
func (s *Shape) Value(offset uintptr, t reflect.Type, n Node) {
	s.Items = append(s.Items, n)
	s.Slots = append(s.Slots, Slot{Offset: offset, Type: t})
}

// Add adds an entity.
func (s *Shape) Add(offset uintptr, t reflect.Type, e Entity) {
	s.addColumns(e)
	s.Slots = append(s.Slots, Slot{Offset: offset, Type: t, Entity: e})
}

// Hide adds an entity that is read and has no place in the row.
func (s *Shape) Hide(e Entity) {
	s.addColumns(e)
	s.Slots = append(s.Slots, Slot{Entity: e, Hidden: true})
}

func (s *Shape) addColumns(e Entity) {
	if p := partOf(e); p != nil {
		s.Items = append(s.Items, p...)
		return
	}
	s.Items = e.CupelTable().AppendColumns(s.Items)
}

// Nest adds all that is in a shape, which is that of the part of the row at offset.
func (s *Shape) Nest(offset uintptr, inner *Shape) {
	s.Items = append(s.Items, inner.Items...)
	for _, slot := range inner.Slots {
		slot.Offset += offset
		s.Slots = append(s.Slots, slot)
	}
}
