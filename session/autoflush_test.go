package session_test

import (
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestDeletionIsFlushedBeforeAnyQuery: what goes with a deleted object is in other tables.
func TestDeletionIsFlushedBeforeAnyQuery(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 1)
	b := must[*Book](t)(query.Select(Books).One(ctx, s))
	b.Reviews.Add(&Review{By: "me"})
	ok(t, s.Commit(ctx))
	s.Delete(b)
	rec.take()
	equal(t, "reviews", must[int64](t)(query.Select(Reviews).Count(ctx, s)), 0)
	sent(t, rec, "BEGIN", "SELECT review.book_id, …", "DELETE FROM review …", "DELETE FROM book …", "SELECT count(*) …")
}

// TestRawSQLIsFlushedFor: raw SQL in a query may read any table; raw SQL alone is the program's own affair, as in SQLAlchemy.
func TestRawSQLIsFlushedFor(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 1)
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	byName := func(name string) expr.Predicate {
		return expr.Where(sq.Expr("book.author_id IN (SELECT id FROM author WHERE name = ?)", name))
	}
	a.Name = "1"
	equal(t, "in a filter", must[int64](t)(query.Select(Books).Filter(byName("1")).Count(ctx, s)), 1)
	a.Name = "2"
	equal(t, "in an Or", must[bool](t)(query.Select(Books).Filter(expr.Or(byName("2"), Books.ID.Eq(0))).Exists(ctx, s)), true)
	a.Name = "3"
	equal(t, "in an Update", must[int64](t)(query.Update(Books).Set(Books.Title.To("x")).Filter(byName("3")).Exec(ctx, s)), 1)
	a.Name = "4"
	name := expr.Raw[expr.Text]("(SELECT name FROM author LIMIT 1)")
	equal(t, "in Set", must[int64](t)(query.Update(Books).Set(Books.Title.ToExpr(name)).Everywhere().Exec(ctx, s)), 1)
	equal(t, "what was set", must[string](t)(query.Select(Books.Title).One(ctx, s)), "4")
	a.Name = "5"
	equal(t, "alone", must[string](t)(query.Select(name).One(ctx, s)), "4")
	rec.take()
	equal(t, "without changes", must[int64](t)(query.Select(Authors).Filter(expr.Where(sq.Expr("author.id > 0"))).Count(ctx, s)), 1)
	sent(t, rec, "UPDATE author …", "SELECT count(*) …")
}

// TestUpdateFlushesWhatItReads: the tables that Set mentions, too.
func TestUpdateFlushesWhatItReads(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 1)
	must[*Author](t)(query.Select(Authors).One(ctx, s)).Name = "changed"
	up := query.Update(Books).Set(Books.Title.ToExpr(Authors.Name)).Filter(Books.AuthorID.EqExpr(Authors.ID))
	equal(t, "rows", must[int64](t)(up.Exec(ctx, s)), 1)
	equal(t, "title", must[string](t)(query.Select(Books.Title).One(ctx, s)), "changed")
}

// TestReferenceInTheSessionFlushesNothing: nothing is read for it.
func TestReferenceInTheSessionFlushesNothing(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 1)
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	b := must[*Book](t)(session.Get(ctx, s, Books, 1))
	a.Name = "changed"
	rec.take()
	equal(t, "author", must[*Author](t)(b.Author.Get(ctx)), a)
	sent(t, rec)
}
