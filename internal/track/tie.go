package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/relate"
)

// tie is a new object in a list of an object that was in no session.
type tie struct {
	item *Entry
	list *relate.List
}

// CheckTies fails when a new object is in a list whose owner did not come into the session with it, and lacks a foreign key: its row
// would refer to nothing.
func (o *Objects) CheckTies() error {
	o.ties = slices.DeleteFunc(o.ties, func(t tie) bool {
		return t.item.State != Pending || t.item.Loader == nil || !t.list.Holds(t.item.Object)
	})
	for _, t := range o.ties {
		if o.unowned(t.item) {
			return fmt.Errorf("%w: the object that has %s in a list; add that one too, or instead", fault.ErrNotInSession, t.item.Describe())
		}
	}
	return nil
}

// unowned reports whether no relationship of a new object was set in the session, and a foreign key has no value: of those that a
// list may be by, which are those of the references with another side, or all of them where there is no such reference.
func (o *Objects) unowned(e *Entry) bool {
	if slices.ContainsFunc(o.Links, func(l Link) bool { return l.Child == e && l.Parent != nil }) {
		return false
	}
	candidates := false
	for _, r := range e.Mapping.Relations {
		if r.Many || r.Inverse == nil {
			continue
		}
		if candidates = true; unset(e, r.Local) {
			return true
		}
	}
	return !candidates && slices.ContainsFunc(e.Mapping.Table.ForeignKeys, func(fk *ast.ForeignKey) bool { return unset(e, fk.Columns) })
}

// unset reports whether one of the columns has no value.
func unset(e *Entry, columns []*ast.Column) bool {
	return slices.ContainsFunc(columns, func(c *ast.Column) bool { return e.Mapping.Field(c).IsZero(e.Object) })
}
