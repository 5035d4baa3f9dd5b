package beside

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// TestCheckReports: what is to be found is found.
func TestCheckReports(t *testing.T) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	three := query.Values1("n", query.Define[expr.Int]("n"), 1, 2, 3)
	amount := query.Select(expr.Const[expr.Decimal]("1.50"))
	for _, x := range []struct {
		name string
		q    Query
		want string // "": nothing
	}{
		{"equal", New("", query.Select(three), "VALUES (1::bigint), (2), (3)"), ""},
		{"another order", New("", query.Select(three), "VALUES (1::bigint), (3), (2)"), `row 1 is ["2"], and of the text by hand ["3"]`},
		{"a row too few", New("", query.Select(three), "VALUES (1::bigint), (2)"), `row 2 is ["3"], and of the text by hand []`},
		{"a row too many", New("", query.Select(three), "VALUES (1::bigint), (2), (3), (4)"), `row 3 is [], and of the text by hand ["4"]`},
		{"a column too many", New("", query.Select(three), "SELECT 1::bigint, 2"), "by hand"},
		{"equal in two columns", New("", query.Select2(expr.Val("a"), expr.Const[expr.NullInt](2)), "SELECT 'a', 2::bigint"), ""},
		{"the second column", New("", query.Select2(expr.Val("a"), expr.Const[expr.NullInt](2)), "SELECT 'a', NULL::bigint"), `["a" "NULL"]`},
		{"the digits of a numeric", New("", amount, "SELECT 1.5"), `row 0 is ["1.50"], and of the text by hand ["1.5"]`},
		{"no rows", New("", query.Select(query.Values1("n", query.Define[expr.Int]("n"))), "SELECT 1::bigint WHERE false"), "no rows"},
		{"nothing but NULL", New("", query.Select(expr.NullIf(expr.Const[expr.Int](1), 1)), "SELECT NULL::bigint"), "nothing but NULL"},
		{"a number in the text", New("", query.Select(expr.Raw[expr.Int]("1 + 6")), "SELECT 7::bigint"), "a value in the text"},
		{"a quoted text", New("", query.Select(expr.Raw[expr.Text]("'a'")), "SELECT 'a'"), "a value in the text: 'a'"},
		{"an error of the server", New("", query.Select(three), "SELECT n"), "by hand"},
	} {
		err := x.q.Check(ctx, conn)
		if (x.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: error is %v, want %q", x.name, err, x.want)
		}
	}
}

// raw is what puts SQL text into a query.
var raw = regexp.MustCompile(`\.(Raw|RawAs|FromRaw|ExecRaw|Sqlizer|SqlizerAs|FromSqlizer|Where|Prefix|Suffix|Op)(\[[\w.]+\])?\(`)

// TestNoRawText: the examples say everything in the typed language.
func TestNoRawText(t *testing.T) {
	files, err := filepath.Glob("../../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		seen += strings.Count(string(text), "beside.New(")
		if found := raw.Find(text); found != nil {
			t.Errorf("%s: %s", file, found)
		}
	}
	if seen != 47 {
		t.Errorf("%d queries", seen)
	}
	if !raw.MatchString("expr.Raw[expr.Int](") || !raw.MatchString("q.FromRaw(") {
		t.Error("raw text would not be found")
	}
}
