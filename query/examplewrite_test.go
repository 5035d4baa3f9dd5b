package query_test

import (
	"fmt"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// How do I insert a row, or update the one that is there? The columns of OnConflict have a unique index. OnUpdate of the mapping
// applies, as in an Update.
func ExampleInsertStatement_OnConflict() {
	a := bank.Accounts
	row := query.Insert(a).Values(a.AcctNo.To(2001), a.AcctName.To("New"), a.CustID.To(3), a.AcctOpenDt.ToDefault(), a.AcctUpdateDt.ToDefault()).
		OnConflict(a.AcctNo)
	fmt.Println(row.DoNothing())
	fmt.Println(row.DoUpdate(a.AcctName.ToExpr(a.AcctName.Concat(", ").ConcatExpr(expr.Excluded(a.AcctName)))).Filter(a.CustID.Eq(3)))
	// Output:
	// INSERT INTO account (acct_no, acct_name, cust_id, acct_open_dt, acct_update_dt) VALUES ($1, $2, $3, DEFAULT, DEFAULT) ON CONFLICT (acct_no) DO NOTHING
	// INSERT INTO account (acct_no, acct_name, cust_id, acct_open_dt, acct_update_dt) VALUES ($1, $2, $3, DEFAULT, DEFAULT) ON CONFLICT (acct_no) DO UPDATE SET acct_name = account.acct_name || $4 || excluded.acct_name, acct_update_dt = $5 WHERE account.cust_id = $6
}

// How do I store structs, whether their rows are there or not? What is in them replaces what is there.
func ExampleInsertObjects() {
	c := bank.Customers
	email := "joe@example.org"
	s := query.InsertObjects(c, &bank.Customer{ID: 1, FirstName: "Joe", LastName: "Plumber", Email: &email}).OnConflict(c.ID).DoUpdateAll()
	fmt.Println(s)
	// Output:
	// INSERT INTO customer (id, first_name, last_name, email, mobile) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email, mobile = excluded.mobile
}

// How do I insert the rows of a query? Each column is paired with what fills it, and the compiler compares their kinds.
func ExampleInsertStatement_FromRows() {
	c, copied := bank.Customers, model.Alias(bank.Customers, "copied")
	fmt.Println(oneLine(query.Insert(copied).FromRows(query.Select(c).Filter(c.LastName.Eq("Doctor")),
		copied.FirstName.ToExpr(c.FirstName), copied.LastName.To("Surgeon"), copied.Email.ToExpr(expr.Lower(c.Email)))))
	// Output:
	// INSERT INTO customer AS copied (first_name, last_name, email) SELECT customer.first_name, $1::text, lower(customer.email) FROM customer WHERE customer.last_name = $2
}

// How do I bring a table in line with another? Of the clauses that a row meets the first holds.
func ExampleMerge() {
	c, a := bank.Customers, bank.Accounts
	fmt.Println(query.Merge(a).Using(c, a.CustID.EqExpr(c.ID), a.AcctNo.Gt(2000)).
		WhenMatched(c.Mobile.IsNull()).Delete().
		WhenMatched().Update(a.AcctName.ToExpr(c.LastName), a.AcctUpdateDt.ToNull()).
		WhenNotMatched().DoNothing())
	// Output:
	// MERGE INTO account USING customer ON account.cust_id = customer.id AND account.acct_no > $1 WHEN MATCHED AND customer.mobile IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET acct_name = customer.last_name, acct_update_dt = NULL WHEN NOT MATCHED THEN DO NOTHING
}

// How do I set several columns by one row of a query?
func ExampleUpdateStatement_Set_row() {
	c, a := bank.Customers, bank.Accounts
	q := query.Update(c).Set(expr.Tuple2(c.FirstName, c.LastName).ToRow(expr.Tuple2(a.AcctName, a.AcctName), query.From(a).Filter(a.CustID.EqExpr(c.ID)).Limit(1))).Filter(c.ID.Eq(1))
	fmt.Println(oneLine(q))
	// Output:
	// UPDATE customer SET (first_name, last_name) = (SELECT account.acct_name, account.acct_name FROM account WHERE account.cust_id = customer.id LIMIT $1) WHERE customer.id = $2
}
