package session_test

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I load what belongs to objects that I have, without a session too?
func ExampleLoadRelations() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx) // session.Open, and some rows
	defer closeBank()

	c := bank.Customers
	customers, err := query.Select(c).OrderBy(c.ID).All(ctx, eng)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := session.LoadRelations(ctx, eng, customers, c.Accounts); err != nil { // one statement
		fmt.Println(err)
		return
	}
	for _, c := range customers {
		accounts, err := c.Accounts.All(ctx)
		fmt.Println(c.FirstName, len(accounts), err)
	}
	// Output:
	// Alice 2 <nil>
	// Bob 1 <nil>
}

// How do I read the newest few of each list? It is one statement, and the objects' own lists stay as they are.
func ExampleLists() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	c, a := bank.Customers, bank.Accounts
	customers, err := query.Select(c).OrderBy(c.ID).All(ctx, eng)
	if err != nil {
		fmt.Println(err)
		return
	}
	newest, err := session.Lists(ctx, eng, customers, c.Accounts.OrderBy(a.AcctNo.Desc()).First(1))
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, c := range customers {
		fmt.Println(c.FirstName, newest[i][0].AcctName)
	}
	// Output:
	// Alice Alice Cash
	// Bob Bob Credit
}

// How do I see what a request costs, and find what is loaded one by one?
func ExampleWatch() {
	eng, closeBank := openBank(context.Background())
	defer closeBank()

	ctx, report := session.Watch(context.Background())
	for _, no := range []int64{1001, 1002, 1003} {
		if _, err := query.Select(bank.Accounts).Filter(bank.Accounts.AcctNo.Eq(no)).One(ctx, eng); err != nil {
			fmt.Println(err)
			return
		}
	}
	sum := report.Summary()
	fmt.Println(sum.Statements, "statements,", sum.Rows, "rows,", sum.Trips, "trips")
	for _, r := range sum.Each {
		fmt.Println(r.Times, "times, one by one:", r.OneByOne)
	}
	// Output:
	// 3 statements, 3 rows, 3 trips
	// 3 times, one by one: true
}
