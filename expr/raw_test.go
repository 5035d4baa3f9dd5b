package expr_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
)

func TestRaw(t *testing.T) {
	c := table
	check(t, []golden{
		{"Raw", expr.Raw[expr.Int]("length(t.name) + ?", 1), "length(t.name) + $1", args{1}},
		{"Raw compared", expr.Raw[expr.Int]("length(t.name) + ?", 1).Gt(5), "(length(t.name) + $1) > $2", args{1, int64(5)}},
		{"Raw without arguments", expr.Raw[expr.Text]("version()").Eq("a"), "(version()) = $1", args{"a"}},
		{"Raw in And", expr.And(c.ID.Eq(1), expr.Raw[expr.Bool]("t.yes OR t.id = ?", 2)), "t.id = $1 AND (t.yes OR t.id = $2)", args{int64(1), 2}},
		{"Raw with the operator ?", expr.Raw[expr.Bool]("t.doc ?? ?", "k"), "t.doc ? $1", args{"k"}},
		{"Raw with a question in quotes", expr.Raw[expr.Text]("'what?' || ?", "x"), "'what?' || $1", args{"x"}},
		{"Raw with quotes in quotes", expr.Raw[expr.Text]("'it''s ?' || ?", "x"), "'it''s ?' || $1", args{"x"}},
		{
			"Raw with a question in a name", expr.Raw[expr.Int](`(SELECT "a?" FROM (SELECT 1 AS "a?") AS x)`),
			`(SELECT "a?" FROM (SELECT 1 AS "a?") AS x)`, nil,
		},
		{"Raw, same argument twice", expr.Raw[expr.Bool]("t.id = ? OR t.id = ?", 1, 1), "t.id = $1 OR t.id = $2", args{1, 1}},
		{"Sqlizer", expr.Sqlizer[expr.Int](sq.Expr("length(t.name) + ?", 1)).Gt(5), "(length(t.name) + $1) > $2", args{1, int64(5)}},
		{"squirrel.Eq", expr.Where(sq.Eq{"t.id": 3}), "t.id = $1", args{3}},
		{"squirrel.Eq of a list", expr.Where(sq.Eq{"t.id": []int{1, 2}}), "t.id IN ($1,$2)", args{1, 2}},
		{"squirrel.Eq of nil", expr.Where(sq.Eq{"t.nick": nil}), "t.nick IS NULL", nil},
		{"squirrel.NotEq", expr.Where(sq.NotEq{"t.id": 3}), "t.id <> $1", args{3}},
		{"squirrel.Gt", expr.Where(sq.Gt{"t.id": 3}), "t.id > $1", args{3}},
		{"squirrel.Like", expr.Where(sq.Like{"t.name": "a%"}), "t.name LIKE $1", args{"a%"}},
		{"squirrel.Or", expr.Where(sq.Or{sq.Eq{"t.id": 3}, sq.Eq{"t.name": "a"}}), "(t.id = $1 OR t.name = $2)", args{3, "a"}},
		{
			"squirrel between ours", expr.And(c.ID.Gt(1), expr.Where(sq.Eq{"t.name": "a"}), c.ID.Lt(9)),
			"t.id > $1 AND (t.name = $2) AND t.id < $3",
			args{int64(1), "a", int64(9)},
		},
		{"squirrel negated", expr.Where(sq.Eq{"t.id": 3}).Not(), "NOT (t.id = $1)", args{3}},
		{
			"a squirrel SELECT", expr.Where(sq.Expr("EXISTS (?)", sq.Select("1").From("t AS u").Where(sq.Eq{"u.name": "a"}))),
			"EXISTS (SELECT 1 FROM t AS u WHERE u.name = $1)",
			args{"a"},
		},
		{
			"a squirrel SELECT compared", c.ID.EqExpr(expr.Sqlizer[expr.Int](sq.Select("max(u.id)").From("t AS u"))),
			"t.id = (SELECT max(u.id) FROM t AS u)", nil,
		},
		{"ours in squirrel in ours", expr.Where(sq.And{c.ID.Gt(1), sq.Eq{"t.name": "a"}}), "(t.id > $1 AND t.name = $2)", args{int64(1), "a"}},
		{"squirrel ordered", expr.Sqlizer[expr.Int](sq.Expr("length(t.name)")).Desc(), "length(t.name) DESC", nil},
	})
}

// Our expressions stand in squirrel's builders.
func TestInSquirrel(t *testing.T) {
	t.Parallel()
	conn := database(t)
	c := table
	base := sq.Select("t.id").From("t").PlaceholderFormat(sq.Dollar)
	for _, g := range []struct {
		name string
		x    sq.SelectBuilder
		want string
		args args
	}{
		{"Where", base.Where(c.ID.Eq(1)), "SELECT t.id FROM t WHERE t.id = $1", args{int64(1)}},
		{
			"between squirrel's", base.Where("t.id > ?", 0).Where(c.Name.Like("a")).Where(sq.Eq{"t.mid": 2}),
			"SELECT t.id FROM t WHERE t.id > $1 AND t.name LIKE $2 AND t.mid = $3",
			args{0, "a", 2},
		},
		{"in squirrel.Or", base.Where(sq.Or{c.ID.In(1, 2), c.ID.Gt(7).And(c.Yes)}), "", args{int64(1), int64(2), int64(7)}},
		{"an array", base.Where(c.ID.In(many(17)...)), "SELECT t.id FROM t WHERE t.id = ANY($1)", args{many(17)}},
		{"the operator ?", base.Where(expr.Raw[expr.Bool]("t.doc ?? ?", "k")), "SELECT t.id FROM t WHERE (t.doc ? $1)", args{"k"}},
		{"a question mark as text", base.Where(c.Name.LikeEscape("a", "?")), "SELECT t.id FROM t WHERE t.name LIKE $1 ESCAPE '?'", args{"a"}},
		{"Column", base.Column(c.ID.Plus(1)), "SELECT t.id, (t.id + $1) FROM t", args{int64(1)}},
		{"OrderByClause", base.OrderByClause(c.ID.Plus(1)), "SELECT t.id FROM t ORDER BY (t.id + $1)", args{int64(1)}},
		{
			"Having", base.GroupBy("t.id").Having(expr.Count(c.Name).Gt(1)), "SELECT t.id FROM t GROUP BY t.id HAVING count(t.name) > $1",
			args{int64(1)},
		},
		{
			"Or before another", base.Where(c.ID.Eq(1).Or(c.Yes)).Where("t.mid = ?", 2),
			"SELECT t.id FROM t WHERE (t.id = $1 OR t.yes) AND t.mid = $2",
			args{int64(1), 2},
		},
		{"no condition", base.Where(expr.And()), "SELECT t.id FROM t WHERE TRUE", nil},
	} {
		text, values, err := g.x.ToSql()
		if err != nil {
			t.Errorf("%s: %v", g.name, err)
			continue
		}
		if g.want != "" && text != g.want {
			t.Errorf("%s: got  %s\nwant %s", g.name, text, g.want)
		}
		if len(values)+len(g.args) > 0 && !reflect.DeepEqual(values, g.args) {
			t.Errorf("%s: arguments are %#v, want %#v", g.name, values, g.args)
		}
		if _, err := conn.Exec(context.Background(), text, values...); err != nil {
			t.Errorf("%s: %v", g.name, err)
		}
	}
}

type broken struct{ err error }

func (b broken) ToSql() (string, []any, error) { return "", nil, b.err }

var errBroken = errors.New("broken")

func TestErrors(t *testing.T) {
	t.Parallel()
	var zero things
	c := table
	for _, g := range []struct {
		name string
		x    sqlizer
		want string // part of the error
		is   error
	}{
		{"a zero column", zero.ID, "", expr.ErrUnmapped},
		{"a zero column on the left", zero.ID.Eq(1), "", expr.ErrUnmapped},
		{"a zero column on the right", c.ID.EqExpr(zero.ID), "", expr.ErrUnmapped},
		{"a zero column in And", expr.And(c.Yes, zero.Yes), "", expr.ErrUnmapped},
		{"a zero column in Not", expr.Not(zero.Yes), "", expr.ErrUnmapped},
		{"a zero column in In", zero.Name.In("a"), "", expr.ErrUnmapped},
		{"a zero column in Any", zero.ID.In(many(17)...), "", expr.ErrUnmapped},
		{"a zero column in InExpr", c.ID.InExpr(zero.ID), "", expr.ErrUnmapped},
		{"a zero column in Between", c.ID.BetweenExpr(c.ID, zero.ID), "", expr.ErrUnmapped},
		{"a zero column in Like", zero.Name.HasPrefix("a"), "", expr.ErrUnmapped},
		{"a zero column in IsNull", zero.Name.IsNull(), "", expr.ErrUnmapped},
		{"a zero column in a sum", c.ID.PlusExpr(zero.ID), "", expr.ErrUnmapped},
		{"a zero column in Neg", zero.ID.Neg(), "", expr.ErrUnmapped},
		{"a zero column in Concat", c.Name.ConcatExpr(zero.Name), "", expr.ErrUnmapped},
		{"a zero column in Count", expr.Count(zero.ID), "", expr.ErrUnmapped},
		{"a zero column in Filter", expr.Count(c.ID, expr.Filter(zero.Yes)), "", expr.ErrUnmapped},
		{"a zero column with a label", zero.ID.As("n"), "", expr.ErrUnmapped},
		{"a zero column in Distinct", expr.Count(zero.ID, expr.Distinct()), "", expr.ErrUnmapped},
		{"a zero predicate", expr.Predicate{}, "", expr.ErrUnmapped},
		{"a zero predicate, negated", expr.Predicate{}.Not(), "", expr.ErrUnmapped},
		{"a NUL in ESCAPE", c.Name.LikeEscape("a", "\x00"), "NUL", nil},
		{"too few arguments", expr.Raw[expr.Int]("? + ?", 1), "2 placeholders and 1 arguments", nil},
		{"too many arguments", expr.Raw[expr.Int]("1", 1), "0 placeholders and 1 arguments", nil},
		{"a squirrel error", expr.Where(broken{errBroken}), "broken", errBroken},
		{"a squirrel error inside", c.ID.EqExpr(expr.Sqlizer[expr.Int](broken{errBroken})), "broken", errBroken},
	} {
		text, values, err := g.x.SQL()
		if err == nil || g.is != nil && !errors.Is(err, g.is) || !strings.Contains(err.Error(), g.want) {
			t.Errorf("%s: error is %v", g.name, err)
			continue
		}
		if text != "" || values != nil {
			t.Errorf("%s: gives %q and %v beside its error", g.name, text, values)
		}
		if _, _, again := g.x.ToSql(); again == nil || again.Error() != err.Error() {
			t.Errorf("%s: ToSql says %v, SQL %v", g.name, again, err)
		}
		if want := "!(" + err.Error() + ")"; g.x.String() != want {
			t.Errorf("%s: String gives %s, want %s", g.name, g.x.String(), want)
		}
	}
}

// Expressions may be rendered by many goroutines at once.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	p := expr.And(table.ID.In(1, 2), table.Name.HasPrefix("a").Or(expr.Where(sq.Eq{"t.mid": 3})))
	want := p.String()
	done := make(chan string)
	for range 8 {
		go func() {
			for range 100 {
				if got := p.String(); got != want {
					done <- got
					return
				}
			}
			done <- want
		}()
	}
	for range 8 {
		if got := <-done; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
