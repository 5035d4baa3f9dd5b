package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I lock rows until my transaction ends?
//
// Objects that the session has already keep their values, which may be older than the lock: say `Refresh`, or lock them by `s.Lock`.
func (Questions) ForUpdate(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(o).Filter(o.ID.Eq(3)).ForUpdate().Refresh().All(ctx, s)
}

// How do I take work from a queue?
//
// Each worker skips the rows that others hold.
func (Questions) Queue(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(o).Filter(o.Status.Eq("new")).OrderBy(o.ID).Limit(1).ForUpdate(query.SkipLocked).All(ctx, s)
}

// How do I lock rows of one table of a join, and not wait?
//
// A row that somebody else holds is a `*session.LockError` then.
func (Questions) LockOf(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(o).Join(c).Filter(c.Name.Eq("Ben")).ForNoKeyUpdate(query.LockOf(o), query.NoWait).All(ctx, s)
}
