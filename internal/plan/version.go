package plan

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// checkKept fails where the program has changed what is not its to change: a version, a column that the database computes.
func (p *Preparation) checkKept() error {
	for _, st := range p.objs.Stores {
		if len(st.Mapping.Kept) == 0 {
			continue
		}
		for _, e := range st.Entries {
			e.Held = false // of a flush that failed
			if e.State == track.Persistent && st.Changes(e) || e.State == track.Doomed {
				if err := checkKept(e); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func checkKept(e *track.Entry) error {
	m := e.Mapping
	for _, c := range m.Kept {
		f := &m.Fields[c]
		switch {
		case f.Access.Equal(mem.Add(e.Object, f.Offset), mem.Add(e.Row(), f.Offset)):
		case e.State == track.Doomed && !isVersion(m, c):
		default:
			return fmt.Errorf("%w: %s of %s: %s", fault.ErrReadOnly, f.Column, e.Describe(), whose(m, c))
		}
	}
	return nil
}

func isVersion(m *meta.Mapping, column int) bool {
	return m.Version != nil && m.Version.Column == column
}

// whose says who changes a column.
func whose(m *meta.Mapping, column int) string {
	if isVersion(m, column) {
		return "it is the version, which each write changes"
	}
	return "the database computes it"
}

// raise gives the objects that are to be written their next versions. What a new one takes over from a row that this transaction deleted
// goes on from there: somebody may still know that row.
func (p *Preparation) raise() {
	for i := range p.changes {
		c := &p.changes[i]
		if !c.store.Mapping.Version.Own() {
			continue
		}
		for _, changed := range [][]*track.Entry{c.before, c.after} {
			for _, e := range changed {
				e.Mapping.Raise(e.Object, e.Row())
			}
		}
		for _, e := range c.fresh {
			if e.Before != nil {
				e.Mapping.Raise(e.Object, e.Before)
			}
		}
	}
}

// Lower takes back what raise did, after an error: only what is written has another version.
func (p *Preparation) Lower() {
	p.takeBackSoftly()
	p.objs.TakeBackPlaces()
	for i := range p.changes {
		c := &p.changes[i]
		if !c.store.Mapping.Version.Own() {
			continue
		}
		f := &c.store.Mapping.Fields[c.store.Mapping.Version.Column]
		for _, changed := range [][]*track.Entry{c.before, c.after} {
			for _, e := range changed {
				f.Access.Copy(mem.Add(e.Object, f.Offset), mem.Add(e.Row(), f.Offset))
			}
		}
	}
}

// Checks returns the column of the version that an object's row must still have, -1 where none is looked at: a row that the same flush
// inserts is nobody else's yet, and one that it has updated is locked.
func (st *Step) Checks() int {
	v := st.Store.Mapping.Version
	if v == nil || st.Kind == InsertStep || st.post && len(st.links) > 0 {
		return -1
	}
	return v.Column
}

// ChecksOf is Checks for one of the rows: one whose version the database may have changed when this flush wrote it first is locked.
func (st *Step) ChecksOf(e *track.Entry) int {
	if v := st.Checks(); v >= 0 && (!e.Held || st.post || e.Mapping.Version.Own()) {
		return v
	}
	return -1
}

// Held splits the rows of a DELETE: those whose version the same flush has looked at when it updated them, though the database may have
// changed it then, and the others.
func (st *Step) Held() (held, others []*track.Entry) {
	if v := st.Store.Mapping.Version; v == nil || v.Own() {
		return nil, st.Entries
	}
	for _, e := range st.Entries {
		if e.Held {
			held = append(held, e)
		} else {
			others = append(others, e)
		}
	}
	return held, others
}

// Restore gives objects that nobody tracks the values back that they had before PrepareUpdate.
func Restore(entries []*track.Entry) {
	for _, e := range entries {
		if e.Loaded != nil {
			track.CopyColumns(e.Mapping, e.Object, e.Loaded)
		}
	}
}

// rememberVersions remembers objects that nobody tracks, which have the versions that their rows are to have.
func rememberVersions(m *meta.Mapping, entries []*track.Entry) error {
	if m.Version == nil {
		return nil
	}
	f := &m.Fields[m.Version.Column]
	for _, e := range entries {
		if f.IsZero(e.Object) {
			return fmt.Errorf("%s has no version in field %s, without which nobody knows what it was made from", e.Describe(), f.Column.Field)
		}
		e.Loaded = track.CopyOf(m, e.Object)
	}
	return nil
}

// raiseVersions gives the objects their next versions, and returns that column beside those given.
func raiseVersions(m *meta.Mapping, entries []*track.Entry, columns []int) []int {
	if !m.Version.Own() {
		return columns
	}
	for _, e := range entries {
		m.Raise(e.Object, e.Loaded)
	}
	return append(slices.Clip(columns), m.Version.Column)
}
