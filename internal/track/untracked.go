package track

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Untracked returns entries of objects that nobody tracks, in a store of their own, which has no identity map.
func Untracked[T any](m *meta.Mapping, objs []*T) (*Store, []*Entry, error) {
	st := newStore(&Objects{epoch: 1, current: 1}, m, -1)
	all, entries := make([]Entry, len(objs)), make([]*Entry, len(objs))
	for i, o := range objs {
		if o == nil {
			return nil, nil, fmt.Errorf("%w: object %d of %d is nil", fault.ErrNotMapped, i+1, len(objs))
		}
		e := &all[i]
		e.Handle = relate.Handle{Object: mem.Of(o), Home: &st.away}
		entries[i] = e
	}
	return st, entries, nil
}

// Tracks reports whether the store is one of a session's, and not of objects that nobody tracks.
func (st *Store) Tracks() bool { return st.position >= 0 }

// Distinct fails when two objects have the same key.
func (st *Store) Distinct(entries []*Entry) error {
	seen := make(map[Key]bool, len(entries))
	for _, e := range entries {
		k := st.Keys.Of(e.Object)
		if seen[k] {
			return fmt.Errorf("%w: %s is given twice", fault.ErrSameRow, e.Describe())
		}
		seen[k] = true
	}
	return nil
}

// Follow gives the session's objects what was written to their rows. A stale object stays stale.
func (st *Store) Follow(entries []*Entry, columns []int) {
	for _, from := range entries {
		e := st.Lookup(st.Keys.Of(from.Object))
		if e == nil || e.State != Persistent && !e.rowStays() {
			continue
		}
		row, stale := st.Mapping.New(1), e.Stale()
		CopyColumns(st.Mapping, row, e.Object)
		for _, c := range columns {
			f := &st.Mapping.Fields[c]
			f.Access.Copy(mem.Add(row, f.Offset), mem.Add(from.Object, f.Offset))
		}
		if st.Overwrite(e, row); stale {
			e.Distrust()
		}
	}
}

// Replace puts the entries of objects that are here in the place of those given. One without a row is an error.
func (st *Store) Replace(entries []*Entry) error {
	for i, e := range entries {
		switch tracked := st.Find(e.Object); {
		case tracked == nil:
		case tracked.State == Pending:
			return fmt.Errorf("%w: %s", fault.ErrNotFlushed, tracked.Describe())
		case tracked.State == Persistent:
			entries[i] = tracked
		}
	}
	return nil
}
