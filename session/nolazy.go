package session

// NoLazy forbids the relationships of the session's objects to load by themselves, from now on, and returns the session:
//
//	s := eng.Session().NoLazy()
//
// Get and All of what is not loaded, and not in the session, are [ErrLazy]. A query's NoLazy forbids it for the objects
// that it returns, model.NoLazy for a relationship of all objects.
func (s *Session) NoLazy() *Session {
	s.using("NoLazy", func() { s.noLazy = true })
	return s
}
