package bank

import (
	"context"
	"errors"

	"github.com/cupel-go/cupel/query"
)

// Dummy is ex_sa_07: it adds an account, reads, changes and deletes it.
func (p *Program) Dummy(ctx context.Context) error {
	for _, step := range []func(context.Context) error{
		p.createDummy, p.queryDummy, p.updateDummy, p.queryDummy, p.deleteDummy, p.queryDummy,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) createDummy(ctx context.Context) error {
	s := p.Engine.Session()
	defer s.Close(ctx)
	customer := &Customer{FirstName: "Dummy", LastName: "Joker", Email: new("djoker@losers.io")}
	s.Add(customer)
	if err := p.commit(ctx, s); err != nil {
		return err
	}
	p.log("Inserted record for Dummy customer: %s", customer)

	account := &Account{AcctNo: 9999, AcctName: "Dummy Coin Account", CustID: &customer.ID}
	s.Add(account)
	if err := p.commit(ctx, s); err != nil {
		return err
	}
	text, err := account.Describe(ctx)
	if err != nil {
		return err
	}
	p.log("Inserted record for Dummy account: %s", text)
	return nil
}

var dummyAccount = query.Select(Accounts).Filter(Accounts.AcctNo.Eq(9999))

func (p *Program) queryDummy(ctx context.Context) error {
	s := p.Engine.Session()
	defer s.Close(ctx)
	n, err := dummyAccount.Count(ctx, s)
	if err != nil {
		return err
	}
	if n != 1 {
		p.log("Record for Dummy account *DOES NOT* exist !!!")
		return nil
	}
	accounts, err := dummyAccount.All(ctx, s)
	if err != nil {
		return err
	}
	return p.logAccounts(ctx, accounts)
}

func (p *Program) logAccounts(ctx context.Context, accounts []*Account) error {
	for _, a := range accounts {
		text, err := a.Describe(ctx)
		if err != nil {
			return err
		}
		p.log("%s", text)
	}
	return nil
}

func (p *Program) updateDummy(ctx context.Context) error {
	s := p.Engine.Session()
	defer s.Close(ctx)
	account, err := dummyAccount.First(ctx, s)
	switch {
	case errors.Is(err, query.ErrNoRows):
		p.log("Record for Dummy account *DOES NOT* exist !!!")
	case err != nil:
		return err
	default:
		account.AcctName = "Dummy Crypto Account"
	}
	if err := s.Commit(ctx); err != nil {
		return err
	}
	p.log("Updated record for Dummy account")
	return nil
}

func (p *Program) deleteDummy(ctx context.Context) error {
	s := p.Engine.Session()
	defer s.Close(ctx)
	if _, err := query.Delete(Accounts).Filter(Accounts.AcctNo.Eq(9999)).Exec(ctx, s); err != nil {
		return err
	}
	if err := s.Commit(ctx); err != nil {
		return err
	}
	p.log("Deleted record for Dummy account")
	if _, err := query.Delete(Customers).Filter(Customers.LastName.Eq("Joker")).Exec(ctx, s); err != nil {
		return err
	}
	if err := s.Commit(ctx); err != nil {
		return err
	}
	p.log("Deleted record for Dummy customer")
	return nil
}
