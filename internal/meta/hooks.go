package meta

import (
	"context"

	"github.com/cupel-go/cupel/internal/mem"
)

// Hooks are the methods of a mapped struct that are called with what happens to its objects; nil: it has none of them.
type Hooks struct {
	Validate                                 func(obj mem.Ptr) error
	BeforeInsert, BeforeUpdate, BeforeDelete func(ctx context.Context, obj mem.Ptr) error
	AfterInsert, AfterUpdate, AfterDelete    func(ctx context.Context, obj mem.Ptr) error
	Loaded                                   func(obj mem.Ptr)
}

// Soft says how rows of deleted objects are kept.
type Soft struct {
	Column int        // the position of the column that says so
	Value  func() any // what it is set to
}

// Before reports whether something is called before rows are written.
func (h *Hooks) Before() bool {
	return h != nil && (h.BeforeInsert != nil || h.BeforeUpdate != nil || h.BeforeDelete != nil)
}

// After reports whether something is called after rows were written.
func (h *Hooks) After() bool {
	return h != nil && (h.AfterInsert != nil || h.AfterUpdate != nil || h.AfterDelete != nil)
}

// HasRead calls what is called when an object was read.
func (m *Mapping) HasRead(obj mem.Ptr) {
	if m.Hooks != nil && m.Hooks.Loaded != nil {
		m.Hooks.Loaded(obj)
	}
}
