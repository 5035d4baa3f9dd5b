package session_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I store what a web form sends back? Merge copies it to the session's objects, and only what differs is written.
func ExampleMerge() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx) // session.Open, and some rows
	defer closeBank()

	var given bank.Customer
	form := `{"ID": 1, "FirstName": "Alicia", "LastName": "Doctor", "Accounts": [{"AcctNo": 1001, "AcctName": "Trade"}, {"AcctNo": 1003, "AcctName": "Alice Cash"}]}`
	if err := json.Unmarshal([]byte(form), &given); err != nil {
		fmt.Println(err)
		return
	}
	s := eng.Session()
	defer s.Close(ctx)
	c, err := session.Merge(ctx, s, &given)
	if err != nil {
		fmt.Println(err)
		return
	}
	accounts, _ := c.Accounts.Peek()
	for _, obj := range []any{c, accounts[0], accounts[1]} {
		changes, err := s.Changes(obj)
		fmt.Println(changes, err)
	}
	fmt.Println(s.Commit(ctx))
	// Output:
	// [first_name: 'Alice' -> 'Alicia'] <nil>
	// [acct_name: 'Alice Trade' -> 'Trade'] <nil>
	// [] <nil>
	// <nil>
}

// How do I write a change of an object that was read outside any session? Attach takes it for the row that it has.
func ExampleSession_Attach() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	c, err := query.Select(bank.Customers).Filter(bank.Customers.ID.Eq(1)).One(ctx, eng)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := eng.Session()
	defer s.Close(ctx)
	s.Attach(c)
	c.Email = new("alice@home.co")
	changes, _ := s.Changes(c)
	fmt.Println(changes)
	fmt.Println(s.Commit(ctx))
	// Output:
	// [email: NULL -> 'alice@home.co']
	// <nil>
}

// How do I take over one column that others change, and keep my own changes of the rest?
func ExampleRefreshColumns() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	c, err := session.Get(ctx, s, bank.Customers, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	c.FirstName, c.LastName = "mine", "mine"
	if err := session.RefreshColumns(ctx, s, bank.Customers, []*bank.Customer{c}, bank.Customers.LastName); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.FirstName, c.LastName)
	// Output: mine Doctor
}
