package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestStaleObjectStaysStaleWhenWritten: an UPDATE says nothing of the columns that it does not set.
func TestStaleObjectStaysStaleWhenWritten(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 0)
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	ok(t, s.Commit(ctx))
	elsewhere(t, eng, "UPDATE author SET email = 'theirs'")
	a.Name = "mine"
	ok(t, s.Flush(ctx))
	equal(t, "the object", must[*Author](t)(session.Get(ctx, s, Authors, a.ID)), a)
	equal(t, "email, read again", *a.Email, "theirs")
	equal(t, "name", a.Name, "mine")
	ok(t, s.Commit(ctx))

	elsewhere(t, eng, "UPDATE author SET email = 'again'")
	up := query.Update(Authors).Set(Authors.Name.To("all")).Filter(Authors.Name.Eq("mine")).Sync(query.SyncEvaluate)
	equal(t, "rows", must[int64](t)(up.Exec(ctx, s)), 1)
	equal(t, "name of a stale object, which is not evaluated", a.Name, "mine")
	_ = must[*Author](t)(query.Select(Authors).One(ctx, s))
	equal(t, "name, read again", a.Name, "all")
	equal(t, "email, read again", *a.Email, "again")
	ok(t, s.Rollback(ctx))
	_ = must[*Author](t)(query.Select(Authors).One(ctx, s))
	equal(t, "name after the rollback", a.Name, "mine")
}

// TestObjectWhoseRowIsGone: Get finds that out, and a rollback takes it back.
func TestObjectWhoseRowIsGone(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 0)
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	ok(t, s.Commit(ctx))
	elsewhere(t, eng, "DELETE FROM author")
	_, err := session.Get(ctx, s, Authors, a.ID)
	is(t, err, query.ErrNoRows)
	equal(t, "it is in the session", s.Contains(a), false)
	ok(t, s.Rollback(ctx))
	equal(t, "it is after the rollback", s.Contains(a), true)
	_, err = session.Get(ctx, s, Authors, a.ID)
	is(t, err, query.ErrNoRows)
	ok(t, s.Commit(ctx))
	equal(t, "objects", s.Len(), 0)
	s.Add(a)
	ok(t, s.Commit(ctx))
	equal(t, "rows of the object added again", count(t, eng, "author"), 1)
}

// TestReferenceSetToWhatItIs is no change, and not remembered as one: it must not undo what others do later.
func TestReferenceSetToWhatItIs(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	b := must[[]*Book](t)(all[0].Books.All(ctx))[0]
	ok(t, s.Commit(ctx))
	rec.take()
	b.Author.Set(all[1])
	b.Author.Set(all[0])
	equal(t, "changed objects", len(s.Dirty()), 0)
	ok(t, s.Commit(ctx))
	sent(t, rec)
	elsewhere(t, eng, "UPDATE book SET author_id = 2")
	_ = must[[]*Book](t)(query.Select(Books).All(ctx, s))
	b.Title = "changed"
	ok(t, s.Commit(ctx))
	equal(t, "the author that somebody else set", b.AuthorID, all[1].ID)
	equal(t, "books of the second", count(t, eng, "book WHERE author_id = 2"), 2)
	equal(t, "the author", must[*Author](t)(b.Author.Get(ctx)), all[1])
}
