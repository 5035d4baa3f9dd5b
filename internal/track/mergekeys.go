package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Leave takes in what was removed from lists and is not given otherwise, when all objects were added.
func (g *Merge) Leave() {
	for _, n := range slices.Clone(g.nodes) {
		for _, l := range n.lists {
			for _, p := range l.removed {
				if g.at[p] == nil {
					g.node(g.objs.Store(l.relation.Target), p).leaving = true
				}
			}
		}
	}
}

// Keys finds out which rows the given objects are, and fails where they contradict each other.
func (g *Merge) Keys() error {
	for _, n := range g.nodes {
		n.draw()
	}
	for _, n := range g.nodes {
		if n.fresh {
			continue
		}
		k := mergeKey{n.Store, n.key}
		first := g.byKey[k]
		if first == nil {
			g.byKey[k] = n
			continue
		}
		if n.twin = first; first.itself || n.itself {
			return fmt.Errorf("%w: %s is given beside the session's own object", fault.ErrMerge, n.Store.Mapping.Describe(n.Row))
		}
		if err := g.agree(first, n); err != nil {
			return err
		}
	}
	return g.check()
}

// agree fails where two given objects of one row would give it different values.
func (g *Merge) agree(first, n *MergeNode) error {
	m := n.Store.Mapping
	for i := range m.Fields {
		f := &m.Fields[i]
		if g.copies(first, i) && g.copies(n, i) && !f.Access.Equal(mem.Add(first.Row, f.Offset), mem.Add(n.Row, f.Offset)) {
			return fmt.Errorf("%w: %s is given twice, with different values of %s", fault.ErrMerge, m.Describe(n.Row), f.Column.Name)
		}
	}
	for _, v := range n.governors {
		if err := first.governed(v.relation, v.parent, v.strong); err != nil {
			return err
		}
	}
	return nil
}

// draw makes the object's row: its columns, with the foreign keys that its relationships say, and finds its key.
func (n *MergeNode) draw() {
	if n.keyed || n.drawing {
		return
	}
	n.drawing = true
	m := n.Store.Mapping
	n.Row = CopyOf(m, n.Given)
	if n.itself && n.Entry.State != Pending {
		CopyColumns(m, n.Row, StoredObject(n.Entry))
	}
	for _, v := range n.governors {
		n.drawFrom(v)
	}
	n.key, n.keyed, n.drawing = n.Store.Keys.Of(n.Row), true, false
	n.fresh = n.fresh || n.itself && n.Entry.State == Pending || n.Store.Keys.Null(n.Row)
	for _, k := range m.Key {
		n.fresh = n.fresh || m.Fields[k].Generated && m.Fields[k].IsZero(n.Row)
	}
}

// drawFrom gives the row the foreign key that it has from the parent; that of a new one is not known.
func (n *MergeNode) drawFrom(v *governor) {
	columns, refs := v.relation.ForeignKey()
	if v.parent != nil {
		v.parent.draw()
	}
	for i, c := range columns {
		f := n.Store.Mapping.Field(c)
		if v.parent == nil || v.parent.Row == nil || v.parent.fresh {
			f.Clear(n.Row)
			n.fresh = n.fresh || slices.Contains(n.Store.Mapping.Key, c.Index)
			continue
		}
		setValue(f, n.Row, v.parent.Store.Mapping.Field(refs[i]).Value(v.parent.Row))
	}
}

// copies reports whether a column of a given object is to be copied. Where it is zero, and zero means that there is no value, it is not.
func (g *Merge) copies(n *MergeNode, column int) bool {
	m := n.Store.Mapping
	f := &m.Fields[column]
	switch {
	case slices.Contains(m.Key, column), slices.Contains(m.Kept, column):
		return false
	case n.decided(column):
		return false
	case g.Named:
		return slices.Contains(g.only[m], column)
	case !f.IsZero(n.Row):
		return true
	case f.Computed() || f.Default != nil || f.OnUpdate != nil || f.OnUpdateExpr != nil || slices.Contains(m.Deferred, column), n.isPart():
		return n.madeZero(f)
	}
	return true
}

// isPart reports whether the given object knows that it was read without some columns, which are zero in it.
func (n *MergeNode) isPart() bool {
	e := entryKnown(n.Store.Mapping, n.Given)
	return e != nil && e.HasRow() && e.Partial || relate.IsOutsidePart(n.Store.Mapping, n.Given)
}

// decided reports whether a relationship gives the column its value.
func (n *MergeNode) decided(column int) bool {
	for _, v := range n.governors {
		columns, _ := v.relation.ForeignKey()
		for _, c := range columns {
			if c.Index == column {
				return true
			}
		}
	}
	return false
}

// madeZero reports whether the object knows that its row has another value of a column that is zero in it.
func (n *MergeNode) madeZero(f *meta.Field) bool {
	e := entryKnown(n.Store.Mapping, n.Given)
	return e != nil && e.HasRow() && !f.IsZero(e.formerRow())
}

// entryKnown returns what a session knows or knew of an object; nil where there was none or the object cannot tell.
func entryKnown(m *meta.Mapping, obj mem.Ptr) *Entry {
	for _, r := range m.Relations {
		if h := relate.HandleOf(r, obj); h != nil && h.Object == obj && h.Mapping == m {
			if _, ok := h.Owner.(*Store); ok {
				return entryOf(h)
			}
		}
	}
	return nil
}

// Stores returns the stores of the given objects, those that others refer to first.
func (g *Merge) Stores() (sts []*Store) {
	for _, st := range g.objs.Stores {
		if slices.ContainsFunc(g.nodes, func(n *MergeNode) bool { return n.Store == st }) {
			sts = append(sts, st)
		}
	}
	return sts
}

// Missing returns entries for the rows of a store's objects that must be read, for no session: the identity map does not have them, or they
// are stale.
func (g *Merge) Missing(st *Store) (rows []*Entry) {
	for _, n := range g.nodes {
		if n.Store != st || n.fresh || n.twin != nil || n.itself {
			continue
		}
		e := st.Lookup(n.key)
		if e != nil && e.State == Deleted {
			e.revive()
		}
		if e == nil || e.Stale() || e.Partial {
			rows = append(rows, &Entry{Handle: relate.Handle{Object: n.Row, Home: &st.away}})
		}
	}
	return rows
}

// Resolve finds the objects to which a store's are copied, once their rows were read. One whose row is gone leaves the session.
func (g *Merge) Resolve(st *Store) {
	for _, n := range g.nodes {
		if n.Store != st || n.fresh || n.twin != nil || n.itself {
			continue
		}
		if e := st.Lookup(n.key); e != nil && (e.Stale() || e.Partial) {
			st.Gone([]*Entry{e})
		} else {
			n.Entry = e
		}
	}
}

// Lists returns, by relationship, the owners whose lists must be loaded, since given ones are to take their place. Those lists only whose
// owners are known, and whose items are of a store, if one is given.
func (g *Merge) Lists(of *Store) (rs []*meta.Relation, owners map[*meta.Relation][]*Entry) {
	owners = map[*meta.Relation][]*Entry{}
	for _, n := range g.nodes {
		e := n.first().Entry
		if n.itself || e == nil || e.State == Pending {
			continue
		}
		for _, l := range n.lists {
			r := l.relation
			list := relate.ListOf(r, e.Object)
			if !l.whole || of != nil && of.Mapping != r.Target || list.Loaded && g.objs.Current(list.Epoch) || slices.Contains(owners[r], e) {
				continue
			}
			if owners[r] == nil {
				rs = append(rs, r)
			}
			owners[r] = append(owners[r], e)
		}
	}
	return rs, owners
}

func (n *MergeNode) first() *MergeNode {
	if n.twin != nil {
		return n.twin
	}
	return n
}
