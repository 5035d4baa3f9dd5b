package track

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Gone has the objects around deleted ones follow: these leave the lists that they are in; and what the database did to the rows
// that referred to them, which it has deleted too or refer to nothing now, is read before their references are followed.
func (v *Moves) Gone(es []*Entry) {
	if len(es) == 0 {
		return
	}
	gone := make(map[mem.Ptr]bool, len(es))
	for _, e := range es {
		gone[e.Object] = true
	}
	for i := range v.lists {
		v.lists[i].drop(es, gone)
	}
	v.objs.LeaveLists(v.of, gone)
	for _, st := range v.objs.Stores {
		for _, fk := range st.Mapping.Table.ForeignKeys {
			if fk.RefColumns[0].Table == v.of.Table {
				st.released(fk, v.of, es, gone)
			}
		}
	}
}

// Back has the lists that a deleted object has left be loaded again, since it is not deleted after all.
func (v *Moves) Back(e *Entry) {
	v.Around(e, nil, e.Row())
	for _, st := range v.objs.Stores {
		for _, r := range st.Mapping.Relations {
			if r.Link != nil && r.Target == v.of {
				st.Expire(r)
			}
		}
	}
}

// drop takes deleted objects out of the lists that they are in.
func (l *memberOf) drop(es []*Entry, gone map[mem.Ptr]bool) {
	if !l.direct {
		for _, owner := range l.owners.Entries {
			relate.ListOf(l.r, owner.Object).Drop(gone)
		}
		return
	}
	seen := map[*Entry]bool{}
	for _, e := range es {
		row := StoredObject(e)
		if l.keys.Null(row) {
			continue
		}
		if owner := l.owners.Lookup(l.keys.Of(row)); owner != nil && !owner.Goes() && !seen[owner] {
			seen[owner] = true
			relate.ListOf(l.r, owner.Object).Drop(gone)
		}
	}
}

// released distrusts the objects whose rows referred to deleted ones, or may have where only the server knows.
func (st *Store) released(fk *ast.ForeignKey, m *meta.Mapping, es []*Entry, gone map[mem.Ptr]bool) {
	refers, key, exact := KeyerOf(st.Mapping, fk.Columns), KeyerOf(m, fk.RefColumns), meta.ExactKey(fk)
	keys := make(map[Key]bool, len(es))
	for _, e := range es {
		keys[key.Of(StoredObject(e))] = true
	}
	for _, c := range st.Entries {
		if !c.HasRow() {
			continue
		}
		c.forgetTargets(fk, gone) // also of one that the flush has made refer to nothing
		if row := StoredObject(c); !refers.Null(row) && (!exact || keys[refers.Of(row)]) {
			c.Distrust()
		}
	}
}

// forgetTargets forgets references by a foreign key to some objects.
func (e *Entry) forgetTargets(fk *ast.ForeignKey, targets map[mem.Ptr]bool) {
	for _, r := range e.Mapping.Relations {
		if r.Many || foreignKey(r) != &fk.Columns[0] {
			continue
		}
		if ref := relate.RefOf(r, e.Object); targets[ref.Object] {
			ref.Expire()
		}
	}
}
