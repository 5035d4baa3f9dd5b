package render_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// subqueryWritings change rows by what other statements give.
func subqueryWritings() []writingSibling {
	n := expr.CountAll().As("stock")
	sold := query.Sub("sold", query.Select2(L.ProductID, n).GroupBy(L.ProductID))
	src := query.With("src", query.Select2(C.ID, C.LastName).Filter(C.ID.Gt(8)))
	sku, stock := query.Define[expr.Text]("sku"), query.Define[expr.Int32]("stock")
	rows := query.Values2("v", sku, stock, query.Row2[string, int32]{V1: "W-1", V2: 1}, query.Row2[string, int32]{V1: "new", V2: 2})
	lines := query.From(L).Filter(L.ProductID.EqExpr(P.ID))
	return []writingSibling{
		{
			"subqueries in SET and WHERE", query.Update(P).Set(P.Stock.ToExpr(expr.Coalesce(expr.Scalar(expr.Max(L.Qty), lines), 0)), P.Name.ToExpr(P.Name.Concat("!"))).
				Filter(expr.Exists(lines.Filter(L.Qty.Gt(1)))),
			`UPDATE product p SET stock = (SELECT max(qty) FROM order_line WHERE product_id = p.id), name = name || '!' WHERE id IN (SELECT product_id FROM order_line WHERE qty > 1)`,
		},
		{
			"update from a derived table with the name of the column", query.Update(P).Set(P.Stock.ToExpr(expr.CastTo[expr.Int32](query.Col(sold, n)))).Filter(P.ID.EqExpr(query.Col(sold, L.ProductID))),
			`UPDATE product SET stock = s.n FROM (SELECT product_id, count(*) n FROM order_line GROUP BY 1) s WHERE id = product_id`,
		},
		{
			"update from VALUES", query.Update(P).Set(P.Stock.ToExpr(query.Col(rows, stock))).Filter(P.Sku.EqExpr(query.Col(rows, sku))),
			`UPDATE product SET stock = 1 WHERE sku = 'W-1'`,
		},
		{
			"delete by two subqueries", query.Delete(CT).Filter(CT.CustomerID.InRows(O.CustomerID, query.From(O).Filter(O.IsPaid.IsTrue())), expr.Exists(query.From(T).Filter(T.ID.EqExpr(CT.TagID), T.ID.Gt(1)))),
			`DELETE FROM customer_tag WHERE customer_id IN (SELECT customer_id FROM orders WHERE is_paid) AND tag_id > 1`,
		},
		{
			"delete by the table itself", query.Delete(S).Filter(S.ID.LtExpr(expr.Scalar(expr.Max(S.ID), query.From(S)))),
			`DELETE FROM shipment WHERE id < (SELECT max(id) FROM shipment)`,
		},
		{
			"insert from WITH", query.Insert(T).FromRows(query.From(src).Filter(query.Col(src, C.ID).Lt(10)), T.Name.ToExpr(query.Col(src, C.LastName)), T.ID.ToExpr(query.Col(src, C.ID).Plus(100))),
			`INSERT INTO tag (id, name) SELECT id + 100, last_name FROM customer WHERE id = 9`,
		},
		{
			"subqueries in VALUES", query.Insert(P).Values(P.Sku.To("s"), P.Name.To("n"), P.Stock.ToExpr(expr.CastTo[expr.Int32](expr.Scalar(expr.CountAll(), query.From(C).Filter(C.ID.Gt(3)))))),
			`INSERT INTO product (sku, name, stock) VALUES ('s', 'n', 7)`,
		},
		{
			"upsert with a subquery", query.Insert(P).Values(P.Sku.To("W-1"), P.Name.To("n"), P.Stock.To(5)).OnConflict(P.Sku).
				DoUpdate(P.Stock.ToExpr(expr.Excluded(P.Stock).PlusExpr(expr.Coalesce(expr.Scalar(expr.Max(L.Qty), lines), 0)))),
			`INSERT INTO product (sku, name, stock) VALUES ('W-1', 'n', 5) ON CONFLICT (sku) DO UPDATE SET stock = excluded.stock + (SELECT max(qty) FROM order_line WHERE product_id = product.id)`,
		},
		{
			"merge of VALUES", query.Merge(P).Using(rows, P.Sku.EqExpr(query.Col(rows, sku))).WhenMatched(P.Stock.Gt(50)).Update(P.Stock.ToExpr(P.Stock.PlusExpr(query.Col(rows, stock)))).
				WhenNotMatched().Insert(P.Sku.ToExpr(query.Col(rows, sku)), P.Name.To("x"), P.Stock.ToExpr(query.Col(rows, stock))),
			`MERGE INTO product p USING (VALUES ('W-1', 1), ('new', 2)) v(s, n) ON p.sku = v.s WHEN MATCHED AND p.stock > 50 THEN UPDATE SET stock = p.stock + v.n
			WHEN NOT MATCHED THEN INSERT (sku, name, stock) VALUES (v.s, 'x', v.n)`,
		},
		{
			"parts of an array", query.Update(O).Set(O.Labels.At(1).To("new"), O.Scores.ToExpr(expr.ArrayAppend(O.Scores, 8))).Filter(O.ID.Lt(5)),
			`UPDATE orders SET labels[1] = 'new', scores = array_append(scores, 8) WHERE id < 5`,
		},
	}
}

// TestSubqueryWritingSiblings: subqueries in statements that write.
func TestSubqueryWritingSiblings(t *testing.T) { besideWritten(t, subqueryWritings()) }
