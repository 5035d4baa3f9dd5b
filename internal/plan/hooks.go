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

// stamped is an object with hooks before and after OnUpdate was asked for its columns: copies of them.
type stamped struct{ before, after mem.Ptr }

// stampUpdates is stampUpdate of objects of a mapping, and remembers what that changed where a hook may take back all else.
func (p *Preparation) stampUpdates(st *track.Store, entries []*track.Entry) {
	m := st.Mapping
	if !m.Hooks.Before() {
		stampAll(entries, stampUpdate)
		return
	}
	for _, e := range entries {
		before := track.CopyOf(m, e.Object)
		stampUpdate(e)
		if p.stamped == nil {
			p.stamped = map[*track.Entry]stamped{}
		}
		p.stamped[e] = stamped{before, track.CopyOf(m, e.Object)}
	}
}

// takenBack reports whether nothing is to be written of an object any more but what the flush itself gave it: OnUpdate and the version. It
// has that no more.
func (p *Preparation) takenBack(e *track.Entry) bool {
	m, was := e.Mapping, p.stamped[e]
	if len(p.late[e]) > 0 || e.Whole || e.Assigned() != nil {
		return false
	}
	for i := range m.Fields {
		f := &m.Fields[i]
		same := func(a, b mem.Ptr) bool { return f.Access.Equal(mem.Add(a, f.Offset), mem.Add(b, f.Offset)) }
		switch {
		case same(e.Object, e.Row()), isVersion(m, i) && m.Version.Own():
		case was.before != nil && f.OnUpdate != nil && same(was.before, e.Row()) && same(e.Object, was.after):
		default:
			return false
		}
	}
	track.CopyColumns(m, e.Object, e.Row())
	return true
}

// Hooked goes on after hooks that may have changed columns: foreign keys have the keys that there are now, whatever else they were given,
// and objects that are like their rows again, but for what the flush itself gave them, are left out.
func (p *Preparation) Hooked() {
	for i := range p.objs.Links {
		if l := &p.objs.Links[i]; follows(l) && !l.Postponed() {
			l.Sync()
		}
	}
	for i := range p.changes {
		c := &p.changes[i]
		c.before, c.after = slices.DeleteFunc(c.before, p.takenBack), slices.DeleteFunc(c.after, p.takenBack)
	}
}
