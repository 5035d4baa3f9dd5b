package plan

import (
	"context"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/track"
)

// cascade finds what else goes, or loses its foreign key, with the objects marked for deletion and with the new ones that leave
// for that reason. What is not loaded is loaded with one statement a relationship.
func (p *Preparation) cascade(ctx context.Context) error {
	seen := map[*track.Entry]bool{}
	for more := true; more; {
		more = false
		for _, st := range p.objs.Stores {
			gone := p.goneOf(st, seen)
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

// goneOf returns the objects of a mapping that go and were not seen before.
func (p *Preparation) goneOf(st *track.Store, seen map[*track.Entry]bool) []*track.Entry {
	var gone []*track.Entry
	for _, e := range st.Entries {
		if isGoing(e) && !seen[e] {
			seen[e] = true
			gone = append(gone, e)
		}
	}
	return gone
}

func isGoing(e *track.Entry) bool { return e.State == track.Doomed || e.State == track.Leaving }

// cascadeTo lets go of the children of parents that go.
func (p *Preparation) cascadeTo(ctx context.Context, r *meta.Relation, parents []*track.Entry) error {
	if !r.Members() {
		return nil
	}
	if r.Cascade.Passive {
		if replaced := filter(parents, p.isReplaced); len(replaced) > 0 {
			if err := p.cascadeTo(ctx, instead(r), replaced); err != nil {
				return err
			}
		}
	}
	if err := p.loadLists(ctx, r, parents); err != nil {
		return err
	}
	p.cascadeLinked(r)
	local, remote, exact := track.KeyerOf(r.Owner, r.Local), track.KeyerOf(r.Target, r.Remote), r.Exact()
	byKey := make(map[track.Key]bool, len(parents))
	for _, e := range parents {
		if e.State == track.Leaving {
			continue // it has no row that another could refer to
		}
		k := local.Of(e.Row())
		byKey[k] = true
		for _, o := range relate.ListOf(r, e.Object).Items {
			child := p.objs.Store(r.Target).Find(o)
			if child != nil && p.objs.LinkOf(r, child) == nil && (remote.Of(o) == k || !exact && child.Keeps(&remote)) {
				p.letGo(r, child)
			}
		}
	}
	p.cascadeUnflushed(r, byKey, &remote)
	return nil
}

// loadLists loads the lists that are not there, or may be without what the filters of a mapping hide.
func (p *Preparation) loadLists(ctx context.Context, r *meta.Relation, parents []*track.Entry) error {
	if r.Cascade.Passive {
		return nil
	}
	var load []*track.Entry
	for _, e := range parents {
		if l := relate.ListOf(r, e.Object); e.State == track.Doomed && (!l.Loaded || !p.objs.Current(l.Epoch) || r.Target.Table.HasFilter()) {
			load = append(load, e)
		}
	}
	if len(load) == 0 {
		return nil
	}
	if err := p.load.LoadLists(ctx, r, load); err != nil {
		return fault.During(r.Name+" of deleted "+track.DescribeAll(load), err)
	}
	return nil
}

// cascadeLinked lets go of the children that are to get the key of a parent that goes. Any other change of the foreign key means
// that the program gave the child another parent, or none.
func (p *Preparation) cascadeLinked(r *meta.Relation) {
	for i := range p.objs.Links {
		if l := p.objs.Links[i]; l.Parent != nil && isGoing(l.Parent) && l.Follows(r) {
			p.letGo(r, l.Child)
		}
	}
}

// cascadeUnflushed lets go of the children whose rows do not have the key of one of the parents yet, though their foreign keys do.
func (p *Preparation) cascadeUnflushed(r *meta.Relation, byKey map[track.Key]bool, remote *track.Keyer) {
	for _, child := range p.objs.Store(r.Target).Entries {
		if child.State != track.Pending && (child.State != track.Persistent || !child.Dirty()) || remote.Null(child.Object) {
			continue
		}
		if byKey[remote.Of(child.Object)] && p.objs.LinkOf(r, child) == nil {
			p.letGo(r, child)
		}
	}
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
	case !r.Cascade.Passive && r.Owner.Soft == nil:
		p.journal.save(child)
		p.objs.LetGo(r, child)
	}
}

// loadReplaced finds out what the one-to-ones had that were set without being loaded: it leaves them.
func (p *Preparation) loadReplaced(ctx context.Context) error {
	for {
		r, owners := p.objs.TakeReplaced()
		if r == nil {
			return nil
		}
		if err := p.load.LoadLists(ctx, r, owners); err != nil {
			return fault.During(r.Name+" of "+track.DescribeAll(owners), err)
		}
	}
}

func filter(es []*track.Entry, which func(*track.Entry) bool) (some []*track.Entry) {
	for _, e := range es {
		if which(e) {
			some = append(some, e)
		}
	}
	return some
}
