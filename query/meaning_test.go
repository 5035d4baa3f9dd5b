package query_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// scene returns an engine on two customers and their accounts: ann has 1 and 2, bob has none; 3 is nobody's.
func scene(t *testing.T) *session.Engine {
	t.Helper()
	eng, ctx := engine(t), context.Background()
	for _, s := range []query.InsertStatement{
		query.Insert(customer).Values(customer.ID.To(1), customer.Name.To("ann"), customer.VIP.To(true)).
			Values(customer.ID.To(2), customer.Name.To("bob"), customer.VIP.To(false)),
		query.Insert(account).Values(account.No.To(1), account.Name.To("a_"), account.CustID.To(1)).
			Values(account.No.To(2), account.Name.To("a%"), account.CustID.To(1)).
			Values(account.No.To(3), account.Name.To("%"), account.CustID.ToNull()),
		query.Insert(transfer).Values(transfer.ID.To(1), transfer.Source.To(1), transfer.Target.To(2)),
	} {
		_, err := s.Exec(ctx, eng)
		ok(t, err)
	}
	return eng
}

// rows compares what a query gives.
func rows[R any](t *testing.T, eng *session.Engine, q interface {
	All(context.Context, query.Runner) ([]R, error)
}, want ...R,
) {
	t.Helper()
	got, err := q.All(context.Background(), eng)
	ok(t, err)
	if !reflect.DeepEqual(got, append([]R{}, want...)) {
		t.Errorf("%v gives %v, want %v", q, got, want)
	}
}

func TestMeaning(t *testing.T) {
	t.Parallel()
	c, a, x := customer, account, transfer
	eng := scene(t)
	one := func(p expr.Condition) query.Query[int64] { return query.Select(a.No).Filter(p).OrderBy(a.No) }

	// Rows after a key of two columns.
	key := expr.Tuple2(a.Name, a.No)
	rows(t, eng, one(key.Gt("a%", 1)), 1, 2)
	rows(t, eng, one(key.In(key.Row("a%", 2), key.Row("a%", 1))), 2)
	rows(t, eng, one(key.NotIn(key.Row("a%", 2))), 1, 3)

	// Nothing is special in the texts of these.
	rows(t, eng, one(a.Name.HasSuffixExpr(expr.Val("%"))), 2, 3)
	rows(t, eng, one(a.Name.HasPrefixExpr(expr.Val("%"))), 3)
	rows(t, eng, one(a.Name.ContainsExpr(expr.Val("_"))), 1)
	rows(t, eng, one(a.Name.HasSuffixExpr(expr.Val(""))), 1, 2, 3)

	// The opposite of ANY is not ANY of the opposite.
	any12 := a.No.EqExpr(expr.Any[int64](expr.Val([]int64{1, 2})))
	rows(t, eng, one(any12), 1, 2)
	rows(t, eng, one(any12.Not()), 3)
	rows(t, eng, one(a.Name.LikeExpr(expr.Any[string](expr.Val([]string{`a\_`, `a\%`}))).Not()), 3)

	// NULL, and numbers beyond the type integer.
	rows(t, eng, one(a.CustID.IsNotDistinctFromExpr(expr.Nullable[int64](nil))), 3)
	rows(t, eng, one(a.No.Lt(1<<40)), 1, 2, 3)
	rows(t, eng, query.Select(expr.Coalesce(expr.CaseOn[expr.NullText](a.No).When(1, "one").End(), "more")).OrderBy(a.No), "one", "more", "more")

	// Limit returns more rows where they are equal.
	rows(t, eng, query.Select(a.No).OrderBy(expr.Left(a.Name, 1).Desc()).Limit(1).WithTies(), 1, 2)

	// Both tables of a join in parentheses, or none; and an entity that is not there.
	entities := query.Select3(c.ID, a, x.ID.OrNull()).LeftJoin(query.Nested(a).Join(x, x.Source.EqExpr(a.No))).OrderBy(c.ID)
	rows(t, eng, entities,
		query.Row3[int64, *Account, *int64]{V1: 1, V2: &Account{No: 1, Name: "a_", CustID: new(int64(1))}, V3: new(int64(1))},
		query.Row3[int64, *Account, *int64]{V1: 2})

	// Equal expressions, built apart.
	rows(t, eng, query.Select2(expr.Coalesce(a.CustID, 0), expr.CountAll()).GroupBy(expr.Coalesce(a.CustID, 0)).OrderBy(expr.Coalesce(a.CustID, 0)),
		query.Row2[int64, int64]{V1: 0, V2: 1}, query.Row2[int64, int64]{V1: 1, V2: 2})
}
