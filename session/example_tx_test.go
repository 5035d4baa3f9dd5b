package session_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I do something in one transaction, and again where another one came in between?
func ExampleEngine_InTx() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx) // session.Open, and some rows
	defer closeBank()

	err := eng.InTx(ctx, session.TxOptions{Isolation: pgx.Serializable}, func(s *session.Session) error {
		a, err := session.Get(ctx, s, bank.Accounts, 1001)
		if err != nil {
			return err
		}
		a.AcctName = "Alice Gold"
		return nil // Commit; with an error it is Rollback
	})
	fmt.Println(err)

	name, err := query.Select(bank.Accounts.AcctName).Filter(bank.Accounts.AcctNo.Eq(1001)).One(ctx, eng)
	fmt.Println(name, err)
	// Output:
	// <nil>
	// Alice Gold <nil>
}

// How do I try something that may fail, and go on with the transaction?
func ExampleSession_Nested() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	s.Add(&bank.Account{AcctNo: 1004, AcctName: "Carol"})
	err := s.Nested(ctx, func() error {
		s.Add(&bank.Account{AcctNo: 1001, AcctName: "there is one"})
		return nil
	})
	var unique *session.UniqueError
	fmt.Println(errors.As(err, &unique))
	fmt.Println(s.Commit(ctx))

	n, err := query.Select(bank.Accounts).Count(ctx, eng)
	fmt.Println(n, err)
	// Output:
	// true
	// <nil>
	// 4 <nil>
}

// How do I test code that commits, on a database that stays as it is?
func ExampleEngine_SessionOn() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	tx, err := eng.Pool().Begin(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := eng.SessionOn(tx.Conn())
	s.Add(&bank.Customer{FirstName: "Dummy", LastName: "Joker"})
	fmt.Println(s.Commit(ctx), s.Close(ctx)) // the code under test
	fmt.Println(tx.Rollback(ctx))

	n, err := query.Select(bank.Customers).Count(ctx, eng)
	fmt.Println(n, err)
	// Output:
	// <nil> <nil>
	// <nil>
	// 2 <nil>
}

// How do I keep each tenant's tables in a schema of its own?
func ExampleEngine_In() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	if _, err := query.ExecRaw(ctx, eng, "CREATE SCHEMA tenant_7"); err != nil {
		fmt.Println(err)
		return
	}
	tenant := eng.In("tenant_7")
	if err := bank.Schema.CreateAll(ctx, tenant); err != nil {
		fmt.Println(err)
		return
	}
	s := tenant.Session()
	defer s.Close(ctx)
	s.Add(&bank.Customer{FirstName: "Theirs", LastName: "Only"})
	if err := s.Commit(ctx); err != nil {
		fmt.Println(err)
		return
	}

	names := query.Select(bank.Customers.FirstName).OrderBy(bank.Customers.ID)
	theirs, err := names.All(ctx, tenant)
	fmt.Println(theirs, err)
	ours, err := names.All(ctx, eng)
	fmt.Println(ours, err)
	// Output:
	// [Theirs] <nil>
	// [Alice Bob] <nil>
}
