package session_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestSavepoint goes back to savepoints after all that can happen to objects.
func TestSavepoint(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	ann, bob := &Author{Name: "Ann"}, &Author{Name: "Bob"}
	one, two := &Book{Title: "One"}, &Book{Title: "Two"}
	ann.Books.Add(one, two)
	s.Add(ann, bob)
	ok(t, s.Commit(ctx))
	must[[]*Author](t)(query.Select(Authors).All(ctx, s))
	must[[]*Book](t)(query.Select(Books).All(ctx, s))
	rec.take()

	ann.Name = "Ann 2" // part of the transaction, before the savepoint
	sp, err := s.Savepoint(ctx)
	ok(t, err)
	ann.Name, bob.Email = "Ann 3", ptr("b@x")
	cid := &Author{Name: "Cid"}
	three := &Book{Title: "Three"}
	bob.Books.Add(three)
	one.Author.Set(bob)
	s.Add(cid)
	s.Delete(two)
	ok(t, s.Flush(ctx))
	equal(t, "key", cid.ID != 0 && three.ID != 0, true)
	bob.Name = "never flushed"
	equal(t, "statements", verbs(rec), "BEGIN UPDATE SAVEPOINT SELECT UPDATE UPDATE INSERT UPDATE INSERT DELETE")
	ok(t, sp.Rollback(ctx))
	equal(t, "statements", verbs(rec), "ROLLBACK RELEASE")

	equal(t, "ann", ann.Name, "Ann 2")
	equal(t, "bob", bob.Name, "Bob")
	equal(t, "email", bob.Email, nil)
	equal(t, "cid in the session", s.Contains(cid), false)
	equal(t, "keys taken back", cid.ID == 0 && three.ID == 0, true)
	equal(t, "two in the session", s.Contains(two), true)
	equal(t, "author of one", one.AuthorID, ann.ID)
	equal(t, "dirty", len(s.Dirty())+len(s.New())+len(s.Deleted()), 0)
	equal(t, "books of ann", len(must[[]*Book](t)(ann.Books.All(ctx))), 2)
	equal(t, "books of bob", len(must[[]*Book](t)(bob.Books.All(ctx))), 0)
	is(t, sp.Rollback(ctx), session.ErrSavepoint)
	is(t, sp.Release(ctx), session.ErrSavepoint)
	rec.take()
	again, err := session.Get(ctx, s, Authors, ann.ID)
	equal(t, "the same object, unread", again == ann && err == nil && verbs(rec) == "", true)

	s.Add(cid)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 3)
	equal(t, "books", count(t, eng, "book"), 2)
}

// TestSavepointOfFailure goes on after a statement that failed.
func TestSavepointOfFailure(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE author ADD UNIQUE (name)")
	ok(t, err)
	s := begin(t, eng)
	first := &Author{Name: "Ann"}
	s.Add(first)
	ok(t, s.Flush(ctx))
	var unique *session.UniqueError
	for _, name := range []string{"Bob", "Ann", "Cid"} {
		a := &Author{Name: name}
		err := s.Nested(ctx, func() error {
			s.Add(a)
			return nil
		})
		if errors.As(err, &unique) != (name == "Ann") {
			t.Fatalf("%s: %v", name, err)
		}
		equal(t, name, s.Contains(a), name != "Ann")
	}
	func() {
		defer func() { equal(t, "panic", recover(), any("stop")) }()
		_ = s.Nested(ctx, func() error { s.Add(&Author{Name: "Dan"}); panic("stop") })
	}()
	mine := errors.New("mine")
	is(t, s.Nested(ctx, func() error { first.Name = "Zoe"; return mine }), mine)
	equal(t, "name", first.Name, "Ann")
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 3)

	sp, err := s.Savepoint(ctx) // nothing has begun
	ok(t, err)
	_, err = query.Exec(ctx, s, query.Raw[int]("SELECT 1 FROM nowhere"))
	equal(t, "refused", err != nil, true)
	is(t, s.Flush(ctx), session.ErrFailed)
	ok(t, sp.Rollback(ctx))
	s.Add(&Author{Name: "Eve"})
	ok(t, s.Flush(ctx))
	equal(t, "in a transaction", s.InTransaction(), true)
	equal(t, "rows outside", count(t, eng, "author"), 3)
	ok(t, s.Rollback(ctx))
	equal(t, "rows", count(t, eng, "author"), 3)
}

// TestSavepointsNest releases and rolls back savepoints within others.
func TestSavepointsNest(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "0"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	name := func(n string) { a.Name = n; ok(t, s.Flush(ctx)) }
	open := func() *session.Savepoint { return must[*session.Savepoint](t)(s.Savepoint(ctx)) }
	rec.take()
	outer := open()
	name("1")
	inner := open()
	name("2")
	ok(t, inner.Release(ctx))
	name("3")
	ok(t, outer.Rollback(ctx))
	equal(t, "after the outer one", a.Name, "0")
	equal(t, "sent", verbs(rec), "BEGIN SAVEPOINT UPDATE SAVEPOINT UPDATE RELEASE UPDATE ROLLBACK RELEASE")
	outer = open()
	name("4")
	inner = open()
	b := &Author{Name: "b"}
	s.Add(b)
	s.Delete(a)
	ok(t, s.Flush(ctx))
	equal(t, "deleted", s.Contains(a), false)
	ok(t, inner.Rollback(ctx))
	equal(t, "after the inner one", a.Name, "4")
	equal(t, "back", s.Contains(a) && !s.Contains(b), true)
	empty := open()
	ok(t, empty.Release(ctx))
	ok(t, outer.Release(ctx))
	is(t, inner.Rollback(ctx), session.ErrSavepoint)
	rec.take()
	ok(t, s.Commit(ctx))
	equal(t, "sent at the end", verbs(rec), "COMMIT")
	last := open()
	ok(t, s.Rollback(ctx))
	is(t, last.Rollback(ctx), session.ErrSavepoint)
	var stored string
	ok(t, eng.Pool().QueryRow(ctx, "SELECT name FROM author").Scan(&stored))
	equal(t, "stored", stored, "4")

	sp := open()
	ok(t, second(query.Update(Authors).Set(Authors.Name.To("5")).Everywhere().Sync(query.SyncNone).Exec(ctx, s)))
	ok(t, s.Refresh(ctx, a))
	equal(t, "read within", a.Name, "5")
	ok(t, sp.Rollback(ctx))
	got := must[*Author](t)(session.Get(ctx, s, Authors, a.ID))
	equal(t, "read again", got.Name, "4")
	ok(t, s.Rollback(ctx))
}

// TestSavepointBeforeCopy goes back to a savepoint before rows that came by COPY, which goes past the session's statements.
func TestSavepointBeforeCopy(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	s.Add(&Worker{Name: "kept"})
	ok(t, s.Flush(ctx))
	sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
	ok(t, second(session.CopyFrom(ctx, s, Workers, func(yield func(*Worker, error) bool) {
		yield(&Worker{Name: "gone"}, nil)
	})))
	ok(t, sp.Rollback(ctx))
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "worker"), 1)
}

// TestSavepointOfKeys goes back to a savepoint after keys were changed: the objects are found by those that they had, and stay in the session.
func TestSavepointOfKeys(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(s *session.Session, ann, bob *Author) error{
		"changed": func(s *session.Session, ann, bob *Author) error {
			ann.ID, bob.ID = 71, 72
			return s.Flush(ctx)
		},
		"moved on": func(s *session.Session, ann, bob *Author) error {
			old := ann.ID
			ann.ID = 71
			if err := s.Flush(ctx); err != nil {
				return err
			}
			bob.ID = old
			return s.Flush(ctx)
		},
		"changed and deleted": func(s *session.Session, ann, bob *Author) error {
			ann.ID, bob.ID = 71, 72
			if err := s.Flush(ctx); err != nil {
				return err
			}
			s.Delete(ann, bob)
			return s.Flush(ctx)
		},
		"within another": func(s *session.Session, ann, bob *Author) error {
			ann.ID = 71
			return s.Nested(ctx, func() error {
				ann.ID, bob.ID = 72, 73
				return nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eng, _ := open(t)
			s := begin(t, eng)
			ann, bob := &Author{Name: "Ann"}, &Author{Name: "Bob"}
			s.Add(ann, bob)
			ok(t, s.Commit(ctx))
			first, second := ann.ID, bob.ID
			sp, err := s.Savepoint(ctx)
			ok(t, err)
			ok(t, do(s, ann, bob))
			ok(t, sp.Rollback(ctx))
			equal(t, "keys", ann.ID == first && bob.ID == second, true)
			equal(t, "both in the session", s.Contains(ann) && s.Contains(bob), true)
			equal(t, "ann by her key", must[*Author](t)(session.Get(ctx, s, Authors, first)) == ann, true)
			equal(t, "bob by his key", must[*Author](t)(session.Get(ctx, s, Authors, second)) == bob, true)
			ann.Name, bob.Name = "Ann 2", "Bob 2"
			ok(t, s.Commit(ctx))
			names := query.Select(Authors.Name).OrderBy(Authors.ID)
			equal(t, "rows", strings.Join(must[[]string](t)(names.All(ctx, eng)), " "), "Ann 2 Bob 2")
		})
	}
}
