package bank

import (
	"context"
	"errors"

	"github.com/cupel-go/cupel/session"
)

// Create is ex_sa_06: it makes the account table and the first accounts.
func (p *Program) Create(ctx context.Context) error {
	have, err := Schema.HasTable(ctx, p.Engine, Accounts)
	if err != nil {
		return err
	}
	if have {
		p.log("The account table already exists !!!")
		return nil
	}
	if err := Schema.CreateAll(ctx, p.Engine); err != nil {
		return err
	}
	p.log("Created the account table !!!")
	return p.insertAccounts(ctx)
}

func (p *Program) insertAccounts(ctx context.Context) error {
	s := p.Engine.Session()
	defer s.Close(ctx)
	for _, a := range []struct {
		owner   string
		account Account
	}{
		{"Alice", Account{AcctNo: 1001, AcctName: "Alice Trade Account", CustID: new(int64(1))}},
		{"Bob", Account{AcctNo: 1002, AcctName: "Bob Credit Account", CustID: new(int64(2))}},
		{"Charlie", Account{AcctNo: 1003, AcctName: "Charlie Trade Account", CustID: new(int64(3))}},
	} {
		s.Add(&a.account)
		if err := p.commit(ctx, s); err != nil {
			return err
		} else if s.Contains(&a.account) {
			p.log("Inserted account for %s", a.owner)
		}
	}
	return nil
}

// commit commits. What the database refuses is reported, as the tutorial does, and rolled back, so that the session can
// go on; any other error is given back.
func (p *Program) commit(ctx context.Context, s *session.Session) error {
	err := s.Commit(ctx)
	var unique *session.UniqueError
	var foreign *session.ForeignKeyError
	if errors.As(err, &unique) || errors.As(err, &foreign) {
		p.log("%v", err)
		return s.Rollback(ctx)
	}
	return err
}
