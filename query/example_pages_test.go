package query_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I read pages? By keys, not by numbers: the cursor of a page is for a link to the next one.
func ExamplePages() {
	inBank(func(ctx context.Context, s *session.Session) error {
		c := bank.Customers
		var pages query.Pager[string] = query.Pages(query.Select(c.LastName).OrderBy(c.LastName.Desc()), 2)
		var page query.Page[string]
		page, err := pages.After(ctx, s, "")
		fmt.Println(page.Rows, page.Next != "", page.Prev != "", err)
		page, err = pages.After(ctx, s, page.Next)
		fmt.Println(page.Rows, page.Next != "", page.Prev != "", err)
		page, err = pages.Before(ctx, s, page.Prev)
		fmt.Println(page.Rows, err)
		_, err = pages.Unique().After(ctx, s, "of another query")
		fmt.Println(errors.Is(err, query.ErrCursor))
		_, err = query.Pages(query.Select(c).Limit(9), 2).After(ctx, s, "")
		fmt.Println(errors.Is(err, query.ErrKeyset), err)
		return nil
	})
	// Output:
	// [Driver Doctor] true false <nil>
	// [Builder] false true <nil>
	// [Driver Doctor] <nil>
	// true
	// true query: cannot be read in pages: it has a LIMIT or OFFSET of its own; make it a table, with query.Sub
}

func newestFirst[R any](q query.Query[R]) query.Query[R] {
	return q.OrderBy(bank.Accounts.AcctOpenDt.Desc())
}

// How do I give conditions and the like a name, and use them in many queries?
func ExampleQuery_Scope() {
	a := bank.Accounts
	show(query.Select(a.AcctNo).Scope(newestFirst))
	// Output:
	// SELECT account.acct_no FROM account ORDER BY account.acct_open_dt DESC
}

// Parcel is closed, and stays in its table.
type Parcel struct {
	ID     int64
	Title  string
	Closed *time.Time
}

type parcels struct {
	model.Table[Parcel]
	ID     expr.Int
	Title  expr.Text
	Closed expr.NullTime
}

// How do I have all queries pass over rows that are marked as deleted? The mapping says so, and a query can say otherwise.
func ExampleQuery_Unfiltered() {
	t := model.Map("parcel", func(t *parcels) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Filter(t.Closed.IsNull())}
	})
	show(query.Select(t.Title))
	show(query.Delete(t).Filter(t.Title.Eq("x")))
	show(query.Select(t.Title).Unfiltered())
	// Output:
	// SELECT parcel.title FROM parcel WHERE parcel.closed IS NULL
	// DELETE FROM parcel WHERE parcel.title = $1 AND parcel.closed IS NULL
	// SELECT parcel.title FROM parcel
}

// How do I work on millions of rows? In batches, of which only one is in memory, each with its relationships.
func ExampleBatches() {
	inBank(func(ctx context.Context, s *session.Session) error {
		c := bank.Customers
		for batch, err := range query.Batches(ctx, s, query.Select(c).Load(c.Accounts), 2) {
			if err != nil {
				return err
			}
			for _, customer := range batch {
				accounts, _ := customer.Accounts.Peek()
				fmt.Println(customer.LastName, len(accounts))
			}
		}
		fmt.Println(s.Len(), "objects in the session")
		return nil
	})
	// Output:
	// Doctor 2
	// Builder 1
	// Driver 0
	// 0 objects in the session
}

// How do I read some columns of objects only? What is not read stays zero, and is never written.
func ExampleQuery_Only() {
	inBank(func(ctx context.Context, s *session.Session) error {
		c := bank.Customers
		q := query.Select(c).OrderBy(c.ID)
		customer, err := q.Only(c.LastName).First(ctx, s)
		if err != nil {
			return err
		}
		fmt.Printf("%q %q\n", customer.FirstName, customer.LastName)
		if _, err = q.Without(c.Email, c.Mobile).First(ctx, s); err != nil {
			return err
		}
		fmt.Printf("%q %q\n", customer.FirstName, customer.LastName)
		_, err = query.Select(c.LastName).Only(c.LastName).First(ctx, s)
		fmt.Println(errors.Is(err, query.ErrOnly))
		return nil
	})
	// Output:
	// "" "Doctor"
	// "Alice" "Doctor"
	// true
}
