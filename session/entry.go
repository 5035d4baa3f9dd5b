package session

import (
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// state is where an object stands between program and database.
type state uint8

const (
	pending    state = iota // added; its row is not written yet
	persistent              // it has a row
	doomed                  // deleted by the program; its row is still there
	deleted                 // its row is deleted in this transaction
)

// entry is what a session knows of one object.
type entry struct {
	meta.Handle // what the object's relationships hold on to

	store   *store
	key     key // under which the identity map has it; of a pending object, none
	state   state
	created bool    // its row was inserted in this transaction
	stamped bool    // the database or a default gave it its key in this transaction
	loaded  mem.Ptr // copy of the object as its row was read or written last; nil for a pending object
	before  mem.Ptr // copy as it was when the transaction began, once something of it was written; nil: not written
	epoch   uint64  // of the session when it was read or written
	cohort  *cohort // the objects that were read with it; nil for one that was added
}

// cohort is the objects of one mapping that one query read: what lazy loading loads for together.
type cohort struct{ entries []*entry }

// stale tells whether the object may differ from its row: a transaction has ended since it was read.
func (e *entry) stale() bool { return e.epoch != e.store.session.epoch }

// distrust makes the object stale.
func (e *entry) distrust() { e.epoch = 0 }

// snapshot remembers the object as its row is.
func (e *entry) snapshot() {
	if e.loaded == nil {
		e.loaded = e.store.snaps.nextSnapshot(e.Mapping)
	}
	e.Mapping.Snapshots.Take(e.loaded, e.Object)
	e.epoch = e.store.session.epoch
}

// merge takes the row of a stale object into it; columns that the program has changed since keep their values, to be
// written by the next flush.
func (e *entry) merge(row mem.Ptr) {
	m := e.Mapping
	if !e.dirty() {
		copyColumns(m, e.Object, row)
		e.snapshot()
		return
	}
	for i := range m.Fields {
		f := &m.Fields[i]
		at := mem.Add(e.Object, f.Offset)
		if f.Access.Equal(at, mem.Add(e.loaded, f.Offset)) {
			f.Access.Copy(at, mem.Add(row, f.Offset))
		}
	}
	m.Snapshots.Take(e.loaded, row)
	e.epoch = e.store.session.epoch
}

// remember keeps the row as it was when the transaction began, before it is written for the first time.
func (e *entry) remember() {
	if e.before == nil && !e.created {
		e.before = e.store.snaps.nextSnapshot(e.Mapping)
		e.Mapping.Snapshots.Take(e.before, e.loaded)
	}
}

// copyColumns copies an object's columns with all that they point to.
func copyColumns(m *meta.Mapping, dst, src mem.Ptr) {
	for i := range m.Fields {
		f := &m.Fields[i]
		f.Access.Copy(mem.Add(dst, f.Offset), mem.Add(src, f.Offset))
	}
}

// changed gives the positions of the columns that differ from the row, appended to buf.
func (e *entry) changed(buf []int) []int {
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if !f.Access.Equal(mem.Add(e.Object, f.Offset), mem.Add(e.loaded, f.Offset)) {
			buf = append(buf, i)
		}
	}
	return buf
}

// dirty tells whether some column differs from the row.
func (e *entry) dirty() bool { return !e.Mapping.Snapshots.Same(e.Object, e.loaded) }

// changes tells whether a flush has something to write of a persistent object, its relationships aside.
func (e *entry) changes() bool { return e.dirty() || e.assigned() != nil }

// describe names the object for people.
func (e *entry) describe() string { return e.Mapping.Describe(e.Object) }
