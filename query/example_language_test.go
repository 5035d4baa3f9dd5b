package query_test

import (
	"fmt"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// How do I ask for rows that have, or have not, other rows? EXISTS, of a query that is all clauses.
func ExampleFrom() {
	c, a := bank.Customers, bank.Accounts
	mine := query.From(a).Filter(a.CustID.EqExpr(c.ID)) // the accounts of the customer around
	fmt.Println(oneLine(query.Select(c.LastName).Filter(expr.Exists(mine))))
	fmt.Println(oneLine(query.Select2(c.LastName, expr.Scalar(expr.Max(a.AcctNo), mine))))
	fmt.Println(oneLine(query.Select(c.LastName).Filter(c.ID.InRows(a.CustID, query.From(a).Filter(a.AcctNo.Gt(2000))))))
	// Output:
	// SELECT customer.last_name FROM customer WHERE EXISTS (SELECT 1 FROM account WHERE account.cust_id = customer.id)
	// SELECT customer.last_name, (SELECT max(account.acct_no) FROM account WHERE account.cust_id = customer.id) FROM customer
	// SELECT customer.last_name FROM customer WHERE customer.id IN (SELECT account.cust_id FROM account WHERE account.acct_no > $1)
}

// How do I use a query's rows as a table? Col has its columns, with the kinds that they have in the query.
func ExampleSub() {
	c, a := bank.Customers, bank.Accounts
	n := expr.CountAll().As("n")
	per := query.Sub("per", query.Select2(a.CustID, n).GroupBy(a.CustID))
	q := query.Select2(c.LastName, expr.Coalesce(query.Col(per, n), 0)).LeftJoin(per, c.ID.EqExpr(query.Col(per, a.CustID)))
	fmt.Println(oneLine(q))
	// Output:
	// SELECT customer.last_name, coalesce(per.n, $1) FROM customer LEFT OUTER JOIN (SELECT account.cust_id, count(*) AS n FROM account GROUP BY account.cust_id) AS per ON customer.id = per.cust_id
}

// How do I name several columns of a derived table at once?
func ExampleCols2() {
	c, a := bank.Customers, bank.Accounts
	n := expr.CountAll().As("n")
	per := query.Sub("per", query.Select2(a.CustID, n).GroupBy(a.CustID))
	who, n := query.Cols2(per, a.CustID, n)
	fmt.Println(oneLine(query.Select2(c.LastName, n).Join(per, c.ID.EqExpr(who))))
	// Output:
	// SELECT customer.last_name, per.n FROM customer JOIN (SELECT account.cust_id, count(*) AS n FROM account GROUP BY account.cust_id) AS per ON customer.id = per.cust_id
}

// How do I get the newest row of each group? By a window in a derived table.
func ExampleSub_window() {
	a := bank.Accounts
	no := expr.Over(expr.RowNumber(), expr.Window{}.PartitionBy(a.CustID).OrderBy(a.AcctNo.Desc())).As("no")
	ranked := query.Sub("ranked", query.Select2(a.AcctName, no))
	fmt.Println(oneLine(query.Select(query.Col(ranked, a.AcctName)).Filter(query.Col(ranked, no).Eq(1))))
	// Output:
	// SELECT ranked.acct_name FROM (SELECT account.acct_name, row_number() OVER (PARTITION BY account.cust_id ORDER BY account.acct_no DESC) AS no FROM account) AS ranked WHERE ranked.no = $1
}

// How do I get the first n rows of each group? By a LATERAL query, which a join of needs no condition.
func ExampleLateral() {
	c, a := bank.Customers, bank.Accounts
	last := query.Lateral("last", query.Select(a.AcctName).Filter(a.CustID.EqExpr(c.ID)).OrderBy(a.AcctNo.Desc()).Limit(2))
	fmt.Println(oneLine(query.Select2(c.LastName, query.Col(last, a.AcctName)).Join(last)))
	// Output:
	// SELECT customer.last_name, last.acct_name FROM customer JOIN LATERAL (SELECT account.acct_name FROM account WHERE account.cust_id = customer.id ORDER BY account.acct_no DESC LIMIT $1) AS last ON TRUE
}

// How do I name a query and use it more than once? By WITH.
func ExampleWith() {
	c, a := bank.Customers, bank.Accounts
	late := query.With("late", query.Select2(a.CustID, a.AcctNo).Filter(a.AcctNo.Gt(2000)))
	again := late.As("again") // another name, with columns of its own
	q := query.Select2(c.LastName, query.Col(late, a.AcctNo)).Join(late).
		Filter(c.ID.InRows(query.Col(again, a.CustID), query.From(again)))
	fmt.Println(oneLine(q))
	// Output:
	// WITH late AS (SELECT account.cust_id, account.acct_no FROM account WHERE account.acct_no > $1) SELECT customer.last_name, late.acct_no FROM customer JOIN late ON customer.id = late.cust_id WHERE customer.id IN (SELECT again.cust_id FROM late AS again)
}

// How do I count up without a table? By a recursive WITH.
func ExampleRecursive() {
	n := expr.Const[expr.Int](1).As("n")
	nums := query.Recursive("nums", query.Select(n), func(nums query.Source) expr.Rows {
		return query.Select(query.Col(nums, n).Plus(1)).Filter(query.Col(nums, n).Lt(5))
	})
	fmt.Println(oneLine(query.Select(query.Col(nums, n))))
	// Output:
	// WITH RECURSIVE nums AS (SELECT $1::bigint AS n UNION ALL SELECT nums.n + $2 FROM nums WHERE nums.n < $3) SELECT nums.n FROM nums
}

// How do I put the rows of two queries together?
func ExampleUnion() {
	c := bank.Customers
	q := query.Union(query.Select(c.LastName), query.Select(c.FirstName)).OrderBy(c.LastName).Limit(3)
	fmt.Println(oneLine(q))
	// Output:
	// SELECT customer.last_name FROM customer UNION SELECT customer.first_name FROM customer ORDER BY last_name LIMIT $1
}

// How do I read rows into a struct of my own?
func ExampleSelectAs() {
	c, a := bank.Customers, bank.Accounts
	type stat struct {
		Name     string `json:"name"`
		Accounts int64  `json:"accounts"`
	}
	q := query.SelectAs(func(r *stat) []query.Field {
		return []query.Field{query.Into(&r.Name, c.LastName), query.Into(&r.Accounts, expr.Count(a.AcctNo))}
	}).LeftJoin(a).GroupBy(c.ID)
	fmt.Println(oneLine(q))
	// Output:
	// SELECT customer.last_name, count(account.acct_no) FROM customer LEFT OUTER JOIN account ON customer.id = account.cust_id GROUP BY customer.id
}

// How do I filter and join along relationships?
func ExampleQuery_Join_relationship() {
	c, a := bank.Customers, bank.Accounts
	fmt.Println(oneLine(query.Select2(c.LastName, a.AcctName).Join(c.Accounts)))
	fmt.Println(oneLine(query.Select(c.LastName).Filter(c.Accounts.Any(a.AcctNo.Gt(2000)))))
	fmt.Println(oneLine(query.Select2(c.LastName, c.Accounts.Count())))
	fmt.Println(oneLine(query.Select(a.AcctName).Filter(a.Customer.Is(&bank.Customer{ID: 4}))))
	// Output:
	// SELECT customer.last_name, account.acct_name FROM customer JOIN account ON customer.id = account.cust_id
	// SELECT customer.last_name FROM customer WHERE EXISTS (SELECT 1 FROM account WHERE customer.id = account.cust_id AND account.acct_no > $1)
	// SELECT customer.last_name, (SELECT count(*) FROM account WHERE customer.id = account.cust_id) FROM customer
	// SELECT account.acct_name FROM account WHERE account.cust_id = $1
}

// How do I read only some rows, picked at random? TableSample is another name for the table.
func ExampleTableSample() {
	a := bank.Accounts
	part := query.TableSample("part", a, query.Bernoulli(10).Repeatable(42))
	fmt.Println(oneLine(query.Select(part.AcctName).Filter(part.AcctNo.Gt(2000))))
	// Output:
	// SELECT part.acct_name FROM account AS part TABLESAMPLE bernoulli ($1) REPEATABLE ($2) WHERE part.acct_no > $3
}
