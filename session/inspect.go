package session

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/track"
)

// The methods of this file have no error to return. Where another goroutine, or a loop over Query.Iter, uses the session, they
// return nothing, and the next flush reports [ErrConcurrent]; of a closed session they return nothing.

// InTransaction reports whether a transaction is open: from the first statement after the beginning, Commit or Rollback.
func (s *Session) InTransaction() (open bool) {
	s.using("InTransaction", func() { open = s.tx.begun })
	return open
}

// New returns the objects that the next Flush inserts, in no order that means anything.
func (s *Session) New() []any {
	return s.where("New", func(e *track.Entry) bool { return e.State == track.Pending })
}

// Dirty returns the objects that the next Flush updates: their columns differ from their rows, or a relationship was given
// another object, or they stand elsewhere in a list whose order is kept.
func (s *Session) Dirty() []any {
	var moved map[*track.Entry]int64
	s.using("Dirty", func() { moved = s.objs.Places() })
	return s.where("Dirty", func(e *track.Entry) bool {
		_, moves := moved[e]
		return moves && e.State == track.Persistent || s.objs.Dirty(e)
	})
}

// Deleted returns the objects that the next Flush deletes. Those that go with them are found by the Flush.
func (s *Session) Deleted() []any {
	return s.where("Deleted", func(e *track.Entry) bool { return e.State == track.Doomed })
}

func (s *Session) where(task string, which func(*track.Entry) bool) (objs []any) {
	s.using(task, func() {
		for e := range s.objs.All() {
			if which(e) {
				objs = append(objs, reflect.NewAt(e.Mapping.Type, e.Object).Interface())
			}
		}
	})
	return objs
}

// Contains reports whether the object is in the session.
func (s *Session) Contains(obj any) (in bool) {
	s.using("Contains", func() {
		_, err := s.objs.Known(obj)
		in = err == nil
	})
	return in
}

// Len returns the number of objects in the session.
func (s *Session) Len() (n int) {
	s.using("Len", func() { n = s.objs.Len() })
	return n
}
