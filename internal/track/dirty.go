package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// Touches reports whether a flush would write to one of the tables. A deletion may reach any, by cascades; a nil among the
// tables stands for those that raw SQL may read.
func (o *Objects) Touches(tables []*ast.Table) bool {
	if o.Deleting || o.touchesPairs(tables) || o.replaces(tables) || o.arranges(tables) {
		return true
	}
	if slices.Contains(tables, nil) {
		return len(o.Links) > 0 || slices.ContainsFunc(o.Stores, (*Store).hasChanges)
	}
	about := func(t *ast.Table) bool {
		return slices.ContainsFunc(tables, func(u *ast.Table) bool { return u.Real() == t })
	}
	for _, l := range o.Links {
		if about(l.Child.Mapping.Table) {
			return true
		}
	}
	for _, st := range o.Stores {
		if len(st.Entries) > 0 && about(st.Mapping.Table) && st.hasChanges() {
			return true
		}
	}
	return false
}

// Dirty reports whether the next flush updates an object's row: columns differ from it, or a relationship was given another
// object.
func (o *Objects) Dirty(e *Entry) bool {
	if e.State != Persistent {
		return false
	}
	if !slices.ContainsFunc(o.Links, func(l Link) bool { return l.Child == e }) {
		return e.changes()
	}
	row, late := o.Future(e)
	return len(late) > 0 || e.Assigned() != nil || !e.Mapping.Snapshots.Same(row, e.Row())
}
