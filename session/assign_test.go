package session_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// seedBook adds an author with one book and commits.
func seedBook(t *testing.T, eng *session.Engine) (*session.Session, *Book) {
	t.Helper()
	s := begin(t, eng)
	b := &Book{Title: "One", Price: 2, Pages: ptr[int32](10)}
	b.Author.Set(&Author{Name: "A"})
	s.Add(b)
	ok(t, s.Commit(ctx))
	return s, b
}

// TestSetInUpdate: an expression takes the place of the field's value for one UPDATE, and its result is in the object.
func TestSetInUpdate(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s, b := seedBook(t, eng)
	rec.take()
	c := Books
	b.Price, b.InPrint = 99, true
	s.Set(b, c.Price.ToExpr(c.Price.Times(2)), c.Pages.To(1))
	s.Set(b, c.Pages.ToExpr(c.Pages.Plus(5)))
	equal(t, "dirty", len(s.Dirty()), 1)
	equal(t, "changes", fmt.Sprint(must[[]session.Change](t)(s.Changes(b))),
		"[price: 2 -> book.price * 2 pages: 10 -> book.pages + 5 in_print: false -> true]")
	ok(t, s.Flush(ctx))
	sent(t, rec, "BEGIN", "UPDATE book SET price = book.price * $1, pages = book.pages + $2, in_print = $3, updated_at = $4 "+
		"WHERE book.id = $5 RETURNING price, pages")
	equal(t, "price", b.Price, 4)
	equal(t, "pages", *b.Pages, 15)
	ok(t, s.Flush(ctx))
	sent(t, rec) // it counts once
	b.Title = "Two"
	ok(t, s.Flush(ctx))
	sent(t, rec, "UPDATE book SET title = $1, updated_at = $2 WHERE book.id = $3")
	ok(t, s.Rollback(ctx))
	equal(t, "price after rollback", b.Price, 2)
	equal(t, "pages after rollback", *b.Pages, 10)
}

// TestSetNullAndDefault: NULL, DEFAULT, and a column that would else follow every change.
func TestSetNullAndDefault(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, b := seedBook(t, eng)
	c := Books
	old, created := b.UpdatedAt, b.CreatedAt
	s.Set(b, c.Pages.ToNull(), c.CreatedAt.ToDefault(), c.UpdatedAt.ToExpr(c.UpdatedAt))
	ok(t, s.Commit(ctx))
	equal(t, "pages", b.Pages, nil)
	equal(t, "updated", b.UpdatedAt.Equal(old), true)
	equal(t, "created anew", b.CreatedAt.After(created), true)
	fresh := must[*Book](t)(session.Get(ctx, begin(t, eng), Books, b.ID))
	equal(t, "created", fresh.CreatedAt.Equal(b.CreatedAt), true)
	equal(t, "pages in the row", fresh.Pages, nil)
}

// TestSetInInsert: a new object's expression stands in its INSERT; the others still share one.
func TestSetInInsert(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	ws := []*Worker{{Name: "a"}, {Name: "b"}, {Name: "c"}}
	s.Add(ws[0], ws[1], ws[2])
	s.Set(ws[1], Workers.Name.ToExpr(expr.Func[expr.NullText]("upper", expr.Val("it's b"))))
	ok(t, s.Commit(ctx))
	sent(t, rec, "BEGIN", "WITH added AS (INSERT INTO worker (name, boss_id) SELECT …",
		"WITH added AS (INSERT INTO worker (name, boss_id) VALUES (upper($1::text), $2) RETURNING id, name) …", "COMMIT")
	equal(t, "name", ws[1].Name, "IT'S B")
	names := must[[]string](t)(query.Select(Workers.Name).OrderBy(Workers.ID).All(ctx, eng))
	equal(t, "rows", strings.Join(names, ", "), "a, c, IT'S B")
	equal(t, "keys", fmt.Sprint(ws[0].ID, ws[1].ID, ws[2].ID), "1 3 2")
}

// TestSetKeyOfParent: a child waits for a key that an expression gives.
func TestSetKeyOfParent(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	p, b := &Publisher{Name: "P"}, &Book{Title: "T"}
	b.Author.Set(&Author{Name: "A"})
	b.Publisher.Set(p)
	s.Add(b)
	s.Set(p, Publishers.Code.ToExpr(expr.Func[expr.NullText]("lower", expr.Val("CODE"))))
	ok(t, s.Commit(ctx))
	equal(t, "code", p.Code, "code")
	equal(t, "foreign key", *b.PublisherID, "code")
	equal(t, "same object", must[*Publisher](t)(session.Get(ctx, s, Publishers, "code")), p)
}

// TestSetKey: an object whose key an UPDATE computes is known by the new one, and by the old one after a rollback.
func TestSetKey(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, by := seedWorkers(t, eng)
	ann := by["ann"]
	old := ann.ID
	s.Set(ann, Workers.ID.ToExpr(Workers.ID.Plus(100)))
	ok(t, s.Flush(ctx))
	equal(t, "key", ann.ID, old+100)
	equal(t, "by the new key", must[*Worker](t)(session.Get(ctx, s, Workers, old+100)), ann)
	ann.Name = "anna"
	ok(t, s.Flush(ctx))
	ok(t, s.Rollback(ctx))
	equal(t, "key after rollback", ann.ID, old)
	equal(t, "by the old key", must[*Worker](t)(session.Get(ctx, s, Workers, old)), ann)
	equal(t, "name after rollback", ann.Name, "ann")
}

// TestSetForgotten: Rollback, Refresh and Expunge void an expression; a query of the table flushes it; a relationship wins.
func TestSetForgotten(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s, by := seedWorkers(t, eng)
	ann, c := by["ann"], Workers
	upper := c.Name.ToExpr(expr.Upper(c.Name))
	s.Set(ann, upper)
	ok(t, s.Rollback(ctx))
	ok(t, s.Commit(ctx))
	s.Set(ann, upper)
	ok(t, s.Refresh(ctx, ann))
	ok(t, s.Commit(ctx))
	equal(t, "name", ann.Name, "ann")
	s.Set(ann, upper)
	rec.take()
	names := must[[]string](t)(query.Select(c.Name).Filter(c.ID.Eq(ann.ID)).All(ctx, s))
	equal(t, "name in a query", names[0], "ANN")
	s.Set(ann, c.BossID.To(by["bob"].ID))
	ann.Boss.Set(by["cid"])
	ok(t, s.Commit(ctx))
	equal(t, "boss", *ann.BossID, by["cid"].ID)
	s.Set(ann, c.Name.To("gone"))
	s.Expunge(ann)
	ok(t, s.Commit(ctx))
	equal(t, "name of an expunged object", ann.Name, "ANN")
}

// TestSetMistakes: the next flush reports them, and what the server says names the object.
func TestSetMistakes(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, b := seedBook(t, eng)
	c := Books
	for _, m := range []struct {
		do   func()
		want string
	}{
		{func() { s.Set(&Book{}, c.Price.To(1)) }, "session: Set: object is not in this session: Book(id not set)"},
		{func() { s.Set(b, Authors.Name.To("x")) }, "session: Set: no column: author.name is not a column of table book"},
		{func() { s.Set(b, c.Price.Plus(1).To(1)) }, "session: Set: no column: an expression is not a column of table book"},
		{func() { s.Set(b, c.Price.ToExpr(expr.Float{})) }, "session: Set: book.price: "},
		{func() { s.Set(5, c.Price.To(1)) }, "session: Set: type is not mapped in this schema: int"},
	} {
		m.do()
		if err := s.Flush(ctx); err == nil || !strings.HasPrefix(err.Error(), m.want) {
			t.Errorf("error is %v, want %s", err, m.want)
		}
	}
	ok(t, s.Commit(ctx))
	s.Set(b, c.Price.ToExpr(c.Price.Minus(100)))
	var check *session.CheckError
	if err := s.Commit(ctx); !errors.As(err, &check) {
		t.Fatal(err)
	}
	equal(t, "object", check.Object, "Book(id=1)")
	ok(t, s.Rollback(ctx))
	ok(t, s.Commit(ctx))
	s.Set(b, c.Title.ToExpr(Authors.Name))
	var plain *session.DatabaseError
	if err := s.Commit(ctx); !errors.As(err, &plain) {
		t.Fatal(err)
	}
	equal(t, "code", plain.Code, "42P01")
	ok(t, s.Rollback(ctx))
}
