package session

import (
	"context"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/wire"
)

// AdvisoryLock takes the lock with a number, which means what programs agree that it means, and waits until nobody else has it. The lock
// ends with the transaction, or with a rollback to a savepoint before it.
//
//	SELECT pg_advisory_xact_lock($1)
func (s *Session) AdvisoryLock(ctx context.Context, key int64) error {
	return s.advise(ctx, "AdvisoryLock", &wire.Stmt{SQL: "SELECT pg_advisory_xact_lock($1)", Args: []any{key}, Acts: true})
}

// TryAdvisoryLock is [Session.AdvisoryLock] that does not wait: it reports whether it has the lock.
//
//	SELECT pg_try_advisory_xact_lock($1)
func (s *Session) TryAdvisoryLock(ctx context.Context, key int64) (taken bool, err error) {
	err = s.advise(ctx, "TryAdvisoryLock", &wire.Stmt{
		SQL: "SELECT pg_try_advisory_xact_lock($1)", Args: []any{key}, Acts: true,
		Read: wire.ReadFunc(func(rows *wire.Rows) error {
			for rows.Next() {
				v := rows.Values()[0]
				taken = len(v) == 1 && (v[0] == 1 || v[0] == 't')
			}
			return nil
		}),
	})
	return taken, err
}

func (s *Session) advise(ctx context.Context, task string, stmt *wire.Stmt) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	if err := s.tx.Send(ctx, stmt); err != nil {
		return fault.During(task, s.failQuery(explainStatement(err)))
	}
	return nil
}
