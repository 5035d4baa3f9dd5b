package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// takeIn returns the entry of an object: the one that it has, the one that it left with, else one of a new object.
func (o *Objects) takeIn(st *Store, obj mem.Ptr) (*Entry, error) {
	e, err := o.takeOne(st, obj)
	if err == nil {
		o.arrived(e)
	}
	return e, err
}

func (o *Objects) takeOne(st *Store, obj mem.Ptr) (*Entry, error) {
	if o.elsewhere(st.Mapping, obj) {
		return nil, fmt.Errorf("%w: %s", fault.ErrOtherSession, st.Mapping.Describe(obj))
	}
	if e := st.Find(obj); e != nil {
		e.keep()
		if e.State == Deleted {
			if e.renew(); e.State == Pending {
				e.relist()
				o.adopt(e)
			}
		}
		return e, nil
	}
	if err := copied(st.Mapping, obj); err != nil {
		return nil, err
	}
	if old := former(st.Mapping, obj); old != nil && old.HasRow() {
		if !st.keyTaken(old) {
			return o.rejoin(st, old, true)
		}
		forgetRow(st.Mapping, obj, true)
	}
	list := relate.TiedTo(st.Mapping, obj)
	e := st.new(obj, Pending)
	if list != nil {
		o.ties = append(o.ties, tie{e, list})
	}
	o.adopt(e)
	return e, nil
}

// copied fails where a struct was copied from an object that is in a session: the two share their lists, so that what is changed in one is lost,
// or is changed in the other. Only structs with relationships can tell, and only until these are set to their zero values.
func copied(m *meta.Mapping, obj mem.Ptr) error {
	for _, r := range m.Relations {
		if h := relate.HandleOf(r, obj); h != nil && h.Loader != nil && h.Object != obj {
			return fmt.Errorf("%s: %w; for an object of its own set its relationships to their zero values", m.Describe(obj), relate.ErrCopied)
		}
	}
	return nil
}

// former returns what a session that an object has left knew of it; nil when there was none, or the object cannot tell: only those
// with relationships can.
func former(m *meta.Mapping, obj mem.Ptr) *Entry {
	if e := entryKnown(m, obj); e != nil && e.Loader == nil {
		return e
	}
	return nil
}

// formerRow is Row of an object that has left its session: others that have left it too may be asked by other goroutines.
func (e *Entry) formerRow() mem.Ptr {
	o := e.Store().Objects
	o.asked.Lock()
	defer o.asked.Unlock()
	return e.Row()
}

// formerOf returns the entry of an object that was in a session when that was closed.
func (o *Objects) formerOf(m *meta.Mapping, obj mem.Ptr) *Entry {
	o.asked.Lock()
	defer o.asked.Unlock()
	if st := o.StoreOf(m.Table); st != nil {
		return st.Find(obj)
	}
	return nil
}

// keyTaken reports whether the key that the database generated for an object's row was taken from the object: it is to be a new one.
func (st *Store) keyTaken(old *Entry) bool {
	k := st.Mapping.GeneratedKey()
	return k >= 0 && st.Mapping.Fields[k].IsZero(old.Object) && !st.Mapping.Fields[k].IsZero(old.formerRow())
}

// rejoin takes an object that has left a session, this one or another, for the row that it had there. What the program has changed
// since is a change.
func (o *Objects) rejoin(st *Store, old *Entry, sameRows bool) (*Entry, error) {
	from := old.Store().Objects
	same := o.shares(st.Mapping, from)
	row := old.formerRow()
	k := st.Keys.Of(row)
	switch {
	case st.Keys.Of(old.Object) != k:
		return nil, fmt.Errorf("%w: its key was changed while it was in no session (it is now %s): Attach takes it for the row with this key, AddNew for a new one",
			fault.ErrAttach, st.Mapping.Describe(old.Object))
	case from != o && (old.Created || old.Before != nil):
		return nil, fmt.Errorf("%w: %s was written there, and that is not committed", fault.ErrOtherSession, st.Mapping.Describe(old.Object))
	case sameRows && !same:
		return nil, errElsewhere(st.Mapping, old.Object)
	}
	if err := st.free(k, old.Object); err != nil {
		return nil, err
	}
	e := old
	if from == o {
		e.Home, e.Cohort = &st.home, nil
		e.State = Persistent
		st.append(e)
		st.tie(e)
	} else {
		e = st.new(old.Object, Persistent)
		e.rowIs(row)
		e.Partial = old.Partial
	}
	st.Index(e, k)
	e.Distrust()
	return e, o.bring(e, from, !sameRows && !same)
}

// shares reports whether the rows of a mapping are the same for the objects of another session: both look for them in one place.
func (o *Objects) shares(m *meta.Mapping, from *Objects) bool {
	return from.Database == o.Database && (from.Schema == o.Schema || m.Table.Schema != "")
}

func errElsewhere(m *meta.Mapping, obj mem.Ptr) error {
	return fmt.Errorf("%w: %s comes from a session on another pool or schema: Attach takes its row to be in this database too, AddNew makes a new one",
		fault.ErrAttach, m.Describe(obj))
}

// free fails where another object has a key.
func (st *Store) free(k Key, obj mem.Ptr) error {
	if st.Lookup(k) != nil {
		return fmt.Errorf("%w: the session has another object for %s: Merge copies what it has to that one", fault.ErrAttach, st.Mapping.Describe(obj))
	}
	return nil
}

// bring has what an object's relationships have come into the session with it, and both sides know of what was changed while the
// object was in none. What was loaded is old by now. said: the program has said that rows of another place are meant to be here.
func (o *Objects) bring(e *Entry, from *Objects, said bool) error {
	for _, r := range e.Mapping.Relations {
		if !r.Many {
			ref := relate.RefOf(r, e.Object)
			if here, err := o.bringAll(r, from, said, ref.Dirty, ref.Object); err != nil {
				return err
			} else if ref.Return(here); ref.Dirty {
				o.RefChanged(&e.Handle, r, nil, ref.Object)
			}
			continue
		}
		list := relate.ListOf(r, e.Object)
		known := slices.DeleteFunc(slices.Clone(list.Items), func(p mem.Ptr) bool { return slices.Contains(list.Added, p) })
		here, err := o.bringAll(r, from, said, false, known...)
		if err == nil {
			_, err = o.bringAll(r, from, said, true, list.Removed...)
		}
		if err == nil {
			err = o.canLeave(r, list.Removed)
		}
		if err != nil {
			return err
		}
		if list.Return(here); list.Arranged() {
			o.ListArranged(&e.Handle, r)
		}
		o.ListChanged(&e.Handle, r, slices.Clone(list.Added), slices.Clone(list.Removed))
		if list.Replaced() {
			o.ListReplaced(&e.Handle, r)
		}
	}
	return nil
}

// canLeave fails where what was removed from a list while that was in no session may have a row, and is not here to lose its foreign key.
func (o *Objects) canLeave(r *meta.Relation, removed []mem.Ptr) error {
	st := o.Store(r.Target)
	for _, p := range removed {
		if st.Find(p) == nil && st.keyed(p) {
			return fault.During("remove from "+r.String(), fmt.Errorf("%w: %s is not in the session: attach it before the object that has the list",
				fault.ErrAttach, st.Mapping.Describe(p)))
		}
	}
	return nil
}

// keyed reports whether an object has a key that a row could have.
func (st *Store) keyed(obj mem.Ptr) bool {
	g := st.Mapping.GeneratedKey()
	return (g < 0 || !st.Mapping.Fields[g].IsZero(obj)) && !st.Keys.Null(obj)
}

// bringAll takes in what a relationship has, and reports whether all of it is here. What was loaded and is in another session by now, or
// has no changes and another object in its place here, may stay away.
func (o *Objects) bringAll(r *meta.Relation, from *Objects, said, set bool, ps ...mem.Ptr) (here bool, err error) {
	st, here := o.Store(r.Target), true
	for _, p := range ps {
		if p == nil || st.Find(p) != nil {
			continue
		}
		if r.Cascade.NoAdd {
			here = false
			continue
		}
		old := former(st.Mapping, p)
		if old == nil && from != o {
			old = from.formerOf(r.Target, p)
		}
		switch {
		case set && old == nil: // it is new
		case old == nil || !old.HasRow() || !set && o.elsewhere(st.Mapping, p), !set && old.unchangedTwin(st),
			!set && !said && !o.shares(st.Mapping, old.Store().Objects):
			here = false
		default:
			if o.elsewhere(st.Mapping, p) {
				return false, fault.During(r.String(), fmt.Errorf("%w: %s", fault.ErrOtherSession, st.Mapping.Describe(p)))
			}
			if _, err := o.rejoin(st, old, !said); err != nil {
				return false, fault.During(r.String(), err)
			}
		}
	}
	return here, nil
}

// unchangedTwin reports whether a store has another object for an object's row, and the object has nothing that it would not have.
func (old *Entry) unchangedTwin(st *Store) bool {
	return st.Lookup(st.Keys.Of(old.formerRow())) != nil && !old.Dirty()
}

// forgetRow makes an object one of a row that nobody has read, or, if it is to be new, of none: of its relationships it keeps what was changed since.
func forgetRow(m *meta.Mapping, obj mem.Ptr, fresh bool) {
	for _, r := range m.Relations {
		if r.Many {
			relate.ListOf(r, obj).Forget(fresh)
		} else if ref := relate.RefOf(r, obj); ref.Dirty {
			ref.Handle = nil
		} else {
			*ref = relate.Ref{}
		}
	}
}

// Attach takes an object for the row that has its key. Where the object does not know what a session knew of it, it is taken to be as
// its row is.
func (o *Objects) Attach(obj any) error {
	st, p, err := o.outsider(obj, (*Entry).HasRow)
	if err != nil || st == nil {
		return err
	}
	if err := copied(st.Mapping, p); err != nil {
		return err
	}
	k := st.Keys.Of(p)
	if old := former(st.Mapping, p); old != nil && old.HasRow() && st.Keys.Of(old.formerRow()) == k {
		_, err = o.rejoin(st, old, false)
		return err
	}
	if !st.keyed(p) {
		return fmt.Errorf("%w: %s has no key that a row could have", fault.ErrAttach, st.Mapping.Describe(p))
	}
	if err := st.free(k, p); err != nil {
		return err
	}
	forgetRow(st.Mapping, p, false)
	e := st.new(p, Persistent)
	st.Index(e, k)
	e.rowIs(p)
	e.Distrust()
	return o.bring(e, o, false)
}

// Borrow takes an object of no session in as it is, for what is loaded of it; false where another object of its row was taken.
func (o *Objects) Borrow(obj any) (bool, error) {
	st, p, err := o.outsider(obj, (*Entry).HasRow)
	if err != nil || st == nil {
		return err == nil, err
	}
	k := st.Keys.Of(p)
	if !st.keyed(p) {
		return false, fmt.Errorf("%w: %s has no key that a row could have", fault.ErrAttach, st.Mapping.Describe(p))
	}
	if st.Lookup(k) != nil {
		return false, nil
	}
	row := p
	if old := former(st.Mapping, p); old != nil && old.HasRow() && st.Keys.Of(old.formerRow()) == k {
		if !o.shares(st.Mapping, old.Store().Objects) {
			return false, errElsewhere(st.Mapping, p)
		}
		row = old.formerRow()
	}
	e := st.new(p, Persistent)
	st.Index(e, k)
	e.rowIs(row)
	e.Epoch = o.epoch
	return true, nil
}

// AddNew takes in an object as a new one, whatever row it had.
func (o *Objects) AddNew(obj any) error {
	st, p, err := o.outsider(obj, func(e *Entry) bool { return e.State == Pending })
	if err != nil || st == nil {
		return err
	}
	if err := copied(st.Mapping, p); err != nil {
		return err
	}
	forgetRow(st.Mapping, p, true)
	_, err = o.takeIn(st, p)
	return err
}

// outsider returns the store for an object that is in no session; none for one that is here and as it is to be.
func (o *Objects) outsider(obj any, fine func(*Entry) bool) (*Store, mem.Ptr, error) {
	st, p, err := o.locate(obj)
	if err != nil {
		return nil, nil, err
	}
	if o.elsewhere(st.Mapping, p) {
		return nil, nil, fmt.Errorf("%w: %s", fault.ErrOtherSession, st.Mapping.Describe(p))
	}
	switch e := st.Find(p); {
	case e == nil:
		return st, p, nil
	case fine(e):
		e.keep()
		return nil, nil, nil
	default:
		return nil, nil, fmt.Errorf("%w: %s is in the session already", fault.ErrAttach, e.Describe())
	}
}

// undone has an object that has left follow the end of the transaction that wrote its row and was not committed.
func (e *Entry) undone() {
	switch {
	case e.Created:
		e.State = Pending
	case e.Before != nil:
		e.rowIs(e.Before)
		e.takeOver(e.Mapping.Kept, e.Before)
		e.Before, e.State = nil, Persistent
	case e.State == Deleted:
		e.State = Persistent
	}
	e.Created, e.Stamped = false, false
}
