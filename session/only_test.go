package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestOnly: a query reads some columns of its objects, what was not read is never written, and is filled by the next full reading.
func TestOnly(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	ok(t, seedBooks(t, eng, 2, 2).Close(ctx))
	ok(t, second(eng.Pool().Exec(ctx, "UPDATE book SET price = 7, in_print = true, pages = 3")))
	s := begin(t, eng)
	q := query.Select(Books).OrderBy(Books.ID)
	rec.take()
	books := must[[]*Book](t)(q.Only(Books.Title).All(ctx, s))
	sent(t, rec, "BEGIN", "SELECT book.id, book.title, book.author_id, book.publisher_id FROM book ORDER BY book.id")
	b := books[0]
	equal(t, "what was read", b.Title == "book 0/0" && b.AuthorID == 1, true)
	equal(t, "what was not", b.Price == 0 && !b.InPrint && b.Pages == nil && b.CreatedAt.IsZero(), true)
	equal(t, "changes", len(s.Dirty()), 0)
	equal(t, "stale", s.IsStale(b), true)
	b.Title = "changed"
	b.Pages = ptr(int32(9)) // it is set without having been read
	ok(t, s.Flush(ctx))
	sent(t, rec, "UPDATE book SET title = $1, pages = $2, updated_at = $3 WHERE book.id = $4")
	equal(t, "what was not written", must[int64](t)(query.Select(Books).Filter(Books.ID.Eq(1), Books.Price.Eq(7), Books.InPrint.Eq(true), Books.Pages.Eq(9)).Count(ctx, s)), 1)
	b.Title = "again"
	rec.take()
	all := must[[]*Book](t)(q.NoFlush().All(ctx, s))
	equal(t, "the same object", all[0], b)
	equal(t, "filled", b.Price == 7 && b.InPrint && *b.Pages == 9 && !b.CreatedAt.IsZero(), true)
	equal(t, "what was changed", b.Title, "again")
	equal(t, "stale", s.IsStale(b), false)
	_ = must[[]*Book](t)(q.Without(Books.Price).NoFlush().All(ctx, s))
	equal(t, "what is known stays", b.Price == 7 && !s.IsStale(b), true)
	ok(t, s.Commit(ctx))
	ok(t, second(eng.Pool().Exec(ctx, "UPDATE book SET price = 8, title = 'theirs'")))
	rec.take()
	_ = must[[]*Book](t)(q.Without(Books.Price, Books.ID).All(ctx, s))
	sent(t, rec, "BEGIN", "SELECT book.id, book.title, book.pages, book.in_print, book.extra, book.created_at, book.updated_at, book.author_id, book.publisher_id FROM book ORDER BY book.id")
	equal(t, "read again without it", b.Title == "theirs" && b.Price == 7 && s.IsStale(b), true)
	equal(t, "Get reads all", must[*Book](t)(session.Get(ctx, s, Books, 1)).Price, 8.0)

	s = begin(t, eng) // relationships, Load, Rollback
	books = must[[]*Book](t)(q.Only().Load(Books.Author).All(ctx, s))
	equal(t, "author", must[*Author](t)(books[2].Author.Get(ctx)).Name, "author 1")
	ok(t, session.Load(ctx, s, Books, books, Books.Price))
	equal(t, "Load", books[3].Price == 8 && books[3].Title == "", true)
	books[3].Price = 1
	ok(t, s.Flush(ctx))
	ok(t, s.Rollback(ctx))
	equal(t, "after Rollback", books[3].Price == 8 && books[3].Title == "", true)
	a := must[[]*Author](t)(query.Select(Authors).Only(Authors.Email).OrderBy(Authors.ID).All(ctx, s))[0]
	equal(t, "a list of it", len(must[[]*Book](t)(a.Books.All(ctx))), 2)

	out := must[[]*Book](t)(q.Only(Books.Title).All(ctx, eng))
	equal(t, "outside", out[0].Title == "theirs" && out[0].Price == 0, true)
	page := must[query.Page[*Book]](t)(query.Pages(q.Only(Books.Title), 3).After(ctx, begin(t, eng), ""))
	equal(t, "a page", page.Rows[2].Title == "theirs" && page.Rows[2].Price == 0, true)
	other := model.Alias(Books, "other")
	out = must[[]*Book](t)(query.Select(other).Only(other.Price).All(ctx, eng))
	equal(t, "of an alias", out[0].Price == 8 && out[0].Title == "", true)
}

// TestOnlyOfDeferred: a deferred column is read where it is named.
func TestOnlyOfDeferred(t *testing.T) {
	t.Parallel()
	_, rec, s, ps := openPages(t, 2)
	rec.take()
	again := must[[]*Page](t)(query.Select(Pages).Only(Pages.Body).OrderBy(Pages.ID).Refresh().All(ctx, s))
	sent(t, rec, "SELECT page.body, page.id FROM page ORDER BY page.id")
	equal(t, "body", again[1] == ps[1] && ps[1].Body == "body 1" && ps[1].Title == "1", true)
	equal(t, "changes", len(s.Dirty()), 0)
}

// TestOnlyMistakes: what cannot read some columns says so.
func TestOnlyMistakes(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	part := query.Select(Books).Only(Books.Title)
	for name, err := range map[string]error{
		"a value":               second(query.Select(Books.Title).Only(Books.Title).All(ctx, eng)),
		"two tables":            second(query.Select2(Books, Authors).Join(Authors).Only(Books.Title).All(ctx, eng)),
		"another table":         second(query.Select(Books).Only(Authors.Name).All(ctx, eng)),
		"an expression":         second(query.Select(Books).Without(Books.Price.Plus(1)).All(ctx, eng)),
		"a set operation":       second(query.Union(query.Select(Books), part).All(ctx, eng)),
		"the first of them":     second(query.Union(part, query.Select(Books)).All(ctx, eng)),
		"objects of a subquery": second(query.Select(query.SubOf("s", Books, part)).All(ctx, eng)),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		is(t, err, query.ErrOnly)
	}
	if second(query.Select(Books).Only(nil).All(ctx, eng)) == nil {
		t.Error("nil: no error")
	}
}
