package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestExpungeTakesRelationshipsBack: what leaves the session is in no list of objects that stay, but keeps its own fields.
func TestExpungeTakesRelationshipsBack(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	b := must[[]*Book](t)(all[0].Books.All(ctx))[0]
	b.Author.Set(all[1])
	s.Expunge(b)
	equal(t, "books of the second", len(must[[]*Book](t)(all[1].Books.All(ctx))), 1)
	ok(t, s.Commit(ctx))
	equal(t, "the object's own foreign key", b.AuthorID, all[0].ID)
	a, known := b.Author.Peek()
	equal(t, "the object's own reference is known", known, true)
	equal(t, "the object's own reference", a, all[1])
	equal(t, "books of the first", len(must[[]*Book](t)(all[0].Books.All(ctx))), 1)

	other := must[[]*Book](t)(all[1].Books.All(ctx))[0]
	fresh := &Author{Name: "new"}
	fresh.Books.Add(other)
	s.Add(fresh)
	s.Expunge(fresh)
	equal(t, "the list that it had left", must[[]*Book](t)(all[1].Books.All(ctx))[0], other)
	equal(t, "the author", must[*Author](t)(other.Author.Get(ctx)), all[1])
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 2)
	s.Add(fresh)
	ok(t, s.Commit(ctx))
	equal(t, "the author, when it is added again", other.AuthorID, fresh.ID)
}

// TestOrphanByReference: a child that is given no parent is an orphan as one that is removed from the list.
func TestOrphanByReference(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 2)
	books := must[[]*Book](t)(query.Select(Books).OrderBy(Books.ID).All(ctx, s))
	r, moved := &Review{By: "a"}, &Review{By: "b"}
	books[0].Reviews.Add(r, moved)
	ok(t, s.Commit(ctx))
	s = begin(t, eng)
	r = must[*Review](t)(session.Get(ctx, s, Reviews, books[0].ID, "a"))
	moved = must[*Review](t)(session.Get(ctx, s, Reviews, books[0].ID, "b"))
	other := must[*Book](t)(session.Get(ctx, s, Books, books[1].ID))
	rec.take()
	r.Book.Set(nil) // the reference is not loaded: its foreign key tells that there was a parent
	moved.Book.Set(nil)
	equal(t, "orphans", len(s.Deleted()), 2)
	moved.Book.Set(other)
	equal(t, "orphans", len(s.Deleted()), 1)
	pending := &Review{By: "c"}
	other.Reviews.Add(pending)
	pending.Book.Set(nil)
	equal(t, "a new orphan is in the session", s.Contains(pending), false)
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH changed AS (UPDATE review SET book_id = $1 …", "WITH changed AS (DELETE FROM review …", "COMMIT")
	equal(t, "rows", count(t, eng, "review"), 1)
}

// TestForeignKeyThatMayNotBeNull: it is not set to zero instead, and nothing is sent.
func TestForeignKeyThatMayNotBeNull(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 1)
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	b := must[[]*Book](t)(a.Books.All(ctx))[0]
	rec.take()
	b.Author.Set(nil)
	err := s.Flush(ctx)
	is(t, err, session.ErrNullForeignKey)
	equal(t, "error", err.Error(), "session: foreign key would become NULL, which its column does not allow (model.DeleteMembers and model.DeleteOrphans delete the row, model.DatabaseDeletes leaves it to the database): author_id of Book(id=1)")
	b.Author.Set(a)
	ok(t, s.Flush(ctx))
	s.Delete(a)
	is(t, s.Flush(ctx), session.ErrNullForeignKey)
	sent(t, rec)
	s.Delete(b)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 0)
}

// TestOldParentOfAReferenceThatIsNotLoaded: its list is kept in step, by the foreign key.
func TestOldParentOfAReferenceThatIsNotLoaded(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 3, 2)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	list := must[[]*Book](t)(all[0].Books.All(ctx))
	set, added := list[0], list[1]
	ok(t, s.Refresh(ctx, set, added))
	rec.take()
	set.Author.Set(all[1])
	equal(t, "books of the old author", len(must[[]*Book](t)(all[0].Books.All(ctx))), 1)
	all[2].Books.Add(added)
	equal(t, "books of the old author", len(must[[]*Book](t)(all[0].Books.All(ctx))), 0)
	equal(t, "books of the second", len(must[[]*Book](t)(all[1].Books.All(ctx))), 3)
	sent(t, rec)
	ok(t, s.Refresh(ctx, set))
	set.Author.Set(all[2])
	set.Author.Set(nil)
	set.Author.Set(all[1])
	equal(t, "books of the third", len(must[[]*Book](t)(all[2].Books.All(ctx))), 3)
	ok(t, s.Commit(ctx))
	equal(t, "books of the second", count(t, eng, "book WHERE author_id = 2"), 3)
	equal(t, "books of the third", count(t, eng, "book WHERE author_id = 3"), 3)
}

// TestRelationshipToAnotherSession: an object of another session is no new one.
func TestRelationshipToAnotherSession(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s, other := seedBooks(t, eng, 1, 1), begin(t, eng)
	a := must[*Author](t)(session.Get(ctx, other, Authors, 1))
	b := must[*Book](t)(session.Get(ctx, other, Books, 1))
	fresh, p := &Book{Title: "new"}, &Publisher{Code: "p"}
	fresh.Author.Set(a)
	s.Add(fresh)
	err := s.Flush(ctx)
	is(t, err, session.ErrOtherSession)
	equal(t, "error", err.Error(), "session: Book.Author: object is in another session: Author(id=1)")
	s.Expunge(fresh)
	s.Add(p)
	p.Books.Add(b)
	rec.take()
	err = s.Flush(ctx)
	is(t, err, session.ErrOtherSession)
	equal(t, "error", err.Error(), "session: Publisher.Books: object is in another session: Book(id=1)")
	sent(t, rec)
}
