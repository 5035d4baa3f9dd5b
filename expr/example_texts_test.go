package expr_test

import (
	"github.com/cupel-go/cupel/expr"
)

// How do I match a pattern?
func ExampleTextOf_Like() {
	t := Items
	show(t.Name.Like("an%"), t.Name.NotILike("an%"), t.Name.Match("^an"), t.Name.NotIMatch("^AN"))
	show(t.Name.LikeEscape("10/%%", "/"), t.Name.ILikeEscape("10/%%", "/"))
	// Output:
	// item.name LIKE $1
	// item.name NOT ILIKE $1
	// item.name ~ $1
	// item.name !~* $1
	// item.name LIKE $1 ESCAPE '/'
	// item.name ILIKE $1 ESCAPE '/'
}

// How do I put texts together? Concat of a text is NULL where a part is; expr.Concat leaves NULLs out.
func ExampleConcat() {
	t := Items
	show(t.Name.Concat("!"), t.Name.ConcatExpr(t.Note), expr.Concat(t.Name, t.Size), expr.ConcatWS(", ", t.Name, t.Note))
	// Output:
	// item.name || $1
	// item.name || item.note
	// concat(item.name, item.size)
	// concat_ws($1::text, item.name, item.note)
}

// How do I cut a text, or fill it up?
func ExampleLeft() {
	t := Items
	show(expr.Left(t.Name, 3), expr.Right(t.Name, 3), expr.Substr(t.Name, 2, 4), expr.SplitPart(t.Name, ":", 1))
	show(expr.Trim(t.Name), expr.LTrim(t.Name), expr.RTrim(t.Name), expr.LPad(t.Name, 8, "."), expr.RPad(t.Name, 8, "."))
	// Output:
	// left(item.name, $1::integer)
	// right(item.name, $1::integer)
	// substr(item.name, $1::integer, $2::integer)
	// split_part(item.name, $1::text, $2::integer)
	// trim(item.name)
	// ltrim(item.name)
	// rtrim(item.name)
	// lpad(item.name, $1::integer, $2::text)
	// rpad(item.name, $1::integer, $2::text)
}

// How do I change upper and lower case, or letters?
func ExampleUpper() {
	t := Items
	show(expr.Upper(t.Name), expr.Lower(t.Name).Eq("anvil"), expr.InitCap(t.Name), expr.Reverse(t.Name))
	show(expr.Replace(t.Name, "a", "b"), expr.RegexpReplace(t.Name, "(a+)", `<\1>`, "g"))
	// Output:
	// upper(item.name)
	// lower(item.name) = $1
	// initcap(item.name)
	// reverse(item.name)
	// replace(item.name, $1::text, $2::text)
	// regexp_replace(item.name, $1::text, $2::text, $3::text)
}

// How long is a text, and where is a part of it?
func ExampleLength() {
	t := Items
	show(expr.Length(t.Name).Gt(3), expr.StrPos(t.Name, "v"))
	// Output:
	// length(item.name) > $1
	// strpos(item.name, $1::text)
}

// How do I sort and compare by the rules of a language?
func ExampleTextOf_Collate() {
	t := Items
	show(t.Name.Collate("de-x-icu").Gt("b"), t.Name.Collate("C").Lt("b"))
	// Output:
	// item.name COLLATE "de-x-icu" > $1
	// item.name COLLATE "C" < $1
}
