package render_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// derivedSiblings have tables made of statements, of each other, and several of one name's columns.
func derivedSiblings() []sibling {
	n := expr.Count(A.AcctNo).As("id") // the name of a column of the customer
	per := query.Sub("customer", query.Select2(A.CustID, n).GroupBy(A.CustID))
	again := query.Sub("again", query.Select2(query.Col(per, A.CustID), query.Col(per, n)).Filter(query.Col(per, n).Gt(1)))
	x, y := query.Sub("x", query.Select2(C.ID, C.LastName).Filter(C.ID.Lt(5))), query.Sub("y", query.Select2(C.ID, C.LastName).Filter(C.ID.Gt(2)))
	one, two := C.ID.As("one"), C.ID.As("two")
	twice := query.Sub("twice", query.Select2(one, two))
	few := query.SubOf("few", O, query.Select(O).OrderBy(O.ID.Desc()).Limit(3))
	fewer := query.SubOf("fewer", O, query.Select(few).Filter(few.Status.Eq("shipped")))
	outer := query.Sub("outer", query.Select2(C.ID, A.AcctNo.OrNull()).LeftJoin(A))
	no := A.AcctNo.OrNull()
	top := query.Lateral("top", query.Select2(O.ID, O.Amount).Filter(O.CustomerID.EqExpr(C.ID)).OrderBy(O.Amount.Desc().NullsLast()).Limit(1))
	all := expr.CountAll().As("all")
	lines := query.Lateral("lines", query.Select(all).From(L).Filter(L.OrderID.EqExpr(query.Col(top, O.ID))))
	some := query.TableSample("some", C, query.Bernoulli(100))
	return []sibling{
		same("a derived table of a derived table", query.Select(again).OrderBy(query.Col(again, query.Col(per, A.CustID))),
			"SELECT cust_id, count(*) FROM account GROUP BY cust_id HAVING count(*) > 1 ORDER BY 1"),
		same("two of the same columns", query.Select3(query.Col(x, C.ID), query.Col(x, C.LastName), query.Col(y, C.LastName)).Join(y, query.Col(x, C.ID).EqExpr(query.Col(y, C.ID))).OrderBy(query.Col(x, C.ID)),
			"SELECT id, last_name, last_name FROM customer WHERE id IN (3, 4) ORDER BY id"),
		same("a column twice", query.Select2(query.Col(twice, two).Plus(10), query.Col(twice, one)).OrderBy(query.Col(twice, one)), "SELECT id + 10, id FROM customer ORDER BY id"),
		same("entities of entities", query.Select(fewer.ID).Filter(fewer.Amount.Gt("1")).OrderBy(fewer.ID),
			"SELECT id FROM (SELECT * FROM orders ORDER BY id DESC LIMIT 3) s WHERE status = 'shipped' AND amount > 1 ORDER BY id"),
		same("a join of an entity's table", query.Select2(few.ID, C.LastName.OrNull()).From(few).LeftJoin(C, C.ID.EqExpr(few.CustomerID)).OrderBy(few.ID),
			"SELECT s.id, last_name FROM (SELECT * FROM orders ORDER BY id DESC LIMIT 3) s LEFT JOIN customer c ON c.id = customer_id ORDER BY s.id"),
		same("an outer join inside", query.Select2(query.Col(outer, C.ID), query.Col(outer, no)).OrderBy(query.Col(outer, C.ID)),
			"SELECT c.id, acct_no FROM customer c LEFT JOIN account ON cust_id = c.id ORDER BY 1, 2"),
		same("LATERAL of LATERAL", query.Select3(C.ID, query.Col(top, O.ID), query.Col(lines, all)).Join(top).Join(lines).OrderBy(C.ID),
			`SELECT c.id, t.id, (SELECT count(*) FROM order_line WHERE order_id = t.id) FROM customer c,
			LATERAL (SELECT * FROM orders WHERE customer_id = c.id ORDER BY amount DESC NULLS LAST LIMIT 1) t ORDER BY c.id`),
		same("TABLESAMPLE with a join", query.Select2(some.ID, A.AcctNo).Join(A, A.CustID.EqExpr(some.ID)).Filter(some.LastName.Ne("Doctor")).OrderBy(A.AcctNo),
			"SELECT c.id, acct_no FROM customer c JOIN account ON cust_id = c.id WHERE last_name <> 'Doctor' ORDER BY acct_no"),
		same("a derived table in EXISTS and in FROM", query.Select(query.Col(x, C.ID)).Filter(expr.Exists(query.From(y).Filter(query.Col(y, C.ID).EqExpr(query.Col(x, C.ID))))).OrderBy(query.Col(x, C.ID)),
			"SELECT id FROM customer WHERE id IN (3, 4) ORDER BY id"),
	}
}

// withSiblings have WITH that is used twice, in subqueries, of objects, recursive, with arguments everywhere.
func withSiblings() []sibling {
	open := query.With("order", query.Select2(O.ID, O.CustomerID).Filter(O.Status.Eq("open")))
	high := query.With("high", query.Select(query.Col(open, O.ID)).Filter(query.Col(open, O.ID).Gt(1)))
	big := query.WithOf("big", O, query.Select(O).Filter(O.Amount.Gt("100")))
	depth, path := expr.Const[expr.Int](0).As("depth"), expr.CastTo[expr.Text](E.Name).As("path")
	tree := query.Recursive("tree", query.Select3(E.ID, depth, path).Filter(E.ManagerID.IsNull()), func(up query.Source) expr.Rows {
		return query.Select3(E.ID, query.Col(up, depth).Plus(1), query.Col(up, path).Concat("/").ConcatExpr(E.Name)).Join(up, E.ManagerID.EqExpr(query.Col(up, E.ID)))
	})
	i := expr.Const[expr.Int](1).As("i")
	ring := query.RecursiveDistinct("ring", query.Select(i), func(r query.Source) expr.Rows {
		return query.Select(query.Col(r, i).Plus(1).Mod(4))
	})
	chief := query.RecursiveOf("chief", E, query.Select(E).Filter(E.ID.Eq(7)), func(c *employees) query.RowsOf[*Employee] {
		return query.Select(E).Join(c, c.ManagerID.EqExpr(E.ID))
	})
	a, b := query.With("a", query.Select(C.ID).Filter(C.ID.Gt(2))), query.WithNotMaterialized("b", query.Select(C.ID).Filter(C.ID.Lt(6)))
	z := a.As("z")
	return []sibling{
		same("WITH twice, with a name to be quoted", query.Select2(query.Col(open, O.ID), expr.Scalar(expr.CountAll(), query.From(high))).
			Filter(query.Col(open, O.ID).InRows(query.Col(high, query.Col(open, O.ID)), query.From(high))).OrderBy(query.Col(open, O.ID)),
			"SELECT id, 2::bigint FROM orders WHERE status = 'open' AND id > 1 ORDER BY id"),
		same("WITH of objects, joined", query.Select2(big.ID, C.LastName).From(big).Join(C, C.ID.EqExpr(big.CustomerID)).OrderBy(big.ID),
			"SELECT o.id, last_name FROM orders o JOIN customer c ON c.id = customer_id WHERE amount > 100 ORDER BY o.id"),
		same("a path down a tree", query.Select2(query.Col(tree, path), query.Col(tree, depth)).Filter(query.Col(tree, depth).Gt(1)).OrderBy(query.Col(tree, path)),
			`WITH RECURSIVE t AS (SELECT id, 0 d, name::text p FROM employee WHERE manager_id IS NULL UNION ALL
			SELECT e.id, d + 1, p || '/' || name FROM employee e JOIN t ON manager_id = t.id) SELECT p, d FROM t WHERE d > 1 ORDER BY p`),
		same("a ring ends", query.Select(query.Col(ring, i)).OrderBy(query.Col(ring, i)), "SELECT n::bigint FROM generate_series(0, 3) n"),
		same("up a tree of objects", query.Select(chief.Name).OrderBy(chief.ID), "SELECT name FROM employee WHERE id IN (1, 2, 4, 7) ORDER BY id"),
		same("two in a set operation", query.Intersect(query.Select(query.Col(a, C.ID)), query.Select(query.Col(b, C.ID))).OrderBy(query.Col(a, C.ID)),
			"SELECT id FROM customer WHERE id BETWEEN 3 AND 5 ORDER BY id"),
		same("WITH in a scalar of each row", query.Select2(C.ID, expr.Scalar(expr.CountAll(), query.From(open).Filter(query.Col(open, O.CustomerID).EqExpr(C.ID)))).OrderBy(C.ID),
			"SELECT id, (SELECT count(*) FROM orders WHERE status = 'open' AND customer_id = c.id) FROM customer c ORDER BY id"),
		same("WITH under another name", query.Select2(query.Col(a, C.ID), query.Col(z, C.ID)).From(a).Join(z, query.Col(a, C.ID).EqExpr(query.Col(z, C.ID))).Filter(query.Col(a, C.ID).Eq(3)), "SELECT 3::bigint, 3::bigint"),
	}
}

// madeSiblings have functions and values as tables.
func madeSiblings() []sibling {
	label, no := query.Define[expr.NullText]("label"), query.Define[expr.Int]("no")
	labels := query.Ordinality("order", expr.Unnest(O.Labels), label, no)
	id, name := query.Define[expr.Int]("id"), query.Define[expr.Text]("select")
	rows := query.Values2("v", id, name, query.Row2[int64, string]{V1: 1, V2: "it's"}, query.Row2[int64, string]{V1: 1 << 40, V2: "$1 ?"}, query.Row2[int64, string]{V1: 3, V2: ""})
	empty := query.Values2("none", id, name)
	i := expr.Func[expr.Int]("generate_series", O.ID, O.ID.Plus(1))
	series := query.Function("s", i)
	key, value := query.Define[expr.Text]("key"), query.Define[expr.NullJSON]("value")
	each := query.FunctionOf("kv", expr.Func[expr.JSON]("jsonb_each", O.Attrs), key, value)
	return []sibling{
		same("WITH ORDINALITY of a column with NULLs", query.Select3(O.ID, query.Col(labels, label), query.Col(labels, no)).Join(labels).OrderBy(O.ID, query.Col(labels, no)),
			"SELECT id, l, n FROM orders, unnest(labels) WITH ORDINALITY u(l, n) ORDER BY id, n"),
		same("WITH ORDINALITY behind LEFT JOIN", query.Select3(O.ID, query.Col(labels, label).OrNull(), query.Col(labels, no).OrNull()).LeftJoin(labels).OrderBy(O.ID, query.Col(labels, no)),
			"SELECT id, l, n FROM orders LEFT JOIN unnest(labels) WITH ORDINALITY u(l, n) ON true ORDER BY id, n"),
		same("VALUES joined", query.Select2(query.Col(rows, name), C.LastName.OrNull()).From(rows).LeftJoin(C, C.ID.EqExpr(query.Col(rows, id))).OrderBy(query.Col(rows, id)),
			"SELECT v.s, last_name FROM (VALUES (1::bigint, 'it''s'), (1099511627776, '$1 ?'), (3, '')) v(i, s) LEFT JOIN customer ON id = v.i ORDER BY v.i"),
		same("VALUES without rows", query.Select2(C.ID, query.Col(empty, name).OrNull()).LeftJoin(empty, C.ID.EqExpr(query.Col(empty, id))).OrderBy(C.ID), "SELECT id, NULL::text FROM customer ORDER BY id"),
		same("VALUES in IN", query.Select(C.ID).Filter(C.ID.InRows(query.Col(rows, id), query.From(rows))).OrderBy(C.ID), "SELECT id FROM customer WHERE id IN (1, 3) ORDER BY id"),
		same("a function of the row", query.Select2(O.ID, query.Col(series, i)).Join(series).OrderBy(O.ID, query.Col(series, i)), "SELECT id, s FROM orders, generate_series(id, id + 1) s ORDER BY 1, 2"),
		same("a function of several columns", query.Select3(O.ID, query.Col(each, key), query.Col(each, value)).Join(each).Filter(expr.JSONTypeOf(O.Attrs).Eq("object")).OrderBy(O.ID, query.Col(each, key)),
			"SELECT id, key, value FROM orders, jsonb_each(CASE jsonb_typeof(attrs) WHEN 'object' THEN attrs END) WHERE id IN (1, 2, 5) ORDER BY id, key"),
	}
}

// TestTableSiblings: what stands in FROM and is no table of the database.
func TestTableSiblings(t *testing.T) {
	beside(t, append(append(derivedSiblings(), withSiblings()...), madeSiblings()...))
}
