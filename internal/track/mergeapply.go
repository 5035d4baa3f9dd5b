package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// ownerKey is what the foreign keys of children follow.
type ownerKey struct {
	owner *MergeNode
	fk    **ast.Column
}

// check fails where two given objects of one row have different items of a list.
func (g *Merge) check() error {
	g.children = map[ownerKey][]*MergeNode{}
	for _, n := range g.nodes {
		for fk, v := range n.governors {
			if n.twin == nil && v.parent != nil {
				k := ownerKey{v.parent.first(), fk}
				g.children[k] = append(g.children[k], n)
			}
		}
	}
	for _, n := range g.nodes {
		if n.twin == nil {
			continue
		}
		for _, l := range n.lists {
			for _, other := range n.twin.lists {
				if l.whole && other.whole && l.relation == other.relation && !sameNodes(l.items, other.items, l.relation.Position != nil) {
					return fmt.Errorf("%w: %s is given twice, with different %s", fault.ErrMerge, n.Store.Mapping.Describe(n.Row), l.relation.Name)
				}
			}
		}
	}
	return nil
}

// sameNodes reports whether two lists have the same rows; in the same order, where that is kept.
func sameNodes(a, b []*MergeNode, ordered bool) bool {
	if ordered {
		return slices.EqualFunc(a, b, func(x, y *MergeNode) bool { return x.first() == y.first() })
	}
	in := make(map[*MergeNode]bool, len(a))
	for _, n := range a {
		in[n.first()] = true
	}
	for _, n := range b {
		if !in[n.first()] {
			return false
		}
	}
	return len(a) == len(b)
}

// members returns the session's objects that are to be in a list of an object: those that were given no other owner, and those that were
// given this one by their references.
func (g *Merge) members(n *MergeNode, l givenList) []mem.Ptr {
	ps := make([]mem.Ptr, 0, len(l.items))
	in := make(map[*MergeNode]bool, len(l.items))
	for _, item := range l.items {
		item = item.first()
		if !in[item] && (l.relation.Link != nil || item.belongs(n, l.relation)) {
			in[item] = true
			ps = append(ps, item.Entry.Object)
		}
	}
	if l.relation.Link != nil {
		return ps
	}
	for _, item := range g.children[ownerKey{n.first(), foreignKey(l.relation)}] {
		if !in[item] && item.Entry != nil {
			ps = append(ps, item.Entry.Object)
		}
	}
	return ps
}

// belongs reports whether the object follows an owner by the foreign key of a list.
func (n *MergeNode) belongs(owner *MergeNode, r *meta.Relation) bool {
	v := n.governors[foreignKey(r)]
	return v != nil && v.parent != nil && v.parent.first() == owner.first()
}

// Apply copies the given objects to those of the session. The lists that are to be replaced are loaded.
func (g *Merge) Apply() error {
	for _, n := range g.nodes {
		if err := n.checkVersion(); err != nil {
			return err
		}
	}
	for _, n := range g.nodes {
		if n.itself || n.twin != nil {
			continue
		}
		if n.Entry == nil {
			if n.leaving {
				continue // its row is gone
			}
			if err := g.insert(n); err != nil {
				return err
			}
			continue
		}
		n.Entry.keep()
		g.copyTo(n)
	}
	for _, n := range g.nodes {
		if n.twin != nil && n.twin.Entry != nil {
			g.copyTo(n)
		}
	}
	for _, n := range g.nodes {
		if !n.leaving {
			g.relate(n)
		}
	}
	return nil
}

// checkVersion fails where the given object is of another version of its row than the session's.
func (n *MergeNode) checkVersion() error {
	m, to := n.Store.Mapping, n.first().Entry
	if m.Version == nil || n.itself || to == nil || !to.HasRow() {
		return nil
	}
	f := &m.Fields[m.Version.Column]
	if f.IsZero(n.Given) || f.Access.Equal(mem.Add(n.Given, f.Offset), mem.Add(to.Row(), f.Offset)) {
		return nil
	}
	return fault.Stale("%s has another version than its row, which was written since the object was read", m.Describe(n.Row))
}

// insert makes a new object of the session.
func (g *Merge) insert(n *MergeNode) (err error) {
	obj := n.Store.Mapping.New(1)
	CopyColumns(n.Store.Mapping, obj, n.Row)
	n.Entry, err = g.objs.takeIn(n.Store, obj)
	return err
}

// copyTo copies the columns that differ.
func (g *Merge) copyTo(n *MergeNode) {
	m, to := n.Store.Mapping, n.first().Entry.Object
	for i := range m.Fields {
		f := &m.Fields[i]
		at, from := mem.Add(to, f.Offset), mem.Add(n.Row, f.Offset)
		if g.copies(n, i) && !f.Access.Equal(at, from) {
			f.Access.Copy(at, from)
		}
	}
}

// relate gives the object of the session the relationships of a given one.
func (g *Merge) relate(n *MergeNode) {
	for _, v := range n.governors {
		if !v.relation.Many && n.follows(v.relation, v.parent) {
			g.refer(n.first().Entry, v)
		}
	}
	owner := n.first().Entry
	for _, l := range n.lists {
		list := relate.ListOf(l.relation, owner.Object)
		members := g.members(n, l)
		if l.whole {
			stay := make(map[mem.Ptr]bool, len(members))
			for _, p := range members {
				stay[p] = true
			}
			list.Remove(slices.DeleteFunc(slices.Clone(list.Items), func(p mem.Ptr) bool { return stay[p] }))
		} else {
			list.Remove(g.removed(l))
		}
		list.Add(members)
		if l.whole && l.relation.Position != nil {
			g.arrange(l.relation, list, members)
		}
	}
}

// arrange puts the items of an ordered list into the order that they were given in. The positions that they were given do not count.
func (g *Merge) arrange(r *meta.Relation, list *relate.List, members []mem.Ptr) {
	list.Arrange(members)
	f, st := r.Target.Field(r.Position), g.objs.Store(r.Target)
	for _, p := range members {
		if e := st.Find(p); e != nil && e.HasRow() {
			f.Access.Copy(mem.Add(p, f.Offset), mem.Add(e.Row(), f.Offset))
		}
	}
}

// removed returns the objects of the session for those that were removed from a list.
func (g *Merge) removed(l givenList) (ps []mem.Ptr) {
	for _, p := range l.removed {
		if e := g.at[p].first().Entry; e != nil {
			ps = append(ps, e.Object)
		}
	}
	return ps
}

// refer has a reference be what it was given, unless it is that already.
func (g *Merge) refer(e *Entry, v *governor) {
	r := v.relation
	ref := relate.RefOf(r, e.Object)
	var target mem.Ptr
	known := e.HasRow() && g.objs.LinkOf(r, e) == nil
	if v.parent != nil {
		parent := v.parent.first().Entry
		target = parent.Object
		known = known && parent.HasRow()
	}
	if known && joined(r, e.Object, target) {
		ref.Object, ref.Loaded, ref.Epoch = target, true, g.objs.epoch
		return
	}
	if !ref.Loaded || ref.Object != target || !g.objs.Current(ref.Epoch) {
		ref.Set(target)
	}
}
