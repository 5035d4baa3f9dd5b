package uow_test

import (
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Customer is the seed's.
type Customer struct {
	ID        int64
	FirstName string
	LastName  string
	Email     *string
	Mobile    *string
	Accounts  model.Many[Account]
}

func (c *Customer) identity() (string, []any) { return "Customer", []any{c.ID} }

// Account is the seed's too.
type Account struct {
	AcctNo       int64
	AcctName     string
	AcctOpenDt   *time.Time
	AcctUpdateDt *time.Time
	CustID       *int64
	Customer     model.One[Customer]
}

func (a *Account) identity() (string, []any) { return "Account", []any{a.AcctNo} }

type (
	customers struct {
		model.Table[Customer]
		ID                  expr.Int
		FirstName, LastName expr.Text
		Email, Mobile       expr.NullText
		Accounts            model.ToMany[Customer, Account]
	}
	// customersOnly has no collection.
	customersOnly struct {
		model.Table[Customer]
		ID                  expr.Int
		FirstName, LastName expr.Text
		Email, Mobile       expr.NullText
	}
	accounts struct {
		model.Table[Account]
		AcctNo                   expr.Int
		AcctName                 expr.Text
		AcctOpenDt, AcctUpdateDt expr.NullTime
		CustID                   expr.NullInt
		Customer                 model.ToOne[Account, Customer]
	}
)

// bank is one of the sets bank…. Customers is an entity of either kind; C has its columns.
type bank struct {
	Customers model.Mapped
	C         *customers // nil in bank_oneway
	Only      *customersOnly
	Accounts  *accounts
}

func newBank(c *clock, set string) *bank {
	b := &bank{}
	var id expr.Int
	if set == "bank_oneway" {
		b.Only = model.Map("customer", func(t *customersOnly) model.Spec {
			return model.Spec{
				model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.Size(25, t.FirstName, t.LastName), model.Ignore("Accounts"),
			}
		})
		b.Customers, id = b.Only, b.Only.ID
	} else {
		b.C = model.Map("customer", func(t *customers) model.Spec { return customerSpec(t, set) })
		b.Customers, id = b.C, b.C.ID
	}
	b.Accounts = model.Map("account", func(t *accounts) model.Spec {
		spec := model.Spec{
			model.PrimaryKey(t.AcctNo), model.Type("integer", t.AcctNo, t.CustID), model.Size(50, t.AcctName),
			model.Type("timestamp", t.AcctOpenDt, t.AcctUpdateDt),
			model.Default(t.AcctOpenDt, c.now), model.Default(t.AcctUpdateDt, c.now), model.OnUpdate(t.AcctUpdateDt, c.now),
			model.ForeignKey(t.CustID, id),
		}
		if set == "bank_raise" {
			spec = append(spec, model.NoLazy(t.Customer))
		}
		if set == "bank_viewonly" {
			spec = append(spec, model.ViewOnly(b.C.Accounts))
		}
		if b.C != nil && set != "bank_plain" {
			spec = append(spec, model.OrderBy(b.C.Accounts, t.AcctNo))
		}
		return spec
	})
	return b
}

func customerSpec(t *customers, set string) model.Spec {
	spec := model.Spec{
		model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.Size(25, t.FirstName, t.LastName),
		model.Size(50, t.Email), model.Size(10, t.Mobile), model.Index(t.LastName),
	}
	switch set {
	case "bank_cascade_delete":
		spec = append(spec, model.DeleteMembers(t.Accounts), model.CascadeExpunge(t.Accounts), model.CascadeRefresh(t.Accounts))
	case "bank_orphan":
		spec = append(spec, model.DeleteOrphans(t.Accounts), model.CascadeExpunge(t.Accounts), model.CascadeRefresh(t.Accounts))
	case "bank_raise":
		spec = append(spec, model.NoLazy(t.Accounts))
	case "bank_passive_all":
		spec = append(spec, model.DatabaseDeletes(t.Accounts))
	case "bank_passive":
		spec = append(spec, model.DeleteOrphans(t.Accounts), model.DatabaseDeletes(t.Accounts))
	}
	return spec
}

// customer returns the customer with a key, as session.get does.
func (r *run) customer(id int64) *Customer {
	if r.Only != nil {
		return val(session.Get(ctx, r.s, r.Only, id))
	}
	return val(session.Get(ctx, r.s, r.C, id))
}

// account returns the account with a key, as session.get does.
func (r *run) account(no int64) *Account { return val(session.Get(ctx, r.s, r.Accounts, no)) }

// accountsOf returns a query of the accounts of a customer, as a dynamic list is one.
func (r *run) accountsOf(c *Customer) query.Query[*Account] {
	return query.Select(r.Accounts).Filter(r.Accounts.CustID.Eq(c.ID)).OrderBy(r.Accounts.AcctNo)
}

func accountNumbers(as []*Account) []int64 {
	return each(as, func(a *Account) int64 { return a.AcctNo })
}

// LooseCustomer is a Customer whose last name may be missing, which the database does not allow: a Go string is never
// NULL, so a program that leaves it out needs this.
type LooseCustomer struct {
	ID        int64
	FirstName string
	LastName  *string
	Email     *string
	Mobile    *string
}

type looseCustomers struct {
	model.Table[LooseCustomer]
	ID                      expr.Int
	FirstName               expr.Text
	LastName, Email, Mobile expr.NullText
}

func newLooseCustomers() *looseCustomers {
	return model.Map("customer", func(t *looseCustomers) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("integer", t.ID)}
	})
}
