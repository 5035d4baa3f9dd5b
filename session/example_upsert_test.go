package session_test

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/session"
)

// How do I store objects whether their rows are there or not? Upsert tells which were new.
func ExampleUpsert() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	accts := []*bank.Account{{AcctNo: 1001, AcctName: "Alice Gold"}, {AcctNo: 5001, AcctName: "Carol"}}
	inserted, err := session.Upsert(ctx, eng, bank.Accounts, accts, session.Conflict{Set: []expr.Expression{bank.Accounts.AcctName}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, a := range accts {
		fmt.Println(a.AcctNo, a.AcctName, inserted[i], a.CustID != nil) // as the rows are now
	}
	// Output:
	// 1001 Alice Gold false true
	// 5001 Carol true false
}

// How do I store very many new objects? COPY takes them; their keys are drawn before.
func ExampleBulkCopy() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	customers := make([]*bank.Customer, 10000)
	for i := range customers {
		customers[i] = &bank.Customer{FirstName: "Customer", LastName: fmt.Sprint(i)}
	}
	if err := session.BulkCopy(ctx, eng, bank.Customers, customers...); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(customers[0].ID, customers[9999].ID)
	// Output: 3 10002
}
