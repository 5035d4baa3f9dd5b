package bank

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Query is ex_sa_08: it adds customers and accounts, reads them in every way, and deletes them.
func (p *Program) Query(ctx context.Context) error {
	for _, step := range []func(context.Context) error{p.createMany, p.queryMany, p.deleteMany} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) createMany(ctx context.Context) error {
	s := p.Engine.Session()
	defer s.Close(ctx)
	c1 := &Customer{FirstName: "David", LastName: "Plumber", Email: new("dplum@home.co"), Mobile: new("4445556666")}
	c2 := &Customer{FirstName: "Emily", LastName: "Player", Email: new("emilyp@cool.net")}
	c3 := &Customer{FirstName: "Frank", LastName: "Doctor", Email: new("fdoctor@pain.cc"), Mobile: new("5556667777")}
	s.Add(c1, c2, c3)
	if err := p.commit(ctx, s); err != nil {
		return err
	}
	p.log("Inserted record(s) for 3 customers: %s, %s, %s", c1.FirstName, c2.FirstName, c3.FirstName)

	s.Add(
		&Account{AcctNo: 2001, AcctName: "David Trade Account", CustID: &c1.ID},
		&Account{AcctNo: 2002, AcctName: "David Cash Account", CustID: &c1.ID},
		&Account{AcctNo: 2003, AcctName: "Emily Crypto Account", CustID: &c2.ID},
		&Account{AcctNo: 2004, AcctName: "Frank Cash Account", CustID: &c3.ID},
		&Account{AcctNo: 2005, AcctName: "Frank Credit Account", CustID: &c3.ID},
	)
	if err := p.commit(ctx, s); err != nil {
		return err
	}
	p.log("Inserted record(s) for 5 accounts for: %s, %s, %s", c1.FirstName, c2.FirstName, c3.FirstName)
	return nil
}

func (p *Program) queryMany(ctx context.Context) error {
	s := p.Engine.Session()
	defer s.Close(ctx)
	for _, step := range []func(context.Context, *session.Session) error{p.queryCustomers, p.queryAccounts} {
		if err := step(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) queryCustomers(ctx context.Context, s *session.Session) error {
	c := Customers
	names := query.Select2(c.LastName, c.Email)

	p.log("SQL => %s", names)
	rows, err := names.All(ctx, s)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p.log("%s", r)
	}
	p.log(line)

	like := names.Filter(c.LastName.Like("pl%"))
	p.log("SQL => %s", like)
	if err := show(ctx, p, s, like, "Record(s) in customer for last_name like 'pl%' *DO NOT* exist !!!"); err != nil {
		return err
	}
	ilike := names.Filter(c.LastName.ILike("pl%"))
	if err := show(ctx, p, s, ilike, "Record(s) in customer for last_name like (insensitive) 'pl%' *DO NOT* exist !!!"); err != nil {
		return err
	}
	in := query.Select3(c.FirstName, c.LastName, c.Email).Filter(c.LastName.In("Driver", "Plumber"))
	p.log("SQL => %s", in)
	if err := show(ctx, p, s, in, "Record(s) in customer for last_name in ['Driver', 'Plumber'] *DO NOT* exist !!!"); err != nil {
		return err
	}
	sorted := query.Select(c).OrderBy(c.LastName)
	p.log("SQL => %s", sorted)
	if err := show(ctx, p, s, sorted, "Record(s) in customer *DO NOT* exist !!!"); err != nil {
		return err
	}
	reachable := query.Select3(c.FirstName, c.LastName, c.Mobile).Filter(c.Mobile.IsNotNull())
	return show(ctx, p, s, reachable, "Record(s) in customer with mobile *DO NOT* exist !!!")
}

func (p *Program) queryAccounts(ctx context.Context, s *session.Session) error {
	c, a := Customers, Accounts

	few := query.Select(a).Limit(2)
	p.log("SQL => %s", few)
	n, err := few.Count(ctx, s)
	if err != nil {
		return err
	}
	if n > 0 {
		accounts, err := few.All(ctx, s)
		if err != nil {
			return err
		}
		if err := p.logAccounts(ctx, accounts); err != nil {
			return err
		}
	} else {
		p.log("Record(s) in account *DO NOT* exist !!!")
	}
	p.log(line)

	both := query.Select2(c.LastName, a.AcctName).Join(a)
	p.log("SQL => %s", both)
	if err := show(ctx, p, s, both, "Record(s) in account.join(customer) *DO NOT* exist !!!"); err != nil {
		return err
	}
	count := expr.Count(a.CustID).As("count")
	per := query.Select2(c.LastName, count).Join(a).GroupBy(c.ID).OrderBy(count)
	p.log("SQL => %s", per)
	return show(ctx, p, s, per, "Record(s) in account.join(customer) group_by *DO NOT* exist !!!")
}

// show prints the rows of a query when it has some, else what to say of none, and a line.
func show[R fmt.Stringer](ctx context.Context, p *Program, s *session.Session, q query.Query[R], none string) error {
	n, err := q.Count(ctx, s)
	if err != nil {
		return err
	}
	if n == 0 {
		p.log("%s", none)
		p.log(line)
		return nil
	}
	rows, err := q.All(ctx, s)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p.log("%s", r)
	}
	p.log(line)
	return nil
}

func (p *Program) deleteMany(ctx context.Context) error {
	c, a := Customers, Accounts
	s := p.Engine.Session()
	defer s.Close(ctx)
	if _, err := query.Delete(a).Filter(a.AcctNo.Ge(2001), a.AcctNo.Le(2005)).Exec(ctx, s); err != nil {
		return err
	}
	if err := s.Commit(ctx); err != nil {
		return err
	}
	p.log("Deleted record(s) for account numbers: [2001 thru 2005]")

	if _, err := query.Delete(c).Filter(c.FirstName.Eq("Frank")).Exec(ctx, s); err != nil {
		return err
	}
	if _, err := query.Delete(c).Filter(c.LastName.Like("%Pl%")).Sync(query.SyncNone).Exec(ctx, s); err != nil {
		return err
	}
	if err := s.Commit(ctx); err != nil {
		return err
	}
	p.log("Deleted record(s) for customers: [David, Emily, Frank]")
	return nil
}
