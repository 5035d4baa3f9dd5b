package expr_test

import (
	"context"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
)

func TestText(t *testing.T) {
	c := table
	const hostile = `50%_\'"`
	check(t, []golden{
		{"Like", c.Name.Like("Pl%"), "t.name LIKE $1", args{"Pl%"}},
		{"Like, hostile", c.Name.Like(hostile), "t.name LIKE $1", args{hostile}},
		{"NotLike", c.Name.NotLike("Pl%"), "t.name NOT LIKE $1", args{"Pl%"}},
		{"ILike", c.Nick.ILike("pl%"), "t.nick ILIKE $1", args{"pl%"}},
		{"NotILike", c.Nick.NotILike("pl%"), "t.nick NOT ILIKE $1", args{"pl%"}},
		{"Like of an enum", c.Mood.Like("g%"), "t.mood LIKE $1", args{"g%"}},
		{"LikeExpr", c.Name.LikeExpr(c.Nick), "t.name LIKE t.nick", nil},
		{"LikeExpr of a sum", c.Name.LikeExpr(c.Nick.Concat("%")), "t.name LIKE t.nick || $1", args{"%"}},
		{"ILikeExpr", c.Name.ILikeExpr(c.Nick), "t.name ILIKE t.nick", nil},
		{"LikeEscape", c.Name.LikeEscape("a/%", "/"), "t.name LIKE $1 ESCAPE '/'", args{"a/%"}},
		{"LikeEscape, none", c.Name.LikeEscape(`a\%`, ""), "t.name LIKE $1 ESCAPE ''", args{`a\%`}},
		{"LikeEscape, quote", c.Name.LikeEscape("a'%", "'"), "t.name LIKE $1 ESCAPE ''''", args{"a'%"}},
		{"LikeEscape, backslash", c.Name.LikeEscape("a", `\`), `t.name LIKE $1 ESCAPE E'\\'`, args{"a"}},
		{"LikeEscape, question mark", c.Name.LikeEscape("a", "?"), "t.name LIKE $1 ESCAPE '?'", args{"a"}},
		{"LikeEscape, not ASCII", c.Name.LikeEscape("a", "ü"), "t.name LIKE $1 ESCAPE 'ü'", args{"a"}},
		{"ILikeEscape", c.Name.ILikeEscape("a", "/"), "t.name ILIKE $1 ESCAPE '/'", args{"a"}},
		{"HasPrefix", c.Name.HasPrefix("Pl"), "t.name LIKE $1", args{"Pl%"}},
		{"HasPrefix of nothing", c.Name.HasPrefix(""), "t.name LIKE $1", args{"%"}},
		{"HasPrefix, hostile", c.Name.HasPrefix(hostile), "t.name LIKE $1", args{`50\%\_\\'"%`}},
		{"HasSuffix", c.Name.HasSuffix("er"), "t.name LIKE $1", args{"%er"}},
		{"HasSuffix, hostile", c.Name.HasSuffix(hostile), "t.name LIKE $1", args{`%50\%\_\\'"`}},
		{"Contains", c.Name.Contains("lum"), "t.name LIKE $1", args{"%lum%"}},
		{"Contains, hostile", c.Name.Contains(hostile), "t.name LIKE $1", args{`%50\%\_\\'"%`}},
		{"Contains, not ASCII", c.Name.Contains("ü_"), "t.name LIKE $1", args{`%ü\_%`}},
		{"Match", c.Name.Match("^P.*r$"), "t.name ~ $1", args{"^P.*r$"}},
		{"IMatch", c.Name.IMatch("^p"), "t.name ~* $1", args{"^p"}},
		{"Match of a sum", c.Name.Concat("a").Match("b"), "t.name || $1 ~ $2", args{"a", "b"}},
		{"Concat", c.Name.Concat("!"), "t.name || $1", args{"!"}},
		{"Concat of varchar", c.Nick.Concat("!"), "t.nick || $1", args{"!"}},
		{"Concat, twice", c.Name.Concat("a").Concat("b"), "t.name || $1 || $2", args{"a", "b"}},
		{"ConcatExpr", c.Name.ConcatExpr(c.Nick), "t.name || t.nick", nil},
		{"ConcatExpr of a number", c.Name.ConcatExpr(c.ID), "t.name || t.id", nil},
		{"ConcatExpr of a value", c.Name.ConcatExpr(expr.Val("a")), "t.name || $1::text", args{"a"}},
		{"ConcatExpr of a sum", c.Name.ConcatExpr(c.Nick.Concat("a")), "t.name || (t.nick || $1)", args{"a"}},
		{"ConcatExpr of a condition", c.Name.ConcatExpr(c.ID.Eq(1)), "t.name || (t.id = $1)", args{int64(1)}},
		{"Concat compared", c.Name.Concat("a").Eq("b"), "t.name || $1 = $2", args{"a", "b"}},
		{"Like of Like", c.Name.Like("a").Eq(true).And(c.Yes), "t.name LIKE $1 = $2 AND t.yes", args{"a", true}},
		{"NULL", c.Nick.HasPrefix("a").IsNull(), "t.nick LIKE $1 IS NULL", args{"a%"}},
	})
}

// HasPrefix, HasSuffix and Contains mean on a server what the strings package means.
func TestTextMeaning(t *testing.T) {
	t.Parallel()
	conn := database(t)
	words := []string{"", "a", "%", "_", `\`, `\%`, "a%b", "a_b", `a\b`, `a\%`, "ab", "axb", "ü_%", `'`, `\\`}
	for _, s := range words {
		for _, part := range words {
			for name, c := range map[string]struct {
				pattern expr.Predicate
				want    bool
			}{
				"HasPrefix": {table.Name.HasPrefix(part), strings.HasPrefix(s, part)},
				"HasSuffix": {table.Name.HasSuffix(part), strings.HasSuffix(s, part)},
				"Contains":  {table.Name.Contains(part), strings.Contains(s, part)},
			} {
				_, values, err := c.pattern.SQL()
				if err != nil {
					t.Fatal(err)
				}
				var got bool
				if err := conn.QueryRow(context.Background(), "SELECT $1::text LIKE $2", s, values[0]).Scan(&got); err != nil {
					t.Fatal(err)
				}
				if got != c.want {
					t.Errorf("%q %s %q is %v, want %v", s, name, part, got, c.want)
				}
			}
		}
	}
}
