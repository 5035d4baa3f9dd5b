package session_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// TestCopiedStruct: a struct that was copied from an object of a session shares its lists. Added, it is an error that names it, whichever way it
// comes in; with relationships of its own it is a new object.
func TestCopiedStruct(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	for name, add := range map[string]func(s *session.Session, a *Author){
		"Add":    func(s *session.Session, a *Author) { s.Add(a) },
		"AddNew": func(s *session.Session, a *Author) { s.AddNew(a) },
		"Attach": func(s *session.Session, a *Author) { s.Attach(a) },
		"a relationship": func(s *session.Session, a *Author) {
			b := &Book{Title: "of a copy"}
			b.Author.Set(a)
			s.Add(b)
		},
	} {
		s := seedBooks(t, eng, 1, 1)
		ok(t, s.Commit(ctx))
		a := &Author{Name: "first"}
		s.Add(a)
		ok(t, s.Commit(ctx))
		a.Books.Add(&Book{Title: "of the first"})
		c := *a
		c.Name = "copy"
		c.Books.Add(&Book{Title: "of the copy"})
		add(s, &c)
		rec.take()
		err := s.Commit(ctx)
		is(t, err, model.ErrCopied)
		if !strings.Contains(err.Error(), "Author(id=") {
			t.Errorf("%s: %v", name, err)
		}
		sent(t, rec)
		ok(t, s.Rollback(ctx))
		ok(t, s.Close(ctx))
		_, err = eng.Pool().Exec(ctx, "TRUNCATE author, book, review RESTART IDENTITY")
		ok(t, err)
	}
	s := begin(t, eng)
	a := &Author{Name: "first"}
	a.Books.Add(&Book{Title: "of the first"})
	s.Add(a)
	ok(t, s.Commit(ctx))
	c := *a
	c.ID, c.Name, c.Books = 0, "copy", model.Many[Book]{}
	c.Books.Add(&Book{Title: "of the copy"})
	s.Add(&c)
	ok(t, s.Commit(ctx))
	equal(t, "authors", count(t, eng, "author"), 2)
	equal(t, "books", count(t, eng, "book"), 2)
}
