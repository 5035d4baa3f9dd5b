package session

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
)

// Expire makes objects of the session stale: changes of theirs that are not flushed are discarded, their relationships
// are not loaded any more, and the next query that gives their rows, and [Get], read them again. Until then they keep
// the values that their rows had. A change of a relationship is one of the object whose row has the foreign key. It sends
// nothing. An object without a row is a mistake, which the next Flush or Commit reports.
//
// See also model.Many.Expire and model.One.Expire, for a single relationship, and [Session.Refresh].
func (s *Session) Expire(objs ...any) {
	if err := s.enter(); err != nil {
		s.blame(err)
		return
	}
	defer s.leave()
	for _, o := range objs {
		e, err := s.stored(o)
		if err != nil {
			s.blame(fault.During("Expire", err))
			continue
		}
		s.discardLinks(func(l *link) bool { return l.child == e }, nil)
		e.expire()
	}
}

// ExpireAll is [Session.Expire] of all objects that have a row. Added objects stay as they are.
func (s *Session) ExpireAll() {
	if err := s.enter(); err != nil {
		s.blame(err)
		return
	}
	defer s.leave()
	s.discardLinks(func(l *link) bool { return l.child.hasRow() }, nil)
	for _, st := range s.order {
		for _, e := range st.entries {
			if e.hasRow() {
				e.expire()
			}
		}
	}
}

// stored gives the entry of an object of the session that has a row.
func (s *Session) stored(o any) (*entry, error) {
	st, p, err := s.locate(o)
	if err != nil {
		return nil, err
	}
	e := st.find(p)
	switch {
	case e == nil || e.state == deleted:
		return nil, fmt.Errorf("%w: %s", ErrNotInSession, st.m.Describe(p))
	case e.state == pending:
		return nil, fmt.Errorf("%w: %s", ErrNotFlushed, e.describe())
	}
	return e, nil
}

// hasRow tells whether the object has a row that is there.
func (e *entry) hasRow() bool { return e.state == persistent || e.state == doomed }

// expire gives the object the values of its row and makes it stale.
func (e *entry) expire() {
	if e.dirty() {
		copyColumns(e.Mapping, e.Object, e.row())
	}
	e.expireRelations()
	delete(e.store().session.assigned, e)
	e.distrust()
}

func (e *entry) expireRelations() {
	for _, r := range e.Mapping.Relations {
		r.Expire(e.Object)
	}
}
