package plan

import (
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// switched is an object whose row a new one takes over.
type switched struct{ old, by *track.Entry }

// switchRows finds new objects with the key of an object marked for deletion: they take over its row, which is then updated
// instead of deleted, since a flush inserts before it deletes.
func (p *Preparation) switchRows() {
	for i := range p.objs.Links { // the key of a new object may be that of the object that it belongs to
		l := &p.objs.Links[i]
		if l.Child.State != track.Pending || l.Postponed() || l.Parent != nil && l.Parent.State == track.Leaving {
			continue
		}
		p.journal.save(l.Child)
		l.Sync()
	}
	for _, st := range p.objs.Stores {
		if len(st.Mapping.Deferred) > 0 || st.Mapping.Soft != nil {
			continue // nobody may know what the row has there, and so what is to be written; and a row that is kept keeps its key
		}
		for _, e := range st.Entries {
			if e.State != track.Pending || !e.HasKey(st.Mapping.Table.PrimaryKey) {
				continue
			}
			if old := st.Lookup(st.Keys.Of(e.Object)); old != nil && old.State == track.Doomed && st.Key(old) == st.Keys.Of(old.Row()) {
				p.journal.save(old)
				p.journal.save(e)
				switchRow(st, old, e)
				p.switched = append(p.switched, switched{old, e})
			}
		}
	}
}

// switchRow gives the row of old to e. What the database computes of a new row stays where e has no value of its own.
func switchRow(st *track.Store, old, e *track.Entry) {
	stamp(e)
	for i := range st.Mapping.Fields {
		f := &st.Mapping.Fields[i]
		if f.Computed() && f.IsZero(e.Object) && !e.Computes(i) || f.Unwritten || isVersion(st.Mapping, i) {
			f.Access.Copy(mem.Add(e.Object, f.Offset), mem.Add(old.Row(), f.Offset))
		}
	}
	st.Writes(old)
	st.Writes(e)
	k := st.Key(old)
	st.Unindex(old, k)
	old.State = track.Deleted
	e.Loaded = st.Snaps.Snapshot(st.Mapping)
	st.Mapping.Snapshots.Take(e.Loaded, old.Row())
	e.State, e.Created, e.Epoch = track.Persistent, true, old.Epoch
	e.Partial, e.Whole = old.Partial, (old.Partial || old.Stale()) && hasWritable(st.Mapping)
	st.Index(e, k)
}

// hasWritable reports whether there is a column that can be written beside the key.
func hasWritable(m *meta.Mapping) bool {
	for i := range m.Fields {
		if m.Writable(i) {
			return true
		}
	}
	return false
}
