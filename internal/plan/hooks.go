package plan

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/track"
)

// Each calls do with every object that the flush inserts, updates or deletes, until do returns an error. One that takes over a row is
// new, and the one that had the row is deleted, whatever the statements are.
func (p *Preparation) Each(do func(kind StepKind, e *track.Entry) error) error {
	for i := range p.changes {
		c := &p.changes[i]
		for _, part := range []struct {
			kind StepKind
			es   []*track.Entry
		}{{InsertStep, c.fresh}, {UpdateStep, c.before}, {UpdateStep, c.after}} {
			for _, e := range part.es {
				if err := do(p.Does(part.kind, e), e); err != nil {
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
	return p.EachReplaced(func(e *track.Entry) error { return do(DeleteStep, e) })
}

// EachReplaced calls do with every object whose row another takes over, until do returns an error.
func (p *Preparation) EachReplaced(do func(e *track.Entry) error) error {
	for _, x := range p.switched {
		if err := do(x.old); err != nil {
			return err
		}
	}
	return nil
}

// Does returns what a kind of step is for one of its objects: an UPDATE of a row that it takes over makes it.
func (p *Preparation) Does(kind StepKind, e *track.Entry) StepKind {
	if kind == UpdateStep && slices.ContainsFunc(p.switched, func(x switched) bool { return x.by == e }) {
		return InsertStep
	}
	return kind
}

// Keeping calls a hook of an object that has a row, or had one, and fails where it changes what nobody may change.
func Keeping(e *track.Entry, call func() error) error {
	m := e.Mapping
	if len(m.Kept) == 0 || e.State == track.Pending && e.Before == nil {
		return call()
	}
	was := track.CopyOf(m, e.Object)
	if err := call(); err != nil {
		return err
	}
	for _, c := range m.Kept {
		if f := &m.Fields[c]; !f.Access.Equal(mem.Add(e.Object, f.Offset), mem.Add(was, f.Offset)) {
			return fmt.Errorf("%w: %s of %s: %s", fault.ErrReadOnly, f.Column, e.Describe(), whose(m, c))
		}
	}
	return nil
}

// Hooked goes on after hooks that may have changed columns: foreign keys have the keys that there are now, whatever else they were given,
// and objects that are like their rows again are left out.
func (p *Preparation) Hooked() {
	for i := range p.objs.Links {
		if l := &p.objs.Links[i]; follows(l) && !l.Postponed() {
			l.Sync()
		}
	}
	for i := range p.changes {
		c := &p.changes[i]
		same := func(e *track.Entry) bool { return len(p.late[e]) == 0 && !c.store.Changes(e) }
		c.before, c.after = slices.DeleteFunc(c.before, same), slices.DeleteFunc(c.after, same)
	}
}
