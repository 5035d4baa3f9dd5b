package query_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// TestInsert: rows, expressions, defaults, a query's rows, and RETURNING.
func TestInsert(t *testing.T) {
	c := customer
	check(t, []golden{
		{"defaults", query.Insert(account).Values(account.Name.To("a")), "INSERT INTO account (name) VALUES ($1)", args{"a"}},
		{
			"many rows", query.Insert(account).Values(account.Name.To("a"), account.CustID.ToNull()).
				Values(account.CustID.ToDefault(), account.Name.To("b")),
			"INSERT INTO account (name, cust_id) VALUES ($1::text, NULL), ($2::text, DEFAULT)",
			args{"a", "b"},
		},
		{
			"from a query", query.Insert(account).From(query.Select2(c.Name, c.ID).Filter(c.VIP), account.Name, account.CustID),
			"INSERT INTO account (name, cust_id) SELECT customer.name, customer.id \nFROM customer \nWHERE customer.vip", nil,
		},
	})
}

// TestMistakesOfStatements: what the compiler cannot see is an error of the statement, and never a panic.
func TestMistakesOfStatements(t *testing.T) {
	t.Parallel()
	a, c := account, customer
	var none *customers
	cases := []struct {
		name string
		x    statement
		want string
	}{
		{"nil condition", query.Select(c).Filter(nil), "nil in place of"},
		{"nil item", query.Select[string](nil), "nil in place of"},
		{"nil table struct", query.Select(none), "nil in place of"},
		{"nil key", query.Select(c).OrderBy(nil), "nil in place of"},
		{"a zero key", query.Select(c.ID).OrderBy(expr.Ordering{}.NullsFirst()), "not made by model.Map"},
		{"nil operand", query.Select(c).Filter(c.ID.EqExpr(nil)), "nil in place of"},
		{"nil squirrel", query.Select(c).Filter(expr.Where(nil)), "nil in place of"},
		{"nil join", query.Select(c).Join(none), "not made by model.Map"},
		{"nil delete", query.Delete(nil), "not made by model.Map"},
		{"no condition in And", query.Delete(c).Filter(expr.And(), expr.And(expr.And())), "no Filter"},
		{"join by a table that is not there", query.Select(c.ID).Join(a, a.Name.EqExpr(planet.Code)), "planet, which is not in the statement"},
		{"update from nowhere", query.Update(a).Set(a.CustID.ToExpr(c.ID)).Everywhere(), "nothing connects"},
		{"zero column", query.Update(a).Set(expr.Int{}.To(1)).Everywhere(), "not made by model.Map"},
		{"insert of another table's column", query.Insert(a).Values(c.Name.To("x")), "customer.name in an Insert into account"},
		{"rows of different shape", query.Insert(a).Values(a.Name.To("x")).Values(a.No.To(1)), "row 2 of account"},
		{"rows and a query", query.Insert(a).Values(a.Name.To("x")).From(query.Select(c.Name), a.Name), "not both"},
		{"too few columns", query.Insert(a).From(query.Select2(c.Name, c.ID), a.Name), "1 columns from a query of 2"},
		{"count of distinct rows", query.Select(expr.Func[expr.Int]("count", expr.Distinct())).From(c), "Count(x, Distinct())"},
		{"a bad operator", query.Select(expr.Op[expr.Predicate](c.ID, "; DROP", c.ID)), "operator: not usable as SQL"},
		{"a bad function", query.Select(expr.Func[expr.Bool]("f(1); x", c.ID)), "function name"},
		{"a bad type", query.Select(expr.Cast[expr.Text](c.ID, "text); DROP TABLE x --")), "type: not usable as SQL"},
		{"a bad field of a time", query.Select(expr.Extract("year FROM x) --", expr.Now())), "field of a time"},
		{"a distinct aggregate of nothing", query.Select(expr.Func[expr.Text]("mode", expr.Distinct(), expr.WithinGroup(c.Name))), "Count(x, Distinct())"},
		{"a bad aggregate", query.Select(expr.Func[expr.Text]("a b", c.ID, expr.Distinct())), "function name"},
		{"nil of Coalesce", query.Select(expr.Coalesce[string, expr.Text, expr.NullText](nil, "a")), "not made by model.Map"},
		{"nil of Greatest", query.Select(expr.Greatest[string, expr.Text, expr.NullText](nil)), "not made by model.Map"},
		{"nil of Avg", query.Select(expr.Avg[expr.NullFloat](nil)), "not made by model.Map"},
		{"nil of Sum", query.Select(expr.Sum[expr.NullFloat](nil)), "not made by model.Map"},
		{"nil of Min", query.Select(expr.Min[expr.NullText](nil)), "not made by model.Map"},
		{"nil of Max", query.Select(expr.Max[expr.NullText](nil)), "not made by model.Map"},
		{"nil as a modifier", query.Select(expr.Sum(c.ID, nil)), "nil in place of"},
		{"nil as a function's operand", query.Select(expr.Func[expr.Text]("lower", nil)), "nil in place of"},
		{"nil of Lower", query.Select(expr.Lower[string, string](nil)), "nil in place of"},
		{"nil of As", query.Select(expr.As[expr.Text](nil)), "nil in place of"},
		{"nil in a tuple", query.Select(c.ID).Filter(expr.Tuple2[int64, int64](c.ID, nil).Eq(1, 2)), "nil in place of"},
		{"nil of Any", query.Select(c.ID).Filter(c.ID.EqExpr(expr.Any[int64, []int64](nil))), "nil in place of"},
		{"zero Elements", query.Select(c.ID).Filter(c.ID.EqExpr(expr.Elements[int64]{})), "not made by model.Map"},
		{"a zero tuple", query.Select(c.ID).Filter(expr.Pair[int64, int64]{}.Eq(1, 2)), "not made by model.Map"},
		{"a zero Switch", query.Select(expr.Switch[expr.Int, int64, int64]{}.End()), "without a branch"},
		{"CaseOn without a branch", query.Select(expr.CaseOn[expr.Int](c.ID).Else(1)), "without a branch"},
		{"an alias made twice", query.Select2(model.Alias(c, "x").ID, model.Alias(c, "x").Name), "two tables are called x"},
		{"text that names one table", query.Select2(c.ID, a.No).Filter(expr.Raw[expr.Bool]("account.no > 1")), "customer and account"},
		{"text that names none", query.Select2(c.ID, a.No).Filter(expr.Raw[expr.Bool]("my_customer.id = account2.no")), "customer and account"},
		{"Case without a branch", query.Select(expr.Case[expr.Int]().Else(1)), "without a branch"},
	}
	for _, c := range cases {
		if text, _, err := c.x.SQL(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, error %v, want one with %q", c.name, text, err, c.want)
		}
	}
}

// TestExpressionsOfStatements: the expressions that are no column's methods, each run on a server.
func TestExpressionsOfStatements(t *testing.T) {
	c, w := customer, worker
	band := expr.Case[expr.Text]().When(c.ID.Lt(3), "low").WhenExpr(c.VIP, c.Name).Else("high")
	check(t, []golden{
		{
			"case", query.Select(band.As("band")).GroupBy(band).OrderBy(band.As("other")),
			"SELECT CASE WHEN customer.id < $1 THEN $2 WHEN customer.vip THEN customer.name ELSE $3 END AS band \nFROM customer " +
				"GROUP BY CASE WHEN customer.id < $1 THEN $2 WHEN customer.vip THEN customer.name ELSE $3 END " +
				"ORDER BY CASE WHEN customer.id < $1 THEN $2 WHEN customer.vip THEN customer.name ELSE $3 END",
			args{int64(3), "low", "high"},
		},
		{"coalesce", query.Select(expr.Coalesce(c.Email, "none")), "SELECT coalesce(customer.email, $1) \nFROM customer", args{"none"}},
		{"cast", query.Select(expr.CastTo[expr.NullText](c.ID)), "SELECT CAST(customer.id AS text) \nFROM customer", nil},
		{
			"text", query.Select2(expr.Upper(expr.Substr(c.Name, 1, 3)), expr.Concat(c.Name, expr.Val(" "), c.Email)),
			"SELECT upper(substr(customer.name, $1::integer, $2::integer)), concat(customer.name, $3::text, customer.email) \nFROM customer",
			args{int32(1), int32(3), " "},
		},
		{
			"time", query.Select2(expr.Now().Plus(90*time.Minute), expr.Extract("year", expr.CurrentDate())),
			"SELECT now() + $1::interval, EXTRACT(year FROM CURRENT_DATE)",
			args{90 * time.Minute},
		},
		{
			"aggregates", query.Select2(
				expr.StringAgg(c.Name, ",", expr.OrderBy(c.Name.Desc())), expr.CountAll(expr.Filter(c.VIP), expr.Filter(c.ID.Gt(1))),
			),
			"SELECT string_agg(customer.name, $1::text ORDER BY customer.name DESC), " +
				"count(*) FILTER (WHERE customer.vip AND customer.id > $2) \nFROM customer",
			args{",", int64(1)},
		},
		{"operator", query.Select(expr.Op[expr.NullInt](c.ID, "&", expr.Val(int64(3)))), "SELECT customer.id & $1::bigint \nFROM customer", args{int64(3)}},
		{"collation", query.Select(c.ID).OrderBy(c.Name.Collate("C")), "SELECT customer.id \nFROM customer ORDER BY customer.name COLLATE \"C\"", nil},
		{
			"or null", query.Select2(w.Name, boss.Name.OrNull()).LeftJoin(boss, w.BossID.EqExpr(boss.ID)),
			"SELECT worker.name, boss.name \nFROM worker LEFT OUTER JOIN worker AS boss ON worker.boss_id = boss.id", nil,
		},
		{"a squirrel SELECT as an item", query.Select(expr.Sqlizer[expr.Int](sq.Select("count(*)").From("customer"))), "SELECT (SELECT count(*) FROM customer)", nil},
		{"a table named twice", query.Select(c.ID).From(c).From(c), "SELECT customer.id \nFROM customer", nil},
	})
}

// TestQuotedPlaceholders: a question mark inside quotes survives the way through squirrel and back.
func TestQuotedPlaceholders(t *testing.T) {
	t.Parallel()
	p := expr.Where(sq.And{customer.Name.LikeEscape("x", "?"), sq.Expr(`name <> E'it\'s ?' AND name <> ?`, 1)})
	text, values, err := query.Select(customer.ID).Filter(p).SQL()
	if err != nil || len(values) != 2 || !strings.Contains(text, `ESCAPE '?'`) || !strings.Contains(text, `E'it\'s ?' AND name <> $2`) {
		t.Errorf("%s %v %v", text, values, err)
	}
}

func TestRowStringOfSpecialTypes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	row := query.Row8[*time.Time, json.RawMessage, [16]byte, time.Duration, []byte, *string, string, *int64]{
		V1: &at, V2: json.RawMessage(`{"a": "o'b"}`), V4: time.Minute, V7: "o'c",
	}
	const want = `('2026-01-02 03:04:05', '{"a": "o''b"}', '00000000-0000-0000-0000-000000000000', '1m0s', NULL, NULL, 'o''c', NULL)`
	if got := row.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestReturningMany: One on a statement that touches several rows says so.
func TestReturningMany(t *testing.T) {
	t.Parallel()
	eng, ctx := engine(t), context.Background()
	two := query.Insert(planet).Values(planet.Code.To("x")).Values(planet.Code.To("y"))
	if _, err := query.Returning(two, planet.Code).One(ctx, eng); !errors.Is(err, query.ErrManyRows) {
		t.Errorf("error is %v", err)
	}
	if n, err := two.Exec(ctx, eng); err == nil {
		t.Errorf("%d rows were inserted twice", n)
	}
	if rows, err := query.Returning(query.Delete(planet).Everywhere(), planet).All(ctx, eng); err != nil || len(rows) != 2 {
		t.Errorf("%v %v", rows, err)
	}
}
