package session

import (
	"errors"
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

var errTwice = errors.New("is given twice")

// strangers returns entries of objects that nobody tracks, in a store of their own, which has no identity map.
func strangers[T any](m *meta.Mapping, objs []*T) (*store, []*entry, error) {
	st := newStore(&objects{epoch: 1}, m, -1)
	all, entries := make([]entry, len(objs)), make([]*entry, len(objs))
	for i, o := range objs {
		if o == nil {
			return nil, nil, fmt.Errorf("%w: object %d of %d is nil", fault.ErrNotMapped, i+1, len(objs))
		}
		e := &all[i]
		e.Handle = meta.Handle{Object: mem.Of(o), Home: &st.away}
		entries[i] = e
	}
	return st, entries, nil
}

// distinct fails when two objects have the same key.
func (st *store) distinct(entries []*entry) error {
	seen := make(map[key]bool, len(entries))
	for _, e := range entries {
		k := st.keys.of(e.Object)
		if seen[k] {
			return fmt.Errorf("%s %w", e.describe(), errTwice)
		}
		seen[k] = true
	}
	return nil
}

// follow gives the session's objects what was written to their rows. A stale object stays stale.
func (st *store) follow(entries []*entry, columns []int) {
	for _, from := range entries {
		e := st.lookup(st.keys.of(from.Object))
		if e == nil || e.state != persistent {
			continue
		}
		row, stale := st.m.New(1), e.stale()
		copyColumns(st.m, row, e.Object)
		for _, c := range columns {
			f := &st.m.Fields[c]
			f.Access.Copy(mem.Add(row, f.Offset), mem.Add(from.Object, f.Offset))
		}
		if st.overwrite(e, row); stale {
			e.distrust()
		}
	}
}

// replace puts the entries of objects that are here in the place of those given.
func (st *store) replace(entries []*entry) {
	for i, e := range entries {
		if tracked := st.find(e.Object); tracked != nil && tracked.state == persistent {
			entries[i] = tracked
		}
	}
}
