package query_test

import (
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// deep are statements that nest n deep.
var deep = map[string]func(n int) statement{
	"And and Or": func(n int) statement {
		p := customer.ID.Eq(0)
		for range n {
			p = expr.Or(expr.And(p, customer.VIP), customer.ID.Eq(1))
		}
		return query.Select(customer.ID).Filter(p)
	},
	"Not": func(n int) statement {
		p := customer.ID.Eq(0)
		for range n {
			p = expr.And(p, customer.VIP).Not()
		}
		return query.Select(customer.ID).Filter(p)
	},
	"arithmetic": func(n int) statement {
		x := customer.ID.MinusExpr(account.No)
		for range n {
			x = customer.ID.MinusExpr(x)
		}
		return query.Select(x).CrossJoin(account)
	},
	"functions": func(n int) statement {
		x := expr.Coalesce(customer.ID, 0)
		for range n {
			x = expr.Coalesce(x.Plus(1), 0)
		}
		return query.Select(x)
	},
	"Sub": func(n int) statement {
		q, x := query.Select(customer.ID), customer.ID
		for range n {
			d := query.Sub("d", q)
			x = query.Col(d, x)
			q = query.Select(x).Filter(x.Gt(0))
		}
		return q
	},
	"EXISTS": func(n int) statement {
		q := query.From(account).Filter(account.CustID.EqExpr(customer.ID))
		for range n {
			q = query.From(account).Filter(expr.Exists(q), account.CustID.EqExpr(customer.ID))
		}
		return query.Select(customer.ID).Filter(expr.Exists(q))
	},
	"WITH of WITH": func(n int) statement {
		q, x := query.Select(customer.ID), customer.ID
		for i := range n {
			d := query.With("w"+string(rune('a'+i%26))+"_"+time.Duration(i).String(), q)
			x = query.Col(d, x)
			q = query.Select(x).Filter(x.Gt(0))
		}
		return q
	},
	"UNION of UNION": func(n int) statement {
		q := query.Union(query.Select(customer.ID), query.Select(account.No))
		for i := range n {
			if i%2 == 0 {
				q = query.Except(q, query.Select(account.No))
			} else {
				q = query.Union(query.Select(account.No), q)
			}
		}
		return q
	},
}

// TestDepth: what nests 1,000 deep is written, in a time that grows about as it does. The bound is far above that, and far below what it took
// when each table of WITH had all before it gone through anew. It does not run in parallel with others, as it measures time.
func TestDepth(t *testing.T) {
	for name, nested := range deep {
		s, took := nested(1000), time.Hour
		for range 5 {
			began := time.Now()
			if _, _, err := s.SQL(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			took = min(took, time.Since(began))
		}
		if took > 100*time.Millisecond {
			t.Errorf("%s: 1,000 deep it takes %v to write", name, took)
		}
	}
}
