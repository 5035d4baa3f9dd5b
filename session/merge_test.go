package session_test

import (
	"encoding/json"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestMerge: what differs from the rows is written, and nothing else.
func TestMerge(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 3)
	rec.take()
	given := &Author{ID: 1, Name: "author 0", Notes: []string{"note"}}
	got := must[*Author](t)(session.Merge(ctx, s, given))
	sent(t, rec, "BEGIN", "SELECT author.id, …")
	equal(t, "the session has what is given", s.Contains(given), false)
	equal(t, "it is the session's", must[*Author](t)(session.Get(ctx, s, Authors, 1)), got)
	given.Notes[0] = "later"
	equal(t, "a copy of its own", got.Notes[0], "note")
	ok(t, s.Flush(ctx))
	sent(t, rec, "UPDATE author SET notes = $1 WHERE author.id = $2")

	again := must[*Author](t)(session.Merge(ctx, s, &Author{ID: 1, Email: ptr("a@b")}, Authors.Email))
	equal(t, "one that the session has", again, got)
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH changed AS (UPDATE author SET email = $1 …", "COMMIT")
	equal(t, "what was not named", got.Name, "author 0")

	got.Name = "unflushed" // it is flushed, and read again: it is stale
	_ = must[*Author](t)(session.Merge(ctx, s, &Author{ID: 1, Name: "merged"}, Authors.Name))
	sent(t, rec, "BEGIN", "UPDATE author SET name = $1 …", "SELECT author.id, …")
	equal(t, "what is merged", got.Name, "merged")
	equal(t, "itself", must[*Author](t)(session.Merge(ctx, s, got)), got)

	two := must[[]*Author](t)(session.MergeAll(ctx, s, []*Author{{Name: "new"}, {ID: 77, Name: "not there"}}))
	fresh, gone := two[0], two[1]
	equal(t, "new", len(s.New()), 2)
	ok(t, s.Commit(ctx))
	equal(t, "generated key", fresh.ID, 3)
	equal(t, "given key", gone.ID, 77)
}

// TestMergeOfAGraph: lists and references are merged, the rows of a table with one statement, and lists are replaced.
func TestMergeOfAGraph(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 3)
	two := must[*Author](t)(session.Get(ctx, s, Authors, 2))
	must[[]*Book](t)(two.Books.All(ctx))[0].Reviews.Add(&Review{By: "x", Stars: 1}, &Review{By: "y", Stars: 2})
	ok(t, s.Commit(ctx))
	s = begin(t, eng)
	rec.take()
	var given Author
	ok(t, json.Unmarshal([]byte(`{"ID": 2, "Name": "author 1", "Notes": [], "Books": [
		{"ID": 4, "Title": "book 1/0", "Extra": {}, "Reviews": [{"By": "y", "Stars": 5}, {"By": "z", "Stars": 3}]},
		{"ID": 1, "Title": "moved", "Extra": {}, "Publisher": {"Code": "ace", "Name": "Ace"}},
		{"Title": "new"}, {"ID": 5, "Title": "book 1/1", "Extra": {}}, {"ID": 6, "Title": "book 1/2", "Extra": {}}]}`), &given))
	got := must[*Author](t)(session.Merge(ctx, s, &given))
	sent(t, rec, "BEGIN", "SELECT publisher.code, …", "SELECT author.id, …", "SELECT book.id, …", "SELECT book.id, …", "SELECT review.book_id, …", "SELECT review.book_id, …")
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH added AS (INSERT INTO publisher …", "WITH changed AS (UPDATE book SET title = $1, updated_at = $2, author_id = $3, publisher_id = $4 …", "WITH added AS (INSERT INTO book …",
		"WITH changed AS (UPDATE review SET stars = $1 …", "WITH added AS (INSERT INTO review …", "WITH changed AS (DELETE FROM review …", "COMMIT")
	equal(t, "books", len(must[[]*Book](t)(got.Books.All(ctx))), 5)
	equal(t, "reviews", count(t, eng, "review"), 2)

	s = begin(t, eng) // the same again is nothing to write
	given.Books.Remove(must[[]*Book](t)(given.Books.All(ctx))[2])
	fresh := must[*Book](t)(query.Select(Books).Filter(Books.Title.Eq("new")).One(ctx, eng))
	given.Books.Add(&Book{ID: fresh.ID, Title: "new", Extra: fresh.Extra})
	_ = must[*Author](t)(session.Merge(ctx, s, &given))
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec)

	s = begin(t, eng)
	empty := &Author{ID: 2}
	ok(t, json.Unmarshal([]byte(`[]`), &empty.Books))
	_ = must[*Author](t)(session.Merge(ctx, s, empty, Authors.Name))
	is(t, s.Flush(ctx), session.ErrNullForeignKey)
}

// TestMergeOfDetached: an object of another session is merged with what is loaded and was changed of it.
func TestMergeOfDetached(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	from := seedBooks(t, eng, 2, 3)
	a := must[*Author](t)(session.Get(ctx, from, Authors, 1))
	books := must[[]*Book](t)(a.Books.All(ctx))
	one := must[*Book](t)(session.Get(ctx, from, Books, 4))
	s := begin(t, eng)
	rec.take()
	got := must[*Author](t)(session.Merge(ctx, s, a))
	equal(t, "another object", got != a, true)
	sent(t, rec, "BEGIN", "SELECT author.id, …", "SELECT book.id, …")
	ok(t, s.Commit(ctx))
	sent(t, rec)

	ok(t, from.Close(ctx))
	fresh := &Book{Title: "fresh"}
	a.Books.Add(fresh)
	a.Books.Remove(books[0])
	books[1].Title = "changed"
	a.Email = ptr("x")
	one.Author.Set(a) // by the reference only: it is in no list of a
	s = begin(t, eng)
	two := must[*Author](t)(session.Get(ctx, s, Authors, 2))
	moved := must[*Book](t)(session.Merge(ctx, s, one))
	got, _ = moved.Author.Peek()
	two.Books.Add(must[*Book](t)(session.Get(ctx, s, Books, books[0].ID)))
	ok(t, s.Commit(ctx))
	equal(t, "author of the moved book", moved.AuthorID, got.ID)
	titles := ""
	for _, b := range must[[]*Book](t)(query.Select(Books).Filter(Books.AuthorID.Eq(1)).OrderBy(Books.ID).All(ctx, s)) {
		titles += b.Title + ";"
	}
	equal(t, "books", titles, "changed;book 0/2;book 1/0;fresh;")

	s = begin(t, eng) // a list that was not loaded: the changes are made
	from = begin(t, eng)
	a = must[*Author](t)(session.Get(ctx, from, Authors, 1))
	out := must[*Book](t)(session.Get(ctx, from, Books, books[2].ID))
	from.Expunge(a, out)
	a.Books.Remove(out)
	a.Books.Add(&Book{Title: "more"})
	two = must[*Author](t)(session.Get(ctx, s, Authors, 2))
	rec.take()
	got = must[*Author](t)(session.Merge(ctx, s, a))
	sent(t, rec, "SELECT author.id, …", "SELECT book.id, …")
	two.Books.Add(must[*Book](t)(session.Get(ctx, s, Books, books[2].ID)))
	ok(t, s.Commit(ctx))
	equal(t, "books", len(must[[]*Book](t)(got.Books.All(ctx))), 4)
}

// TestMergeContradiction: a graph that says two things is an error, and nothing is copied.
func TestMergeContradiction(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 2, 1)
	try := func(name string, given ...*Author) {
		t.Helper()
		if _, err := session.MergeAll(ctx, s, given); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			is(t, err, session.ErrMerge)
			t.Log(err)
		}
		equal(t, name+": objects to write", len(s.New())+len(s.Dirty()), 0)
	}
	a, b := &Author{ID: 1, Name: "a"}, &Author{ID: 2, Name: "b"}
	try("different values", a, &Author{ID: 1, Name: "b"})
	c, d := &Author{ID: 1, Name: "a"}, &Author{ID: 1, Name: "a"}
	c.Books.Add(&Book{ID: 1, Title: "x"})
	d.Books.Add(&Book{ID: 2, Title: "x"})
	try("different lists", c, d)
	book := &Book{ID: 1, Title: "x"}
	a.Books.Add(book)
	b.Books.Add(book)
	try("two owners", a, b)
	twice := must[[]*Author](t)(session.MergeAll(ctx, s, []*Author{c, {ID: 1, Name: "a"}, c}))
	equal(t, "the same object", twice[0] == twice[1] && twice[1] == twice[2], true)
	if _, err := session.MergeAll(ctx, s, []*Author{nil}); err == nil {
		t.Error("nil: no error")
	}
	if _, err := session.Merge(ctx, s, a, Authors.ID); err == nil {
		t.Error("a key column: no error")
	}
	equal(t, "none", len(must[[]*Author](t)(session.MergeAll[Author](ctx, s, nil))), 0)
}

// TestMergeDefaults: a zero that stands for no value is not copied, but where the object knows that it is one.
func TestMergeDefaults(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 1)
	b := must[*Book](t)(session.Get(ctx, s, Books, 1))
	was := b.UpdatedAt
	_ = must[*Book](t)(session.Merge(ctx, s, &Book{ID: 1, AuthorID: 1, Title: "changed"}))
	ok(t, s.Flush(ctx))
	equal(t, "OnUpdate applies", b.UpdatedAt.After(was), true)
	equal(t, "the default stays", string(b.Extra), "{}")
	other := begin(t, eng)
	from := must[*Book](t)(session.Get(ctx, other, Books, 1))
	from.Extra = nil
	ok(t, s.Commit(ctx))
	rec.take()
	_ = must[*Book](t)(session.Merge(ctx, s, from, Books.Title, Books.Extra))
	equal(t, "named", len(b.Extra), 0)
	ok(t, s.Rollback(ctx))
	_ = must[*Book](t)(session.Merge(ctx, s, from))
	equal(t, "known to have been something else", len(b.Extra), 0)
}

// TestMergeCached: a graph that is as the rows are is taken without a statement.
func TestMergeCached(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 2)
	a := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	_ = must[[]*Book](t)(a.Books.All(ctx))
	cached := must[[]byte](t)(json.Marshal(a))
	var given Author
	ok(t, json.Unmarshal(cached, &given))
	s = begin(t, eng)
	rec.take()
	got := must[[]*Author](t)(session.MergeCached(s, &given))[0]
	books := must[[]*Book](t)(got.Books.All(ctx))
	equal(t, "books", len(books), 2)
	equal(t, "the way back", must[*Author](t)(books[1].Author.Get(ctx)), got)
	equal(t, "the session's", must[*Book](t)(session.Get(ctx, s, Books, 2)), books[1])
	ok(t, s.Flush(ctx))
	sent(t, rec)
	books[1].Title = "changed"
	given.Name = "older"
	equal(t, "what the session has", must[[]*Author](t)(session.MergeCached(s, &given))[0], got)
	equal(t, "its name", got.Name, a.Name)
	ok(t, s.Commit(ctx))
	sent(t, rec, "BEGIN", "WITH changed AS (UPDATE book SET title = $1, updated_at = $2 …", "COMMIT")
	is(t, second(session.MergeCached(s, &Author{Name: "no key"})), session.ErrMerge)
}
