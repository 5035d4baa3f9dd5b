package plan

import (
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// switched is an object whose row a new one takes over.
type switched struct{ old, by *track.Entry }

// switchRows finds new objects with the key of an object marked for deletion: they take over its row, which is then updated
// instead of deleted, since a flush inserts before it deletes.
func (p *Preparation) switchRows() {
	p.drawNewKeys()
	for _, st := range p.objs.Stores {
		for _, e := range st.Entries {
			if !takesRows(e) {
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

// drawNewKeys gives new objects the foreign keys that are known: their keys may be those of the objects that they belong to.
func (p *Preparation) drawNewKeys() {
	for i := range p.objs.Links {
		l := &p.objs.Links[i]
		if l.Child.State != track.Pending || l.Postponed() || l.Parent != nil && l.Parent.State == track.Leaving {
			continue
		}
		p.journal.save(l.Child)
		l.Sync()
	}
}

// takesRows reports whether an object is new, with a key that a row may have which it can take over. Of a mapping with deferred columns
// nobody may know what the row has there, and so what is to be written; and a row that is kept as deleted keeps its key.
func takesRows(e *track.Entry) bool {
	m := e.Mapping
	return e.State == track.Pending && len(m.Deferred) == 0 && m.Soft == nil && e.HasKey(m.Table.PrimaryKey)
}

// isReplaced reports whether a new object has the key of one that goes, whose row is not to be deleted therefore.
func (p *Preparation) isReplaced(old *track.Entry) bool {
	st := old.Store()
	return old.State == track.Doomed && slices.ContainsFunc(st.Entries, func(e *track.Entry) bool {
		return e.State == track.Pending && takesRows(e) && st.Keys.Of(e.Object) == st.Key(old)
	})
}

// instead returns a relationship that leaves it to the database what becomes of its members, as one that does it: the row is not deleted,
// so the database does nothing.
func instead(r *meta.Relation) *meta.Relation {
	own := *r
	own.Cascade.Passive = false
	columns, _ := r.ForeignKey()
	for _, fk := range r.Child().Table.ForeignKeys {
		if &fk.Columns[0] == &columns[0] && strings.EqualFold(fk.OnDelete, "CASCADE") {
			own.Cascade.Delete = true
		}
	}
	return &own
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
