package session_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// TestReadOutsideSession: what was read outside a session knows nothing of its relationships, and says so; Peek has what the
// program gave it.
func TestReadOutsideSession(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 2)
	first := must[*Author](t)(query.Select(Authors).One(ctx, s))
	tracked := s.Len()
	name := first.Name
	first.Name = "changed"
	for _, from := range []query.Runner{eng, s} {
		q, raw := query.Select(Authors).NoTracking(), query.Select(Books).FromRaw("SELECT * FROM book").NoTracking()
		rec.take()
		a := must[*Author](t)(q.One(ctx, from))
		if a == first {
			t.Error("it is the session's object")
		}
		if from == query.Runner(s) {
			sent(t, rec, "UPDATE author …", "SELECT author.id, …")
			name = "changed"
		}
		equal(t, "name", a.Name, name)
		_, err := a.Books.All(ctx)
		is(t, err, model.ErrDetached)
		if !strings.Contains(err.Error(), "Engine") {
			t.Errorf("%q does not say what to do", err)
		}
		equal(t, "JSON of the list", strings.Contains(string(must[[]byte](t)(json.Marshal(a))), `"Books":null`), true)
		books := must[[]*Book](t)(raw.All(ctx, from))
		_, err = books[0].Author.Get(ctx)
		is(t, err, model.ErrDetached)
		a.Books.Add(books...)
		_, err = a.Books.All(ctx) // there may be others
		is(t, err, model.ErrDetached)
		peeked, _ := a.Books.Peek()
		equal(t, "books that were given", len(peeked), 2)
		equal(t, "objects in the session", s.Len(), tracked)
	}
	n := 0
	for b, err := range query.Select(Books).NoTracking().Iter(ctx, s) {
		ok(t, err)
		equal(t, "in the session", s.Contains(b), false)
		n++
	}
	equal(t, "rows", n, 2)
	equal(t, "objects in the session", s.Len(), tracked)
}

// TestJSONThereAndBack: objects with relationships are read from the JSON that they were written as.
func TestJSONThereAndBack(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 2)
	a := must[*Author](t)(query.Select(Authors).One(ctx, s))
	books := must[[]*Book](t)(a.Books.All(ctx))
	for _, o := range []any{a, books[0], books} {
		written := must[[]byte](t)(json.Marshal(o))
		var again []byte
		switch o.(type) {
		case *Author:
			var back Author
			ok(t, json.Unmarshal(written, &back))
			equal(t, "books", len(must[[]*Book](t)(back.Books.All(ctx))), 2)
			again = must[[]byte](t)(json.Marshal(&back))
		case *Book:
			var back Book
			ok(t, json.Unmarshal(written, &back))
			equal(t, "author", must[*Author](t)(back.Author.Get(ctx)).ID, a.ID)
			again = must[[]byte](t)(json.Marshal(&back))
		default:
			var back []*Book
			ok(t, json.Unmarshal(written, &back))
			again = must[[]byte](t)(json.Marshal(back))
		}
		equal(t, "JSON", string(again), string(written))
	}

	// What comes from outside goes into the database as a whole.
	var fresh Author
	ok(t, json.Unmarshal([]byte(`{"Name": "new", "Books": [{"Title": "a"}, {"Title": "b", "Author": null}]}`), &fresh))
	s.Add(&fresh)
	ok(t, s.Commit(ctx))
	equal(t, "books stored", must[int64](t)(query.Select(Books).Filter(Books.AuthorID.Eq(fresh.ID)).Count(ctx, eng)), 2)

	is(t, json.Unmarshal([]byte(`{"Books": [{"Title": "c"}]}`), a), model.ErrTracked)
	is(t, json.Unmarshal([]byte(`{"Author": {"Name": "c"}}`), books[0]), model.ErrTracked)
	ok(t, json.Unmarshal([]byte(`{"Name": "only the name", "Books": null}`), a))
	equal(t, "books kept", len(must[[]*Book](t)(a.Books.All(ctx))), 2)
}
