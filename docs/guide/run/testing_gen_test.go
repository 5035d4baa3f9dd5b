// Code generated from testing.md by go test ./docs/guide/blocks -update. DO NOT EDIT.

package run_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// testingBlocks are those of testing.md.
var testingBlocks = []function{
	nil, // A server
	nil, // Each test its database
	nil, // A test that rolls back
	nil, // Counting statements
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // No lazy loading
		var err error
		_ = err
		prog.begin()
		{
			s := eng.SessionWith(session.TxOptions{NoLazy: true})
			_ = s
			accts, err := query.Select(a).All(ctx, s)
			_ = accts
			prog.ok(err)
			_, err = accts[0].Customer.Get(ctx)
			prog.prints("true … forbidden by NoLazy: Customer of Account(acct_no=1)", errors.Is(err, session.ErrLazy), err) // true … forbidden by NoLazy: Customer of Account(acct_no=1)
			prog.end()
		}
	},
	nil, // Fixtures
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // What fails
		var err error
		_ = err
		prog.begin()
		{
			err = eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error {
				s.Add(&bank.Account{AcctNo: 1, AcctName: "twice"}, &bank.Account{AcctNo: 1, AcctName: "twice"})
				return nil
			})
			var unique *session.UniqueError
			_ = unique
			prog.prints("true", errors.As(err, &unique)) // true
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // What fails
		var err error
		_ = err
		prog.begin()
		{
			calls := 0
			_ = calls
			err = eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error {
				if calls++; calls == 1 {
					_, err := query.ExecRaw(ctx, s, "DO $$ BEGIN RAISE serialization_failure; END $$")
					return err
				}
				return nil
			})
			prog.prints("2 <nil>", calls, err) // 2 <nil>
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Without a database
		var err error
		_ = err
		prog.begin()
		{
			q := query.Select(c.Email).Filter(c.LastName.Eq("King"))
			_ = q
			prog.keep(q, "")
			sql, args, err := q.SQL()
			_, _ = sql, args
			prog.ok(err)
			prog.prints("SELECT customer.email … WHERE customer.last_name = $1 [King]", sql, args) // SELECT customer.email … WHERE customer.last_name = $1 [King]
			prog.end()
		}
	},
	func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // Without a database
		var err error
		_ = err
		prog.begin()
		{
			err = bank.Schema.Verify(ctx, eng)
			prog.ok(err)
			prog.end()
		}
	},
}

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// newEngine returns an engine on a database of the test's own, with the tables and the rows that every test wants.
func newEngine(t testing.TB) *session.Engine {
	t.Helper()
	dsn := pgtest.Clone(t, "bank", build)
	eng, err := session.Open(t.Context(), dsn, bank.Schema, session.Options{MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(eng.Close)
	return eng
}

func build(dsn string) error {
	ctx := context.Background()
	eng, err := session.Open(ctx, dsn, bank.Schema, session.Options{})
	if err != nil {
		return err
	}
	defer eng.Close()                                       // a database that somebody is in cannot be copied
	if err := bank.Schema.CreateAll(ctx, eng); err != nil { // or your migrations
		return err
	}
	return eng.InTx(ctx, session.TxOptions{}, func(s *session.Session) error {
		s.Add(&bank.Customer{FirstName: "Ada", LastName: "Lovelace"})
		return nil
	})
}

func TestRename(t *testing.T) {
	t.Parallel()
	ctx, eng := t.Context(), newEngine(t)
	s := eng.Session()
	defer s.Close(ctx)
	ada, err := query.Select(c).One(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	ada.LastName = "King"
	if err := s.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	names, err := query.Select(c.LastName).All(ctx, eng) // another connection: what is stored
	if err != nil || len(names) != 1 || names[0] != "King" {
		t.Errorf("names are %q, %v", names, err)
	}
}

// inTest returns a session whose commits are undone at the test's end.
func inTest(t *testing.T, eng *session.Engine) *session.Session {
	t.Helper()
	tx, err := eng.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := eng.SessionOn(tx.Conn())
	t.Cleanup(func() {
		ctx := context.Background() // that of the test has ended
		if err := errors.Join(s.Close(ctx), tx.Rollback(ctx)); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestListOfCustomers(t *testing.T) {
	eng := newEngine(t)
	ctx, report := session.Watch(t.Context())
	custs, err := query.Select(c).Load(c.Accounts).All(ctx, eng)
	if err != nil || len(custs) != 1 {
		t.Fatal(custs, err)
	}
	report.AtMost(t, 2)
	if n := report.Summary().OneByOne(); len(n) > 0 {
		t.Errorf("one by one: %v", n)
	}
}

func someCustomer(name string, accounts ...int64) *bank.Customer {
	cust := &bank.Customer{FirstName: name, LastName: "Test"}
	for _, no := range accounts {
		cust.Accounts.Add(&bank.Account{AcctNo: no, AcctName: name})
	}
	return cust
}

func TestFixture(t *testing.T) {
	ctx, eng := t.Context(), newEngine(t)
	s := eng.Session()
	defer s.Close(ctx)
	bob := someCustomer("Bob", 1001, 1002)
	s.Add(bob)
	if err := s.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if bob.ID == 0 {
		t.Error("no key")
	}
}
