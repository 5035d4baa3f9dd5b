package integration_test

import (
	"errors"
	"fmt"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// workload is something that a program does to the bank's tables, which hold what cutSetup puts there: all of it is stored by
// its last trip, or nothing is stored. One of the two functions is there.
type workload struct {
	name      string
	inSession func(s *session.Session) error
	onEngine  func(eng *session.Engine) error
	reads     bool // it stores nothing
}

const cutSetup = "DELETE FROM account; DELETE FROM customer; " +
	"INSERT INTO customer (first_name, last_name) VALUES ('Ann', 'Ann'), ('Bob', 'Bob'), ('Cid', 'Cid'); " +
	"INSERT INTO account (acct_no, acct_name, acct_open_dt, acct_update_dt, cust_id) " +
	"SELECT row_number() OVER (ORDER BY id), last_name, now(), now(), id FROM customer"

// cutState is all that the tables hold but keys that the database made and times.
const cutState = "SELECT coalesce(string_agg(r, '; ' ORDER BY r), '') FROM (" +
	"SELECT concat_ws(' ', 'customer', first_name, last_name, email, mobile) AS r FROM customer UNION ALL " +
	"SELECT concat_ws(' ', 'account', acct_no, acct_name, 'of', last_name) FROM account LEFT JOIN customer ON cust_id = id) AS rows"

var (
	cutCustomers, cutAccounts = bank.Customers, bank.Accounts

	changeAnn = query.Update(cutCustomers).Set(cutCustomers.Email.To("ann@example.org")).Filter(cutCustomers.LastName.Eq("Ann"))
	deleteTwo = query.Delete(cutAccounts).Filter(cutAccounts.AcctNo.Eq(2))
)

var workloads = []workload{
	{name: "add one", inSession: func(s *session.Session) error {
		s.Add(named("new"))
		return s.Commit(ctx)
	}},
	{name: "add many", inSession: func(s *session.Session) error {
		for i := range 20 {
			s.Add(named(fmt.Sprint("new ", i)))
		}
		return s.Commit(ctx)
	}},
	{name: "add a customer with accounts, two trips", inSession: func(s *session.Session) error {
		c := named("new")
		for i := range int64(3) {
			c.Accounts.Add(&bank.Account{AcctNo: 10 + i, AcctName: "new"})
		}
		s.Add(c)
		return s.Commit(ctx)
	}},
	{name: "load, change, commit", inSession: func(s *session.Session) error {
		a, err := query.Select(cutAccounts).Filter(cutAccounts.AcctNo.Eq(1)).One(ctx, s)
		if err != nil {
			return err
		}
		a.AcctName = "changed"
		return s.Commit(ctx)
	}},
	{name: "load, change many, commit", inSession: func(s *session.Session) error {
		all, err := query.Select(cutCustomers).All(ctx, s)
		if err != nil {
			return err
		}
		for _, c := range all {
			c.FirstName = "changed " + c.LastName
		}
		return s.Commit(ctx)
	}},
	{name: "load, delete, commit", inSession: func(s *session.Session) error {
		a, err := query.Select(cutAccounts).OrderBy(cutAccounts.AcctNo).First(ctx, s)
		if err != nil {
			return err
		}
		s.Delete(a)
		return s.Commit(ctx)
	}},
	{name: "flush, then commit", inSession: func(s *session.Session) error {
		s.Add(named("new"))
		if err := s.Flush(ctx); err != nil {
			return err
		}
		return s.Commit(ctx)
	}},
	{name: "add, change and delete in one commit", inSession: func(s *session.Session) error {
		all, err := query.Select(cutAccounts).OrderBy(cutAccounts.AcctNo).All(ctx, s)
		if err != nil {
			return err
		}
		all[0].AcctName = "changed"
		s.Delete(all[1])
		s.Add(named("new"), &bank.Account{AcctNo: 10, AcctName: "new"})
		return s.Commit(ctx)
	}},
	{name: "an expression, read before the commit", inSession: func(s *session.Session) error {
		a, err := query.Select(cutAccounts).Filter(cutAccounts.AcctNo.Eq(1)).One(ctx, s)
		if err != nil {
			return err
		}
		s.Set(a, cutAccounts.AcctName.ToExpr(expr.Upper(cutAccounts.AcctName)))
		return s.Commit(ctx)
	}},
	{name: "UPDATE and DELETE by condition", inSession: func(s *session.Session) error {
		if _, err := changeAnn.Exec(ctx, s); err != nil {
			return err
		}
		if _, err := deleteTwo.Exec(ctx, s); err != nil {
			return err
		}
		return s.Commit(ctx)
	}},
	{name: "BulkInsert in a session", inSession: func(s *session.Session) error {
		if err := session.BulkInsert(ctx, s, cutCustomers, named("new"), named("new too")); err != nil {
			return err
		}
		return s.Commit(ctx)
	}},
	{name: "SELECT in a session", reads: true, inSession: func(s *session.Session) error {
		_, err := query.Select(cutCustomers).All(ctx, s)
		return err
	}},
	{name: "INSERT on an engine", onEngine: func(eng *session.Engine) error { return second(insertOf("new").Exec(ctx, eng)) }},
	{name: "INSERT … RETURNING on an engine", onEngine: func(eng *session.Engine) error {
		return second(query.Returning(insertOf("new"), cutCustomers).One(ctx, eng))
	}},
	{name: "UPDATE on an engine", onEngine: func(eng *session.Engine) error { return second(changeAnn.Exec(ctx, eng)) }},
	{name: "DELETE on an engine", onEngine: func(eng *session.Engine) error { return second(deleteTwo.Exec(ctx, eng)) }},
	{name: "text on an engine", onEngine: func(eng *session.Engine) error {
		return second(query.ExecRaw(ctx, eng, "UPDATE customer SET mobile = ? WHERE last_name < ?", "123", "C"))
	}},
	{name: "BulkInsert on an engine", onEngine: func(eng *session.Engine) error {
		return session.BulkInsert(ctx, eng, cutCustomers, named("new"), named("new too"))
	}},
	{name: "BulkUpdate on an engine", onEngine: func(eng *session.Engine) error {
		changes := []*bank.Account{{AcctNo: 1, AcctName: "changed"}, {AcctNo: 2, AcctName: "changed too"}}
		return session.BulkUpdate(ctx, eng, cutAccounts, changes, cutAccounts.AcctName)
	}},
	{name: "statements of a schema on an engine", onEngine: func(eng *session.Engine) error {
		return eng.ExecAll(ctx, []string{"DELETE FROM account", "DELETE FROM customer"})
	}},
	{name: "INSERT on a wrapped connection", onEngine: wrapped(func(r query.Runner) error { return second(insertOf("new").Exec(ctx, r)) })},
	{name: "BulkInsert on a wrapped connection", onEngine: wrapped(func(r query.Runner) error {
		return session.BulkInsert(ctx, r, cutCustomers, named("new"), named("new too"))
	})},
	{name: "SELECT on an engine", reads: true, onEngine: func(eng *session.Engine) error {
		return second(query.Select(cutCustomers).All(ctx, eng))
	}},
}

// wrapped calls do with a connection of the program's own.
func wrapped(do func(r query.Runner) error) func(eng *session.Engine) error {
	return func(eng *session.Engine) error {
		conn, err := eng.Pool().Acquire(ctx)
		if err != nil {
			return errors.Join(session.ErrConnection, err) // it is the program that acquires it
		}
		defer conn.Release()
		return do(session.Wrap(conn.Conn()))
	}
}
