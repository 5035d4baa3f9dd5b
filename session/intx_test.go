package session_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func quick(int) time.Duration { return time.Microsecond }

// TestInTx commits, rolls back on an error and on a panic, and gives the connection back.
func TestInTx(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	a := &Author{Name: "Ann"}
	ok(t, eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error { s.Add(a); return nil }))
	equal(t, "stored", count(t, eng, "author"), 1)
	mine := errors.New("mine")
	calls := 0
	err := eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error {
		calls++
		s.Add(&Author{Name: "Bob"})
		return errors.Join(s.Flush(ctx), mine)
	})
	is(t, err, mine)
	equal(t, "calls", calls, 1)
	func() {
		defer func() { equal(t, "panic", recover(), any("stop")) }()
		_ = eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error {
			s.Add(&Author{Name: "Cid"})
			ok(t, s.Flush(ctx))
			panic("stop")
		})
	}()
	equal(t, "stored", count(t, eng, "author"), 1)
	idle(t, eng, 0)
	err = eng.InTx(ctx, session.TxOptions{ReadOnly: true}, func(s *session.Session) error {
		s.Add(&Author{Name: "Dan"})
		return nil
	})
	var db *session.DatabaseError
	if !errors.As(err, &db) || db.Code != "25006" {
		t.Errorf("read only: %v", err)
	}
}

// TestInTxTriesAgain has transactions that cannot be serialized, or are deadlocked, run again until all have added to the sum.
func TestInTxTriesAgain(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	a, b := &Worker{Name: "0"}, &Worker{Name: "0"}
	ok(t, session.BulkInsert(ctx, eng, Workers, a, b))
	const goroutines, times = 4, 5
	var calls, kept int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for range times {
				added := &Author{Name: "once"}
				err := eng.InTx(ctx, session.TxOptions{Isolation: pgx.Serializable, Retries: 1000, Backoff: quick}, func(s *session.Session) error {
					mu.Lock()
					calls++
					mu.Unlock()
					s.Add(added)
					ids := []int64{a.ID, b.ID}
					if g%2 == 1 {
						ids[0], ids[1] = ids[1], ids[0]
					}
					for _, id := range ids {
						w, err := session.Get(ctx, s, Workers, id)
						if err != nil {
							return fmt.Errorf("read: %w", err)
						}
						var n int
						_, _ = fmt.Sscan(w.Name, &n)
						w.Name = fmt.Sprint(n + 1)
						if err := s.Flush(ctx); err != nil {
							return errors.New("hidden: " + err.Error()) // the session knows
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				kept++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	ws := must[[]*Worker](t)(query.Select(Workers).All(ctx, eng))
	for _, w := range ws {
		equal(t, "sum", w.Name, fmt.Sprint(goroutines*times))
	}
	equal(t, "objects added once", count(t, eng, "author"), goroutines*times)
	if calls <= kept {
		t.Errorf("%d calls for %d transactions: nothing was tried again", calls, kept)
	}
}

// TestInTxGivesUp looks at what is not tried again.
func TestInTxGivesUp(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	serial := func(s *session.Session) error {
		return second(query.Exec(ctx, s, query.Raw[int]("DO $$ BEGIN RAISE serialization_failure; END $$")))
	}
	for name, c := range map[string]struct {
		o     session.TxOptions
		do    func(s *session.Session) error
		calls int
	}{
		"retries": {session.TxOptions{Retries: 2}, serial, 3},
		"default": {session.TxOptions{}, serial, 6},
		"none":    {session.TxOptions{Retries: -1}, serial, 1},
		"committed": {session.TxOptions{}, func(s *session.Session) error {
			s.Add(&Author{Name: "x"})
			return errors.Join(s.Commit(ctx), serial(s))
		}, 1},
		"unknown":      {session.TxOptions{}, func(*session.Session) error { return session.ErrUnknownOutcome }, 1},
		"idempotent":   {session.TxOptions{Idempotent: true, Retries: 1}, func(*session.Session) error { return session.ErrUnknownOutcome }, 2},
		"took effect":  {session.TxOptions{Idempotent: true}, func(*session.Session) error { return session.ErrCommitted }, 1},
		"its own":      {session.TxOptions{}, func(*session.Session) error { return errors.New("mine") }, 1},
		"lost":         {session.TxOptions{Retries: 2}, func(*session.Session) error { return session.ErrConnection }, 3},
		"lost, caught": {session.TxOptions{Retries: 2}, func(s *session.Session) error { ok(t, s.Rollback(ctx)); return nil }, 1},
	} {
		c.o.Backoff = quick
		calls := 0
		err := eng.InTx(ctx, c.o, func(s *session.Session) error { calls++; return c.do(s) })
		if calls != c.calls || (err == nil) != (name == "lost, caught") {
			t.Errorf("%s: %d calls, want %d: %v", name, calls, c.calls, err)
		}
	}
	ended, cancel := context.WithCancel(ctx)
	calls := 0
	err := eng.InTx(ended, session.TxOptions{Backoff: func(int) time.Duration { cancel(); return time.Hour }}, func(s *session.Session) error {
		calls++
		return serial(s)
	})
	var serialization *session.SerializationError
	equal(t, "calls until the context ends", calls, 1)
	equal(t, "error", errors.As(err, &serialization), true)
}

// TestSessionOn works within a transaction of the program's own, which alone decides what is stored.
func TestSessionOn(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE author ADD UNIQUE (name)")
	ok(t, err)
	tx, err := eng.Pool().Begin(ctx)
	ok(t, err)
	s := eng.SessionOn(tx.Conn())
	a := &Author{Name: "Ann"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	equal(t, "sent", verbs(rec), "SAVEPOINT WITH RELEASE")
	s.Add(&Author{Name: "Bob"})
	ok(t, s.Flush(ctx))
	ok(t, s.Rollback(ctx))
	s.Add(&Author{Name: "Ann"})
	var unique *session.UniqueError
	if err := s.Commit(ctx); !errors.As(err, &unique) {
		t.Fatal(err)
	}
	ok(t, s.Rollback(ctx))
	ok(t, s.Nested(ctx, func() error { s.Add(&Author{Name: "Cid"}); return nil }))
	ok(t, s.Commit(ctx))
	got := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	equal(t, "in the transaction", len(got), 2)
	equal(t, "identity", got[0] == a, true)
	ok(t, s.Close(ctx))
	equal(t, "outside of it", count(t, eng, "author"), 0)
	ok(t, tx.Commit(ctx))
	equal(t, "stored", count(t, eng, "author"), 2)

	conn, err := eng.Pool().Acquire(ctx)
	ok(t, err)
	defer conn.Release()
	rec.take()
	own := eng.SessionOn(conn.Conn())
	a, err = session.Get(ctx, own, Authors, a.ID)
	ok(t, err)
	a.Name = "Zoe"
	ok(t, own.Commit(ctx))
	a.Name = "Yan"
	ok(t, own.Flush(ctx))
	ok(t, own.Close(ctx))
	equal(t, "on a connection without a transaction", verbs(rec), "SELECT WITH BEGIN UPDATE ROLLBACK")
	equal(t, "still open", conn.Conn().IsClosed(), false)
}

// TestAdvisoryLock has one session hold a lock that another one asks for.
func TestAdvisoryLock(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	a, b := begin(t, eng), begin(t, eng)
	ok(t, a.AdvisoryLock(ctx, 7))
	equal(t, "taken", must[bool](t)(b.TryAdvisoryLock(ctx, 7)), false)
	equal(t, "another one", must[bool](t)(b.TryAdvisoryLock(ctx, 8)), true)
	ok(t, a.Commit(ctx))
	equal(t, "after the commit", must[bool](t)(b.TryAdvisoryLock(ctx, 7)), true)
}
