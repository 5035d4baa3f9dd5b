package session

import "context"

// CupelBatch begins a batch, for package query: what it returns flushes, and lets go of the objects that came since and have rows that were there.
func (s *Session) CupelBatch() (letGo func(context.Context) error, err error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	defer s.leave()
	before := s.objs.Mark()
	return func(ctx context.Context) error {
		if err := s.Flush(ctx); err != nil {
			return err
		}
		if err := s.enter(); err != nil {
			return err
		}
		defer s.leave()
		s.objs.LetGoSince(before)
		return nil
	}, nil
}
