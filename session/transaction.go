package session

import (
	"context"

	"github.com/cupel-go/cupel/internal/wire"
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

// afterCommit draws the conclusions of a COMMIT.
func (s *Session) afterCommit() {
	s.release()
	for _, st := range s.order {
		var gone []*entry
		for _, e := range st.written {
			e.before, e.created, e.stamped = nil, false, false
			if e.state == deleted && e.Loader != nil {
				gone = append(gone, e)
			}
		}
		st.forget(gone...)
		clear(st.written)
		st.written = st.written[:0]
	}
	s.epoch++
}

func (s *Session) rollback(ctx context.Context) error {
	err := s.undo(ctx)
	s.release()
	if s.changed() {
		s.mistake, s.deleting, s.assigned = nil, false, nil
		s.keepLinks(nil)
		for _, st := range s.order {
			st.restoreAll()
		}
	}
	s.epoch++
	return err
}

// changed tells whether a rollback has something to restore.
func (s *Session) changed() bool {
	if s.mistake != nil || s.deleting || len(s.links) > 0 {
		return true
	}
	for _, st := range s.order {
		if len(st.written) > 0 || st.hasChanges() {
			return true
		}
	}
	return false
}

// undo sends ROLLBACK when there is something to roll back.
func (s *Session) undo(ctx context.Context) error {
	if s.conn == nil || !s.begun || s.conn.Conn().IsClosed() {
		return nil
	}
	if ctx.Err() != nil { // the program gave up; the connection is not to suffer for it
		fresh, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.engine.rollbackTimeout())
		defer cancel()
		ctx = fresh
	}
	err := s.engine.send(ctx, s.conn.Conn(), []*wire.Stmt{{SQL: rollbackSQL}})
	return explainStatement(err)
}

// restoreAll gives every object the state and the values that it had before the transaction.
func (st *store) restoreAll() {
	var fresh []*entry
	for _, e := range st.entries {
		if st.restore(e) {
			fresh = append(fresh, e)
		}
	}
	st.forget(fresh...)
	for _, e := range st.entries { // after those that go: one of them may have had its key
		st.index(e, st.keys.of(e.Object))
	}
	clear(st.written)
	st.written = st.written[:0]
}

// restore gives an object the state and the values that it had before the transaction, and tells whether it is new
// again.
func (st *store) restore(e *entry) bool {
	fresh := e.state == pending && e.before == nil || e.created
	for _, r := range e.Mapping.Relations {
		r.Reset(e.Object, fresh)
	}
	if fresh {
		e.unstamp()
		return true
	}
	if e.state != pending {
		st.unindex(e, st.key(e))
	}
	e.state = persistent
	switch {
	case e.before != nil:
		copyColumns(st.m, e.Object, e.before)
		e.rowIs(e.Object)
		e.before = nil
	case e.dirty():
		copyColumns(st.m, e.Object, e.row())
	}
	return false
}
