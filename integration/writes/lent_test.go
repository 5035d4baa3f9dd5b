package writes_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// lend returns a connection of the program's with an open transaction.
func lend(t *testing.T, eng *session.Engine) pgx.Tx {
	t.Helper()
	tx, err := eng.Pool().Begin(ctx)
	ok(t, err)
	t.Cleanup(func() { _ = tx.Rollback(ctx) })
	return tx
}

const folderIDs = "SELECT coalesce(string_agg(id::text, ' ' ORDER BY id), '') FROM folder"

// TestTransactionEndedByOthers: where the program has ended the transaction that a session works in, what the session does next is not
// stored by itself, but an error.
func TestTransactionEndedByOthers(t *testing.T) {
	t.Parallel()
	ways := map[string]func(s *session.Session) error{
		"flush":  func(s *session.Session) error { return s.Flush(ctx) },
		"commit": func(s *session.Session) error { return s.Commit(ctx) },
		"insert": func(s *session.Session) error {
			_, err := query.Insert(Sheets).Values(Sheets.ID.To(1), Sheets.Text.To("")).Exec(ctx, s)
			return err
		},
		"nested": func(s *session.Session) error { return s.Nested(ctx, func() error { return nil }) },
		"copy": func(s *session.Session) error {
			_, err := session.CopyFrom(ctx, s, Sheets, func(yield func(*Sheet, error) bool) { yield(&Sheet{ID: 1}, nil) })
			return err
		},
		"read": func(s *session.Session) error {
			_, err := query.Select(Sheets).NoFlush().All(ctx, s)
			return err
		},
	}
	for name, way := range ways {
		for _, end := range []string{"ROLLBACK", "COMMIT", "ROLLBACK by the session"} {
			t.Run(name+" after "+end, func(t *testing.T) {
				eng, _ := open(t, softSchema)
				tx := lend(t, eng)
				s, want := eng.SessionOn(tx.Conn()), ""
				first, second := &Folder{ID: 1, Name: "1"}, &Folder{ID: 2, Name: "2"}
				if end == "ROLLBACK by the session" {
					s = begin(t, eng)
				}
				s.Add(first)
				ok(t, s.Flush(ctx))
				switch end {
				case "ROLLBACK":
					ok(t, tx.Rollback(ctx))
				case "COMMIT":
					ok(t, tx.Commit(ctx))
					want = "1"
				default:
					_, err := query.Exec(ctx, s, query.Raw[int]("ROLLBACK"))
					ok(t, err)
				}
				s.Add(second)
				is(t, way(s), session.ErrTransactionEnded)
				is(t, s.Flush(ctx), session.ErrFailed)
				ok(t, s.Rollback(ctx))
				equal(t, "stored", one[string](t, eng, folderIDs), want)
				equal(t, "sheets", one[int64](t, eng, "SELECT count(*) FROM sheet"), 0)
				equal(t, "in the session", s.Contains(first) || s.Contains(second), false)
				s.Add(second)
				ok(t, s.Commit(ctx))
				ok(t, s.Close(ctx))
			})
		}
	}
}

// TestTransactionFailedBefore: a session in a transaction of the program's that has failed can be rolled back, and closed.
func TestTransactionFailedBefore(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, softSchema)
	tx := lend(t, eng)
	_, err := tx.Exec(ctx, "SELECT 1/0")
	equal(t, "failed", err != nil, true)
	s := eng.SessionOn(tx.Conn())
	s.Add(&Folder{ID: 1, Name: "1"})
	var failed *session.DatabaseError
	if err := s.Flush(ctx); !errors.As(err, &failed) || failed.Code != "25P02" {
		t.Fatal(err)
	}
	ok(t, s.Rollback(ctx))
	ok(t, s.Close(ctx))
}

// TestSessionsOnOneConnection: what one takes back is what it did, and not what another did.
func TestSessionsOnOneConnection(t *testing.T) {
	t.Parallel()
	add := func(s *session.Session, id int64, name string) {
		t.Helper()
		s.Add(&Folder{ID: id, Name: name})
		ok(t, s.Flush(ctx))
	}
	for _, c := range []struct {
		name string
		do   func(t *testing.T, a, b *session.Session)
		want string
	}{
		{"one within the other", func(t *testing.T, a, b *session.Session) {
			add(a, 1, "1")
			add(b, 2, "2")
			ok(t, b.Rollback(ctx))
			add(b, 3, "3")
			ok(t, b.Commit(ctx))
			ok(t, a.Commit(ctx))
		}, "1 3"},
		{"the outer one goes back", func(t *testing.T, a, b *session.Session) {
			add(a, 1, "1")
			add(b, 2, "2")
			ok(t, b.Commit(ctx))
			ok(t, a.Rollback(ctx))
			add(b, 3, "3")
			ok(t, b.Commit(ctx))
		}, "3"},
		{"savepoints", func(t *testing.T, a, b *session.Session) {
			add(a, 1, "1")
			outer := must[*session.Savepoint](t)(a.Savepoint(ctx))
			add(a, 2, "2")
			inner := must[*session.Savepoint](t)(b.Savepoint(ctx))
			add(b, 3, "3")
			ok(t, inner.Release(ctx))
			ok(t, b.Commit(ctx))
			ok(t, outer.Rollback(ctx))
			ok(t, a.Commit(ctx))
		}, "1"},
		{"savepoints of the inner one", func(t *testing.T, a, b *session.Session) {
			outer := must[*session.Savepoint](t)(a.Savepoint(ctx))
			add(a, 2, "2")
			inner := must[*session.Savepoint](t)(b.Savepoint(ctx))
			add(b, 3, "3")
			ok(t, inner.Rollback(ctx))
			ok(t, b.Commit(ctx))
			ok(t, outer.Release(ctx))
			ok(t, a.Commit(ctx))
		}, "2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			eng, _ := open(t, softSchema)
			tx := lend(t, eng)
			c.do(t, eng.SessionOn(tx.Conn()), eng.SessionOn(tx.Conn()))
			ok(t, tx.Commit(ctx))
			equal(t, "stored", one[string](t, eng, folderIDs), c.want)
		})
	}
	t.Run("the outer one ends first", func(t *testing.T) {
		eng, _ := open(t, softSchema)
		tx := lend(t, eng)
		a, b := eng.SessionOn(tx.Conn()), eng.SessionOn(tx.Conn())
		add(a, 1, "1")
		add(b, 2, "2")
		ok(t, a.Commit(ctx))
		var gone *session.DatabaseError
		if err := b.Rollback(ctx); !errors.As(err, &gone) || gone.Code != "3B001" {
			t.Errorf("the part of b is one of a's: %v", err)
		}
	})
}
