package session_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestLock: rows are read again under the lock, in the order of their keys, a statement a mapping.
func TestLock(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 3, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID.Desc()).All(ctx, s))
	b := must[*Book](t)(session.Get(ctx, s, Books, 1))
	elsewhere(t, eng, "UPDATE author SET name = name || '!'")
	all[0].Name = "overwritten"
	rec.take()
	ok(t, s.Lock(ctx, b, all[0], all[1], all[0]))
	const author, book = "SELECT author.id, author.name, author.email, author.born, author.notes FROM author WHERE ", "SELECT book.id, …"
	sent(t, rec, author+"author.id = ANY($1) ORDER BY author.id FOR UPDATE", book)
	equal(t, "a locked object", all[0].Name, "author 2!")
	equal(t, "a locked object", all[1].Name, "author 1!")
	equal(t, "an object that is not locked", all[2].Name, "author 0")
	ok(t, s.Lock(ctx, all[2]))
	sent(t, rec, author+"author.id = $1 FOR UPDATE")
	ok(t, s.Lock(ctx))
	sent(t, rec)
	equal(t, "changed objects", len(s.Dirty()), 0)

	other := begin(t, eng)
	q := query.Select(Authors).OrderBy(Authors.ID)
	equal(t, "rows that are free", len(must[[]*Author](t)(q.ForShare(query.SkipLocked).All(ctx, other))), 0)
	_, err := q.ForUpdate(query.NoWait).All(ctx, other)
	var held *session.LockError
	if !errors.As(err, &held) || held.Code != "55P03" || !strings.HasSuffix(held.Statement, "FOR UPDATE NOWAIT") {
		t.Errorf("error is %v", err)
	}
	is(t, other.Flush(ctx), session.ErrFailed)
	ok(t, other.Rollback(ctx))
	o := must[*Author](t)(session.Get(ctx, other, Authors, all[2].ID))
	_ = must[string](t)(query.Select(expr.Raw[expr.Text]("set_config('lock_timeout', '20ms', true)")).One(ctx, other))
	err = other.Lock(ctx, o)
	if !errors.As(err, &held) || held.Object != "Author(id=1)" || held.Statement == "" {
		t.Errorf("error is %v", err)
	}
	ok(t, other.Rollback(ctx))
	ok(t, s.Commit(ctx))
	equal(t, "rows that are free", len(must[[]*Author](t)(q.ForUpdate(query.NoWait).All(ctx, other))), 3)
	ok(t, other.Rollback(ctx))
}

// elsewhere runs SQL past any session.
func elsewhere(t testing.TB, eng *session.Engine, sql string) {
	t.Helper()
	_, err := eng.Pool().Exec(ctx, sql)
	ok(t, err)
}

// TestLockMistakes: what cannot be locked is named, and nothing is sent for it.
func TestLockMistakes(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 0)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	fresh := &Author{Name: "new"}
	s.Add(fresh)
	rec.take()
	for _, c := range []struct {
		obj  any
		want error
		text string
	}{
		{fresh, session.ErrNotFlushed, "session: Lock: object has no row yet; flush it first: Author(id not set)"},
		{&Author{ID: 9}, session.ErrNotInSession, "session: Lock: object is not in this session: Author(id=9)"},
		{"x", session.ErrNotMapped, ""},
	} {
		err := s.Lock(ctx, all[0], c.obj)
		is(t, err, c.want)
		if c.text != "" {
			equal(t, "error", err.Error(), c.text)
		}
	}
	sent(t, rec)
	elsewhere(t, eng, "DELETE FROM author WHERE id = 2")
	err := s.Lock(ctx, all[0], all[1])
	is(t, err, query.ErrNoRows)
	equal(t, "error", err.Error(), "session: Lock: Author(id=2): query: no rows in result set")
}

// TestLockOfACompositeKey: many objects are one statement there too.
func TestLockOfACompositeKey(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 2)
	var objs []any
	for _, b := range must[[]*Book](t)(query.Select(Books).OrderBy(Books.ID).All(ctx, s)) {
		r := &Review{By: "me", Stars: 1}
		b.Reviews.Add(r)
		objs = append(objs, r)
	}
	ok(t, s.Commit(ctx))
	elsewhere(t, eng, "UPDATE review SET stars = 5")
	rec.take()
	ok(t, s.Lock(ctx, objs...))
	sent(t, rec, "BEGIN", `SELECT review.book_id, review.by, review.stars FROM review `+
		`WHERE (review.book_id, review.by) IN (SELECT * FROM unnest($1::bigint[], nullif($2, ARRAY[(NULL::review).by]))) `+
		`ORDER BY review.book_id, review.by FOR UPDATE`)
	for _, o := range objs {
		equal(t, "stars", o.(*Review).Stars, int16(5))
	}
}

// TestLockKeepsTheCohort: objects that are locked one by one still load together, and what was forbidden stays so.
func TestLockKeepsTheCohort(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 3, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	for _, a := range all {
		ok(t, s.Lock(ctx, a))
	}
	rec.take()
	for _, a := range all {
		equal(t, "books", len(must[[]*Book](t)(a.Books.All(ctx))), 1)
	}
	sent(t, rec, "SELECT book.id, …")
	b := must[*Book](t)(query.Select(Books).NoLazy().First(ctx, s))
	ok(t, s.Refresh(ctx, b))
	_, err := b.Reviews.All(ctx)
	is(t, err, session.ErrLazy)
}
