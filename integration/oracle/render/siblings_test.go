package render_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// sibling is a statement and SQL written by hand that must give the same rows, in the same order.
type sibling struct {
	name string
	run  func(r query.Runner) (got, want any, err error)
}

func same[R any](name string, q selecting[R], sql string) sibling {
	return sibling{name, func(r query.Runner) (any, any, error) {
		got, err := q.All(ctx, r)
		if err != nil {
			return nil, nil, err
		}
		want, err := query.Raw[R](strings.ReplaceAll(sql, "?", "??")).All(ctx, r)
		return got, want, err
	}}
}

// where compares the keys of orders that meet conditions.
func where(sql string, ps ...expr.Condition) sibling {
	return same(sql, query.Select(O.ID).Filter(ps...).OrderBy(O.ID), "SELECT id FROM orders WHERE "+sql+" ORDER BY id")
}

// eachOrder compares something of every order.
func eachOrder[R any](sql string, x expr.Item[R]) sibling {
	return same(sql, query.Select(x).From(O).OrderBy(O.ID), "SELECT "+sql+" FROM orders ORDER BY id")
}

// eachCustomer compares something of every customer.
func eachCustomer[R any](sql string, x expr.Item[R]) sibling {
	return same(sql, query.Select(x).From(C).OrderBy(C.ID), "SELECT "+sql+" FROM customer ORDER BY id")
}

// total compares something of all orders together.
func total[R any](sql string, x expr.Item[R]) sibling {
	return same(sql, query.Select(x).From(O), "SELECT "+sql+" FROM orders")
}

// expressions are those of which no case is recorded.
func expressions() []sibling {
	month := expr.Cast[expr.NullInterval](expr.Val("1 month"), "interval")
	since := expr.Cast[expr.Date](expr.Val("2024-01-01"), "date")
	paid := expr.Case[expr.NullDecimal]().WhenExpr(O.IsPaid, O.Amount).Else("0")
	return []sibling{
		eachOrder("10 - quantity", expr.Const[expr.Int](10).MinusExpr(O.Quantity)),
		eachOrder("(quantity + id) * 2", expr.Op[expr.NullInt](expr.Op[expr.NullInt](O.Quantity, "+", O.ID), "*", expr.Val(2))),
		eachOrder("quantity * 1.19", expr.Op[expr.NullDecimal](O.Quantity, "*", expr.Const[expr.Decimal]("1.19"))),
		eachOrder("quantity * amount", expr.Op[expr.NullDecimal](O.Quantity, "*", O.Amount)),
		eachOrder("quantity * 3000000000", O.Quantity.Times(3000000000)),
		eachOrder("id / nullif(quantity - 5, 0)", O.ID.OverExpr(expr.NullIf(O.Quantity.Minus(5), 0))),
		eachOrder("coalesce(quantity, 0) + 1", expr.Coalesce(O.Quantity, 0).Plus(1)),
		eachOrder("greatest(quantity, id, 3)", expr.Greatest(O.Quantity, O.ID, O.ID.Const(3))),
		eachOrder("least(quantity, 3)", expr.Least(O.Quantity, O.Quantity.Const(3))),
		eachOrder("round(amount, 1)", expr.RoundTo(O.Amount, 1)),
		eachOrder("ceil(weight)", expr.Ceil(O.Weight)),
		eachOrder("abs(-amount)", expr.Abs(O.Amount.Neg())),
		eachOrder("amount::float8", expr.CastTo[expr.NullFloat](O.Amount)),
		eachOrder("amount", expr.As[expr.NullFloat](O.Amount)),
		eachOrder("power(quantity, 2)", expr.Func[expr.NullFloat]("power", O.Quantity, expr.Val(2))),
		eachOrder("order_date - date '2024-01-01'", O.OrderDate.SinceExpr(since)),
		eachOrder("order_date - date '2024-01-01'", O.OrderDate.Since(day(2024, 1, 1))),
		eachOrder("order_date + 7", O.OrderDate.PlusDays(7)),
		eachOrder("created_at + interval '1 month'", O.CreatedAt.PlusExpr(month)),
		eachOrder("created_at - interval '1 month'", O.CreatedAt.MinusExpr(month)),
		eachOrder("extract(epoch FROM shipped_at - created_at)", expr.Extract("epoch", O.ShippedAt.SinceExpr(O.CreatedAt))),
		eachOrder("shipped_at AT TIME ZONE 'Europe/Berlin'", O.ShippedAt.AtTimeZone("Europe/Berlin")),
		eachOrder("date_trunc('month', order_date)", expr.DateTrunc("month", O.OrderDate)),
		eachOrder("to_char(created_at, 'YYYY-MM')", expr.ToChar(O.CreatedAt, "YYYY-MM")),
		eachOrder("to_char(amount, 'FM9990.00')", expr.ToChar(O.Amount, "FM9990.00")),
		eachOrder("CASE quantity WHEN 5 THEN 'five' WHEN id THEN status ELSE note END",
			expr.CaseOn[expr.NullText](O.Quantity).When(5, "five").WhenExpr(O.ID, O.Status).ElseExpr(O.Note)),
		eachOrder("array_to_string(labels, '+')", expr.Func[expr.NullText]("array_to_string", O.Labels, expr.Val("+"))),
		eachCustomer("CASE id WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END",
			expr.CaseOn[expr.NullText](C.ID).When(1, "one").When(2, "two").Else("many")),
		eachCustomer("concat_ws('-', first_name, mobile, id)", expr.ConcatWS("-", C.FirstName, C.Mobile, C.ID)),
		eachCustomer("'Dr. ' || last_name", expr.Const[expr.Text]("Dr. ").ConcatExpr(C.LastName)),
		eachCustomer("id || '-' || last_name", expr.CastTo[expr.NullText](C.ID).Concat("-").ConcatExpr(C.LastName)),
		eachCustomer("coalesce(mobile, email, 'none')", expr.CoalesceExpr(C.Mobile, C.Email, expr.Val("none"))),
		eachCustomer("lower(trim(last_name))", expr.Lower(expr.Trim(C.LastName))),
		eachCustomer("upper(coalesce(mobile, 'x'))", expr.Upper(expr.Coalesce(C.Mobile, "x"))),
		eachCustomer("lpad(last_name, 9, '*')", expr.LPad(C.LastName, 9, "*")),
		eachCustomer("rpad(last_name, 3, '*')", expr.RPad(C.LastName, 3, "*")),
		eachCustomer("left(last_name, -2)", expr.Left(C.LastName, -2)),
		eachCustomer("right(last_name, 2)", expr.Right(C.LastName, 2)),
		eachCustomer("replace(last_name, 'l', 'L')", expr.Replace(C.LastName, "l", "L")),
		eachCustomer("regexp_replace(last_name, '(o+)', '<\\1>', 'g')", expr.RegexpReplace(C.LastName, "(o+)", `<\1>`, "g")),
		eachCustomer("split_part(email, '@', 2)", expr.SplitPart(C.Email, "@", 2)),
		eachCustomer("strpos(email, '@')", expr.StrPos(C.Email, "@")),
		eachCustomer("initcap(reverse(ltrim(rtrim(first_name))))", expr.InitCap(expr.Reverse(expr.LTrim(expr.RTrim(C.FirstName))))),
		total("avg(amount)", expr.Avg(O.Amount)),
		total("avg(quantity)", expr.Func[expr.NullDecimal]("avg", O.Quantity)),
		total("max(amount) - min(amount)", expr.Max(O.Amount).MinusExpr(expr.Min(O.Amount))),
		total("bool_and(is_paid)", expr.BoolAnd(O.IsPaid)),
		total("bool_or(quantity > 5)", expr.BoolOr(O.Quantity.Gt(5))),
		total("sum(CASE WHEN is_paid THEN amount ELSE 0 END)", expr.Sum(paid)),
		total("count(DISTINCT (status, is_paid))", expr.Count(expr.Tuple2(O.Status, O.IsPaid), expr.Distinct())),
		total("percentile_cont(0.5) WITHIN GROUP (ORDER BY weight)", expr.Func[expr.NullFloat]("percentile_cont", expr.Val(0.5), expr.WithinGroup(O.Weight))),
		total("array_agg(DISTINCT status ORDER BY status DESC)", expr.ArrayAgg(O.Status, expr.Distinct(), expr.OrderBy(O.Status.Desc()))),
		where("is_paid IS TRUE", O.IsPaid.IsTrue()),
		where("is_paid IS NOT FALSE", O.IsPaid.IsNotFalse()),
		where("(quantity > 3) IS NOT TRUE", O.Quantity.Gt(3).IsNotTrue()),
		where("is_paid = (id > 3)", O.IsPaid.EqExpr(O.ID.Gt(3))),
		where("NOT (is_paid AND id > 1) OR id = 2", O.IsPaid.And(O.ID.Gt(1)).Not().Or(O.ID.Eq(2))),
		where("3 = ANY(scores)", expr.Val[int64](3).EqExpr(expr.Any[int64](O.Scores))),
		where("NOT 'a' = ANY(labels)", expr.Not(expr.Val("a").EqExpr(expr.Any[string](O.Labels)))),
		where("0 < ALL(scores)", expr.Val[int64](0).LtExpr(expr.All[int64](O.Scores))),
		where("status LIKE ANY(ARRAY['o%', 's%'])", O.Status.LikeExpr(expr.Any[string](expr.Val([]string{"o%", "s%"})))),
		where("(status, quantity) IN (('open', 2), ('shipped', 3))", tupleIn()),
		where("(status, id) > ('open', 4)", expr.Tuple2(O.Status, O.ID).Gt("open", 4)),
		where("note IS NOT DISTINCT FROM NULL", O.Note.IsNotDistinctFromExpr(expr.Nullable[string](nil))),
		where("(quantity NOT IN (5, NULL)) IS NULL", O.Quantity.NotInExpr(expr.Val[int64](5), expr.Nullable[int64](nil)).IsNull()),
		where("id = 1099511627776 OR id < 1099511627776", O.ID.Eq(1<<40).Or(O.ID.Lt(1<<40))),
		where("extract(year FROM order_date) = 2024 AND extract(month FROM order_date) IN (1, 2)",
			expr.Extract("year", O.OrderDate).Eq(2024), expr.Extract("month", O.OrderDate).In(1, 2)),
	}
}

func tupleIn() expr.Predicate {
	t := expr.Tuple2(O.Status, O.Quantity)
	return t.In(t.Row("open", 2), t.Row("shipped", 3))
}

// clauses are statements of which no case is recorded.
func clauses() []sibling {
	type counted = query.Row2[*time.Time, int64]
	month := func() expr.NullTime { return expr.DateTrunc("month", O.CreatedAt) }
	base := query.Select(C).Join(A).Filter(A.AcctNo.Gt(2000)).OrderBy(A.AcctNo)
	return []sibling{
		same[counted]("equal keys", query.Select2(month(), expr.CountAll()).GroupBy(month()).OrderBy(month()),
			"SELECT date_trunc('month', created_at), count(*) FROM orders GROUP BY 1 ORDER BY 1"),
		same("DistinctOn", query.Select(C.ID).DistinctOn(expr.Left(C.LastName, 1)).OrderBy(expr.Left(C.LastName, 1), C.ID),
			"SELECT DISTINCT ON (left(last_name, 1)) id FROM customer ORDER BY left(last_name, 1), id"),
		same("WithTies", query.Select(C.LastName).OrderBy(C.LastName).Limit(2).WithTies(),
			"SELECT last_name FROM customer ORDER BY last_name FETCH FIRST 2 ROWS WITH TIES"),
		same("ClausesOf", query.Select2(C.LastName, A.AcctNo).ClausesOf(base),
			"SELECT last_name, acct_no FROM customer JOIN account ON cust_id = id WHERE acct_no > 2000 ORDER BY acct_no"),
		same("joined by text", query.Select2(C.ID, A.AcctNo).Filter(expr.Raw[expr.Bool]("account.cust_id = customer.id")).OrderBy(A.AcctNo),
			"SELECT id, acct_no FROM customer, account WHERE cust_id = id ORDER BY acct_no"),
		same("a nested join by its foreign key", query.Select2(C.ID, L.LineNo.OrNull()).LeftJoin(query.Nested(O).Join(L)).OrderBy(C.ID, O.ID, L.LineNo),
			"SELECT c.id, line_no FROM customer c LEFT JOIN (orders o JOIN order_line ON order_id = o.id) ON customer_id = c.id ORDER BY c.id, o.id, line_no"),
		same("HAVING without GROUP BY", query.Select(expr.CountAll()).From(C).Having(expr.CountAll().Gt(1)),
			"SELECT count(*) FROM customer HAVING count(*) > 1"),
		same("ROLLUP", query.Select2(O.Status.OrNull(), expr.CountAll()).GroupBy(expr.Func[expr.NullText]("rollup", O.Status)).OrderBy(O.Status),
			"SELECT status, count(*) FROM orders GROUP BY ROLLUP (status) ORDER BY status"),
	}
}

// TestSiblings: what stands beside the recorded cases gives what SQL written by hand gives.
func TestSiblings(t *testing.T) { beside(t, append(expressions(), clauses()...)) }

// beside compares siblings with their SQL: on an engine that has not met them, on one that has, and on a connection.
func beside(t *testing.T, siblings []sibling) {
	t.Helper()
	b := newBed(t)
	for _, c := range siblings {
		for i, r := range []query.Runner{b.eng, b.eng, session.Wrap(b.admin)} {
			got, want, err := c.run(r)
			switch {
			case err != nil:
				t.Errorf("%s: %v", c.name, err)
			case reflect.ValueOf(want).Len() == 0:
				t.Errorf("%s: the SQL gives no row", c.name)
			case !reflect.DeepEqual(got, want):
				t.Errorf("%s, run %d: it gives %v, want %v", c.name, i+1, fmt.Sprint(plain(got)), fmt.Sprint(plain(want)))
			}
		}
	}
}
