package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// refuse takes back a change of a view-only relationship, and has the next flush tell of it.
func (o *Objects) refuse(owner *Entry, r *meta.Relation, added, removed []mem.Ptr) {
	list := relate.ListOf(r, owner.Object)
	for _, p := range slices.Concat(added, removed) {
		list.Undo(p)
	}
	if len(added)+len(removed) > 0 {
		o.Blame(fault.During(r.String(), fmt.Errorf("%w: %s", relate.ErrViewOnly, owner.Describe())))
	}
}

// Outdate forgets what lists have loaded that a statement may have changed of which the rows are not told: the session follows those of objects
// that it has, not those that come from elsewhere.
func (o *Objects) Outdate(written []ast.Written) {
	for _, w := range written {
		for _, st := range o.Stores {
			for _, r := range st.Mapping.Relations {
				if r.Many && len(st.Entries) > 0 && outdates(w, r) {
					st.Expire(r)
				}
			}
		}
	}
}

// outdates reports whether what a statement wrote may be rows that come into a list, leave it, or change their places in it.
func outdates(w ast.Written, r *meta.Relation) bool {
	t := w.Table.Real()
	switch {
	case !r.Shows(t):
		return false
	case r.ViewOnly || r.Target.Table != t:
		return true
	case w.Columns == nil:
		return r.Link == nil // a new row of a target is in no list before a row of the link table is
	}
	return slices.ContainsFunc(w.Columns, func(c *ast.Column) bool { return c.Real() == r.Position || slices.Contains(r.Remote, c.Real()) })
}

// Distrust makes all objects with rows stale.
func (st *Store) Distrust() {
	for _, e := range st.Entries {
		if e.HasRow() {
			e.Distrust()
		}
	}
}

// Expire forgets what a list of all objects with rows has loaded.
func (st *Store) Expire(r *meta.Relation) {
	for _, e := range st.Entries {
		if !e.HasRow() {
			continue // what it was given is all there is
		}
		relate.ListOf(r, e.Object).Expire()
	}
}
