package session

import (
	"context"
	"fmt"
)

// flush writes what changed, and commits when commit says so.
func (s *Session) flush(ctx context.Context, commit bool) error {
	if s.mistake != nil {
		err := s.mistake
		s.mistake = nil
		return err
	}
	if err := s.cascadeDeletes(ctx); err != nil {
		return s.fail(err)
	}
	s.switchRows()
	p, err := s.plan()
	if err != nil {
		return err
	}
	if len(p.steps) == 0 && !s.begun {
		s.settle(p) // relationships may have been set to what they are
		if commit {
			s.afterCommit()
		}
		return nil
	}
	if err := s.execute(ctx, p, commit); err != nil {
		return s.fail(err)
	}
	s.settle(p)
	if commit {
		s.afterCommit()
	}
	return nil
}

// execute runs a plan: as many steps in one round trip as do not wait for a key that the database generates.
func (s *Session) execute(ctx context.Context, p *plan, commit bool) error {
	b := &batch{session: s}
	for i := range p.steps {
		step := &p.steps[i]
		if !step.fillIn() {
			if err := b.send(ctx, false); err != nil {
				return err
			}
			if !step.fillIn() {
				return fmt.Errorf("session: flush of %s: a row that they refer to has no key", describeAll(step.entries))
			}
		}
		if err := step.statements(ctx, s, b); err != nil {
			return err
		}
	}
	return b.send(ctx, commit)
}

// settle draws the conclusions of a flush that went well.
func (s *Session) settle(p *plan) {
	for i := range p.steps {
		for _, e := range p.steps[i].entries {
			s.settleEntry(p.steps[i].kind, e)
		}
	}
	for _, l := range s.links {
		for _, e := range []*entry{l.child, l.parent} {
			if e != nil {
				s.settleRelations(e)
			}
		}
	}
	s.keepLinks(s.links[:0])
	clear(s.assigned)
	s.deleting = false
}

func (s *Session) settleRelations(e *entry) {
	for _, r := range e.Mapping.Relations {
		r.Flushed(e.Object, s.epoch)
	}
}

func (s *Session) settleEntry(kind stepKind, e *entry) {
	st := e.store()
	st.written = append(st.written, e)
	switch kind {
	case insertStep:
		e.state, e.created = persistent, e.before == nil
		st.index(e, st.keys.of(e.Object))
		e.snapshot()
		s.settleRelations(e)
	case updateStep:
		stale := e.stale() // only what was written is known to be as the row is
		e.remember()
		if k, was := st.keys.of(e.Object), st.key(e); k != was {
			st.unindex(e, was)
			st.index(e, k)
		}
		if e.snapshot(); stale {
			e.distrust()
		}
	case deleteStep:
		st.unindex(e, st.key(e))
		e.state = deleted
	}
}
