package session

import "fmt"

// NoLazy forbids the relationships of the session's objects to load by themselves, from now on, and gives the session:
//
//	s := eng.Session().NoLazy()
//
// Get and All of what is not loaded, and not in the session, are [ErrLazy]. A query's NoLazy forbids it for the objects
// that it gives, model.NoLazy for a relationship of all objects.
func (s *Session) NoLazy() *Session {
	s.noLazy = true
	return s
}

// forbidsLazy tells whether a relationship of an object must not load.
func (s *Session) forbidsLazy(e *entry, r *relation) bool {
	return s.noLazy || r.NoLazy || e.cohort != nil && e.cohort.noLazy
}

// giveKnown fills a relationship where that takes no statement.
func (s *Session) giveKnown(e *entry, r *relation) error {
	if !r.Many {
		local := keyerOf(r.Owner, r.Local)
		if s.fillRef(e, r, &local, targetKeys(r)) {
			return nil
		}
	}
	return fmt.Errorf("%w: %s of %s", ErrLazy, r.Name, e.describe())
}
