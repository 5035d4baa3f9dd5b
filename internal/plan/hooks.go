package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/track"
)

// Each calls do with every object that the flush inserts, updates or deletes, until do returns an error.
func (p *Preparation) Each(do func(kind StepKind, e *track.Entry) error) error {
	for i := range p.changes {
		c := &p.changes[i]
		for _, part := range []struct {
			kind StepKind
			es   []*track.Entry
		}{{InsertStep, c.fresh}, {UpdateStep, c.before}, {UpdateStep, c.after}} {
			for _, e := range part.es {
				if err := do(part.kind, e); err != nil {
					return err
				}
			}
		}
	}
	if !p.objs.Deleting {
		return nil
	}
	for _, st := range p.objs.Stores {
		for _, e := range doomedOf(st) {
			if err := do(DeleteStep, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// DropUnchanged leaves out objects that a hook has made like their rows again.
func (p *Preparation) DropUnchanged() {
	for i := range p.changes {
		c := &p.changes[i]
		same := func(e *track.Entry) bool { return len(p.late[e]) == 0 && !c.store.Changes(e) }
		c.before, c.after = slices.DeleteFunc(c.before, same), slices.DeleteFunc(c.after, same)
	}
}
