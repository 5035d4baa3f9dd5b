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

// Link says that the foreign key of child is to follow a relationship to parent, nil for none.
type Link struct {
	Relation      *meta.Relation
	Child, Parent *Entry
}

// entryOf returns the entry that a handle is part of: the handle is its first field.
func entryOf(h *relate.Handle) *Entry { return mem.As[Entry](mem.Of(h)) }

// linkKey is what a link is about: one foreign key of one child.
type linkKey struct {
	child *Entry
	fk    **ast.Column // where the list of the foreign key's columns is: several may have the same columns
}

func (l *Link) key() linkKey { return linkKey{l.Child, foreignKey(l.Relation)} }

// foreignKey returns what tells the foreign key of a relationship from all others.
func foreignKey(r *meta.Relation) **ast.Column {
	columns, _ := r.ForeignKey()
	return &columns[0]
}

// Follows reports whether the link is about the foreign key of a relationship.
func (l *Link) Follows(r *meta.Relation) bool { return foreignKey(l.Relation) == foreignKey(r) }

// Link records a change of a relationship; an earlier one of the same foreign key is void.
func (o *Objects) Link(r *meta.Relation, child, parent *Entry) {
	l := Link{r, child, parent}
	if i, ok := o.linkAt[l.key()]; ok {
		o.Links[i] = l
		return
	}
	o.Links = append(o.Links, l)
	if o.linkAt == nil {
		o.linkAt = map[linkKey]int{}
	}
	o.linkAt[l.key()] = len(o.Links) - 1
}

// LinkOf returns the change of a child's foreign key, nil when there is none.
func (o *Objects) LinkOf(r *meta.Relation, child *Entry) *Link {
	return o.linkAbout(linkKey{child, foreignKey(r)})
}

func (o *Objects) linkAbout(k linkKey) *Link {
	if i, ok := o.linkAt[k]; ok {
		return &o.Links[i]
	}
	return nil
}

// KeepLinks replaces the changes of relationships by those of them that are kept.
func (o *Objects) KeepLinks(links []Link) {
	o.Links = links
	clear(o.linkAt)
	for i := range links {
		o.linkAt[links[i].key()] = i
	}
}

// Flushed makes the changes of relationships part of what is known, on both sides: also in the lists that objects have left,
// which no change names.
func (o *Objects) Flushed() {
	var lists []*meta.Relation
	for i := range o.Links {
		l := &o.Links[i]
		for _, e := range []*Entry{l.Child, l.Parent} {
			if e != nil {
				e.Flushed()
			}
		}
		if _, many := l.sides(); many != nil && !slices.Contains(lists, many) {
			lists = append(lists, many)
		}
	}
	for _, r := range lists {
		for _, e := range o.Store(r.Owner).Entries {
			relate.Flushed(r, e.Object, o.epoch)
		}
	}
	o.KeepLinks(o.Links[:0])
	o.pairsFlushed()
	o.arrangedFlushed()
}

// Flushed makes the changes of the object's relationships part of what is known.
func (e *Entry) Flushed() {
	for _, r := range e.Mapping.Relations {
		relate.Flushed(r, e.Object, e.Store().Objects.epoch)
	}
}

// sides returns the two sides of the relationship; nil for one that is not mapped.
func (l *Link) sides() (one, many *meta.Relation) {
	if l.Relation.Many {
		return l.Relation.Inverse, l.Relation
	}
	return l.Relation, l.Relation.Inverse
}

// adopt takes in what a new object was given before it came into the session: what it refers to comes in with it, and
// the other sides are brought in step.
func (o *Objects) adopt(e *Entry) {
	for _, r := range e.Mapping.Relations {
		if !r.Many {
			if ref := relate.RefOf(r, e.Object); ref.Dirty {
				o.RefChanged(&e.Handle, r, nil, ref.Object)
			}
			continue
		}
		list := relate.ListOf(r, e.Object)
		list.Loaded, list.Epoch = true, o.epoch // its row does not exist yet, so nothing else refers to it
		list.Restore()
		if len(list.Added) > 0 {
			o.ListChanged(&e.Handle, r, slices.Clone(list.Added), nil)
		}
	}
}

// RefChanged keeps the other side of a many-to-one in step, for package model.
func (o *Objects) RefChanged(h *relate.Handle, r *meta.Relation, old, now mem.Ptr) {
	o.thawed = o.thawed || o.Frozen
	child := entryOf(h)
	var parent *Entry
	if now != nil {
		if parent = o.include(r, child, now); parent == nil {
			o.awaits(r, child, old)
			return
		}
	}
	old = o.parentOf(child, r, old)
	o.Link(r, child, parent)
	if r.Inverse == nil {
		return
	}
	if old != nil && old != now {
		relate.ListOf(r.Inverse, old).Take(child.Object)
	}
	if now != nil {
		relate.ListOf(r.Inverse, now).Put(child.Object)
		if r.Inverse.Single {
			relate.ListOf(r.Inverse, now).Displace(child.Object)
		}
		child.keep() // it may have been an orphan
	} else if r.Inverse.Cascade.Orphan && (old != nil || child.refers(r)) {
		o.doom(child)
	}
}

// include takes the target of a relationship into the session; nil, with the mistake for the next flush to report, when that cannot
// be, as of one in another session, or of one that is not here and that the relationship does not bring.
func (o *Objects) include(r *meta.Relation, owner *Entry, target mem.Ptr) *Entry {
	e, err := o.bringable(r, owner, target)
	if err != nil {
		o.Blame(fault.During(r.String(), err))
		return nil
	}
	return e
}

// ListChanged keeps the other side of a list in step, for package model.
func (o *Objects) ListChanged(h *relate.Handle, r *meta.Relation, added, removed []mem.Ptr) {
	o.thawed = o.thawed || o.Frozen
	parent := entryOf(h)
	if r.ViewOnly {
		o.refuse(parent, r, added, removed)
		return
	}
	if r.Link != nil {
		o.pairsChanged(parent, r, added, removed)
		return
	}
	st := o.Store(r.Target)
	for _, p := range added {
		if child := o.include(r, parent, p); child != nil {
			o.pointBack(r, child, parent)
			o.Link(r, child, parent)
		}
	}
	for _, p := range removed {
		child := st.Find(p)
		if child == nil {
			o.cannotLeave(r, parent, p)
			continue
		}
		if list := relate.ListOf(r, parent.Object); !list.Surely() && !o.belongs(r, child, parent) {
			list.Undo(p) // it was not there
			if child.HasRow() && !r.Exact() {
				o.Blame(fault.During("Remove from "+r.String(), fmt.Errorf("only the server can say whether %s is one of %s; load the list first",
					child.Describe(), parent.Describe())))
			}
			continue
		}
		o.pointBack(r, child, nil)
		o.Link(r, child, nil)
		if r.Cascade.Orphan {
			o.doom(child)
		}
	}
}

// belongs reports whether a child is the parent's, by a change that is not flushed, by what was loaded or by its foreign key.
func (o *Objects) belongs(r *meta.Relation, child, parent *Entry) bool {
	if l := o.LinkOf(r, child); l != nil {
		return l.Parent == parent
	}
	if r.Inverse != nil {
		if ref := relate.RefOf(r.Inverse, child.Object); ref.Loaded && o.Current(ref.Epoch) {
			return ref.Object == parent.Object
		}
	}
	local, remote := KeyerOf(r.Owner, r.Local), KeyerOf(r.Target, r.Remote)
	return parent.HasRow() && !remote.Null(child.Object) && remote.Of(child.Object) == local.Of(StoredObject(parent))
}

// pointBack makes the many-to-one of child refer to parent, and takes child out of the list that it was in.
func (o *Objects) pointBack(r *meta.Relation, child, parent *Entry) {
	if r.Inverse == nil {
		return
	}
	ref := relate.RefOf(r.Inverse, child.Object)
	var now mem.Ptr
	if parent != nil {
		now = parent.Object
	}
	if old := o.parentOf(child, r.Inverse, ref.Object); old != nil && old != now {
		relate.ListOf(r, old).Take(child.Object)
	}
	ref.Object, ref.Loaded, ref.Dirty = now, true, true
}

// parentOf returns the object that child referred to before a change: the one that is known, else, where the reference is not
// loaded, the one that its foreign key refers to, if the session has it.
func (o *Objects) parentOf(child *Entry, r *meta.Relation, known mem.Ptr) mem.Ptr {
	if known == nil && child.State != Pending && o.LinkOf(r, child) == nil {
		if e := o.TargetOf(child, r, TargetKeys(r)); e != nil {
			return e.Object
		}
	}
	return known
}

// TargetOf returns the object that the foreign key of a many-to-one refers to, nil when it is not here.
func (o *Objects) TargetOf(e *Entry, r *meta.Relation, inOrder *Keyer) *Entry {
	if inOrder == nil {
		return nil
	}
	return o.Store(r.Target).Lookup(inOrder.Of(e.Object))
}

// TargetKeys reads a many-to-one's foreign key as the primary key that it refers to, whose columns may come in another order;
// nil when it refers to something else.
func TargetKeys(r *meta.Relation) *Keyer {
	if !r.Target.IsKey(r.Remote) {
		return nil
	}
	columns := make([]*ast.Column, len(r.Local))
	for i, k := range r.Target.Key {
		columns[i] = r.Local[slices.Index(r.Remote, r.Target.Fields[k].Column)]
	}
	keys := KeyerOf(r.Owner, columns)
	return &keys
}
