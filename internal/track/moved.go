package track

import (
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Moves is what follows when rows of a mapping get other values of columns that join them to other rows.
type Moves struct {
	objs  *Objects
	of    *meta.Mapping
	met   int              // how many mappings had been met when it was made
	refs  []*meta.Relation // references of the mapping's objects
	lists []memberOf       // lists that the mapping's objects are in
	keys  []*ast.Column    // columns that other rows refer to
}

// memberOf is a one-to-many whose members are of a mapping.
type memberOf struct {
	r      *meta.Relation
	owners *Store
	keys   Keyer // the member's foreign key, read as the owners' key
	direct bool  // the owners' identity map finds it
}

// Moves returns what follows when rows of a mapping change. It is made once, and anew when another mapping is met.
func (o *Objects) Moves(m *meta.Mapping) *Moves {
	at := slices.IndexFunc(o.moves, func(v *Moves) bool { return v.of == m })
	if at >= 0 && o.moves[at].met == len(o.Stores) {
		return o.moves[at]
	}
	v := o.newMoves(m)
	if at >= 0 {
		o.moves[at] = v
	} else {
		o.moves = append(o.moves, v)
	}
	return v
}

func (o *Objects) newMoves(m *meta.Mapping) *Moves {
	v := &Moves{objs: o, of: m, met: len(o.Stores)}
	for _, r := range m.Relations {
		if !r.Many {
			v.refs = append(v.refs, r)
		}
	}
	for _, end := range m.Ends {
		v.keys = append(v.keys, end.Ref.Remote...)
	}
	for _, st := range o.Stores {
		for _, fk := range st.Mapping.Table.ForeignKeys {
			if fk.RefColumns[0].Table == m.Table {
				v.keys = append(v.keys, fk.RefColumns...)
			}
		}
		for _, r := range st.Mapping.Relations {
			if r.Many && r.Link == nil && r.Target == m {
				v.lists = append(v.lists, memberOf{r, st, KeyerOf(m, r.Remote), len(r.Local) == 1 && st.Mapping.IsKey(r.Local) && r.Exact()})
			}
		}
	}
	return v
}

// Referred reports whether other rows may refer to one of the columns.
func (v *Moves) Referred(columns []int) bool {
	return slices.ContainsFunc(v.keys, func(c *ast.Column) bool { return slices.Contains(columns, c.Index) })
}

// Row has the objects around e follow a change of its row, from was, nil for a new one, to now. What the program has changed and
// not flushed is left alone.
func (v *Moves) Row(e *Entry, was, now mem.Ptr) {
	v.Around(e, was, now)
	if was != nil {
		v.objs.cascade(e, was, now)
	}
}

// Around is Row without what the database does to the rows that refer to e's.
func (v *Moves) Around(e *Entry, was, now mem.Ptr) {
	v.references(e, was, now)
	for i := range v.lists {
		l := &v.lists[i]
		if v.objs.LinkOf(l.r, e) == nil && (was == nil || differ(e.Mapping, l.r.Remote, was, now)) {
			l.expire(was, now)
		}
	}
}

// Keys has the rows that refer to e's follow the change of its key that is being written, before anything else is written: what is
// to come finds them by the keys that they have then, and new rows refer to those.
func (v *Moves) Keys(es []*Entry) {
	for _, e := range es {
		v.objs.cascade(e, e.Row(), e.Object)
	}
	v.objs.ForgetReferring()
	for i := range v.objs.Links {
		if l := &v.objs.Links[i]; !l.Child.Goes() && !l.Postponed() {
			l.Sync()
		}
	}
}

// references forgets references whose foreign keys are other ones than when they were loaded.
func (v *Moves) references(e *Entry, was, now mem.Ptr) {
	if was == nil {
		return
	}
	for _, r := range v.refs {
		if ref := relate.RefOf(r, e.Object); ref.Loaded && v.objs.LinkOf(r, e) == nil && differ(e.Mapping, r.Local, was, now) {
			ref.Expire()
		}
	}
}

// expire has the lists that a row is in or was in load again.
func (l *memberOf) expire(was, now mem.Ptr) {
	for _, row := range []mem.Ptr{was, now} {
		if row == nil || l.keys.Null(row) {
			continue
		}
		if k := l.keys.Of(row); !l.direct {
			l.expireAll(k)
		} else if owner := l.owners.Lookup(k); owner != nil {
			relate.ListOf(l.r, owner.Object).Expire()
		}
	}
}

// expireAll is expire by a key that no identity map has, or that the server may find equal to others.
func (l *memberOf) expireAll(k Key) {
	exact, local := l.r.Exact(), KeyerOf(l.r.Owner, l.r.Local)
	for _, owner := range l.owners.Entries {
		if list := relate.ListOf(l.r, owner.Object); list.Loaded && (!exact || local.Of(StoredObject(owner)) == k) {
			list.Expire()
		}
	}
}

// cascade has the rows that refer to e's follow a change of the key that they refer to, as the database has: it would have refused
// the change else. A foreign key that the program has changed keeps what it was given.
func (o *Objects) cascade(e *Entry, was, now mem.Ptr) {
	for _, st := range o.Stores {
		for _, fk := range st.Mapping.Table.ForeignKeys {
			if fk.RefColumns[0].Table != e.Mapping.Table || !differ(e.Mapping, fk.RefColumns, was, now) {
				continue
			}
			refers, key := KeyerOf(st.Mapping, fk.Columns), KeyerOf(e.Mapping, fk.RefColumns)
			old, exact := key.Of(was), meta.ExactKey(fk)
			for _, c := range slices.Clone(st.Entries) {
				parent, asked := o.referring[linkKey{c, &fk.Columns[0]}]
				switch {
				case !c.HasRow() || refers.Null(c.Row()):
				case refers.Of(c.Row()) == old || parent == e:
					o.follow(c, fk, e.Mapping, now)
				case !exact && !asked && !refuses(fk): // only the server knows whether it referred to the row
					c.forgetTargets(fk, map[mem.Ptr]bool{e.Object: true})
					c.Distrust()
					c.Lost = c.Lost || st.isPartOfKey(fk)
				}
			}
		}
	}
}

// follow gives an object, and its row, the key that its row refers to by now.
func (o *Objects) follow(c *Entry, fk *ast.ForeignKey, parent *meta.Mapping, key mem.Ptr) {
	m, st := c.Mapping, c.Store()
	action := strings.ToUpper(fk.OnUpdate)
	switch {
	case refuses(fk):
		return
	case action == "SET DEFAULT":
		c.Distrust()
		return
	}
	st.Writes(c)
	c.Remember()
	old, row, was := m.New(1), m.New(1), st.Key(c)
	CopyColumns(m, old, c.Row())
	CopyColumns(m, row, c.Row())
	for i, column := range fk.Columns {
		f := m.Field(column)
		unchanged := f.Access.Equal(mem.Add(c.Object, f.Offset), mem.Add(old, f.Offset))
		if action == "SET NULL" {
			f.Clear(row)
		} else {
			setValue(f, row, parent.Field(fk.RefColumns[i]).Value(key))
		}
		if unchanged {
			f.Access.Copy(mem.Add(c.Object, f.Offset), mem.Add(row, f.Offset))
		}
	}
	o.Imposed(c, old, row)
	c.rowIs(row)
	if action == "" { // the mapping does not say what the database does
		c.Distrust()
	}
	if k := st.Keys.Of(row); k != was {
		st.Unindex(c, was)
		st.Index(c, k)
	}
	if action == "SET NULL" {
		o.Moves(m).Row(c, old, row)
		return
	}
	o.cascade(c, old, row) // it still refers to the same object
}

// refuses reports whether the database refuses to change a key that rows refer to.
func refuses(fk *ast.ForeignKey) bool {
	action := strings.ToUpper(fk.OnUpdate)
	return action == "RESTRICT" || action == "NO ACTION"
}

func differ(m *meta.Mapping, columns []*ast.Column, a, b mem.Ptr) bool {
	return slices.ContainsFunc(columns, func(c *ast.Column) bool {
		f := m.Field(c)
		return !f.Access.Equal(mem.Add(a, f.Offset), mem.Add(b, f.Offset))
	})
}
