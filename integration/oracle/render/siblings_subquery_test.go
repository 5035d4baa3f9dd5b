package render_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// subquerySiblings have subqueries in every clause, NULLs among their rows, and the table of the statement around in them.
func subquerySiblings() []sibling {
	mine := query.From(A).Filter(A.CustID.EqExpr(C.ID))
	n := expr.Scalar(expr.CountAll(), mine)
	o2, o3, peer := model.Alias(O, "o2"), model.Alias(O, "o3"), model.Alias(E, "peer")
	none := query.From(O).Filter(O.ID.Lt(0))
	twoDeep := query.From(O).Filter(O.CustomerID.EqExpr(C.ID), expr.Exists(query.From(L).Filter(L.OrderID.EqExpr(O.ID), L.Qty.Gt(1), C.ID.Lt(5))))
	return []sibling{
		eachCustomer("(SELECT count(*) FROM account WHERE cust_id = customer.id) + 1", n.Plus(1)),
		eachCustomer("(SELECT acct_no FROM account WHERE cust_id = customer.id ORDER BY acct_no DESC LIMIT 1)",
			expr.Scalar(A.AcctNo, mine.OrderBy(A.AcctNo.Desc()).Limit(1))),
		eachCustomer("CASE WHEN EXISTS (SELECT FROM account WHERE cust_id = customer.id) THEN (SELECT max(acct_no) FROM account WHERE cust_id = customer.id) ELSE -1 END",
			expr.Case[expr.NullInt]().WhenExpr(expr.Exists(mine), expr.Scalar(expr.Max(A.AcctNo), mine)).Else(-1)),
		eachCustomer("EXISTS (SELECT FROM orders o WHERE customer_id = customer.id AND EXISTS (SELECT FROM order_line WHERE order_id = o.id AND qty > 1 AND customer.id < 5))",
			expr.Exists(twoDeep)),
		eachCustomer("ARRAY(SELECT acct_name::text FROM account WHERE cust_id = customer.id ORDER BY acct_no)",
			expr.ArrayRows(A.AcctName, mine.OrderBy(A.AcctNo))),
		eachOrder("(SELECT count(*) FROM orders o2 WHERE o2.status = orders.status AND o2.id < orders.id AND (SELECT count(*) FROM orders o3 WHERE o3.status = orders.status AND o3.id < o2.id) < 1)",
			expr.Scalar(expr.CountAll(), query.From(o2).Filter(o2.Status.EqExpr(O.Status), o2.ID.LtExpr(O.ID),
				expr.Scalar(expr.CountAll(), query.From(o3).Filter(o3.Status.EqExpr(O.Status), o3.ID.LtExpr(o2.ID))).Lt(1)))),
		eachOrder("coalesce((SELECT amount FROM orders WHERE id < 0), quantity, 7)",
			expr.CoalesceExpr(expr.Scalar(O.Amount, none), expr.CastTo[expr.DecimalOf[string, *string]](O.Quantity), expr.CastTo[expr.DecimalOf[string, *string]](expr.Val("7")))),
		where("id IN (SELECT id FROM orders WHERE status = 'open')", O.ID.InRows(O.ID, query.From(O).Filter(O.Status.Eq("open")))),
		where("quantity NOT IN (SELECT quantity FROM orders WHERE id < 0)", O.Quantity.NotInRows(O.Quantity, none)),
		where("(quantity NOT IN (SELECT o2.quantity FROM orders o2)) IS NOT TRUE", O.Quantity.NotInRows(o2.Quantity, query.From(o2)).IsNotTrue()),
		where("quantity >= ALL (SELECT quantity FROM orders WHERE quantity IS NOT NULL)",
			O.Quantity.GeExpr(expr.AllOf(o2.Quantity, query.From(o2).Filter(o2.Quantity.IsNotNull())))),
		where("quantity > ALL (SELECT quantity FROM orders WHERE id < 0)", O.Quantity.GtExpr(expr.AllOf(O.Quantity, none))),
		where("NOT quantity <> ANY (SELECT quantity FROM orders WHERE id < 0)", O.Quantity.NeExpr(expr.AnyOf(O.Quantity, none)).Not()),
		where("status LIKE ANY (SELECT left(o2.status, 1) || '%' FROM orders o2 WHERE o2.id < orders.id)",
			O.Status.LikeExpr(expr.AnyOf(expr.Left(o2.Status, 1).Concat("%"), query.From(o2).Filter(o2.ID.LtExpr(O.ID))))),
		where("(id, status) IN (SELECT max(id), status FROM orders GROUP BY status)",
			expr.Tuple2(O.ID, O.Status).InRows(expr.Tuple2(expr.Max(o2.ID), o2.Status), query.From(o2).GroupBy(o2.Status))),
		where("NOT EXISTS (SELECT FROM orders o2 WHERE o2.quantity = orders.quantity AND o2.id <> orders.id)",
			expr.Exists(query.From(o2).Filter(o2.Quantity.EqExpr(O.Quantity), o2.ID.NeExpr(O.ID))).Not()),
		where("(SELECT count(*) FROM account WHERE cust_id = orders.customer_id) BETWEEN 1 AND (SELECT count(*) FROM tag)",
			expr.Scalar(expr.CountAll(), query.From(A).Filter(A.CustID.EqExpr(O.CustomerID))).BetweenExpr(expr.Val[int64](1), expr.Scalar(expr.CountAll(), query.From(T)))),
		same("ORDER BY a subquery", query.Select(C.ID).OrderBy(n.Desc(), C.ID),
			"SELECT id FROM customer ORDER BY (SELECT count(*) FROM account WHERE cust_id = customer.id) DESC, id"),
		same("HAVING with a subquery", query.Select2(O.Status, expr.CountAll()).GroupBy(O.Status).
			Having(expr.CountAll().GtExpr(expr.Scalar(expr.CountAll(), query.From(o2).Filter(o2.Status.EqExpr(O.Status), o2.IsPaid.IsTrue())))).OrderBy(O.Status),
			"SELECT status, count(*) FROM orders GROUP BY status HAVING count(*) > (SELECT count(*) FROM orders o2 WHERE o2.status = orders.status AND o2.is_paid) ORDER BY status"),
		same("a subquery grouped by and selected", query.Select2(n, expr.CountAll()).From(C).GroupBy(n).OrderBy(n),
			"SELECT x, count(*) FROM (SELECT (SELECT count(*) FROM account WHERE cust_id = c.id) x FROM customer c) s GROUP BY x ORDER BY x"),
		same("subqueries with arguments twice", query.Select2(
			expr.Scalar(expr.Max(A.AcctNo), mine.Filter(A.AcctNo.Lt(2004))), expr.Scalar(expr.Max(A.AcctNo), mine.Filter(A.AcctNo.Lt(2002)))).From(C).OrderBy(C.ID),
			"SELECT (SELECT max(acct_no) FROM account WHERE cust_id = c.id AND acct_no < 2004), (SELECT max(acct_no) FROM account WHERE cust_id = c.id AND acct_no < 2002) FROM customer c ORDER BY id"),
		same("of an alias in the table itself", query.Select2(E.ID, expr.Scalar(expr.CountAll(), query.From(peer).Filter(peer.ManagerID.IsNotDistinctFromExpr(E.ManagerID), peer.ID.NeExpr(E.ID)))).OrderBy(E.ID),
			"SELECT id, (SELECT count(*) FROM employee p WHERE p.manager_id IS NOT DISTINCT FROM e.manager_id AND p.id <> e.id) FROM employee e ORDER BY id"),
		same("ON with a subquery", query.Select2(C.ID, A.AcctNo.OrNull()).LeftJoin(A, A.AcctNo.EqExpr(expr.Scalar(expr.Min(acc2.AcctNo), query.From(acc2).Filter(acc2.CustID.EqExpr(C.ID))))).OrderBy(C.ID),
			"SELECT c.id, a.acct_no FROM customer c LEFT JOIN account a ON a.acct_no = (SELECT min(acct_no) FROM account WHERE cust_id = c.id) ORDER BY c.id"),
	}
}

var acc2 = model.Alias(A, "acc2")

// TestSubquerySiblings: subqueries in every clause.
func TestSubquerySiblings(t *testing.T) { beside(t, subquerySiblings()) }
