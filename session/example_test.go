package session_test

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// openBank returns an engine on a new database with the bank's tables, customers Alice Doctor and Bob Builder, and accounts
// 1001 and 1003 of Alice's, 1002 of Bob's. Its last result closes the engine and drops the database.
func openBank(ctx context.Context) (*session.Engine, func()) {
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	srv, err := pgtest.SharedServer()
	check(err)
	place, err := srv.NewPlace(ctx, "example")
	check(err)
	eng, err := session.Open(ctx, place.DSN, bank.Schema, session.Options{})
	check(err)
	check(bank.Schema.CreateAll(ctx, eng))

	s := eng.Session()
	alice, bob := &bank.Customer{FirstName: "Alice", LastName: "Doctor"}, &bank.Customer{FirstName: "Bob", LastName: "Builder"}
	alice.Accounts.Add(&bank.Account{AcctNo: 1001, AcctName: "Alice Trade"}, &bank.Account{AcctNo: 1003, AcctName: "Alice Cash"})
	bob.Accounts.Add(&bank.Account{AcctNo: 1002, AcctName: "Bob Credit"})
	s.Add(alice, bob)
	check(s.Commit(ctx))
	check(s.Close(ctx))
	return eng, func() {
		eng.Close()
		check(place.Drop(ctx))
	}
}

// How do I store a new object? Commit gives it the key that the database generated.
func ExampleSession_Add() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx) // session.Open, and some rows
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	c := &bank.Customer{FirstName: "Dummy", LastName: "Joker", Email: new("djoker@losers.io")}
	s.Add(c)
	if err := s.Commit(ctx); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c)
	// Output: [Customer: id=3, first_name=Dummy, last_name=Joker, email=djoker@losers.io]
}

// How do I change an object? Its fields are plain fields; Commit finds what changed.
func ExampleSession_Commit() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	c, err := session.Get(ctx, s, bank.Customers, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	c.Email = new("bob@builder.bu")
	if err := s.Commit(ctx); err != nil { // an UPDATE of that column only
		fmt.Println(err)
		return
	}

	stored, err := query.Select2(bank.Customers.FirstName, bank.Customers.Email).OrderBy(bank.Customers.ID).All(ctx, eng)
	fmt.Println(stored, err)
	// Output: [('Alice', NULL) ('Bob', 'bob@builder.bu')] <nil>
}

// How do I see what a Commit would write?
func ExampleSession_Changes() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	c, err := session.Get(ctx, s, bank.Customers, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	c.FirstName, c.Email = "Robert", new("bob@builder.bu")
	changes, err := s.Changes(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range changes {
		fmt.Println(change)
	}
	// Output:
	// first_name: 'Bob' -> 'Robert'
	// email: NULL -> 'bob@builder.bu'
}

// How do I change what others change too? Lock reads the rows again and holds them until the transaction ends.
func ExampleSession_Lock() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	a, err := session.Get(ctx, s, bank.Accounts, 1001)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := s.Lock(ctx, a); err != nil { // SELECT … WHERE account.acct_no = $1 FOR UPDATE
		fmt.Println(err)
		return
	}
	_, err = query.Select(bank.Accounts).ForUpdate(query.NoWait).All(ctx, eng)
	var held *session.LockError
	fmt.Println(errors.As(err, &held))
	a.AcctName += "!"
	fmt.Println(s.Commit(ctx))
	// Output:
	// true
	// <nil>
}

// How do I find the loops that load relationships one by one? NoLazy makes them an error.
func ExampleSession_NoLazy() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session().NoLazy()
	defer s.Close(ctx)
	c, err := session.Get(ctx, s, bank.Customers, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = c.Accounts.All(ctx)
	fmt.Println(err)
	// Output: session: loading of a relationship is forbidden by NoLazy: Accounts of Customer(id=2)
}

// How do I load what belongs to an object? The first All loads the lists of all customers that came with it.
func Example_oneToMany() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	customers, err := query.Select(bank.Customers).OrderBy(bank.Customers.ID).All(ctx, s)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range customers {
		accounts, err := c.Accounts.All(ctx)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, a := range accounts {
			fmt.Println(c.FirstName, a.AcctNo, a.AcctName)
		}
	}
	// Unordered output:
	// Alice 1001 Alice Trade
	// Alice 1003 Alice Cash
	// Bob 1002 Bob Credit
}

// How do I handle a key that exists? After Rollback the session works again.
func ExampleUniqueError() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	a := &bank.Account{AcctNo: 1001, AcctName: "Dummy Coin"}
	s.Add(a)
	err := s.Commit(ctx)
	var unique *session.UniqueError
	if !errors.As(err, &unique) {
		fmt.Println("unexpected:", err)
		return
	}
	fmt.Println(unique.Constraint, unique.Object)
	if err := s.Rollback(ctx); err != nil {
		fmt.Println(err)
		return
	}

	a.AcctNo = 9999
	s.Add(a) // it is new again
	fmt.Println(s.Commit(ctx))
	// Output:
	// account_pkey Account(acct_no=1001)
	// <nil>
}

// How do I delete many rows without loading them? Objects of the session that are among them leave it.
func ExampleSession_bulkDelete() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	s := eng.Session()
	defer s.Close(ctx)
	a := bank.Accounts
	bobs, err := query.Select(a).Filter(a.AcctNo.Eq(1002)).One(ctx, s)
	if err != nil {
		fmt.Println(err)
		return
	}
	n, err := query.Delete(a).Filter(a.AcctNo.Le(1002)).Exec(ctx, s)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(n, s.Contains(bobs))
	if err := s.Commit(ctx); err != nil {
		fmt.Println(err)
	}
	// Output: 2 false
}

// How do I read many rows in constant memory? On an engine, or a session, Iter streams them.
func Example_stream() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	a := bank.Accounts
	for row, err := range query.Select2(a.AcctNo, a.AcctName).OrderBy(a.AcctNo).Iter(ctx, eng) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(row)
	}
	// Output:
	// (1001, 'Alice Trade')
	// (1002, 'Bob Credit')
	// (1003, 'Alice Cash')
}

// How do I write rows to a file? CopyTo streams them, as CSV or in PostgreSQL's own formats.
func ExampleCopyTo() {
	ctx := context.Background()
	eng, closeBank := openBank(ctx)
	defer closeBank()

	a := bank.Accounts
	q := query.Select2(a.AcctNo, a.AcctName).Filter(a.AcctNo.Gt(1001)).OrderBy(a.AcctNo)
	n, err := session.CopyTo(ctx, eng, os.Stdout, q, session.CopyOptions{Format: session.CopyCSV, Header: true})
	fmt.Println(n, err)
	// Output:
	// acct_no,acct_name
	// 1002,Bob Credit
	// 1003,Alice Cash
	// 2 <nil>
}
