package query_test

import (
	"sync"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// branch has 100 goroutines call methods of one value at once, each also twice; what comes of each must be what came of it when it was
// called alone, and the value must be what it was. text prints it.
func branch[S any](t *testing.T, base S, text func(S) string, methods map[string]func(S) S) {
	t.Helper()
	before := text(base)
	alone, twice := map[string]string{}, map[string]string{}
	for name, f := range methods {
		alone[name] = text(f(base))
		twice[name] = text(f(f(base)))
		if alone[name] == before && twice[name] == before {
			t.Errorf("%s changes nothing in %s", name, before)
		}
	}
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			for name, f := range methods { // in another order each time
				once := f(base)
				for again := range 2 {
					_ = f(once)
					if got := text(once); got != alone[name] {
						t.Errorf("%s, look %d: %s, alone it is %s", name, again, got, alone[name])
					}
				}
				if got := text(f(once)); got != twice[name] {
					t.Errorf("%s twice: %s, alone it is %s", name, got, twice[name])
				}
			}
		})
	}
	wg.Wait()
	if got := text(base); got != before {
		t.Errorf("%s became %s", before, got)
	}
}

func inline[S interface{ Inline() string }](s S) string { return s.Inline() }

// TestBranchesOfStatements: no method of any statement, or of a part of one, changes what it was called on.
func TestBranchesOfStatements(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	type (
		compound = query.Compound[string]
		selected = query.Query[string]
	)
	branch(t, query.Select(c.Name).Filter(c.VIP).Window(expr.Window{}.As("w")), inline, map[string]func(selected) selected{
		"Filter":     func(q selected) selected { return q.Filter(c.ID.Eq(1)) },
		"Scope":      func(q selected) selected { return q.Scope(vips, newest) },
		"Window":     func(q selected) selected { return q.Window(expr.Window{}.OrderBy(c.ID).As("v")) },
		"LimitExpr":  func(q selected) selected { return q.LimitExpr(expr.Val(3)) },
		"OffsetExpr": func(q selected) selected { return q.OffsetExpr(expr.Val(3)) },
		"Join":       func(q selected) selected { return q.LeftJoin(second, c.ID.EqExpr(second.CustID)) },
	})
	branch(t, query.Union(query.Select(c.Name), query.Select(a.Name)).OrderBy(c.Name), inline, map[string]func(compound) compound{
		"OrderBy": func(q compound) compound { return q.OrderBy(c.Name.Desc()) },
		"Limit":   func(q compound) compound { return q.Limit(3) },
		"Offset":  func(q compound) compound { return q.Offset(3) },
		"nested":  func(q compound) compound { return query.Except(q, query.Select(planet.Code)) },
	})
	branch(t, query.Insert(a).Values(a.Name.To("x")), inline, map[string]func(query.InsertStatement) query.InsertStatement{
		"Values":     func(s query.InsertStatement) query.InsertStatement { return s.Values(a.Name.To("y")) },
		"Overriding": query.InsertStatement.OverridingSystemValue,
		"OnConflict": func(s query.InsertStatement) query.InsertStatement { return s.OnConflict(a.No).DoNothing() },
	})
	branch(t, query.Insert(a).Values(a.No.To(1), a.Name.To("x")).OnConflict(a.No).DoUpdate(a.Name.ToExcluded()), inline,
		map[string]func(query.UpsertStatement) query.UpsertStatement{
			"Set":    func(s query.UpsertStatement) query.UpsertStatement { return s.Set(a.CustID.ToNull()) },
			"Filter": func(s query.UpsertStatement) query.UpsertStatement { return s.Filter(a.No.Gt(3)) },
		})
	branch(t, query.Update(a).Set(a.Name.To("x")).Filter(a.No.Eq(1)), inline, map[string]func(query.UpdateStatement) query.UpdateStatement{
		"Set":       func(s query.UpdateStatement) query.UpdateStatement { return s.Set(a.CustID.ToNull()) },
		"Filter":    func(s query.UpdateStatement) query.UpdateStatement { return s.Filter(a.Name.Eq("x")) },
		"CrossJoin": func(s query.UpdateStatement) query.UpdateStatement { return s.CrossJoin(planet) },
	})
	branch(t, query.Delete(a).Filter(a.No.Eq(1)), inline, map[string]func(query.DeleteStatement) query.DeleteStatement{
		"Filter":    func(s query.DeleteStatement) query.DeleteStatement { return s.Filter(a.Name.Eq("x")) },
		"CrossJoin": func(s query.DeleteStatement) query.DeleteStatement { return s.CrossJoin(planet) },
	})
	branch(t, query.Merge(a).Using(c, a.CustID.EqExpr(c.ID)).WhenMatched(c.VIP).Delete(), inline, map[string]func(query.MergeStatement) query.MergeStatement{
		"WhenMatched": func(s query.MergeStatement) query.MergeStatement { return s.WhenMatched().Update(a.Name.To("x")) },
		"WhenNot":     func(s query.MergeStatement) query.MergeStatement { return s.WhenNotMatched().Insert(a.Name.To("x")) },
	})
}

// TestBranchesOfParts: nor does any method of a window, a CASE, or a join in parentheses.
func TestBranchesOfParts(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	branch(t, expr.Window{}.PartitionBy(c.VIP), func(w expr.Window) string { return query.Select(expr.Over(expr.RowNumber(), w)).Inline() },
		map[string]func(expr.Window) expr.Window{
			"PartitionBy": func(w expr.Window) expr.Window { return w.PartitionBy(c.Name) },
			"OrderBy":     func(w expr.Window) expr.Window { return w.OrderBy(c.ID) },
			"As":          func(w expr.Window) expr.Window { return w.As("w") },
		})
	type branches = expr.CaseOf[expr.Int, int64]
	branch(t, expr.Case[expr.Int]().When(c.VIP, 1), func(b branches) string { return query.Select(b.Else(9)).Inline() }, map[string]func(branches) branches{
		"When":     func(b branches) branches { return b.When(c.Name.Eq("x"), 2) },
		"WhenExpr": func(b branches) branches { return b.WhenExpr(c.Name.Eq("y"), c.ID) },
	})
	branch(t, query.Nested(a).Join(second, a.No.EqExpr(second.No)),
		func(n query.NestedJoin) string { return query.Select(c.ID).LeftJoin(n, c.ID.EqExpr(a.CustID)).Inline() },
		map[string]func(query.NestedJoin) query.NestedJoin{
			"Join":     func(n query.NestedJoin) query.NestedJoin { return n.Join(planet, planet.Code.EqExpr(a.Name)) },
			"LeftJoin": func(n query.NestedJoin) query.NestedJoin { return n.LeftJoin(transfer, transfer.Source.EqExpr(a.No)) },
		})
}
