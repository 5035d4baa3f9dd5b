package expr_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
)

// TestNamed: names in SQL text stand for arguments wherever they are code, and nowhere else.
func TestNamed(t *testing.T) {
	c := table
	raw := expr.Raw[expr.Bool]
	check(t, []golden{
		{"a value", raw("t.id = @id", expr.Named{"id": 5}), "t.id = $1", args{5}},
		{"twice", raw("t.name > @x AND t.name < @x || @y", expr.Named{"x": "a", "y": "b"}), "t.name > $1 AND t.name < $1 || $2", args{"a", "b"}},
		{"a column", raw("lower(@col) = @w", expr.Named{"col": c.Name, "w": "a"}), "lower(t.name) = $1", args{"a"}},
		{"an expression", raw("@n > 1", expr.Named{"n": c.ID.Plus(1)}), "(t.id + $1) > 1", args{int64(1)}},
		{"the operator ?", raw("t.doc ? @k", expr.Named{"k": "a"}), "t.doc ? $1", args{"a"}},
		{"operators with @", raw("t.doc @> @d AND t.doc <@ @d", expr.Named{"d": "{}"}), "t.doc @> $1 AND t.doc <@ $1", args{"{}"}},
		{"absolute value", raw("@ t.id > @x", expr.Named{"x": 1}), "@ t.id > $1", args{1}},
		{
			"text", raw(`t.name = '@x ?' OR t.name = E'\'@x' OR t.name = $a$@x$a$ OR t.name = @x`, expr.Named{"x": "a"}),
			`t.name = '@x ?' OR t.name = E'\'@x' OR t.name = $a$@x$a$ OR t.name = $1`,
			args{"a"},
		},
		{
			"a comment", raw("t.name = @x /* it's @x /* @y */ ' */ AND true -- isn't @z\n", expr.Named{"x": "a"}),
			"t.name = $1 /* it's @x /* @y */ ' */ AND true -- isn't @z\n",
			args{"a"},
		},
		{"NULL", raw("t.name IS NOT DISTINCT FROM @x", expr.Named{"x": nil}), "t.name IS NOT DISTINCT FROM $1", args{nil}},
		{"an integer beyond integer", raw("t.id = @x", expr.Named{"x": int64(1) << 40}), "t.id = ($1::bigint)", args{int64(1) << 40}},
		{
			"comments without names", raw("t.name = ? -- isn't ?\n AND true /* ' ? */ AND t.name = $$?$$", "a"),
			"t.name = $1 -- isn't ?\n AND true /* ' ? */ AND t.name = $$?$$",
			args{"a"},
		},
		{"a name that ends in e", raw("t.name='a?' AND t.name = ?", "a"), "t.name='a?' AND t.name = $1", args{"a"}},
	})
}

// TestNamedMistakes: a name without a value, and a value without a name.
func TestNamedMistakes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"t.id = @id AND @other":     "@other, of which nothing is given",
		"t.id = 1":                  "does not have @id",
		"t.id =@id":                 "does not have @id, which is given; behind another operator's character it needs a space",
		"t.name = '@id'":            "does not have @id",
		"t.id = @ID":                "@ID, of which nothing is given",
		"t.id = @id OR t.id = $1":   "",
		"$tag$@id":                  "does not have @id",
		"/* @id":                    "does not have @id",
		"t.id = @id /* @ */ /* '*/": "",
	} {
		_, _, err := expr.Raw[expr.Bool](text, expr.Named{"id": 5}).ToSql()
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
