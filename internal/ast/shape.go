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
	if p, ok := e.(interface{ CupelColumns() []Node }); ok && p.CupelColumns() != nil {
		s.Items = append(s.Items, p.CupelColumns()...)
	} else {
		s.Items = e.CupelTable().AppendColumns(s.Items)
	}
	s.Slots = append(s.Slots, Slot{Offset: offset, Type: t, Entity: e})
}

// Nest adds all that is in a shape, which is that of the part of the row at offset.
func (s *Shape) Nest(offset uintptr, inner *Shape) {
	s.Items = append(s.Items, inner.Items...)
	for _, slot := range inner.Slots {
		slot.Offset += offset
		s.Slots = append(s.Slots, slot)
	}
}
