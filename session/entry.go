package session

import (
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/internal/decode"
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
	leaving                 // added, and found to go with a deleted one: the flush takes it out of the session
)

// entry is what a session knows of one object. A session has one for each of its objects, so it is small.
type entry struct {
	meta.Handle // what the object's relationships hold on to

	image   string  // the row as it was read, see decode.Row.Image; "": loaded has it
	loaded  mem.Ptr // copy of the object as its row was read or written last, see row; nil for a pending object
	before  mem.Ptr // copy as it was when the transaction began, once something of it was written; nil: not written
	cohort  *cohort // the objects that were read with it; nil for one that was added
	number  int64   // the key under which the identity map has it, when that is a lone integer
	at      uint32  // position in the store's entries
	epoch   uint32  // of the session when it was read or written
	state   state
	created bool // its row was inserted in this transaction
	stamped bool // the database gave it its key in this transaction

	defaulted bool // its columns have their defaults
}

// cohort is the objects of one mapping that one query read: what lazy loading loads for together.
type cohort struct {
	entries []*entry
	noLazy  bool // their relationships must not load
}

// stale tells whether the object may differ from its row: a transaction has ended since it was read, or it was
// expired.
func (e *entry) stale() bool { return e.epoch != e.store().objs.epoch }

// never is the epoch of an object whose row must be read again.
const never = 0

// distrust makes the object stale.
func (e *entry) distrust() { e.epoch = never }

// snapshot remembers the object as its row is.
func (e *entry) snapshot() {
	e.rowIs(e.Object)
	e.epoch = e.store().objs.epoch
}

// store gives the store that e is or was in.
func (e *entry) store() *store {
	st, _ := e.Owner.(*store)
	return st
}

// wants tells whether a row that is read again has something for the object.
func (e *entry) wants(refresh bool) bool { return e.hasRow() && (refresh || e.stale()) }

// isRow remembers that the object is as its row, of which there may be an image.
func (e *entry) isRow(image string) {
	if image == "" {
		e.snapshot()
		return
	}
	e.image, e.loaded, e.epoch = image, nil, e.store().objs.epoch
}

// take takes a row that was read again into the object. Columns that the program has changed since keep their values, to
// be written by the next flush, unless the whole object is to be refreshed.
func (e *entry) take(row mem.Ptr, image string, refresh bool) {
	if !e.wants(refresh) {
		return
	}
	e.keepDeferred(row, nil)
	switch {
	case refresh:
		e.store().overwrite(e, row)
		e.expireRelations()
		delete(e.store().objs.assigned, e)
	case e.dirty():
		e.merge(row)
	default:
		copyColumns(e.Mapping, e.Object, row)
		e.isRow(image)
	}
}

// rowIs remembers a copy of an object as the row.
func (e *entry) rowIs(row mem.Ptr) {
	if e.loaded == nil {
		e.loaded = e.store().snaps.Snapshot(e.Mapping)
	}
	e.Mapping.Snapshots.Take(e.loaded, row)
	e.image = ""
}

// row gives the object as its row was read or written last. Of a row that is known by its image it is made when it is
// first asked for: only of objects that have changed.
func (e *entry) row() mem.Ptr {
	if e.loaded == nil && e.image != "" {
		st := e.store()
		e.loaded = st.snaps.Snapshot(e.Mapping)
		if st.restored == nil {
			st.restored = &decode.Arena{}
		}
		st.row.Restore(e.loaded, e.image, st.restored)
	}
	return e.loaded
}

func (e *entry) merge(row mem.Ptr) {
	m := e.Mapping
	was := e.row()
	for i := range m.Fields {
		f := &m.Fields[i]
		at := mem.Add(e.Object, f.Offset)
		if f.Access.Equal(at, mem.Add(was, f.Offset)) {
			f.Access.Copy(at, mem.Add(row, f.Offset))
		}
	}
	e.rowIs(row)
	e.epoch = e.store().objs.epoch
}

// remember keeps the row as it was when the transaction began, before it is written for the first time.
func (e *entry) remember() {
	if e.before == nil && !e.created {
		e.before = e.store().snaps.Snapshot(e.Mapping)
		e.Mapping.Snapshots.Take(e.before, e.row())
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
	row := e.row()
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if !f.Access.Equal(mem.Add(e.Object, f.Offset), mem.Add(row, f.Offset)) {
			buf = append(buf, i)
		}
	}
	return buf
}

// dirty tells whether some column differs from the row.
func (e *entry) dirty() bool { return e.store().dirty(e) }

func (st *store) dirty(e *entry) bool {
	if e.image != "" {
		return !st.row.Same(e.Object, e.image)
	}
	return !st.m.Snapshots.Same(e.Object, e.loaded)
}

// changes tells whether a flush has something to write of a persistent object, its relationships aside.
func (e *entry) changes() bool { return e.store().changes(e) }

func (st *store) changes(e *entry) bool { return st.dirty(e) || e.assigned() != nil }

// describe names the object for people.
func (e *entry) describe() string { return e.Mapping.Describe(e.Object) }

// describeAll names the objects of a statement: the first few.
func describeAll(entries []*entry) string {
	const shown = 3
	var names []string
	for i, e := range entries {
		if i == shown {
			names = append(names, fmt.Sprintf("%d more", len(entries)-shown))
			break
		}
		names = append(names, e.describe())
	}
	return strings.Join(names, ", ")
}
