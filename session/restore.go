package session

// committed makes what was written part of what is known, and everything stale.
func (o *objects) committed() {
	for _, st := range o.order {
		st.committed()
	}
	o.epoch++
}

func (st *store) committed() {
	var gone []*entry
	for _, e := range st.written {
		e.before, e.created, e.stamped = nil, false, false
		if e.state == deleted && e.Loader != nil {
			gone = append(gone, e)
		}
	}
	st.forget(gone...)
	clear(st.written)
	st.written = st.written[:0]
}

// rolledBack gives every object the state and the values that it had before the transaction, and makes everything stale.
func (o *objects) rolledBack() {
	if o.changed() {
		o.mistake, o.deleting, o.assigned = nil, false, nil
		o.keepLinks(nil)
		for _, st := range o.order {
			st.restoreAll()
		}
	}
	o.epoch++
}

// changed reports whether a rollback has something to restore.
func (o *objects) changed() bool {
	if o.mistake != nil || o.deleting || len(o.links) > 0 {
		return true
	}
	for _, st := range o.order {
		if len(st.written) > 0 || st.hasChanges() {
			return true
		}
	}
	return false
}

// restoreAll gives every object the state and the values that it had before the transaction.
func (st *store) restoreAll() {
	var fresh []*entry
	for _, e := range st.entries {
		if st.restore(e) {
			fresh = append(fresh, e)
		}
	}
	st.forget(fresh...)
	for _, e := range st.entries { // after those that go: one of them may have had its key
		st.index(e, st.keys.of(e.Object))
	}
	clear(st.written)
	st.written = st.written[:0]
}

// restore gives an object the state and the values that it had before the transaction, and reports whether it is new
// again.
func (st *store) restore(e *entry) bool {
	fresh := e.state == pending && e.before == nil || e.created
	for _, r := range e.Mapping.Relations {
		r.Reset(e.Object, fresh)
	}
	if fresh {
		e.unstamp()
		return true
	}
	if e.state != pending {
		st.unindex(e, st.key(e))
	}
	e.state = persistent
	switch {
	case e.before != nil:
		copyColumns(st.m, e.Object, e.before)
		e.rowIs(e.Object)
		e.before = nil
	case e.dirty():
		copyColumns(st.m, e.Object, e.row())
	}
	return false
}
