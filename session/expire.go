package session

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/track"
)

// Expire makes objects of the session stale: changes of theirs that are not flushed are discarded, their relationships
// are not loaded any more, and the next query that returns their rows, and [Get], read them again. Until then they keep
// the values that their rows had. A change of a relationship is one of the object whose row has the foreign key. It sends
// nothing. An object without a row is a mistake, which the next Flush or Commit reports. What is loaded of relationships with
// model.CascadeRefresh is expired too.
//
// See also model.Many.Expire and model.One.Expire, for a single relationship, and [Session.Refresh].
func (s *Session) Expire(objs ...any) { s.changingEach("Expire", objs, (*track.Objects).Expire) }

// ExpireAll is [Session.Expire] of all objects that have a row. Added objects stay as they are.
func (s *Session) ExpireAll() {
	s.changing("ExpireAll", func(o *track.Objects) error { o.ExpireAll(); return nil })
}

// ExpireColumns is [Session.Expire] of some columns of an object: changes of these that are not flushed are discarded, those of a
// relationship whose foreign key has one of them too; other changes stay. The object is stale: the next query that returns its row, and
// [Get], read it again, but for what is changed of it. It sends nothing. A column of another table, or of the key, is a mistake that the next Flush or
// Commit reports, and so is none; an empty list that is not nil expires nothing.
//
//	s.ExpireColumns(acct, a.Balance)
func (s *Session) ExpireColumns(obj any, columns ...expr.Expression) {
	s.changing("ExpireColumns", func(o *track.Objects) error {
		e, err := o.Stored(obj)
		if err != nil {
			return err
		}
		named, err := columnsOf(e.Mapping, columns)
		if err == nil && len(named) > 0 {
			e.ExpireColumns(named)
		}
		return err
	})
}

// IsStale reports whether an object of the session may differ from its row, since a transaction has ended since it was read, or it was expired or
// attached, or since a query read some of its columns only: the next query that returns its row reads it again. An object without a row, or in no session, has none to differ from.
func (s *Session) IsStale(obj any) (stale bool) {
	s.using("IsStale", func() {
		e, err := s.objs.Stored(obj)
		stale = err == nil && (e.Stale() || e.Partial)
	})
	return stale
}
