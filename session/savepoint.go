package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/wire"
)

// ErrSavepoint: the savepoint was released or rolled back, or the transaction has ended.
var ErrSavepoint = errors.New("session: the savepoint has ended")

// Savepoint is a point in a session's transaction to which it can go back; see [Session.Savepoint].
type Savepoint struct {
	s      *Session
	number int
}

// point is an open savepoint.
type point struct {
	number int
	name   string
	sent   bool // the server has it
	all    bool // rows may have changed since by other ways than the session's objects
}

// Savepoint flushes and makes a savepoint, which Release ends and [Savepoint.Rollback] goes back to. It sends nothing by itself: the
// SAVEPOINT travels with the next statement that needs the transaction.
//
//	sp, err := s.Savepoint(ctx)
//	s.Add(&User{Name: name})
//	if err := sp.Release(ctx); err != nil { // a duplicate, perhaps
//		err = sp.Rollback(ctx)
//	}
//
// Savepoints nest. Commit and Rollback of the session end them all. See also [Session.Nested].
func (s *Session) Savepoint(ctx context.Context) (*Savepoint, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	defer s.leave()
	if err := s.flush(ctx, false); err != nil {
		return nil, fault.During("flush before a savepoint", err)
	}
	s.objs.Save()
	return &Savepoint{s, s.tx.mark()}, nil
}

// Nested calls do between a savepoint and its release. Where do or the flush at its end returns an error, the session goes back to the
// savepoint, and Nested returns the error; so it does where do panics, and lets the panic go on. The transaction goes
// on after either.
//
//	err := s.Nested(ctx, func() error {
//		s.Add(&User{Name: name})
//		return nil
//	})
//	var unique *session.UniqueError
//	if errors.As(err, &unique) { … } // the row is not there, and the rest of the transaction is
func (s *Session) Nested(ctx context.Context, do func() error) (err error) {
	sp, err := s.Savepoint(ctx)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if done && err == nil {
			return
		}
		if back := sp.Rollback(ctx); back != nil && !errors.Is(back, ErrSavepoint) {
			err = errors.Join(err, back)
		}
	}()
	if err = do(); err == nil {
		err = sp.Release(ctx)
	}
	done = true
	return err
}

// Release flushes and ends the savepoint, and those within it: what was done since is part of the transaction. It sends nothing but the
// flush; the RELEASE travels with the next statement. After an error of the flush the savepoint is still there, to go back to.
func (sp *Savepoint) Release(ctx context.Context) error {
	s := sp.s
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	n, err := s.tx.within(sp.number)
	if err != nil {
		return err
	}
	if err := s.flush(ctx, false); err != nil {
		return err
	}
	s.objs.Unsave(n)
	s.tx.unmark(n)
	return nil
}

// Rollback goes back to the savepoint and ends it, and those within it: rows are as they were, and so are the objects that were written
// since; those that came into the session with Add since leave it, and are new again; unflushed changes since are
// discarded. Objects that were only read stay as they are, unless statements changed rows without the session knowing which: then all
// are stale. It makes a session usable whose statement failed after the savepoint.
func (sp *Savepoint) Rollback(ctx context.Context) error {
	s := sp.s
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	n, err := s.tx.within(sp.number)
	if err != nil {
		return err
	}
	all, err := s.tx.returnTo(ctx, n)
	if err != nil {
		return s.fail(err)
	}
	s.failed = nil
	s.misuse.Store(nil)
	s.objs.Return(n, all)
	return nil
}

// mark opens a savepoint and returns its number.
func (t *transaction) mark() int {
	t.next++
	p := point{number: t.next, name: "cupel_" + strconv.Itoa(len(t.points)+1) + t.suffix()}
	t.points = append(t.points, p)
	t.waiting = append(t.waiting, "SAVEPOINT "+p.name)
	return p.number
}

// within returns how many savepoints are open from one on.
func (t *transaction) within(number int) (int, error) {
	i := slices.IndexFunc(t.points, func(p point) bool { return p.number == number })
	if i < 0 {
		return 0, ErrSavepoint
	}
	return len(t.points) - i, nil
}

// wentOut notes that what waited was sent.
func (t *transaction) wentOut() {
	t.waiting = t.waiting[:0]
	for i := range t.points {
		t.points[i].sent = true
	}
}

// unmark ends the last n savepoints, whose changes stay. What the server does not know of is not sent to it.
func (t *transaction) unmark(n int) {
	first := len(t.points) - n
	p, all := t.points[first], false
	for _, inner := range t.points[first:] {
		all = all || inner.all
	}
	t.points = t.points[:first]
	if all && first > 0 {
		t.points[first-1].all = true
	}
	if p.sent {
		t.waiting = append(t.waiting, "RELEASE SAVEPOINT "+p.name)
		return
	}
	t.forget(p.name)
}

// forget drops what waits from the savepoint of a name on.
func (t *transaction) forget(name string) {
	if i := slices.Index(t.waiting, "SAVEPOINT "+name); i >= 0 {
		t.waiting = t.waiting[:i]
	}
}

// returnTo goes back to the n-th last savepoint; all, whether rows have changed without the session knowing which.
func (t *transaction) returnTo(ctx context.Context, n int) (all bool, err error) {
	first := len(t.points) - n
	p := t.points[first]
	for _, inner := range t.points[first:] {
		all = all || inner.all
	}
	if p.sent {
		if t.Closed() {
			return all, fmt.Errorf("%w: the savepoint is gone with the transaction; call Rollback", ErrConnection)
		}
		if t.ended() {
			return all, ErrTransactionEnded
		}
		ctx, cancel := t.lasting(ctx)
		defer cancel()
		back := []*wire.Stmt{{SQL: "ROLLBACK TO SAVEPOINT " + p.name}, {SQL: "RELEASE SAVEPOINT " + p.name}}
		if err := t.core.send(ctx, t.conn.Conn(), back); err != nil {
			return all, explainStatement(err)
		}
		t.waiting, t.refused = t.waiting[:0], false
	} else {
		t.forget(p.name)
		t.spoiled = false
	}
	t.points = t.points[:first]
	return all, nil
}

// dropReleases forgets what waits to be released: the COMMIT does.
func (t *transaction) dropReleases() {
	t.waiting = slices.DeleteFunc(t.waiting, func(sql string) bool { return strings.HasPrefix(sql, "RELEASE") })
}

// changesUnseen notes that rows may change without the session knowing which.
func (t *transaction) changesUnseen() {
	if n := len(t.points); n > 0 {
		t.points[n-1].all = true
	}
}

// lasting returns ctx, or one that has not ended where the program gave up and the connection can still be used.
func (t *transaction) lasting(ctx context.Context) (context.Context, context.CancelFunc) {
	if ctx.Err() == nil {
		return ctx, func() {}
	}
	return context.WithTimeout(context.WithoutCancel(ctx), t.core.rollbackTimeout())
}
