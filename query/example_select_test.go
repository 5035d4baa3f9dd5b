package query_test

import (
	"fmt"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// How do I remove duplicates, or keep the first row of each key?
func ExampleQuery_DistinctOn() {
	c, a := bank.Customers, bank.Accounts
	show(query.Select(c.LastName).Distinct(), query.Select2(a.CustID, a.AcctNo).DistinctOn(a.CustID).OrderBy(a.CustID, a.AcctOpenDt.Desc()))
	// Output:
	// SELECT DISTINCT customer.last_name FROM customer
	// SELECT DISTINCT ON (account.cust_id) account.cust_id, account.acct_no FROM account ORDER BY account.cust_id, account.acct_open_dt DESC
}

// How do I read a page, and take it back?
func ExampleQuery_Limit() {
	c := bank.Customers
	page := query.Select(c.LastName).OrderBy(c.ID).Limit(10).Offset(20)
	show(page, page.NoLimit().NoOffset().NoOrderBy(), page.NoOffset().WithTies())
	a := bank.Accounts
	show(page.NoOffset().LimitExpr(expr.Scalar(expr.CountAll(), query.From(a))))
	// Output:
	// SELECT customer.last_name FROM customer ORDER BY customer.id LIMIT $1 OFFSET $2
	// SELECT customer.last_name FROM customer
	// SELECT customer.last_name FROM customer ORDER BY customer.id FETCH FIRST ($1) ROWS WITH TIES
	// SELECT customer.last_name FROM customer ORDER BY customer.id LIMIT (SELECT count(*) FROM account)
}

// How do I join so that rows of the other side are kept, or of both?
func ExampleQuery_FullJoin() {
	c, a := bank.Customers, bank.Accounts
	show(query.Select(a.AcctName.OrNull()).From(c).LeftJoin(a), query.Select(c.LastName.OrNull()).From(c).RightJoin(a), query.Select2(c, a).FullJoin(a), query.Select2(c, a).CrossJoin(a))
	// Output:
	// SELECT account.acct_name FROM customer LEFT OUTER JOIN account ON customer.id = account.cust_id
	// SELECT customer.last_name FROM customer RIGHT OUTER JOIN account ON customer.id = account.cust_id
	// SELECT customer.id, customer.first_name, customer.last_name, customer.email, customer.mobile, account.acct_no, account.acct_name, account.acct_open_dt, account.acct_update_dt, account.cust_id FROM customer FULL OUTER JOIN account ON customer.id = account.cust_id
	// SELECT customer.id, customer.first_name, customer.last_name, customer.email, customer.mobile, account.acct_no, account.acct_name, account.acct_open_dt, account.acct_update_dt, account.cust_id FROM customer CROSS JOIN account
}

// How do I join tables to each other before they are joined to the query?
func ExampleNested() {
	c, a, other := bank.Customers, bank.Accounts, model.Alias(bank.Accounts, "other")
	show(query.Select2(c.LastName, a.AcctName.OrNull()).LeftJoin(query.Nested(a).Join(other, other.AcctNo.GtExpr(a.AcctNo), other.CustID.EqExpr(a.CustID)), a.CustID.EqExpr(c.ID)))
	// Output:
	// SELECT customer.last_name, account.acct_name FROM customer LEFT OUTER JOIN (account JOIN account AS other ON other.acct_no > account.acct_no AND other.cust_id = account.cust_id) ON account.cust_id = customer.id
}

// How do I read other things of the same rows?
func ExampleQuery_ClausesOf() {
	c, a := bank.Customers, bank.Accounts
	base := query.Select(c).Join(a).Filter(a.AcctNo.Gt(2000)).GroupBy(c.ID)
	show(query.Select2(c.ID, c.Email).ClausesOf(base), query.Select(c.ID).ClausesOf(base).NoGroupBy())
	// Output:
	// SELECT customer.id, customer.email FROM customer JOIN account ON customer.id = account.cust_id WHERE account.acct_no > $1 GROUP BY customer.id
	// SELECT customer.id FROM customer JOIN account ON customer.id = account.cust_id WHERE account.acct_no > $1
}

// How do I write a hint, or a comment?
func ExampleQuery_Prefix() {
	c := bank.Customers
	show(query.Select(c.LastName).Prefix("/*+ SeqScan(customer) */").Suffix("/* report 7 */"))
	// Output:
	// SELECT /*+ SeqScan(customer) */ customer.last_name FROM customer /* report 7 */
}

// Which locks are there?
func ExampleLockOf() {
	c, a := bank.Customers, bank.Accounts
	q := query.Select(a.AcctNo).Join(c)
	show(q.ForNoKeyUpdate(query.LockOf(a)), q.ForShare(query.NoWait), q.ForKeyShare(query.LockOf(c), query.SkipLocked))
	// Output:
	// SELECT account.acct_no FROM account JOIN customer ON customer.id = account.cust_id FOR NO KEY UPDATE OF account
	// SELECT account.acct_no FROM account JOIN customer ON customer.id = account.cust_id FOR SHARE NOWAIT
	// SELECT account.acct_no FROM account JOIN customer ON customer.id = account.cust_id FOR KEY SHARE OF customer SKIP LOCKED
}

// How do I name a window for several functions?
func ExampleQuery_Window() {
	a := bank.Accounts
	w := expr.Window{}.PartitionBy(a.CustID).As("w")
	show(query.Select2(expr.Over(expr.CountAll(), w), expr.Over(expr.Max(a.AcctNo), w)).Window(w))
	// Output:
	// SELECT count(*) OVER w, max(account.acct_no) OVER w FROM account WINDOW w AS (PARTITION BY account.cust_id)
}

// How do I select several things as one?
func ExampleTuple2() {
	c := bank.Customers
	q := query.Select2(c.ID, query.Tuple2(c.FirstName, c.LastName)) // of Row2[int64, Row2[string, string]]
	show(q)
	fmt.Println(query.Row2[int64, *string]{V1: 7})
	// Output:
	// SELECT customer.id, customer.first_name, customer.last_name FROM customer
	// (7, NULL)
}

// How do I keep rows that both queries have, or one and not the other?
func ExampleExcept() {
	c, a := bank.Customers, bank.Accounts
	all, owners := query.Select(c.ID.OrNull()), query.Select(a.CustID)
	show(query.Except(all, owners), query.ExceptAll(all, owners), query.Intersect(all, owners), query.IntersectAll(all, owners))
	show(query.UnionAll(all, owners).OrderBy(c.ID).Limit(3).Offset(1))
	// Output:
	// SELECT customer.id FROM customer EXCEPT SELECT account.cust_id FROM account
	// SELECT customer.id FROM customer EXCEPT ALL SELECT account.cust_id FROM account
	// SELECT customer.id FROM customer INTERSECT SELECT account.cust_id FROM account
	// SELECT customer.id FROM customer INTERSECT ALL SELECT account.cust_id FROM account
	// SELECT customer.id FROM customer UNION ALL SELECT account.cust_id FROM account ORDER BY id LIMIT $1 OFFSET $2
}

// How do I give a statement to squirrel, or to another driver?
func ExampleQuery_ToSql() {
	c := bank.Customers
	q := query.Select(c.ID).Filter(c.LastName.Eq("Doctor"))
	vips := query.Sqlizer[int64](sq.Select("id").From("vip"))
	show(query.Select(c.LastName).Filter(c.ID.InRows(c.ID, vips)))
	sql, args, err := q.ToSql()
	fmt.Println(strings.Fields(sql), args, err)
	// Output:
	// SELECT customer.last_name FROM customer WHERE customer.id IN (SELECT id FROM vip)
	// [SELECT customer.id FROM customer WHERE customer.last_name = ?] [Doctor] <nil>
}
