// Package bank is the tutorial's bank: customers, their accounts, and the programs that work on them.
package bank

import (
	"context"
	"fmt"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// Customer is one row of table customer.
type Customer struct {
	ID                  int64
	FirstName, LastName string
	Email, Mobile       *string // nil is NULL

	Accounts model.Many[Account]
}

// String prints a customer as the tutorial does.
func (c *Customer) String() string {
	return fmt.Sprintf("[Customer: id=%d, first_name=%s, last_name=%s, email=%s]", c.ID, c.FirstName, c.LastName, orNULL(c.Email))
}

// Account is one row of table account.
type Account struct {
	AcctNo       int64
	AcctName     string
	AcctOpenDt   time.Time
	AcctUpdateDt time.Time
	CustID       *int64

	Customer model.One[Customer]
}

// Describe prints an account with its customer, who is loaded when that has not happened, as the tutorial does.
func (a *Account) Describe(ctx context.Context) (string, error) {
	owner, err := a.Customer.Get(ctx)
	if err != nil {
		return "", err
	}
	name := "NULL"
	if owner != nil {
		name = owner.LastName
	}
	const stamp = "2006-01-02 15:04:05.000000"
	return fmt.Sprintf("[Account: acct_no=%d, acct_name=%s, acct_open_dt=%s, acct_update_dt=%s, customer=%s]",
		a.AcctNo, a.AcctName, a.AcctOpenDt.Format(stamp), a.AcctUpdateDt.Format(stamp), name), nil
}

func orNULL(s *string) string {
	if s == nil {
		return "NULL"
	}
	return *s
}

type customers struct {
	model.Table[Customer]

	ID                  expr.Int
	FirstName, LastName expr.Text
	Email, Mobile       expr.NullText

	Accounts model.ToMany[Customer, Account]
}

// Customers is table customer.
var Customers = model.Map("customer", func(t *customers) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.ID), // one integer key: the database generates it
		model.Size(25, t.FirstName, t.LastName), model.Size(50, t.Email), model.Size(10, t.Mobile),
		model.Index(t.LastName),
	}
})

type accounts struct {
	model.Table[Account]

	AcctNo                   expr.Int
	AcctName                 expr.Text
	AcctOpenDt, AcctUpdateDt expr.Time
	CustID                   expr.NullInt

	Customer model.ToOne[Account, Customer]
}

// Accounts is table account.
var Accounts = model.Map("account", func(t *accounts) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.AcctNo),
		model.Size(50, t.AcctName),
		model.Type("timestamp", t.AcctOpenDt, t.AcctUpdateDt),
		model.Default(t.AcctOpenDt, time.Now),
		model.Default(t.AcctUpdateDt, time.Now), model.OnUpdate(t.AcctUpdateDt, time.Now),
		model.ForeignKey(t.CustID, Customers.ID), // a column object, not "customer.id"
	}
})

// Schema is every table of the bank. It resolves relationships and reports every mapping mistake at once.
var Schema = model.MustSchema(Customers, Accounts)
