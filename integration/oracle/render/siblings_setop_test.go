package render_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// setOpSiblings are nested, with ALL, sorted and limited inside and outside, with NULLs.
func setOpSiblings() []sibling {
	ids := func(ps ...expr.Condition) query.Query[int64] { return query.Select(C.ID).Filter(ps...) }
	qty := query.Select(O.Quantity)
	inner := query.UnionAll(ids(C.ID.Lt(3)), ids(C.ID.Lt(2))).OrderBy(C.ID.Desc()).Limit(2)
	x := query.Sub("x", query.ExceptAll(query.UnionAll(qty, qty), query.Select(O.Quantity).Distinct()))
	return []sibling{
		same("EXCEPT of a UNION ALL with LIMIT", query.ExceptAll(inner, ids(C.ID.Eq(1))).OrderBy(C.ID),
			"((SELECT id FROM customer WHERE id < 3 UNION ALL SELECT id FROM customer WHERE id < 2) ORDER BY id DESC LIMIT 2) EXCEPT ALL SELECT 1 ORDER BY 1"),
		same("UNION takes NULLs as one", query.Union(qty, qty).OrderBy(O.Quantity), "SELECT DISTINCT quantity FROM orders ORDER BY 1"),
		same("INTERSECT within EXCEPT", query.Except(ids(), query.Intersect(ids(C.ID.Gt(3)), ids(C.ID.Lt(6)))).OrderBy(C.ID.Desc()),
			"SELECT id FROM customer WHERE id NOT IN (4, 5) ORDER BY id DESC"),
		same("EXCEPT within EXCEPT", query.Except(ids(), query.Except(ids(C.ID.Gt(3)), ids(C.ID.Gt(8)))).OrderBy(C.ID),
			"SELECT id FROM customer WHERE id <= 3 OR id > 8 ORDER BY id"),
		same("three with ALL", query.IntersectAll(query.UnionAll(qty, qty), query.UnionAll(qty, qty), qty).OrderBy(O.Quantity), "SELECT quantity FROM orders ORDER BY 1"),
		same("OFFSET of the whole", query.UnionAll(ids(C.ID.Lt(3)), ids(C.ID.Lt(3))).OrderBy(C.ID).Limit(2).Offset(1), "SELECT n::bigint FROM (VALUES (1), (2)) v(n) ORDER BY n"),
		same("a set operation as a table", query.Select2(query.Col(x, O.Quantity), expr.CountAll()).GroupBy(query.Col(x, O.Quantity)).OrderBy(query.Col(x, O.Quantity)),
			"SELECT quantity, 2 * count(*) - 1 FROM orders GROUP BY quantity ORDER BY 1"),
		same("in IN, correlated", query.Select(C.ID).Filter(C.ID.InRows(A.CustID, query.UnionAll(query.Select(A.CustID).Filter(A.CustID.EqExpr(C.ID)),
			query.Select(O.CustomerID).Filter(O.CustomerID.EqExpr(C.ID))))).OrderBy(C.ID),
			"SELECT id FROM customer WHERE id IN (SELECT cust_id FROM account UNION SELECT customer_id FROM orders) ORDER BY id"),
		same("in EXISTS, correlated", query.Select(C.ID).Filter(expr.Exists(query.Intersect(query.Select(A.CustID).Filter(A.CustID.EqExpr(C.ID)),
			query.Select(O.CustomerID).Filter(O.CustomerID.EqExpr(C.ID))))).OrderBy(C.ID),
			"SELECT id FROM customer WHERE id IN (SELECT cust_id FROM account) AND id IN (SELECT customer_id FROM orders) ORDER BY id"),
		same("of values with arguments", query.UnionAll(query.Select2(C.ID, expr.Val("a")).Filter(C.ID.Eq(1)), query.Select2(T.ID, expr.Val("b")).Filter(T.ID.Eq(1)), query.Select2(expr.Val[int64](9), expr.Val("a"))).OrderBy(C.ID),
			"SELECT * FROM (VALUES (1::bigint, 'a'), (1, 'b'), (9, 'a')) v ORDER BY 1, 2"),
	}
}

// TestSetOpSiblings: set operations.
func TestSetOpSiblings(t *testing.T) { beside(t, setOpSiblings()) }
