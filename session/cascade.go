package session

import (
	"context"

	"github.com/cupel-go/cupel/internal/fault"
)

// cascadeDeletes finds what else goes, or loses its foreign key, with the objects marked for deletion. What is not
// loaded is loaded with one statement a relationship.
func (s *Session) cascadeDeletes(ctx context.Context) error {
	if !s.deleting {
		return nil
	}
	seen := map[*entry]bool{}
	for more := true; more; {
		more = false
		for _, st := range s.order {
			var gone []*entry
			for _, e := range st.entries {
				if e.state == doomed && !seen[e] {
					seen[e] = true
					gone = append(gone, e)
				}
			}
			if len(gone) == 0 {
				continue
			}
			more = true
			for _, r := range st.m.Relations {
				if err := s.cascade(ctx, r, gone); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// cascade lets go of the children of deleted parents.
func (s *Session) cascade(ctx context.Context, r *relation, parents []*entry) error {
	if !r.Many {
		return nil
	}
	var load []*entry
	for _, e := range parents {
		if l := r.ListAt(e.Object); !r.Cascade.Passive && (!l.Loaded || l.Epoch != s.epoch) {
			load = append(load, e)
		}
	}
	if len(load) > 0 {
		if err := s.loadListsOf(ctx, load, r); err != nil {
			return fault.During(r.Name+" of deleted "+describeAll(load), err)
		}
	}
	local, remote := keyerOf(r.Owner, r.Local), keyerOf(r.Target, r.Remote)
	for _, e := range parents {
		for _, o := range r.ListAt(e.Object).Items {
			child := s.store(r.Target).find(o)
			if child == nil || s.moved(r, child, e) {
				continue
			}
			if remote.of(o) == local.of(e.Object) || s.linked(r, child, e) {
				s.letGo(r, child)
			}
		}
	}
	s.cascadeUnflushed(r, parents, &local, &remote)
	return nil
}

// cascadeUnflushed lets go of the children whose rows do not have the parent's key yet, though their foreign keys do.
func (s *Session) cascadeUnflushed(r *relation, parents []*entry, local, remote *keyer) {
	byKey := make(map[key]*entry, len(parents))
	for _, e := range parents {
		byKey[local.of(e.Object)] = e
	}
	for _, child := range s.store(r.Target).entries {
		if child.state != pending && (child.state != persistent || !child.dirty()) || remote.null(child.Object) {
			continue
		}
		if e := byKey[remote.of(child.Object)]; e != nil && !s.moved(r, child, e) {
			s.letGo(r, child)
		}
	}
}

// linked tells whether a child is to get the parent's key at the next flush.
func (s *Session) linked(r *relation, child, parent *entry) bool {
	l := s.linkOf(r, child)
	return l != nil && l.parent == parent
}

// moved tells whether the program has given a child another parent since it was read.
func (s *Session) moved(r *relation, child, parent *entry) bool {
	l := s.linkOf(r, child)
	return l != nil && l.parent != nil && l.parent != parent
}

// letGo deletes the child of a deleted parent, or takes its foreign key.
func (s *Session) letGo(r *relation, child *entry) {
	switch {
	case child.state == doomed || child.state == deleted:
	case r.Cascade.Delete && child.state == pending:
		child.withdraw()
	case r.Cascade.Delete:
		child.state = doomed
	case !r.Cascade.Passive:
		s.link(r, child, nil)
	}
}
