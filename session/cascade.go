package session

import (
	"context"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
)

// cascade finds what else goes, or loses its foreign key, with the objects marked for deletion. What is not loaded is
// loaded with one statement a relationship.
func (p *preparation) cascade(ctx context.Context) error {
	seen := map[*entry]bool{}
	for more := true; more; {
		more = false
		for _, st := range p.objs.order {
			gone := doomedOf(st, seen)
			if len(gone) == 0 {
				continue
			}
			more = true
			for _, r := range st.m.Relations {
				if err := p.cascadeTo(ctx, r, gone); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// doomedOf returns the doomed objects of a mapping that were not seen before.
func doomedOf(st *store, seen map[*entry]bool) []*entry {
	var gone []*entry
	for _, e := range st.entries {
		if e.state == doomed && !seen[e] {
			seen[e] = true
			gone = append(gone, e)
		}
	}
	return gone
}

// cascadeTo lets go of the children of deleted parents.
func (p *preparation) cascadeTo(ctx context.Context, r *meta.Relation, parents []*entry) error {
	if !r.Many {
		return nil
	}
	var load []*entry
	for _, e := range parents {
		if l := r.ListAt(e.Object); !r.Cascade.Passive && (!l.Loaded || l.Epoch != p.objs.Epoch()) {
			load = append(load, e)
		}
	}
	if len(load) > 0 {
		if err := p.load.LoadLists(ctx, r, load); err != nil {
			return fault.During(r.Name+" of deleted "+describeAll(load), err)
		}
	}
	local, remote := keyerOf(r.Owner, r.Local), keyerOf(r.Target, r.Remote)
	for _, e := range parents {
		for _, o := range r.ListAt(e.Object).Items {
			child := p.objs.store(r.Target).find(o)
			if child == nil || p.moved(r, child, e) {
				continue
			}
			if remote.of(o) == local.of(e.Object) || p.linked(r, child, e) {
				p.letGo(r, child)
			}
		}
	}
	p.cascadeUnflushed(r, parents, &local, &remote)
	return nil
}

// cascadeUnflushed lets go of the children whose rows do not have the parent's key yet, though their foreign keys do.
func (p *preparation) cascadeUnflushed(r *meta.Relation, parents []*entry, local, remote *keyer) {
	byKey := make(map[key]*entry, len(parents))
	for _, e := range parents {
		byKey[local.of(e.Object)] = e
	}
	for _, child := range p.objs.store(r.Target).entries {
		if child.state != pending && (child.state != persistent || !child.dirty()) || remote.null(child.Object) {
			continue
		}
		if e := byKey[remote.of(child.Object)]; e != nil && !p.moved(r, child, e) {
			p.letGo(r, child)
		}
	}
}

// linked reports whether a child is to get the parent's key at the next flush.
func (p *preparation) linked(r *meta.Relation, child, parent *entry) bool {
	l := p.objs.linkOf(r, child)
	return l != nil && l.parent == parent
}

// moved reports whether the program has given a child another parent since it was read.
func (p *preparation) moved(r *meta.Relation, child, parent *entry) bool {
	l := p.objs.linkOf(r, child)
	return l != nil && l.parent != nil && l.parent != parent
}

// letGo deletes the child of a deleted parent, or takes its foreign key.
func (p *preparation) letGo(r *meta.Relation, child *entry) {
	switch {
	case child.goes():
	case r.Cascade.Delete && child.state == pending:
		p.journal.save(child)
		p.journal.withdrawn = append(p.journal.withdrawn, child)
		child.state = leaving
	case r.Cascade.Delete:
		p.journal.save(child)
		child.state = doomed
	case !r.Cascade.Passive:
		p.objs.link(r, child, nil)
	}
}
