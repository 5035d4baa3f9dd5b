package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestExpire: changes are discarded, relationships are not loaded, and the row is read again when it is met.
func TestExpire(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	a, b := all[0], all[1]
	equal(t, "books", len(must[[]*Book](t)(a.Books.All(ctx))), 1)
	elsewhere(t, eng, "UPDATE author SET name = name || '!'")
	elsewhere(t, eng, "INSERT INTO book (title, price, in_print, extra, updated_at, author_id) SELECT title, 1, true, '{}', now(), author_id FROM book")
	a.Name, a.Email, b.Name = "mine", ptr("e"), "yours"
	rec.take()
	s.Expire(a)
	equal(t, "name", a.Name, "author 0")
	equal(t, "email", a.Email, nil)
	_, loaded := a.Books.Peek()
	equal(t, "books are loaded", loaded, false)
	equal(t, "changed objects", len(s.Dirty()), 1)
	sent(t, rec)
	equal(t, "the object", must[*Author](t)(session.Get(ctx, s, Authors, a.ID)), a)
	equal(t, "name, read again", a.Name, "author 0!")
	equal(t, "name of the other", b.Name, "yours")
	equal(t, "books, read again", len(must[[]*Book](t)(a.Books.All(ctx))), 2)
	sent(t, rec, "UPDATE author SET name = $1 WHERE author.id = $2", "SELECT author.id, …", "SELECT book.id, …")
	ok(t, s.Rollback(ctx))
	equal(t, "name after the rollback", a.Name, "author 0!")
	equal(t, "name of the other after the rollback", b.Name, "author 1")
}

// TestExpireMistakes: what has no row cannot be expired; the next flush says so.
func TestExpireMistakes(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	fresh := &Author{Name: "new"}
	s.Add(fresh)
	s.Expire(fresh)
	is(t, s.Flush(ctx), session.ErrNotFlushed)
	s.Expire(&Author{ID: 7})
	is(t, s.Flush(ctx), session.ErrNotInSession)
	s.Expire(7)
	is(t, s.Flush(ctx), session.ErrNotMapped)
	ok(t, s.Flush(ctx))
	s.Delete(fresh)
	ok(t, s.Flush(ctx))
	s.Expire(fresh)
	is(t, s.Flush(ctx), session.ErrNotInSession)
}

// TestExpireTakesRelationshipsBack: a change that is not flushed is undone on both sides.
func TestExpireTakesRelationshipsBack(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	a, b := all[0], all[1]
	book := must[[]*Book](t)(a.Books.All(ctx))[0]
	other := must[[]*Book](t)(b.Books.All(ctx))[0]
	book.Author.Set(b)
	other.Pages = ptr(int32(3))
	fresh := &Book{Title: "new"}
	b.Books.Add(fresh)
	rec.take()
	s.Expire(book)
	items, loaded := b.Books.Peek()
	equal(t, "the list that it came into is loaded", loaded, true)
	equal(t, "books there", len(items), 2)
	equal(t, "one of them", items[1], fresh)
	equal(t, "the author", must[*Author](t)(book.Author.Get(ctx)), a)
	equal(t, "changes", changes(t, s, book), "[]")
	sent(t, rec, "SELECT book.id, …") // its row says by now whose it is
	equal(t, "the list that it had left", must[[]*Book](t)(a.Books.All(ctx))[0], book)
	ok(t, s.Commit(ctx))
	sent(t, rec, "UPDATE book SET pages = $1, updated_at = $2 WHERE book.id = $3", "INSERT INTO book …", "SELECT book.id, …", "COMMIT")
	equal(t, "books of b", len(must[[]*Book](t)(b.Books.All(ctx))), 2)

	// The list's side: the change is one of the book, and stays.
	a.Books.Remove(book)
	b.Books.Add(book)
	s.Expire(a, b)
	equal(t, "books of a", len(must[[]*Book](t)(a.Books.All(ctx))), 0)
	equal(t, "books of b", len(must[[]*Book](t)(b.Books.All(ctx))), 3)
	equal(t, "the foreign key", book.AuthorID, b.ID)
}

func TestExpireAll(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	book := must[[]*Book](t)(all[0].Books.All(ctx))[0]
	fresh := &Book{Title: "new"}
	all[1].Books.Add(fresh)
	book.Author.Set(all[1])
	all[0].Name = "changed"
	s.ExpireAll()
	rec.take()
	equal(t, "name", all[0].Name, "author 0")
	equal(t, "new objects", len(s.New()), 1)
	equal(t, "changed objects", len(s.Dirty()), 0)
	equal(t, "books of the second", len(must[[]*Book](t)(all[1].Books.All(ctx))), 2)
	equal(t, "books of the first", must[[]*Book](t)(all[0].Books.All(ctx))[0], book)
	equal(t, "the author of the new book", must[*Author](t)(fresh.Author.Get(ctx)), all[1])
	sent(t, rec, "INSERT INTO book …", "SELECT book.id, …")
	_ = must[*Author](t)(session.Get(ctx, s, Authors, all[0].ID))
	sent(t, rec, "SELECT author.id, …")
}

// TestExpireRelationship: one relationship is loaded again within the transaction; what is not flushed stays.
func TestExpireRelationship(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	a := all[0]
	book := must[[]*Book](t)(a.Books.All(ctx))[0]
	fresh := &Book{Title: "new"}
	a.Books.Add(fresh)
	a.Books.Expire()
	rec.take()
	books := must[[]*Book](t)(query.Select(Books).NoFlush().All(ctx, s))
	equal(t, "rows", len(books), 2)
	_, loaded := a.Books.Peek()
	equal(t, "the list is loaded", loaded, false)
	equal(t, "books", len(must[[]*Book](t)(a.Books.All(ctx))), 2)
	sent(t, rec, "SELECT book.id, …", "INSERT INTO book …", "SELECT book.id, …")

	book.AuthorID = all[1].ID
	equal(t, "the author, known before", must[*Author](t)(book.Author.Get(ctx)), a)
	book.Author.Expire()
	equal(t, "the author by the new foreign key", must[*Author](t)(book.Author.Get(ctx)), all[1])
	sent(t, rec)
	book.Author.Set(a)
	book.Author.Expire()
	equal(t, "an author that was set", must[*Author](t)(book.Author.Get(ctx)), a)

	lone := &Author{}
	lone.Books.Add(&Book{Title: "x"})
	lone.Books.Expire()
	equal(t, "books of an object in no session", len(must[[]*Book](t)(lone.Books.All(ctx))), 1)
}

// TestRefreshReadsRelationshipsAgain: of the object whose row is read, many objects of a mapping by one statement.
func TestRefreshReadsRelationshipsAgain(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	book := must[[]*Book](t)(all[0].Books.All(ctx))[0]
	elsewhere(t, eng, "DELETE FROM book")
	book.Author.Set(all[1])
	rec.take()
	ok(t, s.Refresh(ctx, all[0], all[1]))
	sent(t, rec, "SELECT author.id, author.name, author.email, author.born, author.notes FROM author WHERE author.id = ANY($1)")
	equal(t, "changes of the book", changes(t, s, book), "[author_id: 1 -> 2]")
	is(t, s.Refresh(ctx, book), query.ErrNoRows)
	equal(t, "changes of a book that is gone", changes(t, s, book), "[author_id: 1 -> 2]")
}

// TestRefreshOfAQueryReadsRelationshipsAgain, as Session.Refresh does.
func TestRefreshOfAQueryReadsRelationshipsAgain(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 2)
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	equal(t, "books", len(must[[]*Book](t)(a.Books.All(ctx))), 2)
	elsewhere(t, eng, "DELETE FROM book WHERE id = 1")
	_ = must[*Author](t)(query.Select(Authors).Refresh().One(ctx, s))
	equal(t, "books, read again", len(must[[]*Book](t)(a.Books.All(ctx))), 1)
}

// TestRollbackAfterReturning: what a statement wrote and gave back is undone in the objects too.
func TestRollbackAfterReturning(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 0)
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	up := query.Update(Authors).Set(Authors.Name.To("written")).Filter(Authors.ID.Eq(a.ID))
	equal(t, "the object", must[*Author](t)(query.Returning(up, Authors).One(ctx, s)), a)
	equal(t, "name", a.Name, "written")
	ok(t, s.Rollback(ctx))
	equal(t, "name after the rollback", a.Name, "author 0")
}
