package plan

import (
	"context"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/track"
)

// cascade finds what else goes, or loses its foreign key, with the objects marked for deletion. What is not loaded is
// loaded with one statement a relationship.
func (p *Preparation) cascade(ctx context.Context) error {
	seen := map[*track.Entry]bool{}
	for more := true; more; {
		more = false
		for _, st := range p.objs.Stores {
			gone := doomedOf(st, seen)
			if len(gone) == 0 {
				continue
			}
			more = true
			for _, r := range st.Mapping.Relations {
				if err := p.cascadeTo(ctx, r, gone); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// doomedOf returns the doomed objects of a mapping that were not seen before.
func doomedOf(st *track.Store, seen map[*track.Entry]bool) []*track.Entry {
	var gone []*track.Entry
	for _, e := range st.Entries {
		if e.State == track.Doomed && !seen[e] {
			seen[e] = true
			gone = append(gone, e)
		}
	}
	return gone
}

// cascadeTo lets go of the children of deleted parents.
func (p *Preparation) cascadeTo(ctx context.Context, r *meta.Relation, parents []*track.Entry) error {
	if !r.Many {
		return nil
	}
	var load []*track.Entry
	for _, e := range parents {
		if l := relate.ListOf(r, e.Object); !r.Cascade.Passive && (!l.Loaded || l.Epoch != p.objs.Epoch()) {
			load = append(load, e)
		}
	}
	if len(load) > 0 {
		if err := p.load.LoadLists(ctx, r, load); err != nil {
			return fault.During(r.Name+" of deleted "+track.DescribeAll(load), err)
		}
	}
	local, remote := track.KeyerOf(r.Owner, r.Local), track.KeyerOf(r.Target, r.Remote)
	for _, e := range parents {
		for _, o := range relate.ListOf(r, e.Object).Items {
			child := p.objs.Store(r.Target).Find(o)
			if child == nil || p.moved(r, child, e) {
				continue
			}
			if remote.Of(o) == local.Of(e.Object) || p.linked(r, child, e) {
				p.letGo(r, child)
			}
		}
	}
	p.cascadeUnflushed(r, parents, &local, &remote)
	return nil
}

// cascadeUnflushed lets go of the children whose rows do not have the parent's key yet, though their foreign keys do.
func (p *Preparation) cascadeUnflushed(r *meta.Relation, parents []*track.Entry, local, remote *track.Keyer) {
	byKey := make(map[track.Key]*track.Entry, len(parents))
	for _, e := range parents {
		byKey[local.Of(e.Object)] = e
	}
	for _, child := range p.objs.Store(r.Target).Entries {
		if child.State != track.Pending && (child.State != track.Persistent || !child.Dirty()) || remote.Null(child.Object) {
			continue
		}
		if e := byKey[remote.Of(child.Object)]; e != nil && !p.moved(r, child, e) {
			p.letGo(r, child)
		}
	}
}

// linked reports whether a child is to get the parent's key at the next flush.
func (p *Preparation) linked(r *meta.Relation, child, parent *track.Entry) bool {
	l := p.objs.LinkOf(r, child)
	return l != nil && l.Parent == parent
}

// moved reports whether the program has given a child another parent since it was read.
func (p *Preparation) moved(r *meta.Relation, child, parent *track.Entry) bool {
	l := p.objs.LinkOf(r, child)
	return l != nil && l.Parent != nil && l.Parent != parent
}

// letGo deletes the child of a deleted parent, or takes its foreign key.
func (p *Preparation) letGo(r *meta.Relation, child *track.Entry) {
	switch {
	case child.Goes():
	case r.Cascade.Delete && child.State == track.Pending:
		p.journal.save(child)
		p.journal.withdrawn = append(p.journal.withdrawn, child)
		child.State = track.Leaving
	case r.Cascade.Delete:
		p.journal.save(child)
		child.State = track.Doomed
	case !r.Cascade.Passive:
		p.objs.Link(r, child, nil)
	}
}
