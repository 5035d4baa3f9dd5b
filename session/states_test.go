package session_test

import (
	"log/slog"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestColumnsOfAnObject: single columns are read again or expired; what else was changed stays.
func TestColumnsOfAnObject(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 2)
	one := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	b := must[*Book](t)(session.Get(ctx, s, Books, 1))
	other := must[*Author](t)(session.Get(ctx, s, Authors, 2))
	ok(t, second(eng.Pool().Exec(ctx, "UPDATE book SET title = 'theirs', price = 7, author_id = 2 WHERE id = 1")))
	b.Title, b.Price, b.InPrint = "mine", 3, true
	rec.take()
	ok(t, session.RefreshColumns(ctx, s, Books, []*Book{b}, Books.Title))
	sent(t, rec, "SELECT book.id, book.title FROM book WHERE book.id = $1")
	equal(t, "title", b.Title, "theirs")
	equal(t, "price", b.Price, 3.0)
	cs := must[[]session.Change](t)(s.Changes(b))
	equal(t, "changes", len(cs), 2)
	equal(t, "the row as it was read", cs[0].String(), "price: 0 -> 3")

	one.Books.Add(&Book{Title: "x"})
	b.Author.Set(other)
	s.Set(b, Books.Price.To(9))
	ok(t, session.RefreshColumns(ctx, s, Books, []*Book{b}, Books.AuthorID, Books.Price))
	equal(t, "price", b.Price, 7.0)
	equal(t, "author", must[*Author](t)(b.Author.Get(ctx)), other)
	equal(t, "changes", len(must[[]session.Change](t)(s.Changes(b))), 1)
	equal(t, "books of the new author", len(must[[]*Book](t)(other.Books.All(ctx))), 3)

	b.Title, b.Price = "mine", 8
	b.Author.Set(one)
	equal(t, "stale", s.IsStale(b), false)
	s.ExpireColumns(b, Books.Title, Books.AuthorID)
	equal(t, "title", b.Title, "theirs")
	equal(t, "stale", s.IsStale(b), true)
	ok(t, s.Flush(ctx)) // price and in_print
	rec.take()
	_ = must[*Book](t)(session.Get(ctx, s, Books, 1))
	sent(t, rec, "SELECT book.id, …")
	equal(t, "stale", s.IsStale(b), false)
	equal(t, "price", b.Price, 8.0)
	equal(t, "books of the author that it has", len(must[[]*Book](t)(other.Books.All(ctx))), 3)
	ok(t, s.Rollback(ctx))
	equal(t, "as it was first read", b.Title, "book 0/0")
	equal(t, "stale after Rollback", s.IsStale(b), true)
	equal(t, "stale, of another", s.IsStale(&Book{ID: 1}), false)

	is(t, session.RefreshColumns(ctx, s, Books, []*Book{{ID: 1}}, Books.Title), session.ErrNotInSession)
	for name, err := range map[string]error{
		"a key": session.RefreshColumns(ctx, s, Books, []*Book{b}, Books.ID), "no column": session.RefreshColumns(ctx, s, Books, []*Book{b}),
		"another table": session.RefreshColumns(ctx, s, Books, []*Book{b}, Authors.Name),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ok(t, session.RefreshColumns(ctx, s, Books, nil, Books.Title))
	s.ExpireColumns(b, Authors.Name)
	if s.Flush(ctx) == nil {
		t.Error("ExpireColumns of another table: no error")
	}
	ok(t, second(eng.Pool().Exec(ctx, "DELETE FROM book WHERE id = 1")))
	is(t, session.RefreshColumns(ctx, s, Books, []*Book{b}, Books.Title), query.ErrNoRows)
}

func TestGetOrNone(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 1)
	a, there, err := session.GetOrNone(ctx, s, Authors, 1)
	equal(t, "there", there && err == nil && a.Name == "author 0", true)
	a, there, err = session.GetOrNone(ctx, s, Authors, 2)
	equal(t, "not there", a == nil && !there && err == nil, true)
	_, there, err = session.GetOrNone(ctx, s, Authors, nil)
	equal(t, "of no key", there, false)
	is(t, err, session.ErrNullKey)
}

// TestListChanges: what was done to lists and references and is not flushed.
func TestListChanges(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 2, 2)
	a := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	other := must[*Author](t)(session.Get(ctx, s, Authors, 2))
	books := must[[]*Book](t)(a.Books.All(ctx))
	fresh := &Book{Title: "fresh"}
	a.Books.Add(fresh)
	books[0].Author.Set(other)
	c := a.Books.Changes()
	equal(t, "added", len(c.Added) == 1 && c.Added[0] == fresh, true)
	equal(t, "removed", len(c.Removed) == 1 && c.Removed[0] == books[0], true)
	equal(t, "unchanged", len(c.Unchanged) == 1 && c.Unchanged[0] == books[1], true)
	c = other.Books.Changes()
	equal(t, "added to one that is not loaded", len(c.Added) == 1 && len(c.Removed)+len(c.Unchanged) == 0, true)
	equal(t, "reference", books[0].Author.Changed() && fresh.Author.Changed() && !books[1].Author.Changed(), true)
	ok(t, s.Flush(ctx))
	c = a.Books.Changes()
	equal(t, "after the flush", len(c.Added)+len(c.Removed) == 0 && len(c.Unchanged) == 2 && !fresh.Author.Changed(), true)
	var free Author
	free.Books.Add(fresh)
	equal(t, "in no session", len(free.Books.Changes().Added), 1)
}

// A crate goes with what is in it.
type (
	Crate struct {
		ID    int64
		Label string
		Items model.Many[Thing]
	}
	Thing struct {
		ID      int64
		Label   string
		CrateID *int64
		Crate   model.One[Crate]
	}
	crates struct {
		model.Table[Crate]
		ID    expr.Int
		Label expr.Text
		Items model.ToMany[Crate, Thing]
	}
	things struct {
		model.Table[Thing]
		ID      expr.Int
		Label   expr.Text
		CrateID expr.NullInt
		Crate   model.ToOne[Thing, Crate]
	}
)

// TestCascades: expunging, refreshing and expiring go to what is loaded, where the relationship says so, and the database's own deletions
// are followed.
func TestCascades(t *testing.T) {
	t.Parallel()
	cs := model.Map("crate", func(t *crates) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.CascadeExpunge(t.Items), model.CascadeRefresh(t.Items), model.DatabaseDeletes(t.Items)}
	})
	ts := model.Map("thing", func(t *things) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.CrateID, cs.ID).OnDelete("SET NULL"), model.OrderBy(cs.Items, t.ID.Asc())}
	})
	schema, rec := model.MustSchema(cs, ts), &recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{Logger: slog.New(rec)})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	s := begin(t, eng)
	c := &Crate{Label: "c"}
	c.Items.Add(&Thing{Label: "a"}, &Thing{Label: "b"})
	s.Add(c)
	ok(t, s.Commit(ctx))
	items := must[[]*Thing](t)(c.Items.All(ctx))
	ok(t, second(eng.Pool().Exec(ctx, "UPDATE thing SET label = label || '!'; UPDATE crate SET label = label || '!'")))
	items[1].Label = "changed"
	rec.take()
	ok(t, s.Refresh(ctx, c))
	sent(t, rec, "SELECT crate.id, …", "SELECT thing.id, …")
	equal(t, "labels", c.Label+items[0].Label+items[1].Label, "c!a!b!")
	items = must[[]*Thing](t)(c.Items.All(ctx))
	items[0].Label = "changed"
	s.Expire(c)
	equal(t, "an item's change", items[0].Label, "a!")
	equal(t, "stale", s.IsStale(c) && s.IsStale(items[0]) && s.IsStale(items[1]), true)
	items = must[[]*Thing](t)(c.Items.All(ctx))
	s.Expunge(c)
	equal(t, "objects", s.Len(), 0)
	s.Add(c)
	equal(t, "objects", s.Len(), 3)
	s.Expunge(items[0])
	equal(t, "objects, without one of the list", s.Len(), 2)
	s.Add(items[0])

	s.Delete(c)
	ok(t, s.Flush(ctx))
	equal(t, "its things are stale", s.IsStale(items[0]), true)
	ok(t, s.Refresh(ctx, items[0]))
	equal(t, "what the database did", items[0].CrateID == nil, true)
	ok(t, s.Commit(ctx))
	equal(t, "things", count(t, eng, "thing"), 2)

	free := model.ToMany[Crate, Thing]{}
	if _, err := model.NewSchema(model.Map("crate", func(t *crates) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.CascadeExpunge(&free)}
	}), ts); err == nil {
		t.Error("CascadeExpunge of no relationship: no error")
	}
}
