package query_test

import (
	"context"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// TestChangeFrom: what stands in FROM, USING and MERGE may be anything that stands in FROM of a query.
func TestChangeFrom(t *testing.T) {
	c, a, g := customer, account, gadget
	n := expr.Count(a.No).As("n")
	per := query.Sub("per", query.Select2(a.CustID, n).GroupBy(a.CustID))
	vips := query.With("vips", query.Select2(c.ID, c.Name).Filter(c.VIP))
	id, label := query.Define[expr.Int]("id"), query.Define[expr.Text]("label")
	labels := query.Values2("labels", id, label, query.Row2[int64, string]{V1: 1, V2: "x"}, query.Row2[int64, string]{V1: 2, V2: "y"})
	series := expr.Func[expr.Int]("generate_series", expr.Val[int64](1), expr.Val[int64](3))
	numbers := query.Function("numbers", series)
	last := query.LateralOf("last", a, query.Select(a).Filter(a.CustID.EqExpr(c.ID)).OrderBy(a.No.Desc()).Limit(1))
	const perSQL = "(SELECT account.cust_id, count(account.no) AS n \nFROM account GROUP BY account.cust_id) AS per"
	const vipsSQL = "WITH vips AS (SELECT customer.id, customer.name \nFROM customer \nWHERE customer.vip) \n"
	const labelsSQL = "(VALUES ($1::bigint, $2::text), ($3::bigint, $4::text)) AS labels (id, label)"
	bossOf := query.Select(boss.Name).Filter(boss.ID.EqExpr(worker.BossID))
	check(t, []golden{
		{
			"UPDATE from a subquery", query.Update(c).Set(c.VIP.ToExpr(query.Col(per, n).Gt(3))).Filter(query.Col(per, a.CustID).EqExpr(c.ID)),
			"UPDATE customer SET vip = per.n > $1 FROM " + perSQL + " WHERE per.cust_id = customer.id",
			args{int64(3)},
		},
		{
			"UPDATE from WITH", query.Update(a).Set(a.Name.ToExpr(query.Col(vips, c.Name))).Filter(a.CustID.EqExpr(query.Col(vips, c.ID))),
			vipsSQL + "UPDATE account SET name = vips.name FROM vips WHERE account.cust_id = vips.id", nil,
		},
		{
			"UPDATE from VALUES", query.Update(c).Set(c.Name.ToExpr(query.Col(labels, label))).Filter(c.ID.EqExpr(query.Col(labels, id))),
			"UPDATE customer SET name = labels.label FROM " + labelsSQL + " WHERE customer.id = labels.id",
			args{int64(1), "x", int64(2), "y"},
		},
		{
			"UPDATE by a subquery of itself", query.Update(worker).Set(worker.Name.ToExpr(expr.Coalesce(expr.Scalar(boss.Name, bossOf), "none"))).Everywhere(),
			"UPDATE worker SET name = coalesce((SELECT boss.name \nFROM worker AS boss \nWHERE boss.id = worker.boss_id), $1)",
			args{"none"},
		},
		{
			"UPDATE with CROSS JOIN", query.Update(c).Set(c.Name.ToExpr(query.Col(vips, c.Name))).CrossJoin(vips).Filter(c.ID.Lt(3)),
			vipsSQL + "UPDATE customer SET name = vips.name FROM vips WHERE customer.id < $1",
			args{int64(3)},
		},
		{"DELETE with CROSS JOIN", query.Delete(a).CrossJoin(planet).CrossJoin(g).Everywhere(), "DELETE FROM account USING planet, gadget", nil},
		{
			"INSERT over an identity", query.Insert(c).Values(c.ID.To(91), c.Name.To("x"), c.VIP.To(true)).OverridingSystemValue().OnConflict().DoNothing(),
			"INSERT INTO customer (id, name, vip) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
			args{int64(91), "x", true},
		},
		{
			"INSERT of rows without their identity", query.Insert(c).FromRows(query.Select(c), c.ID.ToExpr(c.ID), c.Name.ToExpr(c.Name), c.VIP.ToExpr(c.VIP)).OverridingUserValue(),
			"INSERT INTO customer (id, name, vip) OVERRIDING USER VALUE SELECT customer.id, customer.name, customer.vip \nFROM customer", nil,
		},
		{
			"DELETE using a function's rows", query.Delete(c).Filter(c.ID.EqExpr(query.Col(numbers, series))),
			"DELETE FROM customer USING generate_series($1::bigint, $2::bigint) AS numbers (numbers) WHERE customer.id = numbers.numbers",
			args{int64(1), int64(3)},
		},
		{
			"DELETE using a subquery", query.Delete(c).Filter(query.Col(per, a.CustID).EqExpr(c.ID), query.Col(per, n).Gt(3)),
			"DELETE FROM customer USING " + perSQL + " WHERE per.cust_id = customer.id AND per.n > $1",
			args{int64(3)},
		},
		{
			"DELETE using WITH, returning", query.Returning2(query.Delete(a).Filter(a.CustID.EqExpr(query.Col(vips, c.ID))), a.No, query.Col(vips, c.Name)),
			vipsSQL + "DELETE FROM account USING vips WHERE account.cust_id = vips.id RETURNING account.no, vips.name", nil,
		},
		{
			"DELETE using LATERAL", query.Delete(second).Filter(second.No.EqExpr(last.No), second.CustID.EqExpr(c.ID)),
			"DELETE FROM account AS second USING customer, LATERAL (SELECT account.no, account.name, account.cust_id \nFROM account " +
				"\nWHERE account.cust_id = customer.id ORDER BY account.no DESC \n LIMIT $1) AS last " +
				"WHERE second.no = last.no AND second.cust_id = customer.id",
			args{int64(1)},
		},
		{
			"MERGE using VALUES", query.Merge(c).Using(labels, c.ID.EqExpr(query.Col(labels, id))).WhenMatched().Update(c.Name.ToExpr(query.Col(labels, label))),
			"MERGE INTO customer USING " + labelsSQL + " ON customer.id = labels.id WHEN MATCHED THEN UPDATE SET name = labels.label",
			args{int64(1), "x", int64(2), "y"},
		},
		{
			"MERGE using WITH", query.Merge(a).Using(vips, a.CustID.EqExpr(query.Col(vips, c.ID))).WhenMatched(expr.Exists(query.From(worker).Filter(worker.Name.EqExpr(a.Name)))).Delete().
				WhenNotMatched().Insert(a.Name.ToExpr(query.Col(vips, c.Name)), a.CustID.ToExpr(query.Col(vips, c.ID))),
			vipsSQL + "MERGE INTO account USING vips ON account.cust_id = vips.id WHEN MATCHED AND " +
				"EXISTS (SELECT 1 \nFROM worker \nWHERE worker.name = account.name) THEN DELETE " +
				"WHEN NOT MATCHED THEN INSERT (name, cust_id) VALUES (vips.name, vips.id)", nil,
		},
		{
			"ON CONFLICT with subqueries", query.Insert(g).FromRows(query.From(vips), g.Sku.ToExpr(query.Col(vips, c.Name)), g.Name.To("n"), g.Stock.To(1), g.Active.To(true), g.Rev.To(1)).
				OnConflict(g.Sku).DoUpdate(g.Rev.ToExpr(expr.Scalar(expr.Count(a.No), query.From(a).Filter(a.Name.EqExpr(expr.Excluded(g.Name)), a.No.GtExpr(g.ID))))),
			vipsSQL + "INSERT INTO gadget (sku, name, stock, active, rev) SELECT vips.name, $1::text, $2::integer, $3::boolean, $4::bigint \nFROM vips " +
				"ON CONFLICT (sku) DO UPDATE SET rev = (SELECT count(account.no) \nFROM account \nWHERE account.name = excluded.name AND account.no > gadget.id)",
			args{"n", int32(1), true, int64(1)},
		},
	})
}

// TestMistakesOfChanges: what the database does not store cannot be changed.
func TestMistakesOfChanges(t *testing.T) {
	t.Parallel()
	c := customer
	some := query.SubOf("some", c, query.Select(c).Limit(3))
	failing(t, []mistaken{
		{"nothing connects", query.Update(c).Set(c.Name.ToExpr(planet.Code)).Everywhere(), query.ErrCartesian, "customer and planet"},
		{"nothing connects a third", query.Delete(c).CrossJoin(planet).Filter(account.No.Eq(1)), query.ErrCartesian, "account"},
		{"CROSS JOIN of itself", query.Delete(c).CrossJoin(c).Everywhere(), nil, "use an alias"},
		{"CROSS JOIN of nothing", query.Delete(c).CrossJoin(nil).Everywhere(), expr.ErrUnmapped, ""},
		{"insert", query.Insert(some).Values(some.Name.To("x")), nil, "Insert into some: it is not a table of the database"},
		{"update", query.Update(some).Set(some.Name.To("x")).Everywhere(), nil, "statement on some: it is not a table of the database"},
		{"delete", query.Delete(some).Everywhere(), nil, "statement on some: it is not a table of the database"},
		{"merge", query.Merge(some).Using(c, c.ID.EqExpr(some.ID)).WhenMatched().Delete(), nil, "Merge into some: it is not a table of the database"},
	})
}

// TestUpsertOfWith: a statement that inserts is a table of WITH, whose rows another statement reads.
func TestUpsertOfWith(t *testing.T) {
	t.Parallel()
	ctx, eng, g, a := context.Background(), engine(t), gadget, account
	_, err := gadgetRow("a", "A", 1).Exec(ctx, eng)
	ok(t, err)
	stored := query.With("stored", query.Returning2(gadgetRow("a", "B", 5).Values(g.Sku.To("b"), g.Name.To("C"), g.Stock.To(1), g.Active.To(true)).
		OnConflict(g.Sku).DoUpdateAll().Filter(g.Stock.Gt(100)), g.Sku, g.Name))
	n, err := query.Insert(a).FromRows(query.From(stored), a.Name.ToExpr(query.Col(stored, g.Sku))).Exec(ctx, eng)
	ok(t, err)
	names, err := query.Select(a.Name).All(ctx, eng)
	ok(t, err)
	if n != 1 || len(names) != 1 || names[0] != "b" {
		t.Errorf("%d rows, %v", n, names)
	}
}

// TestNotEvaluated: memory knows neither the rows of another table nor which rows conflict.
func TestNotEvaluated(t *testing.T) {
	t.Parallel()
	ctx, c, none := context.Background(), customer, unreached{t}
	for name, exec := range map[string]func(context.Context, query.Runner) (int64, error){
		"update": query.Update(c).Set(c.Name.To("x")).CrossJoin(planet).Everywhere().Sync(query.SyncEvaluate).Exec,
		"delete": query.Delete(c).CrossJoin(planet).Everywhere().Sync(query.SyncEvaluate).Exec,
		"insert": query.InsertObjects(c, &Customer{ID: 1}).OnConflict(c.ID).DoUpdateAll().Sync(query.SyncEvaluate).Exec,
	} {
		if _, err := exec(ctx, none); err == nil {
			t.Errorf("%s: SyncEvaluate is no error", name)
		}
	}
}
