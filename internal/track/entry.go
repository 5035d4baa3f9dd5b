package track

import (
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// State is where an object stands between program and database.
type State uint8

const (
	Pending    State = iota // added; its row is not written yet
	Persistent              // it has a row
	Doomed                  // deleted by the program; its row is still there
	Deleted                 // its row is deleted in this transaction
	Leaving                 // added, and found to go with a deleted one: the flush takes it out of the session
)

// Entry is what a session knows of one object. A session has one for each of its objects, so it is small.
type Entry struct {
	relate.Handle // what the object's relationships hold on to

	image   string  // the row as it was read, see decode.Row.Image; "": loaded has it
	Loaded  mem.Ptr // copy of the object as its row was read or written last, see row; nil for a pending object
	Before  mem.Ptr // copy as it was when the transaction began, once something of it was written; nil: not written
	Cohort  *Cohort // the objects that were read with it; nil for one that was added
	number  int64   // the key under which the identity map has it, when that is a lone integer
	At      uint32  // position in the store's entries
	Epoch   uint32  // of the session when it was read or written
	State   State
	Created bool // its row was inserted in this transaction
	Stamped bool // the database gave it its key in this transaction

	Defaulted bool // its columns have their defaults
	Held      bool // this flush has updated its row, which it is to delete
	Partial   bool // some columns were not read, and are zero
	Whole     bool // all columns are to be written: nobody knows what its row has, which was another object's
	Lost      bool // the database may have changed its key with one that it refers to, and nobody has seen the row since
}

// Cohort is the objects of one mapping that one query read: what lazy loading loads for together.
type Cohort struct {
	Entries []*Entry
	NoLazy  bool // their relationships must not load
}

// Stale reports whether the object may differ from its row: a transaction has ended since it was read, or it was
// expired.
func (e *Entry) Stale() bool { return e.Epoch < e.Store().Objects.current }

// never is the epoch of an object whose row must be read again.
const never = 0

// Distrust makes the object stale.
func (e *Entry) Distrust() { e.Epoch = never }

// Snapshot remembers the object as its row is.
func (e *Entry) Snapshot() {
	e.rowIs(e.Object)
	e.Epoch = e.Store().Objects.epoch
}

// Store returns the store that e is or was in.
func (e *Entry) Store() *Store {
	st, _ := e.Owner.(*Store)
	return st
}

// wants reports whether a row that is read again has something for the object.
func (e *Entry) wants(refresh bool) bool { return e.rowStays() && (refresh || e.Stale() || e.Partial) }

// isRow remembers that the object is as its row, of which there may be an image.
func (e *Entry) isRow(image string) {
	if image == "" {
		e.Snapshot()
		return
	}
	e.image, e.Loaded, e.Epoch = image, nil, e.Store().Objects.epoch
}

// take takes a row that was read again into the object. Columns that the program has changed since keep their values, to
// be written by the next flush, unless the whole object is to be refreshed.
func (e *Entry) take(row mem.Ptr, image string, refresh bool, part *meta.Part) {
	if !e.wants(refresh) {
		return
	}
	wasStale := e.Stale()
	e.Lost = false
	if e.Created {
		e.Store().Objects.Imposed(e, e.Row(), row)
	}
	e.keepUnread(row, part.Unread)
	e.forgetRefs(row)
	switch {
	case refresh:
		e.Store().Overwrite(e, row)
		e.ExpireRelations()
		delete(e.Store().Objects.assigned, e)
	case e.Dirty():
		e.merge(row)
	default:
		CopyColumns(e.Mapping, e.Object, row)
		e.isRow(image)
	}
	e.Partial = e.Partial && part.Partial || part.Partial && wasStale
	e.Mapping.HasRead(e.Object)
}

// forgetRefs forgets references that were loaded by another foreign key than the row has.
func (e *Entry) forgetRefs(row mem.Ptr) {
	o := e.Store().Objects
	for _, r := range e.Mapping.Relations {
		if r.Many {
			continue
		}
		ref := relate.RefOf(r, e.Object)
		if ref.Loaded && !ref.Dirty && o.Current(ref.Epoch) && differ(e.Mapping, r.Local, e.Row(), row) {
			ref.Expire()
		}
	}
}

// rowIs remembers a copy of an object as the row.
func (e *Entry) rowIs(row mem.Ptr) {
	if e.Loaded == nil {
		e.Loaded = e.Store().Snaps.Snapshot(e.Mapping)
	}
	e.Mapping.Snapshots.Take(e.Loaded, row)
	e.image = ""
}

// Row returns the object as its row was read or written last. Of a row that is known by its image it is made when it is
// first asked for: only of objects that have changed.
func (e *Entry) Row() mem.Ptr {
	if e.Loaded == nil && e.image != "" {
		st := e.Store()
		e.Loaded = st.Snaps.Snapshot(e.Mapping)
		if st.restored == nil {
			st.restored = &decode.Arena{}
		}
		st.row.Restore(e.Loaded, e.image, st.restored)
	}
	return e.Loaded
}

func (e *Entry) merge(row mem.Ptr) {
	m := e.Mapping
	was := e.Row()
	if v := m.Version; v != nil { // the changes were made to what the row was, and are not to pass for ones of what it is
		f := &m.Fields[v.Column]
		f.Access.Copy(mem.Add(row, f.Offset), mem.Add(was, f.Offset))
	}
	for i := range m.Fields {
		f := &m.Fields[i]
		at := mem.Add(e.Object, f.Offset)
		if f.Access.Equal(at, mem.Add(was, f.Offset)) {
			f.Access.Copy(at, mem.Add(row, f.Offset))
		}
	}
	e.rowIs(row)
	e.Epoch = e.Store().Objects.epoch
}

// Remember keeps the row as it was when the transaction began, before it is written for the first time.
func (e *Entry) Remember() {
	if e.Before == nil && !e.Created {
		e.Before = e.Store().Snaps.Snapshot(e.Mapping)
		e.Mapping.Snapshots.Take(e.Before, e.Row())
	}
}

// CopyColumns copies an object's columns with all that they point to.
func CopyColumns(m *meta.Mapping, dst, src mem.Ptr) {
	for i := range m.Fields {
		f := &m.Fields[i]
		f.Access.Copy(mem.Add(dst, f.Offset), mem.Add(src, f.Offset))
	}
}

// changed returns the positions of the columns that differ from the row, appended to buf.
func (e *Entry) changed(buf []int) []int {
	row := e.Row()
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if e.Whole && e.Mapping.Writable(i) || !f.Access.Equal(mem.Add(e.Object, f.Offset), mem.Add(row, f.Offset)) {
			buf = append(buf, i)
		}
	}
	return buf
}

// Dirty reports whether some column differs from the row.
func (e *Entry) Dirty() bool { return e.Store().dirty(e) }

func (st *Store) dirty(e *Entry) bool {
	if e.image != "" {
		return !st.row.Same(e.Object, e.image) && !st.Mapping.Snapshots.Same(e.Object, e.Row())
	}
	return !st.Mapping.Snapshots.Same(e.Object, e.Loaded)
}

// changes reports whether a flush has something to write of a persistent object, its relationships aside.
func (e *Entry) changes() bool { return e.Store().Changes(e) }

func (st *Store) Changes(e *Entry) bool { return e.Whole || st.dirty(e) || e.Assigned() != nil }

// Describe names the object for people.
func (e *Entry) Describe() string { return e.Mapping.Describe(e.Object) }

// DescribeAll names the objects of a statement: the first few.
func DescribeAll(entries []*Entry) string {
	const shown = 3
	var names []string
	for i, e := range entries {
		if i == shown {
			names = append(names, fmt.Sprintf("%d more", len(entries)-shown))
			break
		}
		names = append(names, e.Describe())
	}
	return strings.Join(names, ", ")
}
