package track

import (
	"fmt"
	"slices"

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

// Expire forgets what a list of all objects with rows has loaded.
func (st *Store) Expire(r *meta.Relation) {
	for _, e := range st.Entries {
		if !e.HasRow() {
			continue // what it was given is all there is
		}
		relate.ListOf(r, e.Object).Expire()
	}
}
