package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Withdraw takes new objects out of the session; those that were deleted before are deleted again.
func (o *Objects) Withdraw(es []*Entry) {
	for _, e := range es {
		e.State = Pending
	}
	o.unlink(es)
	var gone []*Entry
	for _, e := range es {
		if e.Before == nil {
			gone = append(gone, e)
			continue
		}
		e.rowIs(e.Before)
		e.State = Deleted
	}
	forget(gone)
}

// Expunge lets go of objects; those that are not here are left alone.
func (o *Objects) Expunge(objs []any) {
	var leaving []*Entry
	for _, obj := range objs {
		if st, p, err := o.locate(obj); err == nil {
			if e := st.Find(p); e != nil {
				e.keep() // its row stays, and what refers to it
				leaving = append(leaving, e)
			}
		}
	}
	for _, e := range o.Around(leaving, func(c *meta.Cascade) bool { return c.Expunge }) {
		e.keep()
		leaving = append(leaving, e)
	}
	o.unlink(leaving)
	forget(leaving)
}

func forget(es []*Entry) {
	byStore := map[*Store][]*Entry{}
	for e := range setOf(es) {
		byStore[e.Store()] = append(byStore[e.Store()], e)
	}
	for st, gone := range byStore {
		st.forget(gone...)
	}
}

// members returns a new object and the new ones that are to be deleted with it, and with those: without it they are nothing.
func (o *Objects) members(e *Entry) []*Entry {
	all := []*Entry{e}
	for i := 0; i < len(all); i++ {
		for j := range o.Links {
			l := &o.Links[j]
			if l.Parent != all[i] || l.Child.State != Pending || slices.Contains(all, l.Child) {
				continue
			}
			if _, many := l.sides(); many != nil && many.Cascade.Delete {
				all = append(all, l.Child)
			}
		}
	}
	return all
}

// unlink undoes what relationships have with objects that leave the session, but for their own fields. What refers to an
// object with a row goes on doing so.
func (o *Objects) unlink(es []*Entry) {
	if len(o.Links) == 0 && len(o.Pairs) == 0 {
		return
	}
	leaving := setOf(es)
	o.discardPairs(leaving)
	o.discard(func(l *Link) bool { return leaving[l.Child] || leaving[l.Parent] && l.Parent.State == Pending }, leaving)
}

func setOf(es []*Entry) map[*Entry]bool {
	set := make(map[*Entry]bool, len(es))
	for _, e := range es {
		set[e] = true
	}
	return set
}

// DiscardLinks takes back the changes of relationships that which tells, on both sides.
func (o *Objects) DiscardLinks(which func(l *Link) bool) { o.discard(which, nil) }

// discard is DiscardLinks but for the fields of objects that leave the session.
func (o *Objects) discard(which func(l *Link) bool, leaving map[*Entry]bool) {
	var kept []Link
	for i := range o.Links {
		if l := &o.Links[i]; which(l) {
			o.takeBack(l, leaving)
		} else {
			kept = append(kept, *l)
		}
	}
	if len(kept) < len(o.Links) {
		o.KeepLinks(kept)
	}
}

// takeBack undoes a change of a relationship on both sides.
func (o *Objects) takeBack(l *Link, leaving map[*Entry]bool) {
	one, many := l.sides()
	if one != nil && !leaving[l.Child] {
		relate.RefOf(one, l.Child.Object).Undo()
	}
	if many == nil {
		return
	}
	for _, parent := range o.Store(many.Owner).Entries { // the one that it was to get, and the one that it had
		if !leaving[parent] {
			relate.ListOf(many, parent.Object).Undo(l.Child.Object)
		}
	}
}
