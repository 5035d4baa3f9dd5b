package session_test

import (
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestBatches: a query is read batch by batch with its relationships, and no more than a batch stays in the session.
func TestBatches(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	ok(t, seedBooks(t, eng, 7, 2).Close(ctx))
	s := eng.Session()
	t.Cleanup(func() { ok(t, s.Close(ctx)) })
	for _, r := range []query.Runner{s, eng} {
		rec.take()
		names, most := "", 0
		for batch, err := range query.Batches(ctx, r, query.Select(Authors).Load(Authors.Books), 3) {
			ok(t, err)
			for _, a := range batch {
				books, loaded := a.Books.Peek()
				equal(t, "loaded", loaded && len(books) == 2, true)
				names += a.Name + ";"
				if a.Name == "author 4" && r == query.Runner(s) {
					a.Name, books[0].Title = "changed", "changed"
				}
			}
			most = max(most, s.Len())
		}
		want := "author 0;author 1;author 2;author 3;author 4;author 5;author 6;"
		if r == query.Runner(eng) {
			want = "author 0;author 1;author 2;author 3;changed;author 5;author 6;"
		}
		equal(t, "names", names, want)
		if r == query.Runner(s) {
			equal(t, "most objects, with the row behind the batch", most, 12)
			equal(t, "objects in the end", s.Len(), 0)
			ok(t, s.Commit(ctx))
		}
	}
	equal(t, "what was changed is stored", must[int64](t)(query.Select(Books).Filter(Books.Title.Eq("changed")).Count(ctx, eng)), 1)

	kept := must[*Author](t)(session.Get(ctx, s, Authors, 2))
	fresh := &Author{Name: "fresh"}
	for batch, err := range query.Batches(ctx, s, query.Select(Authors).OrderBy(Authors.Name), 3) {
		ok(t, err)
		equal(t, "rows", len(batch), 3)
		s.Add(fresh)
		break
	}
	equal(t, "objects after a break", s.Len(), 5)
	for batch, err := range query.Batches(ctx, s, query.Select(Authors).Filter(Authors.ID.Gt(100)), 3) {
		t.Fatalf("a batch of none: %v %v", batch, err)
	}
	for _, err := range query.Batches(ctx, s, query.Select(Authors), 1) {
		ok(t, err)
	}
	equal(t, "the session's own stay", s.Contains(kept) && s.Contains(fresh), true)
	fails := 0
	for _, err := range query.Batches(ctx, s, query.Select(Authors).Limit(1), 3) {
		is(t, err, query.ErrKeyset)
		fails++
	}
	equal(t, "errors", fails, 1)
	page := must[query.Page[*Author]](t)(query.Pages(query.Select(Authors).Load(Authors.Books), 2).After(ctx, eng, ""))
	_, loaded := page.Rows[1].Books.Peek()
	equal(t, "a page is loaded with", loaded, true)
}

// TestLoadRelations: relationships of objects that are there are loaded, one statement each.
func TestLoadRelations(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	authorsWithBooks(t, eng)
	tell := func(as []*Author) (all string) {
		for _, a := range as {
			books, loaded := a.Books.Peek()
			all += fmt.Sprint(a.Name, loaded)
			for _, b := range books {
				p, known := b.Publisher.Peek()
				rs, some := b.Reviews.Peek()
				all += fmt.Sprint(" ", b.Title, p != nil, known, len(rs), some)
			}
			all += ";"
		}
		return all
	}
	const want = "atrue;btrue b0false true 0 true;ctrue c0false true 0 true c1true true 2 true;"
	load := func(r query.Runner, as []*Author) error {
		return session.LoadRelations(ctx, r, as, Authors.Books.Load(Books.Publisher, Books.Reviews))
	}
	q := query.Select(Authors).OrderBy(Authors.ID)
	s := begin(t, eng)
	as := must[[]*Author](t)(q.All(ctx, s))
	rec.take()
	ok(t, load(s, as))
	sent(t, rec, "SELECT book.id, …", "SELECT publisher.code, …", "SELECT review.book_id, …")
	equal(t, "in a session", tell(as), want)
	ok(t, load(s, as))
	sent(t, rec)
	is(t, load(s, []*Author{{ID: 1}}), session.ErrNotInSession)
	is(t, load(eng, as), session.ErrOtherSession)
	is(t, session.LoadRelations(ctx, s, as, Books.Author), query.ErrLoad)

	free := must[[]*Author](t)(q.All(ctx, eng))
	twice := append(must[[]*Author](t)(q.All(ctx, eng)), free...)
	free[2].Name = "changed"
	rec.take()
	ok(t, load(eng, twice))
	equal(t, "outside", tell(twice[:3]), want)
	free[2].Name = "c"
	equal(t, "another object of each row", tell(free), want)
	for _, sql := range rec.take() {
		if len(sql) > 6 && sql[:6] == "UPDATE" {
			t.Errorf("sent %s", sql)
		}
	}
	free[0].Name = "changed"
	other := begin(t, eng)
	other.Add(free[0], free[2])
	equal(t, "it knows that it has a row", len(other.New()), 0)
	ok(t, other.Commit(ctx))
	equal(t, "what was changed is stored", must[int64](t)(query.Select(Authors).Filter(Authors.Name.Eq("changed")).Count(ctx, eng)), 1)
	is(t, load(eng, []*Author{{}}), session.ErrAttach)
	ok(t, load(eng, nil))
	ok(t, session.LoadRelations(ctx, eng, free))
	if session.LoadRelations(ctx, eng, free, nil) == nil {
		t.Error("nil: no error")
	}
}
