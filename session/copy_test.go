package session_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// each gives objects to CopyFrom, and an error after them where there is one.
func each[T any](err error, objs ...*T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for _, o := range objs {
			if !yield(o, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// bookNamed makes a book with a value of every type.
func bookNamed(title string) *Book {
	pages, code := int32(7), "p"
	at := time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)
	return &Book{
		Title: title, Price: 1.5, Pages: &pages, InPrint: true, Extra: json.RawMessage(`{"a": [1, "é"]}`), CreatedAt: at, UpdatedAt: at,
		AuthorID: 1, PublisherID: &code,
	}
}

// shelf opens an engine with an author and a publisher.
func shelf(t *testing.T) (*session.Engine, *recorder) {
	t.Helper()
	eng, rec := open(t)
	ok(t, session.BulkInsert(ctx, eng, Authors, &Author{ID: 1, Name: "A", Notes: []string{"x", `y"z`}}))
	ok(t, session.BulkInsert(ctx, eng, Publishers, &Publisher{Code: "p", Name: "P"}))
	return eng, rec
}

// TestCopyFrom: what is copied is read back as it was, wherever it was copied; a result of one database goes into another.
func TestCopyFrom(t *testing.T) {
	t.Parallel()
	eng, rec := shelf(t)
	conn, err := pgx.Connect(ctx, eng.Pool().Config().ConnString())
	ok(t, err)
	t.Cleanup(func() { _ = conn.Close(ctx) })
	s := eng.Session()
	defer s.Close(ctx)
	rec.take()
	for i, r := range []query.Runner{eng, session.Wrap(conn), s} {
		one, two := bookNamed(fmt.Sprint(i)), bookNamed(fmt.Sprint(i, "b"))
		two.Pages, two.PublisherID, two.Extra, two.UpdatedAt = nil, nil, nil, time.Time{}
		n, err := session.CopyFrom(ctx, r, Books, each(nil, one, two))
		ok(t, err)
		equal(t, "rows", n, 2)
		equal(t, "its key", one.ID, 0)
		got, err := query.Select(Books).Filter(Books.Title.HasPrefix(fmt.Sprint(i))).OrderBy(Books.ID).NoTracking().All(ctx, r)
		ok(t, err)
		equal(t, "rows read", len(got), 2)
		equal(t, "the price", got[0].Price, 1.5)
		equal(t, "the pages", *got[0].Pages, 7)
		equal(t, "the document", string(got[0].Extra), `{"a": [1, "é"]}`)
		equal(t, "the time", got[0].CreatedAt.Equal(one.CreatedAt), true)
		equal(t, "a default", string(got[1].Extra), "{}")
		equal(t, "another", got[1].UpdatedAt.IsZero(), false)
		equal(t, "no pages", got[1].Pages == nil && got[1].PublisherID == nil, true)
	}
	const sql = "COPY book (title, price, pages, in_print, extra, created_at, updated_at, author_id, publisher_id) FROM STDIN"
	equal(t, "what is logged", rec.take()[0], sql)
	ok(t, s.Rollback(ctx))
	equal(t, "rows after the session's rollback", count(t, eng, "book"), 4)

	n, err := session.CopyFrom(ctx, s, Authors, query.Select(Authors).Iter(ctx, func() query.Runner { other, _ := shelf(t); return other }()))
	if unique := (*session.UniqueError)(nil); !errors.As(err, &unique) {
		t.Errorf("error is %v", err)
	}
	equal(t, "rows", n, 0)
}

// TestCopyFromFlushes: what is pending goes first, and a transaction is begun.
func TestCopyFromFlushes(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := eng.Session()
	defer s.Close(ctx)
	n, err := session.CopyFrom(ctx, s, Publishers, each(nil, &Publisher{Code: "x", Name: "X"}))
	ok(t, err)
	equal(t, "rows", n, 1)
	equal(t, "rows that others see", count(t, eng, "publisher"), 0)
	s.Add(&Author{ID: 1, Name: "A", Notes: []string{}}, &Publisher{Code: "p", Name: "P"})
	n, err = session.CopyFrom(ctx, s, Books, each(nil, bookNamed("a")))
	ok(t, err)
	equal(t, "rows", n, 1)
	ok(t, s.Commit(ctx))
	equal(t, "rows that others see", count(t, eng, "publisher"), 2)
	n, err = session.CopyFrom(ctx, s, Books, each[Book](nil))
	ok(t, err)
	equal(t, "rows of nothing", n, 0)
}

// TestCopyFromFails: all rows or none, errors are typed, and hold no values.
func TestCopyFromFails(t *testing.T) {
	t.Parallel()
	eng, _ := shelf(t)
	stop := errors.New("stop")
	keyed := bookNamed("c")
	keyed.ID = 9
	foreign := bookNamed("d")
	foreign.AuthorID = 99
	undated := bookNamed("e")
	undated.CreatedAt = time.Time{}
	long := bookNamed("a\x00b")
	for _, c := range []struct {
		name string
		objs iter.Seq2[*Book, error]
		is   error
		want string
	}{
		{"an error of the objects", each(stop, bookNamed("a")), stop, ""},
		{"an error before the first", each[Book](stop), stop, ""},
		{"nil", each(nil, bookNamed("a"), nil), nil, "an object of book is nil"},
		{"a key that the first has not", each(nil, bookNamed("a"), keyed), nil, "object 2 has a book.id, which the first one has not"},
		{"no key where the first has one", each(nil, keyed, bookNamed("a")), nil, "object 2 has no book.id, which the first one has"},
		{"no time where the first has one", each(nil, bookNamed("a"), undated), nil, "object 2 has no book.created_at"},
		{"a foreign key", each(nil, bookNamed("a"), foreign), nil, "23503"},
		{"a text with NUL", each(nil, bookNamed("x"), long), nil, "invalid byte sequence"},
	} {
		n, err := session.CopyFrom(ctx, eng, Books, c.objs)
		if n != 0 || err == nil || c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %d rows, error is %v, want %v with %q", c.name, n, err, c.is, c.want)
		}
		s := eng.Session()
		if _, err := session.CopyFrom(ctx, s, Books, c.objs); err == nil {
			t.Errorf("%s: no error in a session", c.name)
		}
		ok(t, s.Close(ctx))
	}
	equal(t, "rows", count(t, eng, "book"), 0)
	func() {
		defer func() { equal(t, "what is panicked", recover(), any("oops")) }()
		_, _ = session.CopyFrom(ctx, eng, Books, func(yield func(*Book, error) bool) {
			yield(bookNamed("a"), nil)
			panic("oops")
		})
	}()
	cancelled, cancel := context.WithCancel(ctx)
	_, err := session.CopyFrom(cancelled, eng, Books, func(yield func(*Book, error) bool) {
		for i := 0; yield(bookNamed(fmt.Sprint(i)), nil); i++ {
			if i == 1000 {
				cancel()
			}
		}
	})
	is(t, err, context.Canceled)
	equal(t, "rows", count(t, eng, "book"), 0)
	_, err = session.CopyFrom(ctx, nil, Books, each(nil, bookNamed("a")))
	if err == nil {
		t.Error("nil as a runner is no error")
	}
}

// TestCopyFromHidesValues: the error of a value that cannot be sent names the object, not the value.
func TestCopyFromHidesValues(t *testing.T) {
	t.Parallel()
	eng, _, _ := openSamples(t)
	n, err := session.CopyFrom(ctx, eng, Samples, each(nil, &Sample{Num: 1, Price: "1.25"}, &Sample{Num: 2, Price: "secret"}))
	if n != 0 || err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "object 2 has a value that cannot be sent") {
		t.Errorf("%d rows, error is %v", n, err)
	}
	n, err = session.CopyFrom(ctx, eng, Samples, each(nil, &Sample{Num: 1, Price: "1.25"}))
	ok(t, err)
	equal(t, "rows", n, 1)
	got, err := query.Select(Samples.Price).All(ctx, eng)
	ok(t, err)
	equal(t, "the decimal", got[len(got)-1], "1.25")
}
