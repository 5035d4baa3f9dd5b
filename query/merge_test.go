package query_test

import (
	"context"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// TestMerge: what the clauses of a MERGE render.
func TestMerge(t *testing.T) {
	c, a, g := customer, account, gadget
	m := query.Merge(g).Using(c, g.Sku.EqExpr(c.Name))
	const head = "MERGE INTO gadget USING customer ON gadget.sku = customer.name "
	check(t, []golden{
		{"nothing", m.WhenMatched().DoNothing(), head + "WHEN MATCHED THEN DO NOTHING", nil},
		{"delete", m.WhenMatched(c.VIP.Or(c.ID.Gt(3))).Delete(), head + "WHEN MATCHED AND (customer.vip OR customer.id > $1) THEN DELETE", args{int64(3)}},
		{
			"update", m.WhenMatched(c.VIP, g.Active).Update(g.Stock.ToExpr(g.Stock.Plus(1)), g.Name.ToExpr(c.Name)),
			head + "WHEN MATCHED AND customer.vip AND gadget.active THEN UPDATE SET stock = gadget.stock + $1, name = customer.name, rev = gadget.rev + $2",
			args{int32(1), int64(1)},
		},
		{
			"insert", m.WhenNotMatched(c.Email.IsNotNull()).Insert(g.Sku.ToExpr(c.Name), g.Name.To("new"), g.Stock.To(0), g.Active.ToExpr(c.VIP), g.Zone.ToDefault()),
			head + "WHEN NOT MATCHED AND customer.email IS NOT NULL THEN " +
				"INSERT (sku, name, stock, active, zone, rev) VALUES (customer.name, $1, $2, customer.vip, DEFAULT, $3)",
			args{"new", int32(0), int64(1)},
		},
		{
			"defaults", query.Merge(planet).Using(c, planet.Code.EqExpr(c.Name)).WhenNotMatched().Insert(),
			"MERGE INTO planet USING customer ON planet.code = customer.name WHEN NOT MATCHED THEN INSERT DEFAULT VALUES", nil,
		},
		{
			"aliases, two conditions", query.Merge(second).Using(a, second.No.EqExpr(a.No), second.Name.NeExpr(a.Name)).
				WhenMatched().Update(second.Name.ToExpr(a.Name)).WhenNotMatched().DoNothing(),
			"MERGE INTO account AS second USING account ON second.no = account.no AND second.name <> account.name " +
				"WHEN MATCHED THEN UPDATE SET name = account.name WHEN NOT MATCHED THEN DO NOTHING", nil,
		},
		{
			"all", m.WhenMatched(c.VIP).Delete().WhenMatched().Update(g.Rev.To(9)).WhenNotMatched(c.VIP).DoNothing().
				WhenNotMatched().Insert(g.Sku.ToExpr(c.Name), g.Name.ToExpr(c.Name), g.Stock.To(1), g.Active.To(true)),
			head + "WHEN MATCHED AND customer.vip THEN DELETE WHEN MATCHED THEN UPDATE SET rev = $1 WHEN NOT MATCHED AND customer.vip THEN DO NOTHING " +
				"WHEN NOT MATCHED THEN INSERT (sku, name, stock, active, rev) VALUES (customer.name, customer.name, $2, $3, $4)",
			args{int64(9), int32(1), true, int64(1)},
		},
	})
}

// TestMergeOf17 has what servers from 17 on know.
func TestMergeOf17(t *testing.T) {
	t.Parallel()
	c, g := customer, gadget
	m := query.Merge(g).Using(c, g.Sku.EqExpr(c.Name)).WhenNotMatchedBySource(g.Active).Delete()
	const want = "MERGE INTO gadget USING customer ON gadget.sku = customer.name WHEN NOT MATCHED BY SOURCE AND gadget.active THEN DELETE " +
		"RETURNING merge_action(), gadget.id, customer.name"
	if text, _ := render(t, query.Returning3(m, expr.MergeAction(), g.ID, c.Name.OrNull())); text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

// TestMistakesOfMerge: each is an error before anything is sent.
func TestMistakesOfMerge(t *testing.T) {
	t.Parallel()
	c, g := customer, gadget
	m := query.Merge(g).Using(c, g.Sku.EqExpr(c.Name))
	failing(t, []mistaken{
		{"no table", query.Merge(nil), expr.ErrUnmapped, ""},
		{"no Using", query.Merge(g).WhenMatched().Delete(), nil, "Merge into gadget: no Using"},
		{"nil in Using", query.Merge(g).Using(nil, g.Active), expr.ErrUnmapped, ""},
		{"no condition", query.Merge(g).Using(c).WhenMatched().Delete(), nil, "without a condition"},
		{"no condition in And", query.Merge(g).Using(c, expr.And()).WhenMatched().Delete(), nil, "without a condition"},
		{"no clause", m, nil, "no WhenMatched"},
		{"itself", query.Merge(g).Using(g, g.Active).WhenMatched().Delete(), nil, "into itself"},
		{"a third table", m.WhenMatched(account.No.Eq(1)).Delete(), nil, "account is neither of its tables"},
		{"a third table of ON", query.Merge(g).Using(c, g.ID.EqExpr(account.No)).WhenMatched().Delete(), nil, "account is neither of its tables"},
		{"nothing set", m.WhenMatched().Update(), nil, "Update sets no column"},
		{"set twice", m.WhenMatched().Update(g.Name.To("x"), g.Name.To("y")), nil, "gadget.name is set twice"},
		{"inserted twice", m.WhenNotMatched().Insert(g.Name.To("x"), g.Name.To("y")), nil, "gadget.name is set twice"},
		{"another table's column", m.WhenNotMatched().Insert(c.Name.To("x")), nil, "customer.name in a Merge into gadget"},
		{"the row that is not there", m.WhenNotMatched().Insert(g.Name.ToExpr(g.Name)), nil, "WhenNotMatched names gadget, which has no row then"},
		{"the source that is not there", m.WhenNotMatchedBySource(c.VIP).Delete(), nil, "WhenNotMatchedBySource names customer"},
		{"a zero statement", query.MergeStatement{}, nil, "statement is empty"},
		{"a zero statement's clause", query.MergeStatement{}.WhenMatched().Delete(), nil, "statement is empty"},
		{"a zero clause", query.MergeMatched{}.Delete(), nil, "statement is empty"},
		{"a zero Assignment", m.WhenMatched().Update(expr.Assignment{}), nil, "takes columns"},
	})
}

// TestMergeRuns: rows change, go and come, and their number is right.
func TestMergeRuns(t *testing.T) {
	t.Parallel()
	ctx, eng, g, c := context.Background(), engine(t), gadget, customer
	_, err := query.Insert(c).Values(c.ID.To(1), c.Name.To("a"), c.VIP.To(true)).Values(c.ID.To(2), c.Name.To("b"), c.VIP.To(false)).
		Values(c.VIP.To(false), c.ID.To(3), c.Name.To("c")).Exec(ctx, eng)
	ok(t, err)
	_, err = gadgetRow("a", "a", 1).Values(g.Sku.To("b"), g.Name.To("b"), g.Stock.To(1), g.Active.To(true)).Exec(ctx, eng)
	ok(t, err)
	n, err := query.Merge(g).Using(c, g.Sku.EqExpr(c.Name)).
		WhenMatched(c.VIP).Delete().
		WhenMatched().Update(g.Stock.ToExpr(g.Stock.Plus(10))).
		WhenNotMatched().Insert(g.Sku.ToExpr(c.Name), g.Name.ToExpr(expr.Upper(c.Name)), g.Stock.To(7), g.Active.To(false)).
		Exec(ctx, eng)
	ok(t, err)
	rows, err := query.Select4(g.Sku, g.Name, g.Stock, g.Rev).OrderBy(g.Sku).All(ctx, eng)
	ok(t, err)
	want := []query.Row4[string, string, int32, int64]{{"b", "b", 11, 2}, {"c", "C", 7, 1}}
	if n != 3 || len(rows) != 2 || rows[0] != want[0] || rows[1] != want[1] {
		t.Errorf("%d rows touched, they are %v; want 3 and %v", n, rows, want)
	}
}
