package track

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/relate"
)

// Cached takes the given objects for what their rows are: those that the session does not have are made, as if they had been read.
func (g *Merge) Cached() error {
	if err := g.Keys(); err != nil {
		return err
	}
	for _, n := range g.nodes {
		if n.fresh && !n.leaving {
			return fmt.Errorf("%w: %s has no row that it could be as", fault.ErrMerge, n.Store.Mapping.Describe(n.Given))
		}
	}
	made := map[*MergeNode]bool{}
	for _, n := range g.nodes {
		if n.itself || n.twin != nil || n.leaving {
			continue
		}
		if n.Entry = n.Store.Lookup(n.key); n.Entry == nil {
			made[n] = true
			n.read()
		}
	}
	for _, n := range g.nodes {
		if made[n.first()] {
			g.fill(n)
		}
	}
	return nil
}

// read makes an object of the session that is as its row is.
func (n *MergeNode) read() {
	obj := n.Store.Mapping.New(1)
	CopyColumns(n.Store.Mapping, obj, n.Row)
	n.Entry = n.Store.new(obj, Persistent)
	n.Store.Index(n.Entry, n.key)
	n.Entry.Snapshot()
	n.Entry.Partial = n.isPart()
}

// fill gives an object that was made the relationships of the given one, as loaded.
func (g *Merge) fill(n *MergeNode) {
	e := n.first().Entry
	for _, v := range n.governors {
		r := v.relation
		if r.Many {
			if r = r.Inverse; r == nil {
				continue
			}
		}
		ref := relate.RefOf(r, e.Object)
		ref.Object, ref.Loaded, ref.Epoch = nil, true, g.objs.epoch
		if v.parent != nil {
			ref.Object = v.parent.first().Entry.Object
		}
	}
	for _, l := range n.lists {
		if l.whole {
			relate.ListOf(l.relation, e.Object).Fill(g.members(n, l), g.objs.epoch)
		}
	}
}
