package session_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// forbidden checks that loading a relationship is refused, with its name.
func forbidden(t testing.TB, err error, name string) {
	t.Helper()
	is(t, err, session.ErrLazy)
	if !strings.HasSuffix(err.Error(), ": "+name) {
		t.Errorf("error is %v, want one that names %s", err, name)
	}
}

// TestNoLazyOfAQuery: the objects of a query load nothing by themselves, until another query returns them.
func TestNoLazyOfAQuery(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 2)
	q := query.Select(Books).OrderBy(Books.ID)
	all := must[[]*Book](t)(q.NoLazy().All(ctx, s))
	rec.take()
	_, err := all[0].Author.Get(ctx)
	forbidden(t, err, "Author of Book(id=1)")
	_, err = all[0].Reviews.All(ctx)
	forbidden(t, err, "Reviews of Book(id=1)")
	equal(t, "a reference that is NULL", must[*Publisher](t)(all[0].Publisher.Get(ctx)), nil)
	sent(t, rec)
	a := must[*Author](t)(session.Get(ctx, s, Authors, all[0].AuthorID))
	rec.take()
	equal(t, "what the session has", must[*Author](t)(all[0].Author.Get(ctx)), a)
	equal(t, "books of an object of another query", len(must[[]*Book](t)(a.Books.All(ctx))), 2)
	sent(t, rec, "SELECT book.id, …")

	_ = must[*Book](t)(q.Filter(Books.ID.Eq(4)).One(ctx, s))
	equal(t, "author, allowed by the next query", must[*Author](t)(all[3].Author.Get(ctx)).Name, "author 1")
	fresh := &Book{Title: "new", AuthorID: 1}
	s.Add(fresh)
	equal(t, "the author of a new object", must[*Author](t)(fresh.Author.Get(ctx)), a)
	for _, b := range must[[]*Book](t)(query.Select(Books).Refresh().NoLazy().All(ctx, s)) {
		b.Author.Expire()
	}
	s.Expunge(a)
	_, err = all[0].Author.Get(ctx)
	forbidden(t, err, "Author of Book(id=1)")
}

func TestNoLazyOfASession(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	ok(t, seedBooks(t, eng, 1, 1).Close(ctx))
	s := eng.Session().NoLazy()
	t.Cleanup(func() { ok(t, s.Close(ctx)) })
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	rec.take()
	_, err := a.Books.All(ctx)
	forbidden(t, err, "Books of Author(id=1)")
	_, loaded := a.Books.Peek()
	equal(t, "loaded", loaded, false)
	sent(t, rec)
	fresh := &Author{Name: "new"}
	s.Add(fresh)
	equal(t, "books of a new object", len(must[[]*Book](t)(fresh.Books.All(ctx))), 0)
	b := &Book{Title: "added"}
	a.Books.Add(b)
	ok(t, s.Flush(ctx))
	equal(t, "a foreign key by a list that is not loaded", b.AuthorID, a.ID)
	ok(t, s.Commit(ctx))
	_, err = fresh.Books.All(ctx)
	forbidden(t, err, "Books of Author(id=2)") // a commit makes what was loaded stale
	rec.take()
	s.Delete(fresh)
	ok(t, s.Commit(ctx)) // what a deletion must know is loaded all the same
	sent(t, rec, "BEGIN", "SELECT book.id, …", "WITH changed AS (DELETE FROM author WHERE author.id = $1 RETURNING 1) SELECT CASE WHEN count(*) <= 1 …", "COMMIT")
}

type (
	strictAuthors struct {
		model.Table[Author]
		ID    expr.Int
		Name  expr.Text
		Email expr.NullText
		Born  expr.NullDate
		Notes expr.Col[[]string]
		Books model.ToMany[Author, Book]
	}
	strictBooks struct {
		model.Table[Book]
		ID                   expr.Int
		Title                expr.Text
		Price                expr.Float
		Pages                expr.NullInt32
		InPrint              expr.Bool
		Extra                expr.JSON
		CreatedAt, UpdatedAt expr.Time
		AuthorID             expr.Int
		PublisherID          expr.NullText
		Author               model.ToOne[Book, Author]
	}
)

// TestNoLazyOfARelationship: a mapping forbids one side, the other loads.
func TestNoLazyOfARelationship(t *testing.T) {
	t.Parallel()
	authors := model.Map("author", func(t *strictAuthors) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.NoLazy(t.Books)}
	})
	books := model.Map("book", func(t *strictBooks) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.AuthorID, authors.ID), model.Ignore("Publisher", "Reviews")}
	})
	schema := model.MustSchema(authors, books)
	eng := must[*session.Engine](t)(session.Open(ctx, pgtest.Database(t), schema, session.Options{}))
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	s := begin(t, eng)
	a := &Author{Name: "A", Notes: []string{}}
	a.Books.Add(&Book{Title: "T", Extra: []byte("{}")})
	s.Add(a)
	ok(t, s.Commit(ctx))
	s = begin(t, eng)
	b := must[*Book](t)(session.Get(ctx, s, books, 1))
	a = must[*Author](t)(b.Author.Get(ctx))
	_, err := a.Books.All(ctx)
	forbidden(t, err, "Books of Author(id=1)")
}
