package query_test

import (
	"errors"
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// SQL among the arguments of text is written in its place.
func TestSplice(t *testing.T) {
	c, a := customer, account
	one := query.Select(a.No).Filter(a.CustID.EqExpr(c.ID))
	of := query.Select(c.ID)
	const from = "SELECT customer.id \nFROM customer \nWHERE "
	const correlated = "(SELECT account.no \nFROM account \nWHERE account.cust_id = customer.id)"
	check(t, []golden{
		{"a column", of.Filter(expr.Raw[expr.Bool]("lower(?) = 'anvil'", c.Name)), from + "lower(customer.name) = 'anvil'", nil},
		{"an expression", of.Filter(expr.Raw[expr.Bool]("? > ?", c.ID.Plus(1), 2)), from + "(customer.id + $1) > $2", args{int64(1), 2}},
		{"an element of a list", of.Filter(expr.Raw[expr.Bool]("coalesce(?, ?) > 2", c.ID.Plus(1), 3)), from + "coalesce(customer.id + $1, $2) > 2", args{int64(1), 3}},
		{"after a text in quotes", of.Filter(expr.Raw[expr.Bool]("'?' || ? = 'x'", c.Name.Concat("a"))), from + "'?' || (customer.name || $1) = 'x'", args{"a"}},
		{"a value that is compared", of.Filter(expr.Raw[expr.Bool]("? < ?", c.ID, 7)), from + "customer.id < $1", args{7}},
		{"text in text", of.Filter(expr.Raw[expr.Bool]("NOT ?", expr.Raw[expr.Bool]("? OR TRUE", c.VIP))), from + "NOT (customer.vip OR TRUE)", nil},
		{"squirrel's", of.Filter(expr.Raw[expr.Bool]("? OR FALSE", sq.Eq{"customer.id": 3})), from + "customer.id = $1 OR FALSE", args{3}},
		{"a query", of.Filter(expr.Raw[expr.Bool]("NOT EXISTS ?", one)), from + "NOT EXISTS " + correlated, nil},
		{"a query in parentheses", of.Filter(expr.Raw[expr.Bool]("NOT EXISTS (?)", one)), from + "NOT EXISTS " + correlated, nil},
		{"a query as Sqlizer", of.Filter(expr.Sqlizer[expr.Int](one.Limit(1)).Gt(0)), from + strings.TrimSuffix(correlated, ")") + " \n LIMIT $1) > $2", args{int64(1), int64(0)}},
		{"an expression as Where", of.Filter(expr.Where(c.VIP)), from + "customer.vip", nil},
		{"an expression in squirrel's Eq", of.Filter(expr.Where(sq.Eq{"customer.id": c.ID.Plus(1)})), from + "customer.id = (customer.id + $1)", args{int64(1)}},
		{"its table is in FROM", query.Select(expr.Raw[expr.Text]("lower(?)", c.Name)), "SELECT lower(customer.name) \nFROM customer", nil},
		{"a whole statement", query.Raw[bool]("SELECT ? > '2000-01-01'", expr.Now()), "SELECT now() > '2000-01-01'", nil},
		{"a whole statement of ours", query.Sqlizer[int64](query.Select(c.ID)), "SELECT customer.id \nFROM customer", nil},
		{"FromRaw", query.Select(c.ID).FromRaw("SELECT id FROM (?) AS x", query.Select(c.ID)), "SELECT id FROM (SELECT customer.id \nFROM customer) AS x", nil},
		{"an independent query in squirrel's", of.Filter(expr.Where(sq.Expr("EXISTS (?)", query.Select(a.No)))), from + "EXISTS (SELECT account.no \nFROM account)", nil},
	})
}

// A statement in a placeholder's place has one pair of parentheses where the text has them for it, and its own among other operands.
func TestStatementInParentheses(t *testing.T) {
	c := customer
	ids, sub := query.Select(c.ID), "SELECT customer.id \nFROM customer"
	one := ids.Limit(1)
	first := "(" + sub + " \n LIMIT $1)"
	check(t, []golden{
		{"WITH", query.Raw[int64]("WITH x AS (?) SELECT id FROM x", ids), "WITH x AS (" + sub + ") SELECT id FROM x", nil},
		{"WITH, materialized", query.Raw[int64]("WITH x AS NOT MATERIALIZED ( ? ) SELECT id FROM x", ids), "WITH x AS NOT MATERIALIZED ( " + sub + " ) SELECT id FROM x", nil},
		{
			"WITH of an UPDATE", query.Raw[int64]("WITH x AS (?) SELECT id FROM x", query.Returning(query.Update(c).Set(c.Name.To("a")).Everywhere(), c.ID)),
			"WITH x AS (UPDATE customer SET name = $1 RETURNING customer.id) SELECT id FROM x",
			args{"a"},
		},
		{"IN", query.Raw[bool]("SELECT 1 IN (?)", ids), "SELECT 1 IN (" + sub + ")", nil},
		{"ARRAY", query.Raw[[]int64]("SELECT ARRAY(?)", ids), "SELECT ARRAY(" + sub + ")", nil},
		{"IN of two", query.Raw[bool]("SELECT 1 IN (?, 2)", one), "SELECT 1 IN (" + first + ", 2)", args{int64(1)}},
		{"a function", query.Raw[int64]("SELECT abs(?)", one), "SELECT abs(" + first + ")", args{int64(1)}},
		{"an operand", query.Raw[bool]("SELECT (?) > 1", one), "SELECT (" + first + ") > 1", args{int64(1)}},
	})
}

// Raw text is an item as it is, but for what may be more than one item.
func TestRawItem(t *testing.T) {
	text := func(s string, a ...any) query.Query[string] { return query.Select(expr.Raw[expr.Text](s, a...)) }
	check(t, []golden{
		{"a call", text("upper('x')"), "SELECT upper('x')", nil},
		{"a label", text("upper('x') AS up"), "SELECT upper('x') AS up", nil},
		{"a label of ours", query.Select(expr.Raw[expr.Text]("upper('x')").As("up")), `SELECT upper('x') AS up`, nil},
		{"a label of a query", query.Select(expr.Raw[expr.Text]("SELECT 'a'").As("a")), `SELECT (SELECT 'a') AS a`, nil},
		{"an operator", text("'a' || ?", "b"), "SELECT 'a' || $1", args{"b"}},
		{"a window", text("count(*) OVER (PARTITION BY 1, 2)"), "SELECT count(*) OVER (PARTITION BY 1, 2)", nil},
		{"a comma in quotes", text(`',' || E'\',' AS ","`), `SELECT ',' || E'\',' AS ","`, nil},
		{"a query", text(" select 'a'"), "SELECT ( select 'a')", nil},
		{"a query without a space", text("SELECT('a')"), "SELECT (SELECT('a'))", nil},
		{"VALUES", text("VALUES('a')"), "SELECT (VALUES('a'))", nil},
		{"two of them", text("'a', 'b'"), "SELECT ('a', 'b')", nil},
		{"a comment", text("'a' /* , */"), "SELECT ('a' /* , */)", nil},
		{"an argument of a function", query.Select(expr.Func[expr.Text]("concat", expr.Raw[expr.Text]("'a', 'b'"), expr.Raw[expr.Text]("'c'"))), "SELECT concat(('a', 'b'), 'c')", nil},
	})
}

// SQL in the place of a value is an error, not its text.
func TestNotValue(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	one := query.Select(a.No).Filter(a.CustID.EqExpr(c.ID))
	any1 := expr.Func[expr.Col[any]]("f", c.ID)
	for name, x := range map[string]interface {
		SQL() (string, []any, error)
	}{
		"Val":                 expr.Val(c.Name),
		"Val of a pointer":    expr.Val(&c.Name),
		"Val of any":          expr.Val(any(c.Name)),
		"Val of a list":       expr.Val([]expr.Text{c.Name}),
		"Val of a list, any":  expr.Val([]any{1, c.Name}),
		"Val of a query":      expr.Val(one),
		"Val of squirrel's":   expr.Val[sq.Sqlizer](sq.Expr("1")),
		"Val of a condition":  expr.Val(c.VIP.Eq(true)),
		"Nullable":            expr.Nullable(&c.Name),
		"Const":               any1.Const(c.Name),
		"Eq":                  any1.Eq(c.Name),
		"Eq of a query":       any1.Eq(one),
		"Ne":                  any1.Ne(c.Name),
		"Between":             any1.Between(1, c.Name),
		"IsDistinctFrom":      any1.IsDistinctFrom(c.Name),
		"In":                  any1.In(1, c.Name),
		"In, many":            any1.In(make([]any, 20)[:19:20]...).Or(any1.In(append(make([]any, 20), c.Name)...)),
		"Coalesce":            expr.Coalesce(any1, any(c.Name)),
		"NullIf":              expr.NullIf(any1, any(c.Name)),
		"an argument of text": expr.Raw[expr.Bool]("? = ANY(?)", 1, []any{c.ID}),
	} {
		if sql, _, err := x.SQL(); !errors.Is(err, expr.ErrValue) {
			t.Errorf("%s: renders %s with error %v", name, sql, err)
		}
	}
}

// A query inside squirrel's builder cannot be correlated: an error where it would have to be.
func TestCorrelationInSquirrel(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	one := query.Select(a.No).Filter(a.CustID.EqExpr(c.ID))
	for name, s := range map[string]expr.SQLizer{
		"Expr":   sq.Expr("NOT EXISTS (?)", one),
		"And":    sq.And{sq.Expr("NOT EXISTS (?)", one), sq.Eq{"customer.id": 1}},
		"Select": sq.Expr("EXISTS (?)", sq.Select("1").Where(sq.Expr("EXISTS (?)", one))),
	} {
		sql, _, err := query.Select(c.ID).Filter(expr.Where(s)).SQL()
		if err == nil || !strings.Contains(err.Error(), "expr.Raw") {
			t.Errorf("%s: renders %s with error %v", name, sql, err)
		}
	}
}
