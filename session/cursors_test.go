package session_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// tampered returns a cursor with other keys: any values, as JSON has them.
func tampered(t *testing.T, cursor string, keys ...any) string {
	t.Helper()
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	ok(t, err)
	mark, _, _ := strings.Cut(string(text), "[")
	return base64.RawURLEncoding.EncodeToString(append([]byte(mark), must[[]byte](t)(json.Marshal(append([]any{"1"}, keys...)))...))
}

// TestTamperedCursor: a cursor that no row of the query can have made is ErrCursor, whoever finds it out.
func TestTamperedCursor(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	seed := seedBooks(t, eng, 3, 1)
	ok(t, seed.Commit(ctx))
	b, a := Books, Authors
	type pager func(cursor string) (next string, err error)
	byID := func(cursor string) (string, error) {
		page, err := query.Pages(query.Select(b).OrderBy(b.ID), 1).After(ctx, eng, cursor)
		return page.Next, err
	}
	byAll := func(cursor string) (string, error) {
		page, err := query.Pages(query.Select(b.ID).Filter(b.Title.Ne("x")).OrderBy(b.Price.Desc(), b.Pages, b.InPrint, b.UpdatedAt), 1).Before(ctx, eng, cursor)
		if cursor == "" {
			return page.Prev, err
		}
		return page.Next, err
	}
	byCount := func(cursor string) (string, error) {
		n := expr.Count(b.ID)
		page, err := query.Pages(query.Select2(b.AuthorID, n).GroupBy(b.AuthorID).OrderBy(n.Desc()), 1).After(ctx, eng, cursor)
		return page.Next, err
	}
	const price, pages, print, updated, id = "1.5", "7", "true", "2026-01-01 00:00:00Z", "3"
	for _, c := range []struct {
		name   string
		page   pager
		keys   []any
		tells  bool // the server is asked
		cursor bool // it is one
	}{
		{"a word", byID, []any{"x"}, true, false},
		{"too large", byID, []any{"99999999999999999999"}, true, false},
		{"a fraction", byID, []any{"1.5"}, true, false},
		{"an empty text", byID, []any{""}, true, false},
		{"a NUL", byID, []any{"1\x00"}, false, false},
		{"NULL", byID, []any{nil}, false, false},
		{"a number", byID, []any{1}, false, false},
		{"too many", byID, []any{"1", "2"}, false, false},
		{"none", byID, nil, false, false},
		{"another row", byID, []any{"1"}, true, true},
		{"SQL", byID, []any{"1; DROP TABLE book"}, true, false},

		{"several", byAll, []any{price, pages, print, updated, id}, true, true},
		{"several with NULL", byAll, []any{price, nil, print, updated, id}, true, true},
		{"several with a wrong NULL", byAll, []any{price, pages, nil, updated, id}, false, false},
		{"no price", byAll, []any{"1,5", pages, print, updated, id}, true, false},
		{"beyond a price", byAll, []any{"1e999", pages, print, updated, id}, true, false},
		{"too many pages", byAll, []any{price, "2147483648", print, updated, id}, true, false},
		{"neither true nor false", byAll, []any{price, pages, "maybe", updated, id}, true, false},
		{"no time", byAll, []any{price, pages, print, "2026-02-30", id}, true, false},
		{"no key", byAll, []any{price, pages, print, updated, "x"}, true, false},

		{"a count", byCount, []any{"1", "1"}, true, true},
		{"no count", byCount, []any{"one", "1"}, true, false},
	} {
		first, err := c.page("")
		ok(t, err)
		rec.take()
		_, err = c.page(tampered(t, first, c.keys...))
		var pg *pgconn.PgError
		switch asked := len(rec.take()) > 0; {
		case asked != c.tells, errors.As(err, &pg) != (c.tells && !c.cursor), errors.Is(err, query.ErrCursor) == c.cursor, (err == nil) != c.cursor:
			t.Errorf("%s: %v, the server was asked: %v", c.name, err, asked)
		}
	}

	// what the query itself gives the server is not the cursor's
	next, err := byID("")
	ok(t, err)
	for name, q := range map[string]query.Query[*Book]{
		"a condition's value": query.Select(b).Filter(expr.Raw[expr.Bool]("CAST(? AS bigint) > 0", "x")).OrderBy(b.ID),
		"a division":          query.Select(b).Filter(expr.Raw[expr.Bool]("1 / (id - id) > 0")).OrderBy(b.ID),
	} {
		_, err := query.Pages(q, 1).After(ctx, eng, next)
		var e *session.DatabaseError
		if errors.Is(err, query.ErrCursor) || !errors.As(err, &e) || !strings.HasPrefix(e.Code, "22") {
			t.Errorf("%s: %v", name, err)
		}
	}

	s := begin(t, eng) // in a session the order of what is not a key may be NULL too
	page, err := query.Pages(query.Select(a).OrderBy(a.Email), 1).After(ctx, s, "")
	ok(t, err)
	_, err = query.Pages(query.Select(a).OrderBy(a.Email), 1).After(ctx, s, tampered(t, page.Next, nil, "x"))
	is(t, err, query.ErrCursor)
	_, err = query.Pages(query.Select(a).OrderBy(a.Email), 1).After(ctx, s, page.Next)
	ok(t, err)
}
