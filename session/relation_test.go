package session_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// seedBooks stores n authors with k books each and returns a new session.
func seedBooks(t *testing.T, eng *session.Engine, n, k int) *session.Session {
	t.Helper()
	s := begin(t, eng)
	for i := range n {
		a := &Author{Name: fmt.Sprint("author ", i)}
		for j := range k {
			a.Books.Add(&Book{Title: fmt.Sprint("book ", i, "/", j)})
		}
		s.Add(a)
	}
	ok(t, s.Commit(ctx))
	return begin(t, eng)
}

// TestLazyLoadingIsForTheCohort: reading a relationship in a loop is one statement, not one a turn.
func TestLazyLoadingIsForTheCohort(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 20, 3)
	rec.take()
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	for i, a := range all {
		books := must[[]*Book](t)(a.Books.All(ctx))
		if len(books) != 3 {
			t.Fatalf("%s has %d books", a.Name, len(books))
		}
		for _, b := range books {
			if !strings.HasPrefix(b.Title, fmt.Sprint("book ", i, "/")) {
				t.Fatalf("%s has %s", a.Name, b.Title)
			}
			equal(t, "the author of a book", must[*Author](t)(b.Author.Get(ctx)), a)
		}
	}
	sent(t, rec, "BEGIN", "SELECT author.id, …", "SELECT book.id, …")

	fresh := begin(t, eng)
	for _, b := range must[[]*Book](t)(query.Select(Books).All(ctx, fresh)) {
		_ = must[*Author](t)(b.Author.Get(ctx))
		equal(t, "a publisher", must[*Publisher](t)(b.Publisher.Get(ctx)), nil)
	}
	sent(t, rec, "BEGIN", "SELECT book.id, …", "SELECT author.id, …")

	ok(t, fresh.Commit(ctx))
	rec.take()
	b := must[*Book](t)(session.Get(ctx, fresh, Books, 1))
	_ = must[*Author](t)(b.Author.Get(ctx))
	sent(t, rec, "BEGIN", "SELECT book.id, …", "SELECT author.id, …")
}

// TestManyToOneFromTheSession: what the session has is not read again.
func TestManyToOneFromTheSession(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 1)
	a := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	b := must[*Book](t)(session.Get(ctx, s, Books, 1))
	rec.take()
	equal(t, "author", must[*Author](t)(b.Author.Get(ctx)), a)
	sent(t, rec)
}

func TestBothSidesInStep(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 2)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	one, two := all[0], all[1]
	books := must[[]*Book](t)(one.Books.All(ctx))
	moved := books[0]
	two.Books.Add(moved)
	if known, _ := moved.Author.Peek(); known != two {
		t.Error("the book does not know its new author")
	}
	if now, _ := one.Books.Peek(); len(now) != 1 {
		t.Errorf("the old author has %d books", len(now))
	}
	other := books[1]
	other.Author.Set(two)
	if now, loaded := two.Books.Peek(); !loaded || len(now) != 4 {
		t.Errorf("the new author has %d books, loaded %v", len(now), loaded)
	}
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH changed AS (UPDATE book SET updated_at = cupel.v1, author_id = cupel.v2 FROM unnest(…", "COMMIT")
	equal(t, "foreign key", moved.AuthorID, two.ID)
	equal(t, "books of the second author", len(must[[]*Book](t)(two.Books.All(ctx))), 4)
}

// TestNewObjectsTogether: a graph of new objects is written in an order that foreign keys allow, whatever was added
// first, and by adding any one of them.
func TestNewObjectsTogether(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	b := &Book{Title: "T"}
	b.Publisher.Set(&Publisher{Code: "ace", Name: "Ace"})
	b.Author.Set(&Author{Name: "A"})
	b.Reviews.Add(&Review{By: "x", Stars: 3}, &Review{By: "y", Stars: 4})
	s.Add(b)
	ok(t, s.Commit(ctx))
	sent(t, rec,
		"BEGIN", "INSERT INTO publisher (code, name) VALUES ($1, $2) RETURNING code", "INSERT INTO author …",
		"INSERT INTO book …", "WITH added AS (INSERT INTO review (book_id, by, stars) SELECT …", "COMMIT")
	author := must[*Author](t)(b.Author.Get(ctx))
	equal(t, "author_id", b.AuthorID, author.ID)
	equal(t, "publisher_id", *b.PublisherID, "ace")
	for _, r := range must[[]*Review](t)(b.Reviews.All(ctx)) {
		equal(t, "book_id", r.BookID, b.ID)
	}
	equal(t, "books of the author", len(must[[]*Book](t)(author.Books.All(ctx))), 1)
}

func TestOrphansAndMembers(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	b := &Book{Title: "T"}
	b.Author.Set(&Author{Name: "A"})
	pub := &Publisher{Code: "p"}
	b.Publisher.Set(pub)
	b.Reviews.Add(&Review{By: "z"}, &Review{By: "x"}, &Review{By: "y"})
	s.Add(b)
	ok(t, s.Commit(ctx))
	list := must[[]*Review](t)(b.Reviews.All(ctx))
	equal(t, "order of the list", list[0].By+list[1].By+list[2].By, "xyz")
	b.Reviews.Remove(list[1])
	ok(t, s.Commit(ctx))
	equal(t, "reviews", count(t, eng, "review"), 2)
	s.Delete(pub) // its books stay, without a publisher
	ok(t, s.Commit(ctx))
	if b.PublisherID != nil {
		t.Errorf("publisher_id is %q", *b.PublisherID)
	}
	s.Delete(b) // its reviews go with it
	ok(t, s.Commit(ctx))
	equal(t, "reviews", count(t, eng, "review"), 0)
	equal(t, "books", count(t, eng, "book"), 0)
}

func TestSelfReferential(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	boss, mid, low := &Worker{Name: "boss"}, &Worker{Name: "mid"}, &Worker{Name: "low"}
	low.Boss.Set(mid)
	boss.Reports.Add(mid)
	s.Add(low, boss)
	ok(t, s.Commit(ctx))
	equal(t, "boss of mid", *mid.BossID, boss.ID)
	equal(t, "boss of low", *low.BossID, mid.ID)
	fresh := begin(t, eng)
	rec.take()
	all := must[[]*Worker](t)(query.Select(Workers).OrderBy(Workers.ID).All(ctx, fresh))
	for _, w := range all {
		_ = must[*Worker](t)(w.Boss.Get(ctx))
		_ = must[[]*Worker](t)(w.Reports.All(ctx))
	}
	sent(t, rec, "BEGIN", "SELECT worker.id, …", "SELECT worker.id, …")
	s.Delete(boss)
	ok(t, s.Commit(ctx))
	if mid.BossID != nil {
		t.Error("mid still has a boss")
	}
	one, two := &Worker{Name: "1"}, &Worker{Name: "2"}
	one.Boss.Set(two)
	two.Boss.Set(one)
	s.Add(one)
	if err := s.Commit(ctx); err == nil || !strings.Contains(err.Error(), "circle") {
		t.Errorf("two new rows that refer to each other give %v", err)
	}
}

func TestRelationOutsideASession(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 1)
	b := must[*Book](t)(session.Get(ctx, s, Books, 1))
	s.Expunge(b)
	_, err := b.Author.Get(ctx)
	is(t, err, model.ErrDetached)
	loose := must[*Book](t)(query.Select(Books).One(ctx, eng))
	_, err = loose.Author.Get(ctx)
	is(t, err, model.ErrDetached)
	_, err = loose.Reviews.All(ctx)
	is(t, err, model.ErrDetached)
	if !strings.Contains(err.Error(), "from an Engine") {
		t.Error(err)
	}
	loose.Reviews.Add(&Review{By: "x"})
	_, err = loose.Reviews.All(ctx)
	is(t, err, model.ErrDetached)
	fresh := &Book{}
	fresh.Reviews.Add(&Review{By: "x"})
	equal(t, "what a new object was given", len(must[[]*Review](t)(fresh.Reviews.All(ctx))), 1)
	a := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	text := string(must[[]byte](t)(json.Marshal(a)))
	if strings.Contains(text, "book 0/0") {
		t.Errorf("an unloaded list was marshalled: %s", text)
	}
	_ = must[[]*Book](t)(a.Books.All(ctx))
	text = string(must[[]byte](t)(json.Marshal(a)))
	if !strings.Contains(text, "book 0/0") || strings.Count(text, "author 0") != 1 {
		t.Errorf("a loaded list was not marshalled, or the owner more than once: %s", text)
	}
	back := must[[]*Book](t)(a.Books.All(ctx))[0]
	text = string(must[[]byte](t)(json.Marshal(back)))
	if strings.Count(text, "book 0/0") != 1 || strings.Count(text, "author 0") != 1 {
		t.Errorf("a book and its author, who has the book in a list, give %s", text)
	}
}

// TestCircularJSON: rows that refer to each other in a circle are an error, not an endless text.
func TestCircularJSON(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	_, err := eng.Pool().Exec(ctx, "INSERT INTO worker VALUES (1, 'a', 2), (2, 'b', 1)")
	ok(t, err)
	s := begin(t, eng)
	all := must[[]*Worker](t)(query.Select(Workers).All(ctx, s))
	_ = must[*Worker](t)(all[0].Boss.Get(ctx))
	_, err = json.Marshal(all)
	is(t, err, model.ErrCircular)
	fresh := begin(t, eng)
	all = must[[]*Worker](t)(query.Select(Workers).All(ctx, fresh))
	_ = must[[]*Worker](t)(all[0].Reports.All(ctx))
	_, err = json.Marshal(all[:1])
	is(t, err, model.ErrCircular)
}

// TestRollbackOfRelations: what was joined in a transaction that is rolled back comes apart again.
func TestRollbackOfRelations(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	b := must[[]*Book](t)(all[0].Books.All(ctx))[0]
	b.Author.Set(all[1])
	fresh := &Book{Title: "fresh"}
	all[0].Books.Add(fresh)
	ok(t, s.Flush(ctx))
	ok(t, s.Rollback(ctx))
	equal(t, "author", must[*Author](t)(b.Author.Get(ctx)), all[0])
	equal(t, "books of the first", len(must[[]*Book](t)(all[0].Books.All(ctx))), 1)
	equal(t, "books of the second", len(must[[]*Book](t)(all[1].Books.All(ctx))), 1)
	equal(t, "the new book is in the session", s.Contains(fresh), false)
}

// TestListIsWhatTheDatabaseSays: also where an object of the session has another foreign key than its row by now.
func TestListIsWhatTheDatabaseSays(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 3, 2)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	for _, a := range all {
		equal(t, "books", len(must[[]*Book](t)(a.Books.All(ctx))), 2)
	}
	moved := must[[]*Book](t)(all[1].Books.All(ctx))[0]
	elsewhere(t, eng, fmt.Sprint("UPDATE book SET author_id = 1 WHERE id = ", moved.ID))
	all[0].Books.Expire()
	list := must[[]*Book](t)(all[0].Books.All(ctx))
	equal(t, "books of the first", len(list), 3)
	equal(t, "the author that the object knows", must[*Author](t)(moved.Author.Get(ctx)), all[1])
	for _, a := range all {
		a.Books.Expire()
	}
	equal(t, "books of the first, all read together", len(must[[]*Book](t)(all[0].Books.All(ctx))), 3)
	equal(t, "books of the second", len(must[[]*Book](t)(all[1].Books.All(ctx))), 1)
	equal(t, "the foreign key that the object has", moved.AuthorID, all[1].ID)
	ok(t, s.Commit(ctx))
	equal(t, "books of the first", count(t, eng, "book WHERE author_id = 1"), 3)
}
