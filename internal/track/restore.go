package track

import "github.com/cupel-go/cupel/internal/relate"

// Committed makes what was written part of what is known, and everything stale.
func (o *Objects) Committed() {
	for _, st := range o.Stores {
		st.committed()
	}
	o.imposed = nil
	o.outdate()
}

// outdate makes everything stale, and ends all savepoints.
func (o *Objects) outdate() {
	o.epoch++
	o.current, o.layers = o.epoch, nil
}

func (st *Store) committed() {
	var gone []*Entry
	for _, e := range st.Written {
		e.Before, e.Created, e.Stamped = nil, false, false
		if e.State == Deleted && e.Loader != nil {
			gone = append(gone, e)
		}
	}
	st.forget(gone...)
	clear(st.Written)
	st.Written = st.Written[:0]
}

// RolledBack gives every object the state and the values that it had before the transaction, and makes everything stale.
func (o *Objects) RolledBack() {
	if o.changed() {
		o.discardChanges()
		for _, st := range o.Stores {
			st.restoreAll()
		}
		o.unimpose()
	}
	o.outdate()
}

// discardChanges forgets what is not flushed, but for what the objects themselves have.
func (o *Objects) discardChanges() {
	o.mistake, o.Deleting, o.assigned = nil, false, nil
	o.KeepLinks(nil)
	o.forgetPairs()
	o.replaced, o.arranged, o.placed, o.absent = nil, nil, nil, nil
	o.ForgetReferring()
}

// changed reports whether a rollback has something to restore.
func (o *Objects) changed() bool {
	if o.mistake != nil || o.Deleting || len(o.Links) > 0 || len(o.Pairs) > 0 || len(o.replaced) > 0 || len(o.arranged)+len(o.absent) > 0 {
		return true
	}
	for _, st := range o.Stores {
		if len(st.Written) > 0 || st.hasChanges() {
			return true
		}
	}
	return false
}

// restoreAll gives every object the state and the values that it had before the transaction.
func (st *Store) restoreAll() {
	var fresh []*Entry
	for _, e := range st.Written {
		if e.Loader == nil {
			e.undone()
		}
	}
	for _, e := range st.Entries {
		if st.restore(e) {
			fresh = append(fresh, e)
		}
	}
	st.forget(fresh...)
	for _, e := range st.Entries {
		st.Index(e, st.Keys.Of(e.Object))
	}
	for _, e := range st.Written { // after those that go, and those that were only read: one of them may have had its key
		if e.Loader != nil {
			st.Index(e, st.Keys.Of(e.Object))
		}
	}
	st.forgetSecond()
	clear(st.Written)
	st.Written = st.Written[:0]
}

// restore gives an object the state and the values that it had before the transaction, and reports whether it is new
// again.
func (st *Store) restore(e *Entry) bool {
	fresh := e.State == Pending && e.Before == nil || e.Created
	for _, r := range e.Mapping.Relations {
		relate.Reset(r, e.Object, fresh)
	}
	if e.Whole = false; fresh {
		e.Unstamp()
		return true
	}
	if e.State != Pending {
		st.Unindex(e, st.Key(e))
	}
	e.State, e.Held = Persistent, false
	switch {
	case e.Before != nil:
		CopyColumns(st.Mapping, e.Object, e.Before)
		e.rowIs(e.Object)
		e.Before = nil
	case e.Dirty():
		CopyColumns(st.Mapping, e.Object, e.Row())
	}
	return false
}
