package session

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync/atomic"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/wire"
)

// Session is a unit of work; see the package's comment. It is made by [Engine.Session] and is for one goroutine at a
// time: use by two at once is detected and is [ErrConcurrent].
type Session struct {
	engine   *Engine
	conn     connection // nil: none is needed yet
	begun    bool       // a transaction is open
	failed   error      // why the session refuses work until Rollback; nil: it does not
	closed   bool
	busy     atomic.Bool
	epoch    uint32          // grows with every commit and rollback
	order    []*store        // of the mappings that it has met, those that others refer to first
	few      [4]*store       // memory for order
	links    []link          // changes of relationships that are not flushed yet
	linkAt   map[linkKey]int // position in links
	deleting bool            // an object is marked for deletion
	noLazy   bool            // relationships must not load
	flushing plan
	begin    wire.Stmt
	sending  []*wire.Stmt // scratch
	mistake  error        // a mistake in Add or Delete, for the next Flush to report
	zeros    map[*meta.Mapping]mem.Ptr
	assigned map[*entry][]assigned // see Set
}

func newSession(e *Engine) *Session {
	s := &Session{engine: e, epoch: 1}
	s.order = s.few[:0]
	return s
}

// store gives the store of a mapping, nil when it is not in the engine's schema.
func (s *Session) store(m *meta.Mapping) *store {
	for _, st := range s.order {
		if st.m == m {
			return st
		}
	}
	at, ok := s.engine.schema.Position(m)
	if !ok {
		return nil
	}
	i := 0
	for i < len(s.order) && s.order[i].position < at {
		i++
	}
	st := newStore(s, m, at)
	s.order = slices.Insert(s.order, i, st)
	return st
}

// Engine gives the session's engine.
func (s *Session) Engine() *Engine { return s.engine }

// enter marks the session as used; leave must follow when it gives no error.
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

// Add puts objects, pointers to mapped structs, into the session: the next Flush inserts their rows, and those of
// objects that they refer to by a relationship. Objects that are in the session already stay as they are; one that was
// deleted is kept after all. A mistake, such as a type that is not mapped, is reported by the next Flush or Commit.
func (s *Session) Add(objs ...any) {
	if err := s.enter(); err != nil {
		s.blame(err)
		return
	}
	defer s.leave()
	for _, o := range objs {
		st, p, err := s.locate(o)
		if err != nil {
			s.blame(fault.During("Add", err))
			continue
		}
		if s.elsewhere(st.m, p) {
			s.blame(fault.During("Add", fmt.Errorf("%w: %s", ErrOtherSession, st.m.Describe(p))))
			continue
		}
		s.add(st, p)
	}
}

// elsewhere tells whether an object is in another session: its relationships know.
func (s *Session) elsewhere(m *meta.Mapping, obj mem.Ptr) bool {
	for _, r := range m.Relations {
		h := r.HandleOf(obj)
		if h != nil && h.Object == obj && h.Loader != nil && h.Loader != meta.Loader(s) {
			return true
		}
	}
	return false
}

func (s *Session) blame(err error) {
	if s.mistake == nil {
		s.mistake = err
	}
}

// locate gives the store of an object's type.
func (s *Session) locate(o any) (*store, mem.Ptr, error) {
	v := reflect.ValueOf(o)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil, nil, fmt.Errorf("%w: %T is no pointer to a mapped struct, or nil", ErrNotMapped, o)
	}
	m := s.engine.schema.MappingOf(v.Type().Elem())
	if m == nil {
		return nil, nil, fmt.Errorf("%w: %s", ErrNotMapped, v.Type().Elem())
	}
	return s.store(m), v.UnsafePointer(), nil
}

func (s *Session) add(st *store, obj mem.Ptr) *entry {
	if e := st.find(obj); e != nil {
		e.keep()
		if e.state == deleted {
			e.renew()
			s.adopt(e)
		}
		return e
	}
	e := st.new(obj, pending)
	s.adopt(e)
	return e
}

// renew makes an object new whose row was deleted in this transaction. Rollback gives it its row back.
func (e *entry) renew() {
	e.remember()
	e.state, e.image, e.loaded = pending, "", nil
}

// Delete marks objects of the session for deletion: the next Flush deletes their rows. An object that was added and not
// flushed leaves the session. A mistake is reported by the next Flush or Commit.
func (s *Session) Delete(objs ...any) {
	if err := s.enter(); err != nil {
		s.blame(err)
		return
	}
	defer s.leave()
	for _, o := range objs {
		st, p, err := s.locate(o)
		if err != nil {
			s.blame(fault.During("Delete", err))
			continue
		}
		if e := st.find(p); e != nil {
			s.doom(e)
		} else {
			s.blame(fault.During("Delete", fmt.Errorf("%w: %s", ErrNotInSession, st.m.Describe(p))))
		}
	}
}

// withdraw takes a new object out of the session; one that was deleted before is deleted again.
func (e *entry) withdraw() {
	if e.before == nil {
		e.store().forget(e)
		return
	}
	e.rowIs(e.before)
	e.state = deleted
}

func (s *Session) doom(e *entry) {
	switch e.state {
	case pending:
		s.unlink(e)
		e.withdraw()
	case persistent:
		e.state = doomed
		s.deleting = true
	}
}

// Expunge takes objects out of the session: they keep their values, changes to them and to what they refer to are not
// written any more, and a query that meets their rows gives new objects. Objects that are not in the session are left alone.
// To Add, such an object is a new one, whose INSERT fails if its row is still there: [Update] writes rows of objects that no
// session has.
func (s *Session) Expunge(objs ...any) {
	if err := s.enter(); err != nil {
		s.blame(err)
		return
	}
	defer s.leave()
	leaving := map[*store][]*entry{}
	for _, o := range objs {
		if st, p, err := s.locate(o); err == nil {
			if e := st.find(p); e != nil {
				s.unlink(e)
				leaving[st] = append(leaving[st], e)
			}
		}
	}
	for st, es := range leaving {
		st.forget(es...)
	}
}

// Contains tells whether the object is in the session.
func (s *Session) Contains(obj any) bool {
	st, p, err := s.locate(obj)
	if err != nil {
		return false
	}
	e := st.find(p)
	return e != nil && e.state != deleted
}

// Len gives the number of objects in the session.
func (s *Session) Len() int {
	n := 0
	for _, st := range s.order {
		for _, e := range st.entries {
			if e.state != deleted {
				n++
			}
		}
	}
	return n
}

// Close gives the connection back, rolling back what is not committed, and forgets all objects, which keep the values
// that they have. It may be called twice. A closed session gives [ErrClosed].
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
	err = s.undo(ctx)
	s.release()
	for _, st := range s.order {
		st.home.Loader = nil
	}
	return err
}

// send runs statements in one round trip on the session's connection, beginning a transaction with them when none is
// open.
func (s *Session) send(ctx context.Context, stmts ...*wire.Stmt) error {
	if s.conn == nil {
		conn, err := s.engine.pool.Acquire(ctx)
		if err != nil {
			return connectError(err)
		}
		s.conn = conn
	}
	s.sending = s.sending[:0]
	if !s.begun {
		s.begin = wire.Stmt{SQL: s.engine.beginSQL}
		s.sending = append(s.sending, &s.begin)
		s.begun = true
	}
	s.sending = append(s.sending, stmts...)
	return s.engine.send(ctx, s.conn.Conn(), s.sending)
}

// fail makes the session refuse work until Rollback.
func (s *Session) fail(err error) error {
	if s.failed == nil && s.begun {
		s.failed = err
	}
	return err
}

// failQuery is fail for a statement that is no part of a flush: it fails the session only where it failed the transaction.
// A value that could not be sent or read has not.
func (s *Session) failQuery(err error) error {
	if conn := s.conn; conn != nil && !conn.Conn().IsClosed() && conn.Conn().PgConn().TxStatus() != 'E' {
		s.begun = conn.Conn().PgConn().TxStatus() == 'T'
		return err
	}
	return s.fail(err)
}

// release gives the connection back to the pool, which drops it when it is broken or in a transaction.
func (s *Session) release() {
	if s.conn != nil {
		s.conn.Release()
	}
	s.conn, s.begun, s.failed = nil, false, nil
}

// These are prepared like any other statement: the server need not parse them each time.
const (
	commitSQL   = "COMMIT"
	rollbackSQL = "ROLLBACK"
)

func beginSQL(o pgx.TxOptions) string {
	if o.BeginQuery != "" {
		return o.BeginQuery
	}
	sql := "BEGIN"
	if o.IsoLevel != "" {
		sql += " ISOLATION LEVEL " + string(o.IsoLevel)
	}
	if o.AccessMode != "" {
		sql += " " + string(o.AccessMode)
	}
	if o.DeferrableMode != "" {
		sql += " " + string(o.DeferrableMode)
	}
	return sql
}

// Epoch grows with every commit and rollback, for the relationships of objects.
func (s *Session) Epoch() uint32 { return s.epoch }
