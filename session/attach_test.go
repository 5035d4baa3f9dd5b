package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// detachedAuthor stores authors with books, and returns the first author and the objects around it as a session that is closed had them.
func detachedAuthor(t *testing.T, eng *session.Engine, n, k int) *Author {
	t.Helper()
	s := seedBooks(t, eng, n, k)
	a := must[*Author](t)(query.Select(Authors).OrderBy(Authors.ID).First(ctx, s))
	_ = must[[]*Book](t)(a.Books.All(ctx))
	ok(t, s.Close(ctx))
	return a
}

// TestAddTakesBack: an object that comes back is the row that it was, and what was changed while it was away is written.
func TestAddTakesBack(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	a := detachedAuthor(t, eng, 1, 2)
	books, _ := a.Books.Peek()
	s := begin(t, eng)
	s.Add(a)
	equal(t, "new", len(s.New()), 0)
	equal(t, "it is in the session", s.Contains(a), true)
	equal(t, "its books came with it", s.Contains(books[1]), true)
	rec.take()
	ok(t, s.Flush(ctx))
	sent(t, rec)
	ok(t, s.Close(ctx))

	a.Name, books[0].Title = "changed", "changed too"
	s = begin(t, eng)
	s.Add(a)
	equal(t, "dirty", len(s.Dirty()), 2)
	ok(t, s.Commit(ctx))
	sent(t, rec, "BEGIN", "WITH changed AS (UPDATE author SET name = $1 …", "WITH changed AS (UPDATE book SET title = $1, updated_at = $2 …", "COMMIT")
	equal(t, "books", len(must[[]*Book](t)(a.Books.All(ctx))), 2)
	equal(t, "author of a book", must[*Author](t)(books[1].Author.Get(ctx)), a)

	s.Expunge(a) // and back into the session that it left
	a.Name = "again"
	s.Add(a)
	equal(t, "it is the session's", must[*Author](t)(session.Get(ctx, s, Authors, a.ID)), a)
	equal(t, "what was changed", a.Name, "again")
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 1)
	equal(t, "rows as changed", must[int64](t)(query.Select(Authors).Filter(Authors.Name.Eq("again")).Count(ctx, eng)), 1)
}

// TestAddTakesBackRelationships: what was set, added and removed while the objects were in no session is written too.
func TestAddTakesBackRelationships(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	a := detachedAuthor(t, eng, 2, 3)
	books, _ := a.Books.Peek()
	publisher := &Publisher{Code: "ace", Name: "Ace"}
	books[0].Publisher.Set(publisher)
	fresh := &Book{Title: "fresh"}
	a.Books.Add(fresh)
	a.Books.Remove(books[1])
	s := begin(t, eng)
	other := must[*Author](t)(session.Get(ctx, s, Authors, 2))
	s.Add(a)
	other.Books.Add(books[1])
	equal(t, "new", len(s.New()), 2)
	ok(t, s.Commit(ctx))
	equal(t, "author of the added book", fresh.AuthorID, a.ID)
	equal(t, "author of the removed book", books[1].AuthorID, other.ID)
	equal(t, "publisher", *books[0].PublisherID, "ace")
	equal(t, "books", len(must[[]*Book](t)(a.Books.All(ctx))), 3)

	s = begin(t, eng) // a new object brings what it refers to, which has a row
	gone := must[*Author](t)(session.Get(ctx, s, Authors, 2))
	ok(t, s.Close(ctx))
	s = begin(t, eng)
	more := &Book{Title: "more"}
	more.Author.Set(gone)
	s.Add(more)
	equal(t, "new", len(s.New()), 1)
	ok(t, s.Commit(ctx))
	equal(t, "authors", count(t, eng, "author"), 2)
	equal(t, "author", more.AuthorID, 2)
	equal(t, "the list", len(must[[]*Book](t)(gone.Books.All(ctx))), 5)
}

// TestAddWithoutARow: an object whose row was not committed, was deleted or is to be another one is new.
func TestAddWithoutARow(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	a, expunged := &Author{Name: "a"}, &Author{Name: "expunged"}
	s.Add(a, expunged)
	ok(t, s.Flush(ctx))
	s.Expunge(expunged)
	s.Add(expunged)
	equal(t, "new in the transaction that inserted it", len(s.New()), 0)
	s.Expunge(expunged)
	ok(t, s.Close(ctx))
	s = begin(t, eng)
	s.Add(a, expunged)
	equal(t, "new after Close", len(s.New()), 2)
	ok(t, s.Flush(ctx))
	s.Expunge(expunged)
	ok(t, s.Rollback(ctx))
	s.Add(a, expunged)
	equal(t, "new after Rollback", len(s.New()), 2)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 2)

	expunged.Name = "flushed"
	ok(t, s.Flush(ctx))
	s.Expunge(expunged)
	expunged.Name = "later"
	ok(t, s.Rollback(ctx))
	s.Add(expunged)
	cs := must[[]session.Change](t)(s.Changes(expunged))
	equal(t, "changes", len(cs), 1)
	equal(t, "change", cs[0].String(), "name: 'expunged' -> 'later'")
	ok(t, s.Commit(ctx))

	s.Delete(expunged)
	ok(t, s.Commit(ctx))
	s.Add(expunged)
	equal(t, "new after its row was deleted", len(s.New()), 1)
	ok(t, s.Commit(ctx))
	s.Expunge(a)
	a.ID = 0
	s.Add(a)
	equal(t, "new without its key", len(s.New()), 1)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 3)
}

// TestAddThatCannotBe: what cannot be meant is an error, and nothing is inserted.
func TestAddThatCannotBe(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	same := session.NewEngine(eng.Pool(), library, session.Options{})
	a := detachedAuthor(t, eng, 2, 1)
	s := begin(t, same)
	s.Add(a) // the pool is the same
	ok(t, s.Flush(ctx))
	s.Expunge(a)
	must[*Author](t)(session.Get(ctx, s, Authors, a.ID))
	s.Add(a)
	is(t, s.Flush(ctx), session.ErrAttach)
	ok(t, s.Close(ctx))

	was := a.ID
	a.ID = 2
	s = begin(t, eng)
	s.Add(a)
	is(t, s.Flush(ctx), session.ErrAttach)
	a.ID = was
	a.Name = "uncommitted"
	s.Add(a)
	ok(t, s.Flush(ctx))
	s.Expunge(a)
	other := begin(t, eng)
	other.Add(a)
	is(t, other.Flush(ctx), session.ErrOtherSession)
	ok(t, s.Commit(ctx))
	other.Add(a)
	ok(t, other.Flush(ctx))
	s.Add(a)
	is(t, s.Flush(ctx), session.ErrOtherSession)
	ok(t, other.Close(ctx))

	far, _ := open(t)
	away := begin(t, far)
	away.Add(a)
	is(t, away.Flush(ctx), session.ErrAttach)
	away.AddNew(a)
	ok(t, away.Commit(ctx))
	equal(t, "rows there", count(t, far, "author"), 1)
	equal(t, "books there", count(t, far, "book"), 0)
}

// TestAttach: objects that do not know that they have rows.
func TestAttach(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	seedBooks(t, eng, 2, 1)
	ok(t, second(eng.Pool().Exec(ctx, "INSERT INTO publisher VALUES ('ace', 'Ace')")))
	s := begin(t, eng)
	a := must[*Author](t)(query.Select(Authors).Filter(Authors.ID.Eq(1)).One(ctx, eng))
	b, p := &Book{ID: 2, Title: "known"}, &Publisher{Code: "ace"}
	b.Publisher.Set(p)
	rec.take()
	s.Attach(p, a, b)
	a.Name = "changed"
	ok(t, s.Flush(ctx))
	sent(t, rec, "BEGIN", "UPDATE author SET name = $1 …", "UPDATE book SET updated_at = $1, publisher_id = $2 …")
	equal(t, "the session's", must[*Book](t)(query.Select(Books).Filter(Books.ID.Eq(2)).One(ctx, s)), b)
	equal(t, "what the row has", b.Title, "book 1/0")
	equal(t, "publisher", must[*Publisher](t)(b.Publisher.Get(ctx)), p)
	equal(t, "books", len(must[[]*Book](t)(a.Books.All(ctx))), 1)
	ok(t, s.Rollback(ctx))
	equal(t, "after Rollback", a.Name, "author 0")
	equal(t, "it stays", s.Contains(a), true)

	s.Attach(a)
	ok(t, s.Flush(ctx))
	added := &Author{Name: "added"}
	s.Add(added)
	s.Attach(added)
	is(t, s.Flush(ctx), session.ErrAttach)
	s.Delete(added)
	for name, obj := range map[string]any{"no key": &Author{}, "another": &Author{ID: 1}, "nil": (*Author)(nil)} {
		s.Attach(obj)
		if err := s.Flush(ctx); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	s.AddNew(a)
	is(t, s.Flush(ctx), session.ErrAttach)
	s.Expunge(a)
	a.ID, a.Name = 0, "copy"
	s.AddNew(a)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 3)
	equal(t, "books of the copy", len(must[[]*Book](t)(a.Books.All(ctx))), 0)

	s.Expunge(a)
	a.ID = 2 // it is another row now
	a.Name = "two"
	s.Attach(a)
	ok(t, s.Flush(ctx))
	a.Name = "2"
	ok(t, s.Commit(ctx))
	equal(t, "rows as changed", must[int64](t)(query.Select(Authors).Filter(Authors.Name.Eq("2"), Authors.ID.Eq(2)).Count(ctx, eng)), 1)
}
