package render_test

import (
	"reflect"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// writingSibling is a statement and SQL written by hand that must leave the same rows.
type writingSibling struct {
	name string
	w    writing
	sql  string
}

var (
	boss    = model.Alias(E, "boss")
	product = model.Alias(P, "p2")
)

// writings are those of which no case is recorded.
func writings() []writingSibling {
	both := query.Merge(T).Using(D, T.Name.EqExpr(expr.Lower(D.Name)))
	return []writingSibling{
		{
			"upsert of several rows with a condition",
			query.Insert(P).Values(P.Sku.To("W-1"), P.Name.To("x"), P.Stock.To(7)).Values(P.Sku.To("new"), P.Name.To("y"), P.Stock.To(8)).
				OnConflict(P.Sku).DoUpdateAll().Set(P.Stock.ToExpr(P.Stock.PlusExpr(expr.Excluded(P.Stock)))).Filter(P.Stock.Gt(10)),
			`INSERT INTO product (sku, name, stock) VALUES ('W-1', 'x', 7), ('new', 'y', 8)
			ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = product.stock + excluded.stock WHERE product.stock > 10`,
		},
		{
			"upsert of a query",
			query.Insert(CT).FromRows(query.Select(C).Join(O).Filter(O.IsPaid.IsTrue()).Distinct(), CT.CustomerID.ToExpr(C.ID), CT.TagID.To(1)).
				OnConflict(CT.CustomerID, CT.TagID).DoUpdate(CT.TagID.ToExpr(CT.TagID.Plus(3))),
			`INSERT INTO customer_tag SELECT DISTINCT c.id, 1 FROM customer c JOIN orders o ON o.customer_id = c.id WHERE o.is_paid
			ON CONFLICT (customer_id, tag_id) DO UPDATE SET tag_id = customer_tag.tag_id + 3`,
		},
		{
			"insert of grouped rows",
			query.Insert(G).FromRows(query.Select(O).GroupBy(O.CustomerID, O.Status), G.CustID.ToExpr(O.CustomerID), G.What.ToExpr(O.Status)),
			`INSERT INTO audit.log (cust_id, what) SELECT customer_id, status FROM orders GROUP BY customer_id, status`,
		},
		{
			"upsert in another schema",
			query.Insert(G).Values(G.ID.To(1), G.What.To("x")).OnConflict(G.ID).DoUpdate(G.What.ToExpr(G.What.Concat("+").ConcatExpr(expr.Excluded(G.What)))),
			`INSERT INTO audit.log (id, what) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET what = audit.log.what || '+' || excluded.what`,
		},
		{
			"upsert of columns with names of all kinds",
			query.Insert(U).Values(U.ID.To(1), U.Camel.To("c"), U.Pct.To(3), U.Select.To("s")).OnConflict(U.ID).DoUpdateAll(),
			`INSERT INTO "user" (id, "CamelName", "pct%", "select") VALUES (1, 'c', 3, 's') ON CONFLICT (id)
			DO UPDATE SET "CamelName" = excluded."CamelName", "pct%" = excluded."pct%", "select" = excluded."select"`,
		},
		{
			"update from an alias of itself",
			query.Update(E).Set(E.DeptID.ToExpr(boss.DeptID), E.Title.ToExpr(expr.Concat(E.Title, expr.Val(" of "), boss.Name))).Filter(E.ManagerID.EqExpr(boss.ID)),
			`UPDATE employee e SET dept_id = b.dept_id, title = concat(e.title, ' of ', b.name) FROM employee b WHERE e.manager_id = b.id`,
		},
		{
			"delete using an alias of itself",
			query.Delete(CT).Filter(CT.CustomerID.EqExpr(C.ID), C.LastName.EqExpr(other.LastName), other.ID.LtExpr(C.ID)),
			`DELETE FROM customer_tag t USING customer c, customer o WHERE t.customer_id = c.id AND c.last_name = o.last_name AND o.id < c.id`,
		},
		{
			"merge", both.WhenMatched().Delete().WhenNotMatched(D.ID.Gt(1)).Insert(T.Name.ToExpr(expr.Lower(D.Name))),
			`MERGE INTO tag t USING department d ON t.name = lower(d.name) WHEN MATCHED THEN DELETE
			WHEN NOT MATCHED AND d.id > 1 THEN INSERT (name) VALUES (lower(d.name))`,
		},
		{
			"merge of an alias",
			query.Merge(P).Using(product, P.ID.EqExpr(product.ID.Plus(1))).WhenMatched(product.Stock.Gt(0)).Update(P.Stock.ToExpr(product.Stock), P.Name.ToExpr(P.Name.Concat("2"))).
				WhenMatched().DoNothing().WhenNotMatched().Insert(P.Sku.ToExpr(product.Sku.Concat("-n")), P.Name.To("n"), P.Stock.To(1), P.Price.ToExpr(product.Price)),
			`MERGE INTO product p USING product q ON p.id = q.id + 1 WHEN MATCHED AND q.stock > 0 THEN UPDATE SET stock = q.stock, name = p.name || '2'
			WHEN NOT MATCHED THEN INSERT (sku, name, stock, price) VALUES (q.sku || '-n', 'n', 1, q.price)`,
		},
	}
}

var other = model.Alias(C, "other")

// TestWritingSiblings: what stands beside the recorded cases leaves the rows that SQL written by hand leaves.
func TestWritingSiblings(t *testing.T) { besideWritten(t, writings()) }

// besideWritten compares what siblings leave with what their SQL leaves.
func besideWritten(t *testing.T, siblings []writingSibling) {
	t.Helper()
	b := newBed(t)
	// left returns the number of rows that were touched, and all rows after that.
	left := func(exec func(r query.Runner) (int64, error)) (n int64, after tables) {
		if _, err := b.admin.Exec(ctx, b.reset); err != nil {
			t.Fatal(err)
		}
		tx, err := b.admin.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(ctx) }()
		r := session.Wrap(b.admin)
		if n, err = exec(r); err != nil {
			t.Error(err)
			return n, nil
		}
		if after, err = snapshot(r); err != nil {
			t.Fatal(err)
		}
		return n, after
	}
	for _, c := range siblings {
		n, got := left(func(r query.Runner) (int64, error) { return c.w.Exec(ctx, r) })
		by, want := left(func(r query.Runner) (int64, error) { return query.ExecRaw(ctx, r, c.sql) })
		if n != by || n == 0 {
			t.Errorf("%s: it touches %d rows, the SQL %d", c.name, n, by)
		}
		for _, table := range names {
			if gone, came := difference(want[table], got[table]); !reflect.DeepEqual(got[table], want[table]) && len(gone)+len(came) > 0 {
				t.Errorf("%s: of %s it lacks %v and has %v", c.name, table, gone, came)
			}
		}
	}
}
