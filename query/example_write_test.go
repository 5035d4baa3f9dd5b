package query_test

import (
	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// How do I insert a row of defaults, or a key that the database would give?
func ExampleInsert() {
	c := bank.Customers
	show(query.Insert(c).DefaultValues())
	row := query.Insert(c).Values(c.ID.To(7), c.LastName.To("Doctor"))
	show(row.OverridingSystemValue(), row.OverridingUserValue())
	show(row.OnConstraint("customer_pkey").DoNothing())
	show(query.Insert(c).From(query.Raw[query.Row2[string, string]]("SELECT first, last FROM staff"), c.FirstName, c.LastName))
	// Output:
	// INSERT INTO customer DEFAULT VALUES
	// INSERT INTO customer (id, last_name) OVERRIDING SYSTEM VALUE VALUES ($1, $2)
	// INSERT INTO customer (id, last_name) OVERRIDING USER VALUE VALUES ($1, $2)
	// INSERT INTO customer (id, last_name) VALUES ($1, $2) ON CONFLICT ON CONSTRAINT customer_pkey DO NOTHING
	// INSERT INTO customer (first_name, last_name) SELECT first, last FROM staff
}

// How do I update or delete by what another table has?
func ExampleUpdateStatement_Filter() {
	c, a := bank.Customers, bank.Accounts
	show(query.Update(c).Set(c.Mobile.ToNull()).Filter(c.ID.EqExpr(a.CustID), a.AcctNo.Lt(2000)).Sync(query.SyncNone))
	show(query.Delete(c).Filter(c.ID.EqExpr(a.CustID), a.AcctNo.Lt(2000)))
	// Output:
	// UPDATE customer SET mobile = NULL FROM account WHERE customer.id = account.cust_id AND account.acct_no < $1
	// DELETE FROM customer USING account WHERE customer.id = account.cust_id AND account.acct_no < $1
}

// How do I bring a table in line with another, in both directions?
func ExampleMergeStatement_WhenNotMatchedBySource() {
	c, copied := bank.Customers, model.Alias(bank.Customers, "copied")
	show(query.Merge(copied).Using(c, copied.ID.EqExpr(c.ID)).
		WhenNotMatched(expr.Not(c.Email.IsNull())).Insert(copied.ID.ToExpr(c.ID), copied.LastName.ToExpr(c.LastName)).
		WhenNotMatchedBySource().Delete())
	// Output:
	// MERGE INTO customer AS copied USING customer ON copied.id = customer.id WHEN NOT MATCHED AND customer.email IS NOT NULL THEN INSERT (id, last_name) VALUES (customer.id, customer.last_name) WHEN NOT MATCHED BY SOURCE THEN DELETE
}
