package integration_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Holder and Deposit are the rows of the benchmark's workloads.
type (
	Holder struct {
		ID                  int64
		FirstName, LastName string
		Email, Mobile       *string
		Since               time.Time
		Balance             float64
		Active              bool
		Deposits            model.Many[Deposit]
	}
	Deposit struct {
		ID       int64
		Amount   float64
		HolderID int64
		Holder   model.One[Holder]
	}
	holders struct {
		model.Table[Holder]
		ID                  expr.Int
		FirstName, LastName expr.Text
		Email, Mobile       expr.NullText
		Since               expr.Time
		Balance             expr.Float
		Active              expr.Bool
		Deposits            model.ToMany[Holder, Deposit]
	}
	deposits struct {
		model.Table[Deposit]
		ID       expr.Int
		Amount   expr.Float
		HolderID expr.Int
		Holder   model.ToOne[Deposit, Holder]
	}
)

var (
	H = model.Map("holder", func(t *holders) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	D = model.Map("deposit", func(t *deposits) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.HolderID, H.ID), model.Index(t.HolderID)}
	})
	holderSchema = model.MustSchema(H, D)
)

// guarded is a workload with what it may cost. Times vary, allocations and round trips do not.
type guarded struct {
	name   string
	do     func() error
	allocs float64 // at most; < 0: not counted
	trips  int     // exactly; < 0: not counted
}

// countsAllocations reports whether allocations are compared; round trips always are.
var countsAllocations = true

// TestGuards: what the benchmark's workloads allocate, and their round trips on the wire.
func TestGuards(t *testing.T) {
	proxy, dsn := watched(t)
	eng, err := session.Open(ctx, dsn, holderSchema, session.Options{MaxConns: 1})
	check(t, err)
	defer eng.Close()
	check(t, holderSchema.CreateAll(ctx, eng))
	fillHolders(t, eng)
	kept := eng.Session()
	defer kept.Close(ctx)
	_, err = query.Select(H).All(ctx, kept)
	check(t, err)
	for _, g := range []guarded{
		{"render a simple query, to be sent", sendSimple, 4, 0},
		{"render a complex query, to be sent", sendComplex, 18, 0},
		{"a complex query that is prepared, to be sent", sendPrepared, 2, 0},
		{"render a simple query, with boxed arguments", printSimple, 5, 0},
		{"render a complex query, with boxed arguments", printComplex, 29, 0},
		{"flush of 1,000 clean objects", func() error { return kept.Flush(ctx) }, 0, 0},
	} {
		g.run(t, proxy)
	}
	check(t, kept.Close(ctx)) // it has the only connection
	for _, g := range append(fetching(eng), writing(eng)...) {
		g.run(t, proxy)
	}
}

func (g guarded) run(t *testing.T, proxy *pgproxy.Proxy) {
	t.Helper()
	for range 3 { // the statements become known, pools are filled
		if err := g.do(); err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
	}
	proxy.Reset()
	check(t, g.do())
	made := proxy.Trips()
	if g.trips >= 0 && made != g.trips {
		t.Errorf("%s takes %d round trips, want %d: %v", g.name, made, g.trips, proxy.Statements())
	}
	var err error
	allocs := testing.AllocsPerRun(5, func() { err = g.do() })
	check(t, err)
	if countsAllocations && g.allocs >= 0 && allocs > g.allocs {
		t.Errorf("%s allocates %.0f times, at most %.0f are allowed", g.name, allocs, g.allocs)
	}
	t.Logf("%-45s %6.0f allocations %3d round trips", g.name, allocs, made)
}

func fillHolders(t *testing.T, eng *session.Engine) {
	t.Helper()
	s := eng.Session()
	for i := range 1000 {
		h := &Holder{FirstName: "F", LastName: fmt.Sprint("L", i), Email: new("e"), Since: time.Now()}
		for range 5 {
			h.Deposits.Add(&Deposit{Amount: 1})
		}
		s.Add(h)
	}
	check(t, s.Commit(ctx))
	check(t, s.Close(ctx))
}

// unsent is a runner that is asked for a statement, rendered with its arguments as a session is, and sends nothing.
type unsent struct{}

// CupelSchema returns none.
func (unsent) CupelSchema() string { return "" }

// CupelRun sends nothing.
func (unsent) CupelRun(context.Context, *run.Request) error { return nil }

func sendSimple() error {
	_, err := simpleQuery().All(ctx, unsent{})
	return err
}

func sendComplex() error {
	_, err := complexQuery().All(ctx, unsent{})
	return err
}

// writtenOnce is complexQuery with its values as parameters.
var writtenOnce = query.Prepare4(func(names expr.TextArray, active expr.Bool, least expr.Float, n expr.Int) query.Query[query.Row3[string, int64, *float64]] {
	count := expr.Count(D.ID).As("count")
	return query.Select3(H.LastName, count, expr.Sum(D.Amount).As("sum")).Join(D).
		Filter(H.LastName.EqExpr(expr.Any[string](names)), H.Active.EqExpr(active), D.Amount.GeExpr(least), H.Email.IsNotNull()).
		GroupBy(H.ID).OrderBy(count.Desc(), H.LastName).LimitExpr(n)
})

var lastNames = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}

// sendPrepared renders nothing: what it takes is one piece of memory for the arguments, and what any statement takes for its rows.
func sendPrepared() error {
	_, err := writtenOnce.With(lastNames, true, 100, 20).All(ctx, unsent{})
	return err
}

func printSimple() error {
	_, _, err := simpleQuery().SQL()
	return err
}

func printComplex() error {
	_, _, err := complexQuery().SQL()
	return err
}

func simpleQuery() query.Query[*Holder] { return query.Select(H).Filter(H.ID.Eq(500)) }

func complexQuery() query.Query[query.Row3[string, int64, *float64]] {
	count := expr.Count(D.ID).As("count")
	return query.Select3(H.LastName, count, expr.Sum(D.Amount).As("sum")).Join(D).
		Filter(H.LastName.In("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"), H.Active.Eq(true), D.Amount.Ge(100), H.Email.IsNotNull()).
		GroupBy(H.ID).OrderBy(count.Desc(), H.LastName).Limit(20)
}

// fetching are the workloads that read. The proxy's own work counts too: it runs in this process.
func fetching(eng *session.Engine) []guarded {
	rows := func(r query.Runner, n int64) error {
		_, err := query.Select(H).Filter(H.ID.Le(n)).OrderBy(H.ID).All(ctx, r)
		return err
	}
	return []guarded{
		{"fetch one by key", func() error {
			_, err := query.Select(H).Filter(H.ID.Eq(500)).One(ctx, eng)
			return err
		}, 15, 1},
		{"fetch one by key in a session", func() error {
			s := eng.Session()
			defer s.Close(ctx)
			_, err := session.Get(ctx, s, H, 500)
			return err
		}, 20, 1},
		{"fetch 1,000 rows", func() error { return rows(eng, 1000) }, 47, 1},
		{"fetch 1,000 rows in a session", func() error {
			s := eng.Session()
			defer s.Close(ctx)
			return rows(s, 1000)
		}, 96, 1},
		{"1,000 holders, 5 deposits each, lazily", func() error {
			s := eng.Session()
			defer s.Close(ctx)
			all, err := query.Select(H).All(ctx, s)
			for _, h := range all {
				if _, err := h.Deposits.All(ctx); err != nil {
					return err
				}
			}
			return err
		}, 234, 2},
	}
}

func writing(eng *session.Engine) []guarded {
	within := func(f func(s *session.Session) error) func() error {
		return func() error {
			s := eng.Session()
			defer s.Close(context.Background())
			return f(s)
		}
	}
	return []guarded{
		{"add one, commit", within(func(s *session.Session) error {
			s.Add(&Holder{LastName: "new"})
			return s.Commit(ctx)
		}), 38, 1},
		{"add 1,000, commit", within(func(s *session.Session) error {
			for range 1000 {
				s.Add(&Holder{LastName: "new"})
			}
			return s.Commit(ctx)
		}), 1180, 1},
		{"load one, change, commit", within(func(s *session.Session) error {
			h, err := session.Get(ctx, s, H, 1)
			if err == nil {
				h.Balance++
				err = s.Commit(ctx)
			}
			return err
		}), 51, 2},
		{"load 1,000, change 100, commit", within(func(s *session.Session) error {
			all, err := query.Select(H).Filter(H.ID.Le(1000)).All(ctx, s)
			if err != nil {
				return err
			}
			for _, h := range all[:100] {
				h.Balance++
			}
			return s.Commit(ctx)
		}), 184, 2},
	}
}
