package session_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestItemWithoutItsOwner: a new object in a list whose owner is in no session is not stored as if it had none.
func TestItemWithoutItsOwner(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	a, b := &Author{Name: "owner"}, &Book{Title: "item"}
	a.Books.Add(b)
	s.Add(b)
	is(t, s.Commit(ctx), session.ErrNotInSession)
	equal(t, "stored", must[int64](t)(query.Select(Books).Count(ctx, eng)), 0)
	s.Add(a) // either order will do
	ok(t, s.Commit(ctx))
	equal(t, "author", must[*Author](t)(b.Author.Get(ctx)), a)
	equal(t, "stored", must[int64](t)(query.Select(Books).Filter(Books.AuthorID.Eq(a.ID)).Count(ctx, eng)), 1)

	for name, mend := range map[string]func(a *Author, b *Book){
		"it was taken out":             func(a *Author, b *Book) { a.Books.Remove(b) },
		"the reference is set":         func(_ *Author, b *Book) { b.Author.Set(&Author{Name: "another"}) },
		"it has both foreign keys":     func(_ *Author, b *Book) { b.AuthorID, b.PublisherID = a.ID, ptr("x") },
		"it went to another's list":    func(_ *Author, b *Book) { o := &Author{Name: "third"}; s.Add(o); o.Books.Add(b) },
		"it is in no session any more": func(_ *Author, b *Book) { s.Expunge(b) },
	} {
		other, item := &Author{Name: name}, &Book{Title: name}
		other.Books.Add(item)
		s.Add(item)
		mend(other, item)
		if err := s.Flush(ctx); errors.Is(err, session.ErrNotInSession) {
			t.Errorf("%s: %v", name, err)
		}
		ok(t, s.Rollback(ctx))
	}
}
