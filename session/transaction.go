package session

import (
	"context"
)

// Flush writes what changed: it inserts added objects, updates changed ones and deletes those marked, each with the
// fewest columns, in an order that the foreign keys allow. It begins a transaction when none is open and leaves it
// open. Without changes it does nothing. After an error the session refuses work until Rollback.
func (s *Session) Flush(ctx context.Context) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	return s.flush(ctx, false)
}

// Commit flushes and commits: the COMMIT travels with the last statements of the flush. Objects keep their values and
// become stale; see the package's comment. Without a transaction and without changes it does nothing. After an error
// nothing of the transaction is kept, unless the error is [ErrUnknownOutcome]; call Rollback.
func (s *Session) Commit(ctx context.Context) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	return s.flush(ctx, true)
}

// Rollback undoes the transaction: objects that it inserted leave the session and are new again, deleted ones are back,
// and all others have the values that they had when it began, or were first read with in it, and are stale. It makes a failed
// session usable.
func (s *Session) Rollback(ctx context.Context) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.rollback(ctx)
}
