package render_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

var (
	e2    = model.Alias(E, "e2")
	e3    = model.Alias(E, "e3")
	ofC   = query.From(O).Filter(O.CustomerID.EqExpr(C.ID))
	most2 = query.From(o2).Filter(o2.CustomerID.EqExpr(O.CustomerID))
)

// correlatedSiblings are subqueries of which no case is recorded.
func correlatedSiblings() []sibling {
	sold := func() query.Query[struct{}] { return query.From(L).Filter(L.OrderID.EqExpr(O.ID), L.Qty.Ge(2)) }
	top := expr.Scalar(expr.Max(O.Amount), ofC)
	return []sibling{
		where("NOT EXISTS (SELECT FROM order_line WHERE order_id = orders.id AND qty >= 2)", expr.Exists(sold()).Not()),
		same("correlation two levels deep", query.Select(C.ID).Filter(expr.Exists(ofC.Filter(expr.Exists(
			query.From(L).Filter(L.OrderID.EqExpr(O.ID), L.Qty.GtExpr(expr.CastTo[expr.Int32](C.ID))))))).OrderBy(C.ID),
			`SELECT id FROM customer c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND EXISTS
			(SELECT FROM order_line l WHERE l.order_id = o.id AND l.qty > c.id)) ORDER BY id`),
		same("the same table on three levels", query.Select(E.ID).Filter(expr.Exists(query.From(e2).Filter(e2.ManagerID.EqExpr(E.ID),
			expr.Exists(query.From(e3).Filter(e3.ManagerID.EqExpr(e2.ID), e3.DeptID.EqExpr(E.DeptID)))))).OrderBy(E.ID),
			`SELECT id FROM employee a WHERE EXISTS (SELECT FROM employee b WHERE b.manager_id = a.id AND EXISTS
			(SELECT FROM employee c WHERE c.manager_id = b.id AND c.dept_id = a.dept_id)) ORDER BY id`),
		where("customer_id NOT IN (SELECT cust_id FROM account WHERE cust_id < 3)", O.CustomerID.NotInRows(A.CustID, query.From(A).Filter(A.CustID.Lt(3)))),
		where("(customer_id NOT IN (SELECT cust_id FROM account)) IS NULL", O.CustomerID.NotInRows(A.CustID, query.From(A)).IsNull()),
		where("customer_id NOT IN (SELECT cust_id FROM account WHERE false)", O.CustomerID.NotInRows(A.CustID, query.From(A).Filter(A.AcctNo.In()))),
		where("amount >= ALL (SELECT amount FROM orders WHERE amount IS NOT NULL)",
			O.Amount.GeExpr(expr.AllOf(o2.Amount, query.From(o2).Filter(o2.Amount.IsNotNull())))),
		where("amount > ALL (SELECT amount FROM orders o2 WHERE o2.customer_id = orders.customer_id AND o2.id < orders.id)",
			O.Amount.GtExpr(expr.AllOf(o2.Amount, most2.Filter(o2.ID.LtExpr(O.ID))))),
		where("quantity <= ANY (SELECT qty FROM order_line WHERE order_id = orders.id)",
			O.ID.InRows(L.OrderID, query.From(L).Filter(L.OrderID.EqExpr(O.ID), expr.As[expr.NullInt](L.Qty).GeExpr(O.Quantity)))),
		where("(customer_id, amount) IN (SELECT customer_id, max(amount) FROM orders GROUP BY customer_id)",
			expr.Tuple2(O.CustomerID, O.Amount).InRows(expr.Tuple2(o2.CustomerID, expr.Max(o2.Amount)), query.From(o2).GroupBy(o2.CustomerID))),
		where("amount = (SELECT max(amount) FROM orders o2 WHERE o2.customer_id = orders.customer_id)",
			O.Amount.EqExpr(expr.Scalar(expr.Max(o2.Amount), most2))),
		where("1 < (SELECT count(*) FROM orders o2 WHERE o2.status = orders.status AND o2.id <> orders.id) + 0",
			expr.Val[int64](1).LtExpr(expr.Scalar(expr.CountAll(), query.From(o2).Filter(o2.Status.EqExpr(O.Status), o2.ID.NeExpr(O.ID))).Plus(0))),
		where("EXISTS (SELECT status FROM orders o2 WHERE o2.status = orders.status GROUP BY status HAVING count(*) > 2 AND min(o2.id) < orders.id)",
			expr.Exists(query.Select(o2.Status).Filter(o2.Status.EqExpr(O.Status)).GroupBy(o2.Status).Having(expr.CountAll().Gt(2), expr.Min(o2.ID).LtExpr(O.ID)))),
		where("CASE WHEN EXISTS (SELECT FROM order_line WHERE order_id = orders.id AND qty >= 2) THEN quantity ELSE 100 END < 50",
			expr.Case[expr.NullInt]().WhenExpr(expr.Exists(sold()), O.Quantity).Else(100).Lt(50)),
		same("a subquery in ORDER BY", query.Select(C.ID).OrderBy(expr.Scalar(expr.CountAll(), ofC).Desc(), C.ID.Desc()),
			"SELECT id FROM customer c ORDER BY (SELECT count(*) FROM orders WHERE customer_id = c.id) DESC, id DESC"),
		same("the same subquery in each clause", query.Select2(C.ID, top).Filter(top.Gt("80")).OrderBy(top, C.ID),
			`SELECT id, (SELECT max(amount) FROM orders WHERE customer_id = c.id) FROM customer c
			WHERE (SELECT max(amount) FROM orders WHERE customer_id = c.id) > 80 ORDER BY 2, 1`),
		same("a subquery in HAVING", query.Select2(O.Status, expr.CountAll()).GroupBy(O.Status).
			Having(expr.CountAll().GtExpr(expr.Scalar(expr.CountAll(), query.From(o2).Filter(o2.Status.NeExpr(O.Status))).Minus(3))).OrderBy(O.Status),
			`SELECT status, count(*) FROM orders GROUP BY status HAVING count(*) > (SELECT count(*) FROM orders o2 WHERE o2.status <> orders.status) - 3 ORDER BY 1`),
		same("a subquery as a key of groups", query.Select2(expr.Scalar(expr.CountAll(), ofC).As("n"), expr.Count(C.ID)).
			GroupBy(expr.Scalar(expr.CountAll(), ofC)).OrderBy(expr.Scalar(expr.CountAll(), ofC)),
			"SELECT n, count(*) FROM (SELECT (SELECT count(*) FROM orders WHERE customer_id = c.id) AS n FROM customer c) x GROUP BY n ORDER BY n"),
		same("LIMIT and OFFSET of subqueries", query.Select(C.ID).OrderBy(C.ID).
			LimitExpr(expr.Scalar(expr.Count(T.ID), query.From(T))).OffsetExpr(expr.Scalar(expr.Min(T.ID), query.From(T).Filter(T.ID.Gt(1)))),
			"SELECT id FROM customer ORDER BY id LIMIT (SELECT count(id) FROM tag) OFFSET (SELECT min(id) FROM tag WHERE id > 1)"),
		same("ON with a subquery", query.Select2(C.ID, O.ID.OrNull()).LeftJoin(O, O.CustomerID.EqExpr(C.ID),
			O.ID.EqExpr(expr.Scalar(expr.Max(o2.ID), query.From(o2).Filter(o2.CustomerID.EqExpr(C.ID))))).OrderBy(C.ID),
			"SELECT c.id, (SELECT max(id) FROM orders WHERE customer_id = c.id) FROM customer c ORDER BY 1"),
		same("an aggregate of a subquery", query.Select(expr.Sum(expr.Scalar(expr.Count(O.ID), ofC))).From(C),
			"SELECT sum((SELECT count(id) FROM orders WHERE customer_id = c.id)) FROM customer c"),
		same("an array of a subquery", query.Select2(C.ID, expr.ArrayRows(O.ID, ofC.OrderBy(O.ID.Desc()))).OrderBy(C.ID),
			"SELECT id, ARRAY(SELECT id FROM orders WHERE customer_id = c.id ORDER BY id DESC)::bigint[] FROM customer c ORDER BY id"),
		same("a subquery of a set operation", query.Select(C.ID).Filter(C.ID.InRows(A.CustID, query.Intersect(query.Select(A.CustID).Filter(A.AcctNo.Gt(1001)),
			query.Select(O.CustomerID).Filter(O.CustomerID.GeExpr(C.ID))))).OrderBy(C.ID),
			"SELECT id FROM customer c WHERE id IN (SELECT cust_id FROM account WHERE acct_no > 1001 INTERSECT SELECT customer_id FROM orders WHERE customer_id >= c.id) ORDER BY id"),
		same("a subquery of a subquery's subquery in its list", query.Select2(C.ID, expr.Scalar(
			expr.Max(expr.Scalar(expr.Sum(L.Qty), query.From(L).Filter(L.OrderID.EqExpr(O.ID), C.ID.Lt(6)))), ofC)).OrderBy(C.ID),
			"SELECT id, (SELECT max((SELECT sum(qty) FROM order_line WHERE order_id = o.id AND c.id < 6)) FROM orders o WHERE customer_id = c.id) FROM customer c ORDER BY 1"),
	}
}

// TestCorrelatedSiblings: subqueries in every clause, correlated one level deep and two.
func TestCorrelatedSiblings(t *testing.T) { beside(t, correlatedSiblings()) }
