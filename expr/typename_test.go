package expr_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/sqlw"
)

func TestCastType(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sqlType string
		ok      bool
	}{
		{"text", true},
		{"numeric(10, 2)", true},
		{"numeric(3, -2)", true},
		{"timestamp(3) without time zone", true},
		{"double precision[]", true},
		{`bank."Mood"`, true},
		{"geometry(Point, 4326)", true},
		{"text), (SELECT 1", false},
		{"text), f(x", false},
		{"text, x", false},
		{")(", false},
		{"numeric((1)", false},
		{"numeric(1--2)", false},
		{`"Mood`, false},
		{" ", false},
		{"text;", false},
	} {
		if _, _, err := expr.Cast[expr.Text](table.ID, c.sqlType).SQL(); errors.Is(err, expr.ErrText) == c.ok {
			t.Errorf("%q: error is %v", c.sqlType, err)
		}
	}
}

// A sign before a negative number is no comment.
func TestNegInline(t *testing.T) {
	t.Parallel()
	for _, mode := range []sqlw.Mode{sqlw.Inline, sqlw.Literal} {
		for _, n := range []int64{-5, 5} {
			w := sqlw.Get(mode)
			expr.Coalesce(table.ID, n).Neg().Node().AppendSQL(w)
			expr.Const[expr.Int](n).Neg().Node().AppendSQL(w)
			if text := w.String(); len(text) == 0 || containsComment(text) {
				t.Errorf("mode %d: %s", mode, text)
			}
			w.Release()
		}
	}
}

func containsComment(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i-1:i+1] == "--" {
			return true
		}
	}
	return false
}
