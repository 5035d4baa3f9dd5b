package model

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
)

// ListChange is what was done to a list since the last flush.
type ListChange[T any] struct {
	Added, Removed []*T
	Unchanged      []*T // what is loaded and was there before; none where the list is not loaded
}

// Changes returns what was added to the list and removed from it and is not flushed: by Add and Remove, and by the references of the
// other side. Of an object that was in no session yet, all is added. It never goes to the database.
func (m *Many[T]) Changes() ListChange[T] {
	var unchanged []mem.Ptr
	if m.list.Loaded {
		unchanged = slices.DeleteFunc(slices.Clone(m.list.Items), func(p mem.Ptr) bool { return slices.Contains(m.list.Added, p) })
	}
	return ListChange[T]{
		Added:     mem.Pointers[T](slices.Clone(m.list.Added)),
		Removed:   mem.Pointers[T](slices.Clone(m.list.Removed)),
		Unchanged: mem.Pointers[T](unchanged),
	}
}

// Changed reports whether the reference was set and that is not flushed, if only to what it was: by Set, or by a list of the other
// side. For what it was see session.Session.Changes, which has the foreign key.
func (o *One[T]) Changed() bool { return o.ref.Dirty }
