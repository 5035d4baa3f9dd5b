package session_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var hostileTexts = []string{
	`a"b`, "sel'ect", `back\slash`, `\'; DROP TABLE book; --`, `\\'`, `E'\''`, "$1", "?", "--", "/*", "ünï", "😀", "'; DROP TABLE book; --", "''", "$$", "$a$",
	"\n", "\r\n", "\t", ",", `\N`, `\.`, "", " ", "NULL", "\u00a0", "\u2019", "\u0001", "%L", "x) TO STDOUT; DROP TABLE book; --", strings.Repeat(`\'"`, 500),
}

// csvOf copies a query as CSV.
func csvOf(t *testing.T, r query.Runner, q expr.Rows) [][]string {
	t.Helper()
	var out bytes.Buffer
	n, err := session.CopyTo(ctx, r, &out, q, session.CopyOptions{Format: session.CopyCSV})
	ok(t, err)
	rows, err := csv.NewReader(&out).ReadAll()
	ok(t, err)
	equal(t, "rows", n, int64(len(rows)))
	return rows
}

// TestCopyToHostile: a text is the same text as a literal, wherever it stands and whatever the connection's settings say of backslashes.
func TestCopyToHostile(t *testing.T) {
	t.Parallel()
	eng, _ := shelf(t)
	for _, conforming := range []string{"on", "off"} {
		conn, err := pgx.Connect(ctx, eng.Pool().Config().ConnString())
		ok(t, err)
		t.Cleanup(func() { _ = conn.Close(ctx) })
		_, err = conn.Exec(ctx, "SET standard_conforming_strings = "+conforming+"; SET escape_string_warning = off")
		ok(t, err)
		for _, v := range hostileTexts {
			q := query.Select3(expr.Val(v), expr.Val([]string{v, v}), expr.Const[expr.Text](v).Concat("!")).Filter(expr.Val(v).EqExpr(expr.Raw[expr.Text]("?", v)))
			rows, err := query.Select2(expr.CastTo[expr.Text](expr.Val([]string{v, v})), expr.Val(v)).All(ctx, session.Wrap(conn))
			ok(t, err)
			got := csvOf(t, session.Wrap(conn), q)
			want := strings.ReplaceAll(v, "\r\n", "\n") // as encoding/csv reads it
			if len(got) != 1 || got[0][0] != want || got[0][2] != want+"!" || got[0][1] != strings.ReplaceAll(rows[0].V1, "\r\n", "\n") {
				t.Errorf("%q is copied as %q", v, got)
			}
		}
	}
	equal(t, "books", count(t, eng, "book"), 0)
}

// TestCopyToTypes: an argument is the same value of the same type as a literal: what the server makes of one it makes of the other.
func TestCopyToTypes(t *testing.T) {
	t.Parallel()
	eng, _ := shelf(t)
	long := time.Date(2026, 1, 2, 3, 4, 5, 678901000, time.FixedZone("", 5*3600+1800))
	early := time.Date(-43, 3, 15, 12, 0, 0, 0, time.UTC)
	num := pgtype.Numeric{}
	ok(t, num.Scan("12345678901234567890.000100"))
	for _, c := range []struct {
		typ string
		v   any
	}{
		{"smallint", int16(-3)},
		{"integer", int32(math.MinInt32)},
		{"bigint", int64(math.MinInt64)},
		{"boolean", true},
		{"boolean", false},
		{"real", float32(0.1)},
		{"double precision", 0.1},
		{"double precision", math.Inf(-1)},
		{"double precision", math.NaN()},
		{"double precision", 5e-324},
		{"double precision", math.Copysign(0, -1)},
		{"numeric", num},
		{"numeric(5,2)", "1.005"},
		{"text", nil},
		{"bytea", []byte{0, 1, '\\', '\'', 255}},
		{"timestamptz", long},
		{"timestamptz", early},
		{"timestamp", early},
		{"date", early},
		{"interval", pgtype.Interval{Months: 14, Days: -3, Microseconds: 1, Valid: true}},
		{"jsonb", json.RawMessage(`{"a": "it's \\ \"x\""}`)},
		{"uuid", [16]byte{1, 2, 255}},
		{"text[]", []string{`a"b`, `c\d`, "NULL", "", "'"}},
		{"bigint[]", []int64{1, -2}},
		{"float8[]", []float64{0.1, math.NaN()}},
		{"bpchar", "two  "},
		{"varchar(2)", "ab"},
		{`"char"`, "x"},
		{"name", "x'y"},
		{"int4range", "[1,5)"},
		{"inet", "10.0.0.1/8"},
		{"bit(3)", "101"},
		{"time", "24:00:00"},
	} {
		q := query.Select3(
			expr.Raw[expr.NullText]("(CAST(? AS "+c.typ+"))::text", c.v), expr.Raw[expr.NullText]("pg_typeof(CAST(? AS "+c.typ+"))::text", c.v),
			expr.Raw[expr.NullText]("encode(record_send(ROW(CAST(? AS "+c.typ+"))), 'hex')", c.v),
		)
		want, err := q.One(ctx, eng)
		ok(t, err)
		got := csvOf(t, eng, q)
		for i, w := range []*string{want.V1, want.V2, want.V3} {
			if w != nil {
				*w = strings.ReplaceAll(*w, "7ff8000000000001", "7ff8000000000000") // Go's NaN and the server's are equal
			}
			if w == nil && got[0][i] != "" || w != nil && got[0][i] != *w {
				t.Errorf("%s %v: copied is %q, a query gives %v", c.typ, c.v, got[0], want)
			}
		}
	}
	// A number that has the column's type is another one than a literal that is a decimal.
	for _, q := range []query.Query[query.Row2[int64, float64]]{
		query.Select2(Books.ID, Books.Price).Filter(Books.Price.Eq(0.1)),
		query.Select2(Books.ID, Books.Price.Plus(1)).GroupBy(Books.ID, Books.Price.Plus(1)).OrderBy(Books.Price.Plus(1)).Limit(3).Offset(0),
	} {
		rows, err := q.All(ctx, eng)
		ok(t, err)
		equal(t, "rows", len(csvOf(t, eng, q)), len(rows))
	}
}

// TestCopyTo: in a session what is pending goes first; engines and connections do it, too; and what is copied out can be copied in.
func TestCopyTo(t *testing.T) {
	t.Parallel()
	eng, rec := shelf(t)
	conn, err := pgx.Connect(ctx, eng.Pool().Config().ConnString())
	ok(t, err)
	t.Cleanup(func() { _ = conn.Close(ctx) })
	s := eng.Session()
	defer s.Close(ctx)
	s.Add(bookNamed("a"), bookNamed(`b\`))
	q := query.Select3(Books.Title, Books.Pages, Books.PublisherID).Filter(Books.Title.In("a", `b\`)).OrderBy(Books.Title)
	equal(t, "in the session", fmt.Sprint(csvOf(t, s, q)), `[[a 7 p] [b\ 7 p]]`)
	equal(t, "what others see", len(csvOf(t, eng, q)), 0)
	ok(t, s.Commit(ctx))
	for _, r := range []query.Runner{eng, session.Wrap(conn), s} {
		equal(t, "rows", fmt.Sprint(csvOf(t, r, q)), `[[a 7 p] [b\ 7 p]]`)
	}
	var out bytes.Buffer
	null := "-"
	rec.take()
	n, err := session.CopyTo(ctx, eng, &out, query.Select2(Books.Title, expr.Raw[expr.NullInt]("NULL")).OrderBy(Books.ID), session.CopyOptions{Header: true, Delimiter: '|', Null: &null, Format: session.CopyCSV, ForceQuote: true})
	ok(t, err)
	equal(t, "rows", n, 2)
	equal(t, "text", out.String(), "title|?column?\n\"a\"|-\n\"b\\\"|-\n")
	out.Reset()
	_, err = session.CopyTo(ctx, eng, &out, query.Raw[string]("SELECT title FROM book ORDER BY id -- all"), session.CopyOptions{})
	ok(t, err)
	equal(t, "text", out.String(), "a\nb\\\\\n")
	out.Reset()
	_, err = session.CopyTo(ctx, eng, &out, query.Select(Authors), session.CopyOptions{Format: session.CopyBinary})
	ok(t, err)
	_, err = query.Delete(Books).Everywhere().Exec(ctx, eng)
	ok(t, err)
	_, err = query.Delete(Authors).Everywhere().Exec(ctx, eng)
	ok(t, err)
	_, err = conn.PgConn().CopyFrom(ctx, &out, "COPY author FROM STDIN (FORMAT binary)")
	ok(t, err)
	got, err := query.Select(Authors).One(ctx, eng)
	ok(t, err)
	equal(t, "notes", fmt.Sprint(got.Notes), `[x y"z]`)
}

// broken fails, or panics, after some bytes.
type broken struct {
	left   int
	panics bool
	err    error
}

func (b *broken) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left >= 0 {
		return len(p), nil
	}
	if b.panics {
		panic("oops")
	}
	return 0, b.err
}

func TestCopyToFails(t *testing.T) {
	t.Parallel()
	eng, _ := shelf(t)
	many := query.Raw[int]("SELECT generate_series(1, ?)", 100000)
	stop := errors.New("stop")
	var out bytes.Buffer
	for _, c := range []struct {
		name string
		q    expr.Rows
		how  session.CopyOptions
		want string
	}{
		{"nil", nil, session.CopyOptions{}, "nil in place"},
		{"nothing selected", query.From(Books), session.CopyOptions{}, "empty"},
		{"a broken query", query.Select(Books.Title.As("")), session.CopyOptions{}, "identifier"},
		{"a statement that changes rows", query.Returning(query.Delete(Books).Everywhere(), Books.ID), session.CopyOptions{}, "changes rows"},
		{"one within WITH", query.Select(query.Col(query.With("w", query.Returning(query.Delete(Books).Everywhere(), Books.ID)), Books.ID)), session.CopyOptions{}, "changes rows"},
		{"an unknown format", query.Select(Books), session.CopyOptions{Format: 9}, "no format 9"},
		{"a delimiter of two bytes", query.Select(Books), session.CopyOptions{Delimiter: 0xe9}, "delimiter"},
		{"a header of binary", query.Select(Books), session.CopyOptions{Format: session.CopyBinary, Header: true}, "HEADER"},
		{"two statements", query.Raw[int]("SELECT 1); DROP TABLE book; SELECT (1"), session.CopyOptions{}, "syntax error"},
		{"two statements, well-formed", query.Raw[int]("SELECT 1; SELECT 2"), session.CopyOptions{}, "multiple commands"},
		{"an open comment", query.Raw[int]("SELECT 1 /*"), session.CopyOptions{}, "unterminated"},
		{"NUL", query.Select(expr.Val("a\x00")), session.CopyOptions{}, "22021"},
		{"no UTF-8", query.Select(expr.Val("\xbf'")), session.CopyOptions{}, "22021"},
		{"a wrong value", query.Raw[int]("SELECT CAST(? AS integer)", "secret"), session.CopyOptions{}, ""},
		{"an error in the middle", query.Raw[int]("SELECT 1 / (? - n) FROM generate_series(1, 1000) AS n", 900), session.CopyOptions{}, "division by zero"},
	} {
		for _, r := range []query.Runner{eng, eng.Session()} {
			n, err := session.CopyTo(ctx, r, &out, c.q, c.how)
			if n != 0 || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %d rows, error is %v, want %q", c.name, n, err, c.want)
			}
			if s, in := r.(*session.Session); in {
				ok(t, s.Rollback(ctx))
				equal(t, "rows after the rollback", len(csvOf(t, s, query.Select(Authors.ID))), 1)
				ok(t, s.Close(ctx))
			}
		}
	}
	if _, err := session.CopyTo(ctx, eng, nil, many, session.CopyOptions{}); err == nil {
		t.Error("nil as a writer is no error")
	}
	if _, err := session.CopyTo(ctx, nil, &out, many, session.CopyOptions{}); err == nil {
		t.Error("nil as a runner is no error")
	}
	for _, left := range []int{0, 10000} {
		_, err := session.CopyTo(ctx, eng, &broken{left: left, err: stop}, many, session.CopyOptions{})
		is(t, err, stop)
		func() {
			defer func() { equal(t, "what is panicked", recover(), any("oops")) }()
			_, _ = session.CopyTo(ctx, eng, &broken{left: left, panics: true}, many, session.CopyOptions{})
		}()
		s := eng.Session()
		_, err = session.CopyTo(ctx, s, &broken{left: left, err: stop}, many, session.CopyOptions{})
		is(t, err, stop)
		ok(t, s.Rollback(ctx))
		equal(t, "rows", len(csvOf(t, s, many)), 100000)
		ok(t, s.Close(ctx))
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err := session.CopyTo(cancelled, eng, &out, many, session.CopyOptions{})
	is(t, err, context.Canceled)
	equal(t, "books", count(t, eng, "book"), 0)
}

// TestCopyToSettings: under settings by which the text of a value may be another value's there is no literal of it.
func TestCopyToSettings(t *testing.T) {
	t.Parallel()
	eng, _ := shelf(t)
	conn, err := pgx.Connect(ctx, eng.Pool().Config().ConnString())
	ok(t, err)
	t.Cleanup(func() { _ = conn.Close(ctx) })
	for _, set := range []string{"DateStyle = 'SQL, DMY'", "IntervalStyle = sql_standard", "extra_float_digits = 0"} {
		_, err := conn.Exec(ctx, "RESET ALL; SET "+set)
		ok(t, err)
		var out bytes.Buffer
		_, err = session.CopyTo(ctx, session.Wrap(conn), &out, query.Select(expr.Val(1.5)), session.CopyOptions{})
		if err == nil || !strings.Contains(err.Error(), strings.Fields(set)[0]) || out.Len() > 0 {
			t.Errorf("%s: error is %v, copied is %q", set, err, &out)
		}
		_, err = session.CopyTo(ctx, session.Wrap(conn), &out, query.Select(Authors.ID), session.CopyOptions{})
		ok(t, err)
		equal(t, "without arguments", out.String(), "1\n")
	}
}
