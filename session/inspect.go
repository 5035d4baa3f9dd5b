package session

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/track"
)

// InTransaction reports whether a transaction is open: from the first statement after the beginning, Commit or Rollback.
func (s *Session) InTransaction() bool { return s.tx.begun }

// New returns the objects that the next Flush inserts, in no order that means anything.
func (s *Session) New() []any {
	return s.where(func(e *track.Entry) bool { return e.State == track.Pending })
}

// Dirty returns the objects that the next Flush updates: their columns differ from their rows, or a relationship was given
// another object.
func (s *Session) Dirty() []any { return s.where(s.objs.Dirty) }

// Deleted returns the objects that the next Flush deletes. Those that go with them are found by the Flush.
func (s *Session) Deleted() []any {
	return s.where(func(e *track.Entry) bool { return e.State == track.Doomed })
}

func (s *Session) where(which func(*track.Entry) bool) []any {
	var objs []any
	for e := range s.objs.All() {
		if which(e) {
			objs = append(objs, reflect.NewAt(e.Mapping.Type, e.Object).Interface())
		}
	}
	return objs
}

// Contains reports whether the object is in the session.
func (s *Session) Contains(obj any) bool {
	_, err := s.objs.Known(obj)
	return err == nil
}

// Len returns the number of objects in the session.
func (s *Session) Len() int { return s.objs.Len() }
