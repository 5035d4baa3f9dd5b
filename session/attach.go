package session

import "github.com/cupel-go/cupel/internal/track"

// Attach puts objects that have rows into the session, without a statement: what is changed of them from then on, the next Flush
// writes. They are found by their keys, which must be set. It is for objects that come from elsewhere and do not know that they have
// a row: read from an Engine, from a cache, of a struct without relationships, made by the program with a key that it knows.
//
//	s.Attach(c)               // c was read by query.Select(Customers).One(ctx, eng)
//	c.Mobile = nil
//	err := s.Commit(ctx)      // UPDATE customer SET mobile = $1 WHERE customer.id = $2
//
// What such an object holds is taken for what its row holds: a change that was made before is not seen, for which [Merge] is there.
// An object that does know what a session read, see [Session.Add], comes back with the changes made since. Attached
// objects are stale: the next query that returns their rows refreshes what is not changed. What was added to their lists and set as their references
// while they were in no session is a change; that brings objects in as Add does, new ones if they do not know better, so attach those first. What was
// removed from their lists must be in the session, else it is [ErrAttach].
//
// An object that the session has stays as it is. One that was added to the session, or whose row another object of the session has, is
// [ErrAttach], one of another session [ErrOtherSession]; the next Flush or Commit reports it.
func (s *Session) Attach(objs ...any) { s.changingEach("Attach", objs, (*track.Objects).Attach) }

// AddNew puts objects into the session as new ones, whatever rows they had: the next Flush inserts a row for each, with the key that the
// object has; set a generated key to zero before for a new one. Of their relationships they keep what was set and added since they left
// their session, not what was loaded, which belongs to the row that they had. Use it to copy a row. An object that a session has is a mistake,
// which the next Flush or Commit reports: Expunge it first.
//
//	s.Expunge(c)
//	c.ID, c.Email = 0, nil
//	s.AddNew(c) // INSERT INTO customer … RETURNING id
func (s *Session) AddNew(objs ...any) { s.changingEach("AddNew", objs, (*track.Objects).AddNew) }
