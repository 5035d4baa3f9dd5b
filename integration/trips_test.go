package integration_test

import (
	"testing"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// watchedBank returns an engine on the bank's tables with three customers, and a proxy that watches it.
func watchedBank(t *testing.T) (*session.Engine, *pgproxy.Proxy) {
	t.Helper()
	proxy, dsn := watched(t)
	eng, err := session.Open(ctx, dsn, bank.Schema, session.Options{MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(eng.Close)
	if err := bank.Schema.CreateAll(ctx, eng); err != nil {
		t.Fatal(err)
	}
	s := eng.Session()
	for _, name := range []string{"Ann", "Bob", "Cid"} {
		s.Add(&bank.Customer{FirstName: name, LastName: name})
	}
	if err := s.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	proxy.Reset()
	return eng, proxy
}

func trips(t *testing.T, proxy *pgproxy.Proxy, what string, want int) {
	t.Helper()
	if got := proxy.Trips(); got != want {
		t.Errorf("%s takes %d round trips, want %d: %v", what, got, want, proxy.Statements())
	}
	proxy.Reset()
}

// TestRoundTrips counts on the wire. The first time that an engine meets a statement it asks for its types, in a trip
// before; from then on it takes its one trip, on a new connection too, where it is prepared in the trip that runs it.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	eng, proxy := watchedBank(t)
	for _, when := range []string{"first", "again", "on a new connection"} {
		trips := trips
		if when == "first" {
			trips = func(*testing.T, *pgproxy.Proxy, string, int) { proxy.Reset() }
		}
		if when == "on a new connection" {
			eng.Pool().Reset()
			check(t, eng.Pool().Ping(ctx))
			proxy.Reset()
		}
		s := eng.Session()
		s.Add(&bank.Customer{FirstName: "x", LastName: when})
		check(t, s.Commit(ctx))
		trips(t, proxy, when+": add one and commit", 1)

		c, err := query.Select(bank.Customers).Filter(bank.Customers.LastName.Eq(when)).One(ctx, s)
		check(t, err)
		c.FirstName = "changed"
		check(t, s.Commit(ctx))
		trips(t, proxy, when+": load one, change, commit", 2)

		c.Accounts.Add(&bank.Account{AcctName: "a"}, &bank.Account{AcctName: "b"})
		check(t, s.Flush(ctx))
		check(t, s.Rollback(ctx))
		proxy.Reset()

		owner := &bank.Customer{FirstName: "y", LastName: when}
		owner.Accounts.Add(&bank.Account{AcctName: "a"}, &bank.Account{AcctName: "b"})
		s.Add(owner)
		check(t, s.Commit(ctx))
		trips(t, proxy, when+": add a parent with a generated key and its children, commit", 2)

		s.Delete(owner)
		check(t, s.Commit(ctx))
		trips(t, proxy, when+": delete a parent, whose children are read first, commit", 2)
		check(t, s.Close(ctx))
		proxy.Reset()

		_, err = query.Select(bank.Customers).All(ctx, eng)
		check(t, err)
		trips(t, proxy, when+": a query without a session", 1)

		check(t, bank.Schema.Verify(ctx, eng))
		trips(t, proxy, when+": Verify", 1)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
