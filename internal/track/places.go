package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// arranged is an ordered list that was put into another order.
type arranged struct {
	relation *meta.Relation
	owner    *Entry
}

// ListArranged notes that the items of an ordered list were put into another order, for package model.
func (o *Objects) ListArranged(h *relate.Handle, r *meta.Relation) {
	o.thawed = o.thawed || o.Frozen
	o.arranged = append(o.arranged, arranged{r, entryOf(h)})
}

// arranges reports whether a flush would write to one of the tables since a list was put into another order.
func (o *Objects) arranges(tables []*ast.Table) bool {
	return slices.ContainsFunc(o.arranged, func(x arranged) bool {
		return slices.ContainsFunc(tables, func(t *ast.Table) bool { return t == nil || t.Real() == x.relation.Target.Table })
	})
}

// arrangedFlushed makes the orders of lists part of what is known.
func (o *Objects) arrangedFlushed() {
	for _, x := range o.arranged {
		relate.Flushed(x.relation, x.owner.Object, o.epoch)
	}
	o.arranged, o.placed = nil, nil
}

// eachOrdered calls do with the ordered lists of which something may have changed. Their owners stay.
func (o *Objects) eachOrdered(do func(r *meta.Relation, owner *Entry, list *relate.List) error) error {
	for _, st := range o.Stores {
		for _, r := range st.Mapping.Relations {
			if r.Position == nil || !o.reorders(r) {
				continue
			}
			for _, owner := range st.Entries {
				if owner.Goes() {
					continue
				}
				if err := do(r, owner, relate.ListOf(r, owner.Object)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// reorders reports whether some list of a relationship may have changed.
func (o *Objects) reorders(r *meta.Relation) bool {
	return o.Deleting || slices.ContainsFunc(o.arranged, func(x arranged) bool { return x.relation == r }) ||
		slices.ContainsFunc(o.Links, func(l Link) bool { return l.Follows(r) })
}

// placed is a place that an object was given, and the one that it had before.
type placed struct {
	e   *Entry
	f   *meta.Field
	was any
}

// TakeBackPlaces takes back what Number and Append did, after an error.
func (o *Objects) TakeBackPlaces() {
	for _, p := range slices.Backward(o.placed) {
		p.f.Set(p.e.Object, p.was)
	}
	o.placed = nil
}

// Places returns the objects that the next flush gives another place in their lists, as far as that is known before it.
func (o *Objects) Places() map[*Entry]int64 {
	var places map[*Entry]int64
	_ = o.eachPlace(func(r *meta.Relation, e *Entry, n int64) error {
		if meta.Plain(e.Mapping.Field(r.Position).Value(e.Object)) != n {
			if places == nil {
				places = map[*Entry]int64{}
			}
			places[e] = n
		}
		return nil
	})
	return places
}

// PlaceIn gives a copy of an object the place that the next flush gives it.
func (o *Objects) PlaceIn(row mem.Ptr, e *Entry) {
	_ = o.eachPlace(func(r *meta.Relation, item *Entry, n int64) error {
		if item != e {
			return nil
		}
		return e.Mapping.Field(r.Position).Store(row, n)
	})
}

// Number gives the items of ordered lists that have changed their places, where all items are known: no row is written whose place is
// the same.
func (o *Objects) Number() error {
	return o.eachPlace(func(r *meta.Relation, e *Entry, n int64) error { return e.place(r, n) })
}

// eachPlace calls do with the items of the ordered lists that have changed and are known, and their places.
func (o *Objects) eachPlace(do func(r *meta.Relation, e *Entry, n int64) error) error {
	return o.eachOrdered(func(r *meta.Relation, owner *Entry, list *relate.List) error {
		if !list.Surely() || !list.Changed() && !o.loses(r, list) {
			return nil
		}
		next := r.First
		for _, p := range list.Items {
			e := o.Store(r.Target).Find(p)
			switch {
			case e == nil: // it has left the session, and its row is where it was
			case e.Goes() || r.Inverse == nil && !o.belongs(r, e, owner):
				continue
			default:
				if err := do(r, e, next); err != nil {
					return err
				}
			}
			next++
		}
		return nil
	})
}

// loses reports whether an item of a list is about to be deleted.
func (o *Objects) loses(r *meta.Relation, list *relate.List) bool {
	if !o.Deleting {
		return false
	}
	st := o.Store(r.Target)
	return slices.ContainsFunc(list.Items, func(p mem.Ptr) bool {
		e := st.Find(p)
		return e != nil && e.Goes()
	})
}

// place gives an object its place in a list.
func (e *Entry) place(r *meta.Relation, n int64) error {
	f, o := e.Mapping.Field(r.Position), e.Store().Objects
	if e.Computes(r.Position.Index) {
		e.unassign(r.Position)
	}
	was := f.Value(e.Object)
	if meta.Plain(was) == n {
		return nil
	}
	o.placed = append(o.placed, placed{e, f, was})
	if err := f.Store(e.Object, n); err != nil {
		return fmt.Errorf("%s of %s: place %d: %w", r.Position.Name, e.Describe(), n, err)
	}
	return nil
}

// UnknownLists returns the ordered lists of one relationship to which something was added, or which were put into an order, and whose items are not
// all known, but for those of relationships that were seen; nil: there are none.
func (o *Objects) UnknownLists(seen map[*meta.Relation]bool) (rel *meta.Relation, added, arranged []*Entry) {
	_ = o.eachOrdered(func(r *meta.Relation, owner *Entry, list *relate.List) error {
		if list.Surely() || seen[r] || rel != nil && rel != r {
			return nil
		}
		switch {
		case list.Arranged():
			rel, arranged = r, append(arranged, owner)
		case len(list.Added) > 0:
			rel, added = r, append(added, owner)
		}
		return nil
	})
	return rel, added, arranged
}

// Append gives what was added to a list that is not known its place after the last one; last is nil where the list has no rows. What has been
// in the list all along keeps its place.
func (o *Objects) Append(r *meta.Relation, owner *Entry, last *int64) error {
	next := r.First
	if last != nil {
		next = *last + 1
	}
	local, remote := KeyerOf(r.Owner, r.Local), KeyerOf(r.Target, r.Remote)
	for _, p := range relate.ListOf(r, owner.Object).Added {
		e := o.Store(r.Target).Find(p)
		if e == nil || e.Goes() || e.HasRow() && remote.Of(StoredObject(e)) == local.Of(StoredObject(owner)) {
			continue
		}
		if err := e.place(r, next); err != nil {
			return err
		}
		next++
	}
	return nil
}
