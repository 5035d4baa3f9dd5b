package session_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// authorsWithBooks stores three authors with 0, 1 and 2 books, the last of which has a publisher and two reviews.
func authorsWithBooks(t *testing.T, eng *session.Engine) {
	t.Helper()
	s := begin(t, eng)
	p := &Publisher{Code: "p", Name: "P"}
	authors := []*Author{{Name: "a"}, {Name: "b"}, {Name: "c"}}
	s.Add(p)
	for i, a := range authors {
		s.Add(a)
		for n := range i {
			b := &Book{Title: fmt.Sprint(a.Name, n)}
			b.Author.Set(a)
			if n > 0 {
				b.Publisher.Set(p)
				b.Reviews.Add(&Review{By: "x"}, &Review{By: "y"})
			}
			s.Add(b)
		}
	}
	ok(t, s.Commit(ctx))
}

// TestLoad: relationships are loaded with a query, one statement each, whatever its LIMIT, and nothing is loaded afterwards.
func TestLoad(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	authorsWithBooks(t, eng)
	q := query.Select(Authors).Load(Authors.Books.Load(Books.Publisher, Books.Reviews)).OrderBy(Authors.ID.Desc()).Limit(2)
	tell := func(as []*Author) (all string) {
		for _, a := range as {
			all += a.Name + ":"
			for _, b := range must[[]*Book](t)(a.Books.All(ctx)) {
				all += " " + b.Title
				if p := must[*Publisher](t)(b.Publisher.Get(ctx)); p != nil {
					all += " " + p.Name
				}
				for _, r := range must[[]*Review](t)(b.Reviews.All(ctx)) {
					all += " " + r.By
				}
			}
			all += "; "
		}
		return all
	}
	const want = "c: c0 c1 P x y; b: b0; "
	s := begin(t, eng)
	for _, r := range []query.Runner{s, eng} {
		rec.take()
		as := must[[]*Author](t)(q.All(ctx, r))
		sql := rec.take()
		equal(t, "objects", tell(as), want)
		equal(t, "loaded afterwards", len(rec.take()), 0)
		n := 0
		for _, one := range sql {
			if strings.HasPrefix(one, "SELECT") {
				n++
			}
		}
		equal(t, "statements", n, 4)
	}
	rec.take()
	must[[]*Author](t)(q.All(ctx, s))
	sent(t, rec, strings.ReplaceAll(q.String(), " \n", " ")) // all the rest is there
	a := must[*Author](t)(q.First(ctx, eng))
	equal(t, "one object", tell([]*Author{a}), "c: c0 c1 P x y; ")
	rows := must[[]query.Row2[*Book, *Author]](t)(query.Select2(Books, Authors).Join(Authors).Load(Books.Reviews, Books.Publisher, Authors.Books).
		OrderBy(Books.ID).All(ctx, eng))
	equal(t, "of two mappings", tell([]*Author{rows[0].V2, rows[2].V2}), "b: b0; c: c0 c1 P x y; ")
}

// TestLoadStale: what others have changed is read again.
func TestLoadStale(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	authorsWithBooks(t, eng)
	s := begin(t, eng)
	q := query.Select(Authors).Load(Authors.Books).OrderBy(Authors.ID)
	as := must[[]*Author](t)(q.All(ctx, s))
	ok(t, s.Commit(ctx))
	must[int64](t)(query.Update(Books).Set(Books.AuthorID.To(as[0].ID)).Everywhere().Exec(ctx, eng))
	must[[]*Author](t)(q.All(ctx, s))
	equal(t, "books", len(must[[]*Book](t)(as[0].Books.All(ctx))), 3)
	equal(t, "books", len(must[[]*Book](t)(as[2].Books.All(ctx))), 0)
	// pending changes are flushed before
	fresh := &Book{Title: "new"}
	as[2].Books.Add(fresh)
	again := must[[]*Author](t)(q.Refresh().All(ctx, s))
	equal(t, "books", len(must[[]*Book](t)(again[2].Books.All(ctx))), 1)
}

// TestLoadTree: a self-referential relationship, several levels deep, is a statement for each level.
func TestLoadTree(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	seedWorkers(t, eng)
	rec.take()
	tops := must[[]*Worker](t)(query.Select(Workers).Load(Workers.Reports.Load(Workers.Reports.Load(Workers.Boss))).Filter(Workers.BossID.IsNull()).All(ctx, eng))
	for _, top := range tops {
		for _, w := range must[[]*Worker](t)(top.Reports.All(ctx)) {
			for _, deep := range must[[]*Worker](t)(w.Reports.All(ctx)) {
				equal(t, "boss", must[*Worker](t)(deep.Boss.Get(ctx)), w)
			}
		}
	}
}

// TestLoadMistakes: what cannot be loaded says so before anything is sent.
func TestLoadMistakes(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	authorsWithBooks(t, eng)
	s := begin(t, eng)
	all := func(q query.Query[*Author], r query.Runner) error {
		_, err := q.All(ctx, r)
		return err
	}
	base := query.Select(Authors)
	for name, err := range map[string]error{
		"of another":       all(base.Load(Books.Author), s),
		"of another's":     all(base.Load(Authors.Books.Load(Authors.Books)), s),
		"not tracked":      all(base.NoTracking().Load(Authors.Books), s),
		"no schema":        all(base.Load(model.ToMany[Author, Book]{}), s),
		"no schema within": all(base.Load(Authors.Books.Load(nil)), eng),
	} {
		if !errors.Is(err, query.ErrLoad) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, err := range base.Load(Authors.Books).Iter(ctx, s) {
		if !errors.Is(err, query.ErrLoad) {
			t.Error(err)
		}
	}
	if err := all(base.Load(nil), s); err == nil {
		t.Error("nil is loaded")
	}
	// a session that forbids lazy loading loads what is said
	as := must[[]*Author](t)(base.NoLazy().Load(Authors.Books).All(ctx, s))
	for _, a := range as {
		must[[]*Book](t)(a.Books.All(ctx))
	}
}
