package session

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/track"
)

// Session is a unit of work; see the package's comment. It is made by [Engine.Session] and is for one goroutine at a
// time: use by two at once is detected and is [ErrConcurrent]. Methods without an error, such as Add and Contains, then do
// nothing, or return nothing, and the next Flush, Commit or query that flushes reports it.
type Session struct {
	engine  *Engine
	tx      transaction
	objs    track.Objects
	failed  error // why the session refuses work until Rollback; nil: it does not
	closed  bool
	noLazy  bool // relationships must not load
	kept    bool // a commit has kept something, or may have
	borrows bool // its objects are in no session for the program: nothing of them is flushed
	inHook  bool // a hook of the session is being called
	busy    atomic.Bool
	misuse  atomic.Pointer[error] // a call that met the session in use and has no error to return: for the next flush to report
}

func newSession(e *Engine, pool *pgxpool.Pool, conn connection, terms terms) *Session {
	s := &Session{engine: e, tx: transaction{core: e.core, pool: pool, conn: conn, terms: terms}}
	s.objs.Init(e.schema, host{s})
	s.objs.Database, s.objs.Schema = e.pool, terms.schema
	return s
}

// Engine returns the session's engine, which has the schema of the session's tables.
func (s *Session) Engine() *Engine { return s.engine }

// enter marks the session as used; leave must follow when it returns no error.
func (s *Session) enter() error {
	if !s.busy.CompareAndSwap(false, true) {
		return ErrConcurrent
	}
	if s.closed {
		s.busy.Store(false)
		return ErrClosed
	}
	return nil
}

func (s *Session) leave() { s.busy.Store(false) }

// ready is enter for work that a failed transaction does not allow.
func (s *Session) ready() error {
	if err := s.enter(); err != nil {
		return err
	}
	if s.failed != nil {
		defer s.leave()
		return fmt.Errorf("%w: %w", ErrFailed, s.failed)
	}
	return nil
}

// using calls use, of a method that has no error to return; where the session is in use it does not, and the next flush
// reports that.
func (s *Session) using(task string, use func()) {
	if err := s.enter(); err != nil {
		misuse := fault.During(task, err)
		s.misuse.CompareAndSwap(nil, &misuse)
		return
	}
	defer s.leave()
	use()
}

// takeMistake returns what the methods that have no error to return found wrong, once.
func (s *Session) takeMistake() error {
	if misuse := s.misuse.Swap(nil); misuse != nil {
		return *misuse
	}
	return s.objs.TakeMistake()
}

// mistaken reports whether there is something for the next flush to report.
func (s *Session) mistaken() bool { return s.misuse.Load() != nil || s.objs.Failing() }

// changing calls change with the session's objects; its error is a mistake that the next flush reports.
func (s *Session) changing(task string, change func(o *track.Objects) error) {
	s.using(task, func() {
		if err := change(&s.objs); err != nil {
			s.objs.Blame(fault.During(task, err))
		}
	})
}

// changingEach is changing for each of objs.
func (s *Session) changingEach(task string, objs []any, change func(o *track.Objects, obj any) error) {
	s.using(task, func() {
		for _, obj := range objs {
			if err := change(&s.objs, obj); err != nil {
				s.objs.Blame(fault.During(task, err))
			}
		}
	})
}

// Add puts objects, pointers to mapped structs, into the session: the next Flush inserts their rows, and those of
// objects that they refer to by a relationship. Objects that are in the session already stay as they are; one that was
// deleted is kept after all. A mistake, such as a type that is not mapped, is reported by the next Flush or Commit.
//
// An object that another session, or this one, let go of comes back with the row that it had there, and so does what is loaded of
// its relationships: the next Flush updates what was changed since, and it is stale. It is a new one again where its row was not
// committed, or was deleted, and where its generated key was set to zero. Only objects whose struct has relationships know all that;
// to others, and to objects that were read from an Engine, Add gives a new row: see [Session.Attach]. Where it cannot be told what is
// meant it is [ErrAttach].
func (s *Session) Add(objs ...any) { s.changingEach("Add", objs, (*track.Objects).Add) }

// Delete marks objects of the session for deletion: the next Flush deletes their rows. An object that was added and not
// flushed leaves the session. A mistake is reported by the next Flush or Commit.
func (s *Session) Delete(objs ...any) { s.changingEach("Delete", objs, (*track.Objects).Delete) }

// Expunge takes objects out of the session: they keep their values, changes to them and to what they refer to are not
// written any more, and a query that meets their rows returns new objects. Objects that are not in the session are left alone.
// What is loaded of relationships with model.CascadeExpunge leaves with its owner.
// Add and [Session.Attach] take them back; [BulkUpdate] writes rows of objects that no session has.
func (s *Session) Expunge(objs ...any) {
	s.changing("Expunge", func(o *track.Objects) error { o.Expunge(objs); return nil })
}

// Close gives the connection back, rolling back what is not committed, and forgets all objects, which keep the values
// that they have. It may be called twice. A closed session returns [ErrClosed].
func (s *Session) Close(ctx context.Context) error {
	err := s.enter()
	if errors.Is(err, ErrClosed) {
		return nil
	}
	if err != nil {
		return err
	}
	defer s.leave()
	s.closed = true
	err = s.tx.undo(ctx)
	s.tx.release()
	s.failed = nil
	s.objs.Detach()
	return err
}

// fail makes the session refuse work until Rollback.
func (s *Session) fail(err error) error {
	if err != nil && s.failed == nil && (s.tx.begun || s.tx.spoiled) {
		s.failed = err
	}
	return err
}

// failQuery is fail for a statement that is not part of a flush: it fails the session only where it failed the transaction.
// A value that could not be sent or read has not.
func (s *Session) failQuery(err error) error {
	if !errors.Is(err, ErrTransactionEnded) && s.tx.survives() {
		return err
	}
	return s.fail(err)
}
