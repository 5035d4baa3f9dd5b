package query_test

import (
	"sync"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// TestBranches: no method of a query changes the query it was called on, nor another that was made from it, also when many
// goroutines branch off at once.
func TestBranches(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	type q = query.Query[int64]
	methods := map[string]func(q) q{
		"Filter":     func(x q) q { return x.Filter(c.Name.Eq("x")) },
		"GroupBy":    func(x q) q { return x.GroupBy(c.Name) },
		"Having":     func(x q) q { return x.Having(expr.CountAll().Gt(5)) },
		"OrderBy":    func(x q) q { return x.OrderBy(c.Name) },
		"Distinct":   q.Distinct,
		"DistinctOn": func(x q) q { return x.DistinctOn(c.Name) },
		"Limit":      func(x q) q { return x.Limit(7) },
		"Offset":     func(x q) q { return x.Offset(8) },
		"WithTies":   q.WithTies,
		"NoLimit":    q.NoLimit,
		"NoOffset":   q.NoOffset,
		"NoOrderBy":  q.NoOrderBy,
		"NoGroupBy":  q.NoGroupBy,
		"Prefix":     func(x q) q { return x.Prefix("/* p */") },
		"Suffix":     func(x q) q { return x.Suffix("/* s */") },
		"ForUpdate":  func(x q) q { return x.ForUpdate() },
		"From":       func(x q) q { return x.From(c).From(planet) },
		"Join":       func(x q) q { return x.Join(a) },
		"CrossJoin":  func(x q) q { return x.CrossJoin(planet) },
		"a mistake":  func(x q) q { return x.Limit(-1) },
		"ClausesOf":  func(x q) q { return x.ClausesOf(query.Select(c.Name).Having(c.VIP)) },
	}
	bases := map[string]q{
		"plain": query.Select(c.ID),
		"full": query.Select(c.ID).From(c).Prefix("ALL").Filter(c.VIP).GroupBy(c.ID).Having(c.VIP).OrderBy(c.ID).Limit(1).Offset(2).
			WithTies().Suffix("/* full */").ForShare(),
	}
	for name, base := range bases {
		before := base.Inline()
		alone := map[string]string{}
		for method, f := range methods {
			alone[method] = f(base).Inline()
		}
		var wg sync.WaitGroup
		for range 4 {
			for method, f := range methods {
				wg.Go(func() {
					if got := f(base).Inline(); got != alone[method] {
						t.Errorf("%s of %s is %s, alone it is %s", method, name, got, alone[method])
					}
					if again := f(f(base)); again.Inline() == "" {
						t.Errorf("%s twice prints nothing", method)
					}
				})
			}
		}
		wg.Wait()
		if base.Inline() != before {
			t.Errorf("%s became %s, it was %s", name, base.Inline(), before)
		}
	}
}

// TestWideLimit: a number beyond the type integer is a bigint.
func TestWideLimit(t *testing.T) {
	check(t, []golden{{
		"wide", query.Select(customer.ID).Limit(1 << 40).Offset(1 << 33),
		"SELECT customer.id \nFROM customer \n LIMIT $1::bigint OFFSET $2::bigint",
		args{int64(1 << 40), int64(1 << 33)},
	}})
}
