package session_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var ctx = context.Background()

func TestAddAndCommit(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "Le Guin", Email: ptr("u@example.org")}
	s.Add(a)
	equal(t, "key before the flush", a.ID, 0)
	ok(t, s.Commit(ctx))
	equal(t, "key", a.ID, 1)
	sent(t, rec, "BEGIN", "INSERT INTO author (name, email, born, notes) VALUES ($1, $2, $3, $4) RETURNING id", "COMMIT")
	ok(t, s.Commit(ctx))
	ok(t, s.Flush(ctx))
	sent(t, rec)
	equal(t, "rows", count(t, eng, "author"), 1)
}

func TestDefaultsAreStamped(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A"}
	s.Add(a)
	ok(t, s.Flush(ctx))
	b := &Book{Title: "T", AuthorID: a.ID}
	s.Add(b)
	before := time.Now()
	ok(t, s.Flush(ctx))
	if d := b.UpdatedAt.Sub(before); d < -time.Millisecond || d > time.Minute {
		t.Errorf("default of updated_at gave %v", b.UpdatedAt)
	}
	if b.CreatedAt.IsZero() || string(b.Extra) != "{}" {
		t.Errorf("created_at %v, extra %s", b.CreatedAt, b.Extra)
	}
	rec.take()
	first := b.UpdatedAt
	b.Title = "U"
	ok(t, s.Flush(ctx))
	sent(t, rec, "UPDATE book SET title = $1, updated_at = $2 WHERE book.id = $3")
	if !b.UpdatedAt.After(first) {
		t.Errorf("on-update value %v is not after %v", b.UpdatedAt, first)
	}
	mine := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	b.Title, b.UpdatedAt = "V", mine
	ok(t, s.Commit(ctx))
	if !b.UpdatedAt.Equal(mine) {
		t.Errorf("a value that the program set was overwritten: %v", b.UpdatedAt)
	}
}

func TestDirty(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A", Email: ptr("a@x"), Notes: []string{"one"}}
	s.Add(a)
	ok(t, s.Commit(ctx))
	a = must[*Author](t)(query.Select(Authors).One(ctx, s))
	rec.take()
	steps := []struct {
		name   string
		change func()
		want   []string
	}{
		{"nothing", func() {}, nil},
		{"set and set back", func() { a.Name = "B"; a.Name = "A" }, nil},
		{"another pointer to the same text", func() { a.Email = ptr("a@x") }, nil},
		{"inside a pointer", func() { *a.Email = "b@x" }, []string{"UPDATE author SET email = $1 WHERE author.id = $2"}},
		{"inside a slice", func() { a.Notes[0] = "two" }, []string{"UPDATE author SET notes = $1 WHERE author.id = $2"}},
		{"NULL", func() { a.Email = nil }, []string{"UPDATE author SET email = $1 WHERE author.id = $2"}},
		{"two columns", func() { a.Name, a.Notes = "", nil }, nil},
	}
	steps[len(steps)-1].change = func() { a.Name, a.Notes = "", []string{} }
	steps[len(steps)-1].want = []string{"UPDATE author SET name = $1, notes = $2 WHERE author.id = $3"}
	for _, st := range steps {
		st.change()
		if err := s.Flush(ctx); err != nil {
			t.Fatalf("%s: %v", st.name, err)
		}
		t.Log(st.name)
		sent(t, rec, st.want...)
	}
	ok(t, s.Commit(ctx))
	got := must[*Author](t)(query.Select(Authors).One(ctx, eng))
	if got.Name != "" || got.Email != nil || len(got.Notes) != 0 {
		t.Errorf("row is %+v", got)
	}
}

func TestIdentityMap(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	s.Add(&Author{Name: "A"}, &Author{Name: "B"})
	ok(t, s.Commit(ctx))
	one := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	same := must[*Author](t)(query.Select(Authors).Filter(Authors.Name.Eq("A")).One(ctx, s))
	equal(t, "the object of a second query", same, one)
	rec.take()
	again := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	equal(t, "the object of Get", again, one)
	sent(t, rec)

	_, err := eng.Pool().Exec(ctx, "UPDATE author SET name = 'changed' WHERE id = 1")
	ok(t, err)
	_ = must[[]*Author](t)(query.Select(Authors).All(ctx, s))
	equal(t, "a loaded object that the transaction has read", one.Name, "A")
	_ = must[[]*Author](t)(query.Select(Authors).Refresh().All(ctx, s))
	equal(t, "after Refresh", one.Name, "changed")
	ok(t, s.Commit(ctx))
	_, err = eng.Pool().Exec(ctx, "UPDATE author SET name = 'again' WHERE id = 1")
	ok(t, err)
	equal(t, "after commit, before reading", one.Name, "changed")
	equal(t, "Get of a stale object", must[*Author](t)(session.Get(ctx, s, Authors, 1)), one)
	equal(t, "after commit and reading", one.Name, "again")

	_, err = session.Get(ctx, s, Authors, 99)
	is(t, err, query.ErrNoRows)
	s.Expunge(one)
	other := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	if other == one {
		t.Error("an expunged object came back")
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a, b, c := &Author{Name: "A"}, &Author{Name: "B"}, &Author{Name: "C"}
	s.Add(a, b, c)
	ok(t, s.Commit(ctx))
	rec.take()
	s.Delete(a)
	ok(t, s.Flush(ctx))
	sent(t, rec, "BEGIN", "SELECT book.id, …", "DELETE FROM author WHERE author.id = $1")
	equal(t, "Contains of a deleted object", s.Contains(a), false)
	_, err := session.Get(ctx, s, Authors, a.ID)
	is(t, err, query.ErrNoRows)
	ok(t, s.Rollback(ctx))
	equal(t, "Contains after rollback", s.Contains(a), true)
	equal(t, "the object after rollback", must[*Author](t)(session.Get(ctx, s, Authors, a.ID)), a)
	rec.take()
	s.Delete(a, b)
	s.Add(b) // kept after all
	s.Delete(c)
	ok(t, s.Commit(ctx))
	sent(t, rec, "SELECT book.id, …", "WITH changed AS (DELETE FROM author WHERE id = ANY($1) RETURNING author.id AS k1) SELECT CASE WHEN count(*) = count(DISTINCT k1) …", "COMMIT")
	equal(t, "rows", count(t, eng, "author"), 1)

	fresh := &Author{Name: "never stored"}
	s.Add(fresh)
	s.Delete(fresh)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 1)

	s.Delete(&Author{ID: 77})
	is(t, s.Commit(ctx), session.ErrNotInSession)
	ok(t, s.Commit(ctx))
}

func TestRollbackRestores(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	old := &Author{Name: "old", Email: ptr("o@x")}
	s.Add(old)
	ok(t, s.Commit(ctx))
	fresh := &Author{Name: "fresh"}
	s.Add(fresh)
	old.Name, *old.Email = "changed", "c@x"
	ok(t, s.Flush(ctx))
	if fresh.ID == 0 {
		t.Fatal("no key")
	}
	old.Name = "changed twice"
	ok(t, s.Rollback(ctx))
	equal(t, "a changed object's name", old.Name, "old")
	equal(t, "a changed object's email", *old.Email, "o@x")
	equal(t, "a new object's key", fresh.ID, 0)
	equal(t, "a new object is in the session", s.Contains(fresh), false)
	s.Add(fresh)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "author"), 2)
}

func TestAutoflush(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A"}
	s.Add(a)
	equal(t, "count", must[int64](t)(query.Select(Publishers).Count(ctx, s)), 0)
	equal(t, "key after a query on another table", a.ID, 0)
	rec.take()
	equal(t, "count", must[int64](t)(query.Select(Authors).NoFlush().Count(ctx, s)), 0)
	equal(t, "count", must[int64](t)(query.Select(Authors).Count(ctx, s)), 1)
	sent(t, rec, "SELECT count(*) FROM (SELECT…", "INSERT INTO author …", "SELECT count(*) FROM (SELECT…")
	a.Name = "B"
	rec.take()
	equal(t, "found", must[bool](t)(query.Select(Authors).Filter(Authors.Name.Eq("B")).Exists(ctx, s)), true)
	sent(t, rec, "UPDATE author SET name = $1 WHERE author.id = $2", "SELECT EXISTS (…")
}

// TestManyOfAKind: new and changed objects of one shape go in one statement each, however many they are.
func TestManyOfAKind(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	var all []*Book
	for i := range 500 {
		b := &Book{Title: fmt.Sprint("book ", i), AuthorID: a.ID, Price: float64(i), Extra: json.RawMessage(`{"n": 1}`)}
		if i%2 == 0 {
			b.Pages = ptr(int32(i))
		}
		all = append(all, b)
		s.Add(b)
	}
	ok(t, s.Flush(ctx))
	rec.take()
	rows := must[[]query.Row3[int64, string, *int32]](t)(query.Select3(Books.ID, Books.Title, Books.Pages).OrderBy(Books.ID).All(ctx, s))
	for i, r := range rows {
		if r.V1 != all[i].ID || r.V2 != all[i].Title || (r.V3 == nil) != (all[i].Pages == nil) || all[i].CreatedAt.IsZero() {
			t.Fatalf("row %d is %v, object %+v", i, r, all[i])
		}
	}
	for _, b := range all[:300] {
		b.Price++
	}
	all[7].Title = "other shape"
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec,
		"WITH changed AS (UPDATE book SET price = cupel.v1, updated_at = cupel.v2 FROM unnest($1::double precision[], nullif($2, ARRAY[(NULL::book).updated_at]), $3::bigint[])…",
		"WITH changed AS (UPDATE book SET title = $1, price = $2, updated_at = $3 WHERE book.id = $4 RETURNING 1)…",
		"COMMIT")
	got := must[[]float64](t)(query.Select(Books.Price).OrderBy(Books.ID).All(ctx, eng))
	for i, p := range got {
		if want := all[i].Price; p != want {
			t.Fatalf("price %d is %v, want %v", i, p, want)
		}
	}
}

// TestStaleRow: a row that somebody else deleted or changed the key of is not silently left out of an update.
func TestStaleRow(t *testing.T) {
	t.Parallel()
	for _, commit := range []bool{false, true} {
		eng, _ := open(t)
		s := begin(t, eng)
		a, b := &Author{Name: "A"}, &Author{Name: "B"}
		s.Add(a, b)
		ok(t, s.Commit(ctx))
		_, err := eng.Pool().Exec(ctx, "DELETE FROM author WHERE id = $1", a.ID)
		ok(t, err)
		a.Name, b.Name = "X", "Y"
		if commit {
			err = s.Commit(ctx)
		} else {
			err = s.Flush(ctx)
		}
		is(t, err, session.ErrStale)
		is(t, s.Flush(ctx), session.ErrFailed)
		ok(t, s.Rollback(ctx))
		names := must[[]string](t)(query.Select(Authors.Name).All(ctx, eng))
		if len(names) != 1 || names[0] != "B" {
			t.Errorf("rows are %v: something was half-written", names)
		}
	}
}

func TestKeyChange(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	p := &Publisher{Code: "ace", Name: "Ace"}
	s.Add(p)
	ok(t, s.Commit(ctx))
	p.Code = "acme"
	ok(t, s.Commit(ctx))
	equal(t, "by the new key", must[*Publisher](t)(session.Get(ctx, s, Publishers, "acme")), p)
	_, err := session.Get(ctx, s, Publishers, "ace")
	is(t, err, query.ErrNoRows)
	p.Code = "third"
	ok(t, s.Flush(ctx))
	ok(t, s.Rollback(ctx))
	equal(t, "key after rollback", p.Code, "acme")
	equal(t, "by the key after rollback", must[*Publisher](t)(session.Get(ctx, s, Publishers, "acme")), p)
}

func TestCompositeKey(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A"}
	s.Add(a)
	ok(t, s.Flush(ctx))
	b := &Book{Title: "T", AuthorID: a.ID}
	s.Add(b)
	ok(t, s.Flush(ctx))
	s.Add(&Review{BookID: b.ID, By: "x", Stars: 1}, &Review{BookID: b.ID, By: "y", Stars: 2})
	ok(t, s.Commit(ctx))
	r := must[*Review](t)(session.Get(ctx, s, Reviews, b.ID, "y"))
	equal(t, "stars", r.Stars, 2)
	r.Stars = 5
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH changed AS (UPDATE review SET stars = $1 WHERE review.book_id = $2 AND review.by = $3 RETURNING 1)…", "COMMIT")
	if _, err := session.Get(ctx, s, Reviews, b.ID); err == nil {
		t.Error("Get with half a key gives no error")
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	type stranger struct{ ID int64 }
	for _, o := range []any{nil, 7, Author{}, (*Author)(nil), &stranger{}} {
		s.Add(o)
		is(t, s.Commit(ctx), session.ErrNotMapped)
	}
	ok(t, s.Close(ctx))
	ok(t, s.Close(ctx))
	is(t, s.Flush(ctx), session.ErrClosed)
	_, err := query.Select(Authors).All(ctx, s)
	is(t, err, session.ErrClosed)
	if errors.Is(err, session.ErrFailed) {
		t.Error("a closed session says that it failed")
	}
}
