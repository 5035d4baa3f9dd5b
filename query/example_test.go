package query_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// oneLine returns the text of a statement without its line breaks.
func oneLine(s fmt.Stringer) string { return strings.Join(strings.Fields(s.String()), " ") }

// How do I filter by several conditions? All of them must hold, of those in Or one.
func ExampleQuery_Filter() {
	c := bank.Customers
	q := query.Select2(c.FirstName, c.Email).
		Filter(c.ID.Gt(3), expr.Or(c.LastName.Eq("Plumber"), c.Mobile.IsNull())).
		Filter(expr.Not(c.Email.Like("%.bu")))
	fmt.Println(strings.ReplaceAll(q.String(), " \n", "\n"))
	// Output:
	// SELECT customer.first_name, customer.email
	// FROM customer
	// WHERE customer.id > $1 AND (customer.last_name = $2 OR customer.mobile IS NULL) AND customer.email NOT LIKE $3
}

// How do I count rows per group?
func ExampleQuery_GroupBy() {
	c, a := bank.Customers, bank.Accounts
	n := expr.Count(a.CustID).As("n")
	q := query.Select2(c.LastName, n).Join(a).GroupBy(c.ID).Having(n.Gt(1)).OrderBy(n.Desc())
	fmt.Println(strings.ReplaceAll(q.String(), " \n", "\n"))
	// Output:
	// SELECT customer.last_name, count(account.cust_id) AS n
	// FROM customer JOIN account ON customer.id = account.cust_id GROUP BY customer.id
	// HAVING count(account.cust_id) > $1 ORDER BY n DESC
}

// How do I join two tables? By the foreign key between them, from either side.
func ExampleQuery_Join() {
	c, a := bank.Customers, bank.Accounts
	fmt.Println(oneLine(query.Select2(c.LastName, a.AcctName).Join(a)))
	fmt.Println(oneLine(query.Select(a.AcctName).Join(c).Filter(c.LastName.Eq("Doctor"))))
	// Output:
	// SELECT customer.last_name, account.acct_name FROM customer JOIN account ON customer.id = account.cust_id
	// SELECT account.acct_name FROM account JOIN customer ON customer.id = account.cust_id WHERE customer.last_name = $1
}

// How do I join by a condition of my own?
func ExampleQuery_Join_on() {
	c, a := bank.Customers, bank.Accounts
	q := query.Select(c.LastName).Join(a, a.CustID.EqExpr(c.ID), a.AcctNo.Lt(2000))
	fmt.Println(oneLine(q))
	// Output:
	// SELECT customer.last_name FROM customer JOIN account ON account.cust_id = customer.id AND account.acct_no < $1
}

// How do I keep customers without an account? The columns of a table that may have no match are selected with OrNull.
func ExampleQuery_LeftJoin() {
	c, a := bank.Customers, bank.Accounts
	q := query.Select2(c.LastName, a.AcctName.OrNull()).LeftJoin(a) // rows of string and *string
	fmt.Println(oneLine(q))
	// Output:
	// SELECT customer.last_name, account.acct_name FROM customer LEFT OUTER JOIN account ON customer.id = account.cust_id
}

// How do I take the next job off a queue that others read too? Rows that they hold are left out.
func ExampleQuery_ForUpdate() {
	a := bank.Accounts
	q := query.Select(a.AcctNo).OrderBy(a.AcctOpenDt).Limit(1).ForUpdate(query.SkipLocked)
	fmt.Println(oneLine(q))
	// Output:
	// SELECT account.acct_no FROM account ORDER BY account.acct_open_dt LIMIT $1 FOR UPDATE SKIP LOCKED
}

// What becomes of a forgotten join? An error, before anything is sent; CrossJoin asks for all pairs.
func Example_forgottenJoin() {
	c, a := bank.Customers, bank.Accounts
	q := query.Select2(c.LastName, a.AcctName)
	_, _, err := q.SQL()
	fmt.Println(errors.Is(err, query.ErrCartesian))
	fmt.Println(err)
	fmt.Println(oneLine(q.CrossJoin(a)))
	// Output:
	// true
	// query: customer and account: nothing connects these tables: join them, filter by a comparison of the two, or say CrossJoin
	// SELECT customer.last_name, account.acct_name FROM customer CROSS JOIN account
}

// How do I build queries on one another? Each method returns a new query and leaves the old one as it was.
func ExampleQuery_branch() {
	c := bank.Customers
	base := query.Select(c.LastName).Filter(c.Mobile.IsNotNull())
	sorted := base.OrderBy(c.LastName).Limit(10)
	doctors := base.Filter(c.LastName.Eq("Doctor"))
	fmt.Println(oneLine(base))
	fmt.Println(oneLine(sorted))
	fmt.Println(oneLine(doctors))
	// Output:
	// SELECT customer.last_name FROM customer WHERE customer.mobile IS NOT NULL
	// SELECT customer.last_name FROM customer WHERE customer.mobile IS NOT NULL ORDER BY customer.last_name LIMIT $1
	// SELECT customer.last_name FROM customer WHERE customer.mobile IS NOT NULL AND customer.last_name = $1
}

// How do I see a statement with its values? Inline is for people to read; what is sent has arguments.
func ExampleQuery_Inline() {
	c := bank.Customers
	q := query.Select(c.ID).Filter(c.LastName.Eq("O'Hara"), c.ID.Lt(9))
	fmt.Println(strings.ReplaceAll(q.Inline(), " \n", "\n"))
	// Output:
	// SELECT customer.id
	// FROM customer
	// WHERE customer.last_name = 'O''Hara' AND customer.id < 9
}

// What is sent to the server? The text and the arguments that SQL returns.
func ExampleQuery_SQL() {
	c := bank.Customers
	text, args, err := query.Select(c.ID).Filter(c.LastName.Eq("O'Hara"), c.ID.Lt(9)).SQL()
	fmt.Printf("%q\n%v %v\n", text, args, err)
	// Output:
	// "SELECT customer.id \nFROM customer \nWHERE customer.last_name = $1 AND customer.id < $2"
	// [O'Hara 9] <nil>
}

// How do I update many rows?
func ExampleUpdate() {
	a := bank.Accounts
	u := query.Update(a).
		Set(a.AcctName.ToExpr(expr.Upper(a.AcctName)), a.CustID.To(3)).
		Filter(a.AcctNo.Between(2001, 2005))
	fmt.Println(u)
	// Output:
	// UPDATE account SET acct_name = upper(account.acct_name), cust_id = $1, acct_update_dt = $2 WHERE account.acct_no BETWEEN $3 AND $4
}

// How do I delete many rows? Conditions may mention other tables. Without a Filter it is an error.
func ExampleDelete() {
	c, a := bank.Customers, bank.Accounts
	fmt.Println(query.Delete(a).Filter(a.AcctNo.Between(2001, 2005)))
	fmt.Println(query.Delete(a).Filter(a.CustID.EqExpr(c.ID), c.LastName.Eq("Joker")))
	fmt.Println(query.Delete(a).Everywhere())

	_, _, err := query.Delete(a).SQL()
	fmt.Println(err)
	// Output:
	// DELETE FROM account WHERE account.acct_no BETWEEN $1 AND $2
	// DELETE FROM account USING customer WHERE account.cust_id = customer.id AND customer.last_name = $1
	// DELETE FROM account
	// query: statement on account: no Filter: say Everywhere to touch every row
}

// How do I insert rows and learn their keys?
func ExampleReturning() {
	c := bank.Customers
	two := query.Insert(c).
		Values(c.FirstName.To("Dummy"), c.LastName.To("Joker")).
		Values(c.FirstName.To("David"), c.LastName.To("Plumber"))
	fmt.Println(query.Returning(two, c.ID)) // its All returns []int64
	// Output:
	// INSERT INTO customer (first_name, last_name) VALUES ($1::text, $2::text), ($3::text, $4::text) RETURNING customer.id
}
