package session

import "github.com/cupel-go/cupel/internal/track"

// Expire makes objects of the session stale: changes of theirs that are not flushed are discarded, their relationships
// are not loaded any more, and the next query that returns their rows, and [Get], read them again. Until then they keep
// the values that their rows had. A change of a relationship is one of the object whose row has the foreign key. It sends
// nothing. An object without a row is a mistake, which the next Flush or Commit reports.
//
// See also model.Many.Expire and model.One.Expire, for a single relationship, and [Session.Refresh].
func (s *Session) Expire(objs ...any) { s.changingEach("Expire", objs, (*track.Objects).Expire) }

// ExpireAll is [Session.Expire] of all objects that have a row. Added objects stay as they are.
func (s *Session) ExpireAll() {
	s.changing("ExpireAll", func(o *track.Objects) error { o.ExpireAll(); return nil })
}
