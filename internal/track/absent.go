package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// absent is an object that a relationship was given and does not bring into the session; see model.NoCascadeAdd.
type absent struct {
	relation *meta.Relation
	owner    *Entry
	target   mem.Ptr
}

// bringable returns the entry of the target of a relationship, which is taken in where it is not here; nil where the relationship does not bring it.
func (o *Objects) bringable(r *meta.Relation, owner *Entry, target mem.Ptr) (e *Entry, err error) {
	st := o.Store(r.Target)
	if !r.Cascade.NoAdd || st.Find(target) != nil {
		return o.takeIn(st, target)
	}
	o.absent = append(o.absent, absent{r, owner, target})
	return nil, nil
}

// awaits takes a child out of the list that it was in before it was given a parent that is not here.
func (o *Objects) awaits(r *meta.Relation, child *Entry, old mem.Ptr) {
	if !r.Cascade.NoAdd {
		return
	}
	old = o.parentOf(child, r, old)
	if o.Link(r, child, nil); r.Inverse != nil && old != nil {
		relate.ListOf(r.Inverse, old).Take(child.Object)
	}
}

// given reports whether the relationship has the object still.
func (a *absent) given() bool {
	switch {
	case a.owner.Loader == nil || a.owner.Goes():
		return false
	case a.relation.Many:
		return slices.Contains(relate.ListOf(a.relation, a.owner.Object).Added, a.target)
	}
	ref := relate.RefOf(a.relation, a.owner.Object)
	return ref.Dirty && ref.Object == a.target
}

// arrived has relationships that were given an object before it came into the session follow.
func (o *Objects) arrived(e *Entry) {
	if len(o.absent) == 0 {
		return
	}
	var came []absent
	o.absent = slices.DeleteFunc(o.absent, func(a absent) bool {
		here := a.target == e.Object && a.relation.Target == e.Mapping
		if here && a.given() {
			came = append(came, a)
		}
		return here
	})
	for _, a := range came {
		if a.relation.Many {
			o.ListChanged(&a.owner.Handle, a.relation, []mem.Ptr{a.target}, nil)
		} else {
			o.RefChanged(&a.owner.Handle, a.relation, nil, a.target)
		}
	}
}

// CheckAbsent fails where a relationship was given an object that has not come into the session.
func (o *Objects) CheckAbsent() error {
	o.absent = slices.DeleteFunc(o.absent, func(a absent) bool { return !a.given() })
	for _, a := range o.absent {
		if e := o.Store(a.relation.Target).Find(a.target); e != nil {
			o.arrived(e)
			return o.CheckAbsent()
		}
	}
	for _, a := range o.absent {
		return fmt.Errorf("%w: %s, which %s of %s was given and does not bring with it: add it too", fault.ErrNotInSession,
			a.relation.Target.Describe(a.target), a.relation.Name, a.owner.Describe())
	}
	return nil
}

// cannotLeave has the next flush fail where an object that is known to have a row was removed from a list and is not in the session: nothing
// would be written of it.
func (o *Objects) cannotLeave(r *meta.Relation, owner *Entry, target mem.Ptr) {
	old := former(r.Target, target)
	if old != nil && old.HasRow() || relate.IsOutside(r.Target, target) {
		o.Blame(fault.During("remove from "+r.String(), fmt.Errorf("%w: %s, which was removed from %s of %s; add or attach it before", fault.ErrNotInSession,
			r.Target.Describe(target), r.Name, owner.Describe())))
	}
}
