package session

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// link says that the foreign key of child is to follow a relationship to parent, nil for none.
type link struct {
	relation      *meta.Relation
	child, parent *entry
}

// entryOf gives the entry that a handle is part of: the handle is its first field.
func entryOf(h *meta.Handle) *entry { return mem.As[entry](mem.Of(h)) }

// linkKey is what a link is about: one foreign key of one child.
type linkKey struct {
	child  *entry
	column *ast.Column // the first of the foreign key's
}

func (l *link) key() linkKey {
	columns, _ := l.relation.ForeignKey()
	return linkKey{l.child, columns[0]}
}

// link records a change of a relationship; an earlier one of the same foreign key is void.
func (o *objects) link(r *meta.Relation, child, parent *entry) {
	l := link{r, child, parent}
	if i, ok := o.linkAt[l.key()]; ok {
		o.links[i] = l
		return
	}
	o.links = append(o.links, l)
	if o.linkAt == nil {
		o.linkAt = map[linkKey]int{}
	}
	o.linkAt[l.key()] = len(o.links) - 1
}

// linkOf gives the change of a child's foreign key, nil when there is none.
func (o *objects) linkOf(r *meta.Relation, child *entry) *link {
	l := link{relation: r, child: child}
	if i, ok := o.linkAt[l.key()]; ok {
		return &o.links[i]
	}
	return nil
}

// keepLinks replaces the changes of relationships by those of them that are kept.
func (o *objects) keepLinks(links []link) {
	o.links = links
	clear(o.linkAt)
	for i := range links {
		o.linkAt[links[i].key()] = i
	}
}

// unlink undoes what relationships have with an object that leaves the session, but for its own fields. What refers to an
// object with a row goes on doing so.
func (o *objects) unlink(e *entry) {
	o.discardLinks(func(l *link) bool { return l.child == e || l.parent == e && e.state == pending }, e)
}

// discardLinks takes back the changes of relationships that which tells, on both sides but for the fields of the object that
// leaves; nil: none does.
func (o *objects) discardLinks(which func(l *link) bool, leaving *entry) {
	var kept []link
	for i := range o.links {
		if l := &o.links[i]; which(l) {
			o.takeBack(l, leaving)
		} else {
			kept = append(kept, *l)
		}
	}
	if len(kept) < len(o.links) {
		o.keepLinks(kept)
	}
}

// takeBack undoes a change of a relationship on both sides.
func (o *objects) takeBack(l *link, leaving *entry) {
	one, many := l.sides()
	if one != nil && l.child != leaving {
		one.RefAt(l.child.Object).Undo()
	}
	if many == nil {
		return
	}
	for _, parent := range o.store(many.Owner).entries { // the one that it was to get, and the one that it had
		if parent != leaving {
			many.ListAt(parent.Object).Undo(l.child.Object)
		}
	}
}

// sides gives the two sides of the relationship; nil for one that is not mapped.
func (l *link) sides() (one, many *meta.Relation) {
	if l.relation.Many {
		return l.relation.Inverse, l.relation
	}
	return l.relation, l.relation.Inverse
}

// adopt takes in what a new object was given before it came into the session: what it refers to comes in with it, and
// the other sides are brought in step.
func (o *objects) adopt(e *entry) {
	for _, r := range e.Mapping.Relations {
		if !r.Many {
			if ref := r.RefAt(e.Object); ref.Dirty {
				o.RefChanged(&e.Handle, r, nil, ref.Object)
			}
			continue
		}
		list := r.ListAt(e.Object)
		list.Loaded, list.Epoch = true, o.epoch // its row does not exist yet, so nothing else refers to it
		if len(list.Added) > 0 {
			o.ListChanged(&e.Handle, r, slices.Clone(list.Added), nil)
		}
	}
}

// RefChanged keeps the other side of a many-to-one in step, for package model.
func (o *objects) RefChanged(h *meta.Handle, r *meta.Relation, old, now mem.Ptr) {
	child := entryOf(h)
	var parent *entry
	if now != nil {
		if parent = o.include(r, now); parent == nil {
			return
		}
	}
	old = o.parentOf(child, r, old)
	o.link(r, child, parent)
	if r.Inverse == nil {
		return
	}
	if old != nil && old != now {
		r.Inverse.ListAt(old).Take(child.Object)
	}
	if now != nil {
		r.Inverse.ListAt(now).Put(child.Object)
		child.keep() // it may have been an orphan
	} else if r.Inverse.Cascade.Orphan && (old != nil || child.refers(r)) {
		o.doom(child)
	}
}

// include takes the target of a relationship into the session; nil, with the mistake for the next flush to report, when it is
// in another one.
func (o *objects) include(r *meta.Relation, target mem.Ptr) *entry {
	st := o.store(r.Target)
	if o.elsewhere(st.m, target) {
		o.blame(fault.During(r.String(), fmt.Errorf("%w: %s", fault.ErrOtherSession, st.m.Describe(target))))
		return nil
	}
	return o.addTo(st, target)
}

// ListChanged keeps the other side of a one-to-many in step, for package model.
func (o *objects) ListChanged(h *meta.Handle, r *meta.Relation, added, removed []mem.Ptr) {
	parent := entryOf(h)
	st := o.store(r.Target)
	for _, p := range added {
		if child := o.include(r, p); child != nil {
			o.pointBack(r, child, parent)
			o.link(r, child, parent)
		}
	}
	for _, p := range removed {
		child := st.find(p)
		if child == nil {
			continue
		}
		o.pointBack(r, child, nil)
		o.link(r, child, nil)
		if r.Cascade.Orphan {
			o.doom(child)
		}
	}
}

// pointBack makes the many-to-one of child refer to parent, and takes child out of the list that it was in.
func (o *objects) pointBack(r *meta.Relation, child, parent *entry) {
	if r.Inverse == nil {
		return
	}
	ref := r.Inverse.RefAt(child.Object)
	var now mem.Ptr
	if parent != nil {
		now = parent.Object
	}
	if old := o.parentOf(child, r.Inverse, ref.Object); old != nil && old != now {
		r.ListAt(old).Take(child.Object)
	}
	ref.Object, ref.Loaded, ref.Dirty = now, true, true
}

// parentOf gives the object that child referred to before a change: the one that is known, else, where the reference is not
// loaded, the one that its foreign key refers to, if the session has it.
func (o *objects) parentOf(child *entry, r *meta.Relation, known mem.Ptr) mem.Ptr {
	if known == nil && child.state != pending && o.linkOf(r, child) == nil {
		if e := o.targetOf(child, r, targetKeys(r)); e != nil {
			return e.Object
		}
	}
	return known
}

// sync copies the parent's key into the child's foreign key; false when the parent has no key yet.
func (l *link) sync() bool {
	columns, refs := l.relation.ForeignKey()
	if l.parent != nil && !l.parent.hasKey(refs) {
		return false
	}
	for i, c := range columns {
		f := l.child.Mapping.Field(c)
		var v any
		if l.parent != nil {
			v = l.parent.Mapping.Field(refs[i]).Value(l.parent.Object)
		}
		setValue(f, l.child.Object, v)
	}
	return true
}

// check fails when the foreign key is to become NULL and cannot.
func (l *link) check() error {
	columns, _ := l.relation.ForeignKey()
	for _, c := range columns {
		if l.parent == nil && !c.Nullable {
			return fmt.Errorf("%w: %s of %s", fault.ErrNullForeignKey, c.Name, l.child.describe())
		}
	}
	return nil
}

// setValue stores v, nil for NULL, in a field. A field that cannot hold NULL gets its zero value.
func setValue(f *meta.Field, obj mem.Ptr, v any) {
	if v == nil {
		f.Clear(obj)
		return
	}
	f.Set(obj, v)
}

// targetOf returns the object that the foreign key of a many-to-one refers to, nil when it is not here.
func (o *objects) targetOf(e *entry, r *meta.Relation, inOrder *keyer) *entry {
	if inOrder == nil {
		return nil
	}
	return o.store(r.Target).lookup(inOrder.of(e.Object))
}

// targetKeys reads a many-to-one's foreign key as the primary key that it refers to, whose columns may come in another order;
// nil when it refers to something else.
func targetKeys(r *meta.Relation) *keyer {
	if !refersToKey(r) {
		return nil
	}
	columns := make([]*ast.Column, len(r.Local))
	for i, k := range r.Target.Key {
		columns[i] = r.Local[slices.Index(r.Remote, r.Target.Fields[k].Column)]
	}
	keys := keyerOf(r.Owner, columns)
	return &keys
}

// refersToKey tells whether a many-to-one refers to the target's primary key.
func refersToKey(r *meta.Relation) bool {
	if len(r.Remote) != len(r.Target.Key) {
		return false
	}
	for _, k := range r.Target.Key {
		if !slices.Contains(r.Remote, r.Target.Fields[k].Column) {
			return false
		}
	}
	return true
}
