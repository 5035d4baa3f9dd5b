package query_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// TestOldAndNew: RETURNING names the row before and after, which servers from version 18 on know.
func TestOldAndNew(t *testing.T) {
	t.Parallel()
	c, g := customer, gadget
	upsert := gadgetRow("a", "A", 1).OnConflict(g.Sku).DoUpdate(g.Name.ToExcluded(), g.Rev.To(1))
	for _, s := range []struct {
		got  statement
		want string
	}{
		{
			query.Returning2(query.Update(c).Set(c.Name.To("x")).Everywhere(), expr.Old(c.Name), expr.Upper(expr.New(c.Name))),
			"UPDATE customer SET name = $1 RETURNING old.name, upper(new.name)",
		},
		{query.Returning2(query.Delete(rich).Everywhere(), expr.Old(rich.Name), rich.ID), "DELETE FROM customer AS rich RETURNING old.name, rich.id"},
		{
			query.Returning2(upsert, expr.Old(g.Name).OrNull(), g.Name),
			"INSERT INTO gadget (sku, name, stock, active, rev) VALUES ($1, $2, $3, $4, $5) " +
				"ON CONFLICT (sku) DO UPDATE SET name = excluded.name, rev = $6 RETURNING old.name, gadget.name",
		},
		{
			query.Returning2(query.Merge(g).Using(c, g.Sku.EqExpr(c.Name)).WhenMatched().Delete(), expr.Old(g.Name), expr.New(g.Stock).OrNull()),
			"MERGE INTO gadget USING customer ON gadget.sku = customer.name WHEN MATCHED THEN DELETE RETURNING old.name, new.stock",
		},
	} {
		if text, _ := render(t, s.got); text != s.want {
			t.Errorf("got  %s\nwant %s", text, s.want)
		}
	}
	failing(t, []mistaken{
		{"of another table", query.Returning(query.Delete(c).Everywhere(), expr.Old(g.Name)), nil, "old.name of gadget: there is no such row here"},
		{"elsewhere", query.Delete(c).Filter(expr.Old(c.VIP)), nil, "old.vip of customer: there is no such row here"},
		{"in DO UPDATE", query.Returning(upsert.Set(g.Zone.ToExpr(expr.New(g.Name))), g.ID), nil, "new.name of gadget"},
		{"of an expression", query.Returning(query.Delete(c).Everywhere(), expr.New(c.Name.Concat("x"))), nil, "new of an expression that is no column"},
	})
}
