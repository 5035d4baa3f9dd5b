package session

import "github.com/cupel-go/cupel/internal/mem"

// switchRows finds new objects with the key of an object marked for deletion: they take over its row, which is then updated
// instead of deleted, since a flush inserts before it deletes.
func (p *preparation) switchRows() {
	for i := range p.objs.links { // the key of a new object may be that of the object that it belongs to
		if l := &p.objs.links[i]; l.child.state == pending && !postponed(l) {
			p.journal.save(l.child)
			l.sync()
		}
	}
	for _, st := range p.objs.order {
		if len(st.m.Deferred) > 0 {
			continue // nobody may know what the row has there, and so what is to be written
		}
		for _, e := range st.entries {
			if e.state != pending || !e.hasKey(st.m.Table.PrimaryKey) {
				continue
			}
			if old := st.lookup(st.keys.of(e.Object)); old != nil && old.state == doomed && st.key(old) == st.keys.of(old.row()) {
				p.journal.save(old)
				p.journal.save(e)
				switchRow(st, old, e)
			}
		}
	}
}

// switchRow gives the row of old to e. What the database computes of a new row stays where e has no value of its own.
func switchRow(st *store, old, e *entry) {
	stamp(e)
	for i := range st.m.Fields {
		f := &st.m.Fields[i]
		if f.Computed() && f.IsZero(e.Object) && !e.computes(i) {
			f.Access.Copy(mem.Add(e.Object, f.Offset), mem.Add(old.row(), f.Offset))
		}
	}
	k := st.key(old)
	st.unindex(old, k)
	old.state = deleted
	e.loaded = st.snaps.Snapshot(st.m)
	st.m.Snapshots.Take(e.loaded, old.row())
	e.state, e.created, e.epoch = persistent, true, st.objs.Epoch()
	st.index(e, k)
	st.written = append(st.written, old, e)
}
