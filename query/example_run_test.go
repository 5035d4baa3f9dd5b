package query_test

import (
	"context"
	"errors"
	"fmt"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I read one row, or none? OneOrNone needs no look at the error.
func ExampleQuery_One() {
	inBank(func(ctx context.Context, s *session.Session) error {
		c := bank.Customers
		doctor, err := query.Select(c).Filter(c.LastName.Eq("Doctor")).One(ctx, s)
		fmt.Println(doctor, err)
		_, err = query.Select(c).One(ctx, s)
		var count *query.RowCountError
		fmt.Println(errors.Is(err, query.ErrManyRows), errors.As(err, &count))
		first, err := query.Select(c.LastName).OrderBy(c.ID.Desc()).First(ctx, s)
		fmt.Println(first, err)
		nobody, ok, err := query.Select(c).Filter(c.LastName.Eq("Nobody")).OneOrNone(ctx, s)
		fmt.Println(nobody == nil, ok, err)
		_, ok, err = query.Select(c).OrderBy(c.ID).FirstOrNone(ctx, s)
		fmt.Println(ok, err)
		return nil
	})
	// Output:
	// [Customer: id=1, first_name=Alice, last_name=Doctor, email=alice.d@timbuk2.do] <nil>
	// true true
	// Driver <nil>
	// true false <nil>
	// true <nil>
}

// How do I read all rows, or stream them?
func ExampleQuery_All() {
	inBank(func(ctx context.Context, s *session.Session) error {
		c, a := bank.Customers, bank.Accounts
		q := query.Select2(c.LastName, a.AcctNo).Join(a).OrderBy(a.AcctNo)
		rows, err := q.All(ctx, s)
		fmt.Println(rows, err)
		for customer, err := range query.Select(c).OrderBy(c.ID).NoTracking().Iter(ctx, s) {
			fmt.Println(customer, err)
		}
		n, err := q.Count(ctx, s)
		fmt.Println(n, err)
		there, err := q.Exists(ctx, s)
		fmt.Println(there, err)
		return nil
	})
	// Output:
	// [('Doctor', 1001) ('Doctor', 1002) ('Builder', 1003)] <nil>
	// [Customer: id=1, first_name=Alice, last_name=Doctor, email=alice.d@timbuk2.do] <nil>
	// [Customer: id=2, first_name=Bob, last_name=Builder, email=bbuilder@nomansland.bu] <nil>
	// [Customer: id=3, first_name=Charlie, last_name=Driver, email=charlie.driver@vehicles.ve] <nil>
	// 3 <nil>
	// true <nil>
}

// How do a session's objects follow what the database has? Refresh overwrites them, NoFlush leaves pending changes pending.
func ExampleQuery_Refresh() {
	inBank(func(ctx context.Context, s *session.Session) error {
		c := bank.Customers
		bob, err := query.Select(c).Filter(c.FirstName.Eq("Bob")).One(ctx, s)
		if err != nil {
			return err
		}
		n, err := query.ExecRaw(ctx, s, "UPDATE customer SET mobile = ? WHERE id = ?", "555", bob.ID)
		fmt.Println(n, err)
		n, err = query.Exec(ctx, s, sq.Update("customer").Set("email", nil).Where(c.ID.Eq(bob.ID)))
		fmt.Println(n, err, *bob.Email)
		_, err = query.Select(c).Filter(c.ID.Eq(bob.ID)).NoFlush().NoLazy().Refresh().All(ctx, s)
		fmt.Println(bob.Email == nil, *bob.Mobile, err)
		n, err = query.Delete(bank.Accounts).Filter(bank.Accounts.CustID.Eq(bob.ID)).Exec(ctx, s)
		fmt.Println(n, err)
		return nil
	})
	// Output:
	// 1 <nil>
	// 1 <nil> bbuilder@nomansland.bu
	// true 555 <nil>
	// 1 <nil>
}

// How do I write a whole statement as text, and read rows of a type?
func ExampleRaw() {
	inBank(func(ctx context.Context, s *session.Session) error {
		rows, err := query.Raw[query.Row2[string, int64]]("SELECT last_name, count(acct_no) FROM customer LEFT JOIN account ON cust_id = id WHERE id < ? GROUP BY 1 ORDER BY 1", 3).All(ctx, s)
		fmt.Println(rows, err)
		c := bank.Customers
		objects, err := query.Select(c).FromRaw("SELECT * FROM customer WHERE id = @id", expr.Named{"id": 2}).All(ctx, s)
		fmt.Println(objects, err)
		objects, err = query.Select(c).FromSqlizer(sq.Select("*").From("customer").Where(sq.Eq{"id": 3})).All(ctx, s)
		fmt.Println(objects, err)
		return nil
	})
	// Output:
	// [('Builder', 1) ('Doctor', 2)] <nil>
	// [[Customer: id=2, first_name=Bob, last_name=Builder, email=bbuilder@nomansland.bu]] <nil>
	// [[Customer: id=3, first_name=Charlie, last_name=Driver, email=charlie.driver@vehicles.ve]] <nil>
}

// How do I read the rows of SQL text into a struct, by the names of its columns?
func ExampleRawAs() {
	inBank(func(ctx context.Context, s *session.Session) error {
		type owner struct {
			LastName string
			Accounts int64
		}
		owners, err := query.RawAs[owner]("SELECT last_name, count(*) AS accounts FROM customer JOIN account ON cust_id = id GROUP BY id ORDER BY id").All(ctx, s)
		fmt.Println(owners, err)
		owners, err = query.SqlizerAs[owner](sq.Select("last_name", "0::bigint AS accounts").From("customer").Where(sq.Eq{"id": 3})).All(ctx, s)
		fmt.Println(owners, err)
		return nil
	})
	// Output:
	// [{Doctor 2} {Builder 1}] <nil>
	// [{Driver 0}] <nil>
}

// How do I read rows into a struct, with a field that no column fills?
func ExampleLeave() {
	inBank(func(ctx context.Context, s *session.Session) error {
		type person struct {
			Name string
			Age  int
		}
		c := bank.Customers
		people, err := query.SelectAs(func(p *person) []query.Field {
			return []query.Field{query.Into(&p.Name, c.LastName), query.Leave(&p.Age)}
		}).OrderBy(c.ID).Limit(1).All(ctx, s)
		fmt.Println(people, err)
		return nil
	})
	// Output:
	// [{Doctor 0}] <nil>
}

// How is an account read with its customer in one statement?
func ExampleQuery_LoadJoined() {
	inBank(func(ctx context.Context, s *session.Session) error {
		a := bank.Accounts
		accounts, err := query.Select(a).LoadJoined(a.Customer).OrderBy(a.AcctNo).Limit(1).NoLazy().All(ctx, s)
		for _, a := range accounts {
			c, err := a.Customer.Get(ctx)
			fmt.Println(a.AcctName, c.LastName, err)
		}
		return err
	})
	// Output:
	// Account 1001 Doctor <nil>
}

// How do I read objects with their relationships? Load has each read by one statement, however many objects there are.
func ExampleQuery_Load() {
	inBank(func(ctx context.Context, s *session.Session) error {
		c := bank.Customers
		var accounts expr.Relationship = c.Accounts
		customers, err := query.Select(c).Load(accounts).OrderBy(c.ID).Limit(2).All(ctx, s)
		for _, c := range customers {
			list, loaded := c.Accounts.Peek()
			fmt.Println(c.LastName, len(list), loaded)
		}
		fmt.Println(err)
		_, err = query.Select(c.ID).Load(c.Accounts).All(ctx, s)
		fmt.Println(errors.Is(err, query.ErrLoad), err)
		return nil
	})
	// Output:
	// Doctor 2 true
	// Builder 1 true
	// <nil>
	// true query: cannot load relationships: Customer.Accounts, of which nothing is read
}
