package query_test

import (
	"time"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// How do I use the objects of a query as a table? SubOf and its kin give the table struct again, with each column's name and kind.
func ExampleSubOf() {
	a := bank.Accounts
	last := query.SubOf("last", a, query.Select(a).OrderBy(a.AcctNo.Desc()).Limit(10))
	show(query.Select(last.AcctName).Filter(last.CustID.Eq(4)))
	show(query.Select(query.WithOf("last", a, query.Select(a).Limit(10)).AcctName))
	c := bank.Customers
	newest := query.LateralOf("newest", a, query.Select(a).Filter(a.CustID.EqExpr(c.ID)).OrderBy(a.AcctOpenDt.Desc()).Limit(1))
	show(query.Select2(c.LastName, newest.AcctName).Join(newest))
	// Output:
	// SELECT last.acct_name FROM (SELECT account.acct_no, account.acct_name, account.acct_open_dt, account.acct_update_dt, account.cust_id FROM account ORDER BY account.acct_no DESC LIMIT $1) AS last WHERE last.cust_id = $2
	// WITH last AS (SELECT account.acct_no, account.acct_name, account.acct_open_dt, account.acct_update_dt, account.cust_id FROM account LIMIT $1) SELECT last.acct_name FROM last
	// SELECT customer.last_name, newest.acct_name FROM customer JOIN LATERAL (SELECT account.acct_no, account.acct_name, account.acct_open_dt, account.acct_update_dt, account.cust_id FROM account WHERE account.cust_id = customer.id ORDER BY account.acct_open_dt DESC LIMIT $1) AS newest ON TRUE
}

// Employee has a boss, who is an employee.
type Employee struct {
	ID     int64
	BossID *int64
	Name   string
}

type employees struct {
	model.Table[Employee]
	ID     expr.Int
	BossID expr.NullInt
	Name   expr.Text
}

// Employees is table employee.
var Employees = model.Map("employee", func(t *employees) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.BossID, t.ID)}
})

// How do I walk through objects that refer to each other?
func ExampleRecursiveOf() {
	w := Employees
	tree := query.RecursiveOf("tree", w, query.Select(w).Filter(w.BossID.IsNull()), func(tree *employees) query.RowsOf[*Employee] {
		return query.Select(w).Join(tree, w.BossID.EqExpr(tree.ID))
	})
	show(query.Select(tree)) // of *Employee
	// Output:
	// WITH RECURSIVE tree AS (SELECT employee.id, employee.boss_id, employee.name FROM employee WHERE employee.boss_id IS NULL UNION ALL SELECT employee.id, employee.boss_id, employee.name FROM employee JOIN tree ON employee.boss_id = tree.id) SELECT tree.id, tree.boss_id, tree.name FROM tree
}

// How do I walk through a graph that may have circles?
func ExampleRecursiveDistinct() {
	a := bank.Accounts
	seen := query.RecursiveDistinct("seen", query.Select(a.CustID).Filter(a.AcctNo.Eq(1)), func(seen query.Source) expr.Rows {
		return query.Select(a.CustID).Join(seen, a.AcctNo.EqExpr(query.Col(seen, a.CustID)))
	})
	show(query.Select(query.Col(seen, a.CustID)))
	// Output:
	// WITH RECURSIVE seen AS (SELECT account.cust_id FROM account WHERE account.acct_no = $1 UNION SELECT account.cust_id FROM account JOIN seen ON account.acct_no = seen.cust_id) SELECT seen.cust_id FROM seen
}

// How do I say whether the server works a WITH out by itself?
func ExampleWithMaterialized() {
	a := bank.Accounts
	q := query.Select(a.AcctNo).Filter(a.AcctNo.Gt(2000))
	show(query.Select(query.Col(query.WithMaterialized("late", q), a.AcctNo)), query.Select(query.Col(query.WithNotMaterialized("late", q), a.AcctNo)))
	// Output:
	// WITH late AS MATERIALIZED (SELECT account.acct_no FROM account WHERE account.acct_no > $1) SELECT late.acct_no FROM late
	// WITH late AS NOT MATERIALIZED (SELECT account.acct_no FROM account WHERE account.acct_no > $1) SELECT late.acct_no FROM late
}

// How do I use Go values as a table?
func ExampleValues2() {
	c := bank.Customers
	id, label := query.Define[expr.Int]("id"), query.Define[expr.Text]("label")
	labels := query.Values2("label", id, label, query.Row2[int64, string]{V1: 1, V2: "new"}, query.Row2[int64, string]{V1: 2, V2: "paid"})
	show(query.Select2(c.LastName, query.Col(labels, label)).Join(labels, c.ID.EqExpr(query.Col(labels, id))))
	// Output:
	// SELECT customer.last_name, label.label FROM customer JOIN (VALUES ($1::bigint, $2::text), ($3::bigint, $4::text)) AS label (id, label) ON customer.id = label.id
}

// How do I use the rows of a function as a table?
func ExampleFunction() {
	from := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	day := expr.Func[expr.Time]("generate_series", expr.Val(from), expr.Val(from.AddDate(0, 0, 6)), expr.Val(24*time.Hour))
	show(query.Select(query.Col(query.Function("day", day), day)))
	// Output:
	// SELECT day.day FROM generate_series($1::timestamptz, $2::timestamptz, $3::interval) AS day (day)
}

// How do I use a function that has several columns?
func ExampleFunctionOf() {
	c := bank.Customers
	key, value, no := query.Define[expr.Text]("key"), query.Define[expr.JSON]("value"), query.Define[expr.Int]("no")
	each := expr.Func[expr.JSON]("jsonb_each", expr.RowToJSON(c))
	fields := query.FunctionOf("field", each, key, value)
	show(query.Select2(c.ID, query.Col(fields, key)).Join(fields))
	numbered := query.Ordinality("field", each, key, value, no)
	show(query.Select2(c.ID, query.Col(numbered, no)).Join(numbered))
	title, price := query.Define[expr.Text]("title"), query.Define[expr.Decimal]("price")
	sent := query.Record("sent", expr.Func[expr.JSON]("jsonb_to_recordset", expr.JSONVal([]map[string]any{{"title": "Dune"}})), title, price)
	show(query.Select2(query.Col(sent, title), query.Col(sent, price)))
	// Output:
	// SELECT customer.id, field.key FROM customer JOIN jsonb_each(to_jsonb(customer)) AS field (key, value) ON TRUE
	// SELECT customer.id, field.no FROM customer JOIN jsonb_each(to_jsonb(customer)) WITH ORDINALITY AS field (key, value, no) ON TRUE
	// SELECT sent.title, sent.price FROM jsonb_to_recordset($1::jsonb) AS sent (title text, price numeric)
}

// How do I write a query once and run it with other arguments?
func ExamplePrepare2() {
	c := bank.Customers
	named := query.Prepare2(func(name expr.Text, id expr.Int) query.Query[*string] {
		return query.Select(c.Email).Filter(c.LastName.EqExpr(name), c.ID.GtExpr(id))
	})
	show(named.With("Doctor", 3))
	show(query.Prepare(query.Select(c.LastName)))
	// Output:
	// SELECT customer.email FROM customer WHERE customer.last_name = $1 AND customer.id > $2
	// SELECT customer.last_name FROM customer
}

// How do I read a part of a table, quickly?
func ExampleSystem() {
	part := query.TableSample("part", bank.Customers, query.System(10).Repeatable(42))
	show(query.Select(part.LastName))
	part = query.TableSample("part", bank.Customers, query.SampleBy("system_rows", expr.Val(100)))
	show(query.Select(part.LastName))
	// Output:
	// SELECT part.last_name FROM customer AS part TABLESAMPLE system ($1) REPEATABLE ($2)
	// SELECT part.last_name FROM customer AS part TABLESAMPLE system_rows ($1::integer)
}
