package sqlw_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/internal/sqlw"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func ident(name string) (string, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Ident(name)
	text, _, err := w.Result()
	return text, err
}

func TestIdent(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a": "a", "_": "_", "a1": "a1", "a_b": "a_b", "_1": "_1",
		"1": `"1"`, "1a": `"1a"`, "A": `"A"`, "aB": `"aB"`, "a b": `"a b"`, " ": `" "`, "a.b": `"a.b"`, "a$": `"a$"`,
		`a"b`: `"a""b"`, `"`: `""""`, `""`: `""""""`, `";--`: `""";--"`, "sel'ect": `"sel'ect"`, `back\slash`: `"back\slash"`,
		"$1": `"$1"`, "?": `"?"`, "--": `"--"`, "/*": `"/*"`, "ünï": `"ünï"`, "\n": "\"\n\"", "é": `"é"`,
		"select": `"select"`, "user": `"user"`, "table": `"table"`, "order": `"order"`, "SELECT": `"SELECT"`, "selects": "selects",
		"name": "name", "id": "id", "count": "count", "value": "value",
	} {
		got, err := ident(name)
		if err != nil || got != want {
			t.Errorf("%q is written %s, %v; want %s", name, got, err, want)
		}
	}
	for _, name := range []string{"", "\x00", "a\x00", "\x00a"} {
		if got, err := ident(name); !errors.Is(err, sqlw.ErrIdentifier) || got != "" {
			t.Errorf("%q is written %s, %v", name, got, err)
		}
	}
}

func TestQualified(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ schema, name, want string }{
		{"", "a", "a"}, {"s", "a", "s.a"}, {"S", "user", `"S"."user"`}, {`a"b`, "c.d", `"a""b"."c.d"`},
	} {
		w := sqlw.Get(sqlw.Numbered)
		w.Qualified(c.schema, c.name)
		if w.String() != c.want || w.Err() != nil {
			t.Errorf("%q %q is written %s, %v; want %s", c.schema, c.name, w, w.Err(), c.want)
		}
		w.Release()
	}
}

// readIdent reads an identifier by PostgreSQL's rules (chapter 4.1.1 of its manual): a quoted one up to the quote that
// is not doubled, one without quotes up to the first character that cannot be in it, folded to lower case.
func readIdent(s string) (name, rest string, ok bool) {
	if s == "" {
		return "", "", false
	}
	if s[0] == '"' {
		var b strings.Builder
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] == 0:
				return "", "", false
			case s[i] != '"':
				b.WriteByte(s[i])
			case i+1 < len(s) && s[i+1] == '"':
				b.WriteByte('"')
				i++
			default:
				return b.String(), s[i+1:], b.Len() > 0
			}
		}
		return "", "", false
	}
	end := 0
	for end < len(s) && (s[end] == '_' || s[end] >= 'a' && s[end] <= 'z' || s[end] >= 'A' && s[end] <= 'Z' || s[end] >= 0x80 ||
		end > 0 && (s[end] == '$' || s[end] >= '0' && s[end] <= '9')) {
		end++
	}
	return strings.ToLower(s[:end]), s[end:], end > 0
}

var seeds = []string{
	"", "a", "A", "_", "1", "a1", "a b", `a"b`, `"`, `""`, `"""`, "sel'ect", `back\slash`, `\"`, "$1", "?", "??", "--", "/* */", "ünï",
	"select", "SELECT", "user", "\x00", "a\x00b", "\xff", "\u00a0", "a\n", ";", strings.Repeat("x", 64), strings.Repeat(`"`, 64),
}

// FuzzIdent: what Ident writes is read back as the name, and nothing of it is left over.
func FuzzIdent(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		text, err := ident(name)
		if bad := name == "" || strings.Contains(name, "\x00"); bad || err != nil {
			if !bad || !errors.Is(err, sqlw.ErrIdentifier) {
				t.Fatalf("%q: error is %v", name, err)
			}
			return
		}
		got, rest, ok := readIdent(text + ".x")
		if !ok || got != name || rest != ".x" {
			t.Errorf("%q is written %s, which is read as %q and %q", name, text, got, rest)
		}
	})
}

// FuzzQuoted: in Question mode, taking the doubling of question marks back gives what Numbered mode writes.
func FuzzQuoted(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, schema, name string) {
		n, q := sqlw.Get(sqlw.Numbered), sqlw.Get(sqlw.Question)
		defer n.Release()
		defer q.Release()
		n.Qualified(schema, name)
		q.Qualified(schema, name)
		if (n.Err() == nil) != (q.Err() == nil) {
			t.Fatalf("errors are %v and %v", n.Err(), q.Err())
		}
		if n.Err() != nil {
			return
		}
		if got := strings.ReplaceAll(q.String(), "??", "?"); got != n.String() {
			t.Errorf("with doubled question marks: %s, without: %s", q, n)
		}
		rest := n.String()
		for _, want := range []string{schema, name} {
			if want == "" {
				continue
			}
			got, tail, ok := readIdent(rest)
			if !ok || got != want {
				t.Fatalf("%s is read as %q, want %q", rest, got, want)
			}
			rest = strings.TrimPrefix(tail, ".")
		}
		if rest != "" {
			t.Errorf("%q is left over of %s", rest, n)
		}
	})
}

// Every keyword that the server knows can be a table, a column, a label and an alias.
func TestKeywords(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	rows, err := conn.Query(ctx, "SELECT word FROM pg_get_keywords() ORDER BY word")
	if err != nil {
		t.Fatal(err)
	}
	words, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(words) < 400 {
		t.Fatalf("the server knows %d keywords, %v", len(words), err)
	}
	for _, hostile := range seeds {
		if hostile != "" && !strings.Contains(hostile, "\x00") && utf8.ValidString(hostile) && len(hostile) < 64 {
			words = append(words, hostile)
		}
	}
	for _, word := range words {
		id, err := ident(word)
		if err != nil {
			t.Fatal(err)
		}
		sql := fmt.Sprintf(`BEGIN; CREATE TABLE %[1]s (%[1]s int, PRIMARY KEY (%[1]s)); INSERT INTO %[1]s (%[1]s) VALUES (1);
			UPDATE %[1]s SET %[1]s = 2 WHERE %[1]s.%[1]s = 1 RETURNING %[1]s;
			SELECT %[1]s.%[1]s AS %[1]s FROM %[1]s AS %[1]s WHERE %[1]s IN (1) GROUP BY %[1]s.%[1]s ORDER BY %[1]s DESC;
			DELETE FROM %[1]s WHERE %[1]s = 2; ROLLBACK`, id)
		if _, err := conn.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			t.Errorf("%q: %v", word, err)
			if _, err := conn.PgConn().Exec(ctx, "ROLLBACK").ReadAll(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
