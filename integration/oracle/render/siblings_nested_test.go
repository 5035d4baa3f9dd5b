package render_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// nestedSiblings are derived tables and LATERAL of which no case is recorded.
func nestedSiblings() []sibling {
	n := expr.CountAll().As("n")
	per := query.Sub("per", query.Select2(O.CustomerID, n).GroupBy(O.CustomerID))
	per2 := per.As("per2")
	twice := query.Sub("twice", query.Select2(query.Col(per, O.CustomerID), query.Col(per, n).Plus(1).As("n1")).Filter(query.Col(per, n).Gt(1)))
	thrice := query.Sub("thrice", query.Select(twice))
	paid := query.SubOf("paid", O, query.Select(O).Filter(O.IsPaid.IsTrue()))
	own := query.SubOf("orders", O, query.Select(O).Filter(O.IsPaid.IsTrue()))
	dear := query.SubOf("dear", paid, query.Select(paid).Filter(paid.Amount.Gt("200")))
	qty := expr.Sum(L.Qty).As("q")
	lines := query.Lateral("ls", query.Select2(qty, n).Filter(L.OrderID.EqExpr(O.ID)))
	first := query.Lateral("first", query.Select(O.ID).Filter(O.CustomerID.EqExpr(C.ID)).OrderBy(O.ID).Limit(1))
	deep := query.Lateral("deep", query.Select2(L.LineNo, L.Qty).Filter(L.OrderID.EqExpr(query.Col(first, O.ID)), L.LineNo.LeExpr(C.ID)))
	newestOf := query.LateralOf("newest", O, query.Select(o2).Filter(o2.CustomerID.EqExpr(C.ID)).OrderBy(o2.ID.Desc()).Limit(1))
	boss := model.Alias(E, "e")
	names := query.Sub("x", query.Select3(E.ID, boss.ID.As("boss"), boss.Name.As("boss_name")).Join(boss, boss.ID.EqExpr(E.ManagerID)))
	limit := query.Sub("few", query.Select(C.ID).Filter(C.ID.Gt(2)).OrderBy(C.ID).Limit(3))
	return []sibling{
		same("a table's name taken inside, where nothing of it is meant", query.Select(O.ID).Filter(O.CustomerID.InRows(own.CustomerID, query.From(own).Filter(own.Amount.Gt("200")))).OrderBy(O.ID),
			"SELECT id FROM orders WHERE customer_id IN (SELECT customer_id FROM orders WHERE is_paid AND amount > 200) ORDER BY id"),
		same("a derived table joined to itself", query.Select3(query.Col(per, O.CustomerID), query.Col(per2, O.CustomerID), query.Col(per2, n)).
			Join(per2, query.Col(per, n).EqExpr(query.Col(per2, n)), query.Col(per, O.CustomerID).LtExpr(query.Col(per2, O.CustomerID))).
			OrderBy(query.Col(per, O.CustomerID), query.Col(per2, O.CustomerID)),
			`WITH p AS (SELECT customer_id c, count(*) n FROM orders GROUP BY 1) SELECT a.c, b.c, b.n FROM p a JOIN p b ON a.n = b.n AND a.c < b.c ORDER BY 1, 2`),
		same("derived of derived of derived", query.Select(thrice).OrderBy(query.Col(thrice, query.Col(twice, query.Col(per, O.CustomerID)))),
			"SELECT customer_id, count(*) + 1 FROM orders GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"),
		same("entities of a derived table that has the table's name", query.Select2(own.ID, own.Status).Filter(own.ID.Gt(1)).OrderBy(own.ID),
			"SELECT id, status FROM orders WHERE is_paid AND id > 1 ORDER BY id"),
		same("entities of derived of derived", query.Select2(dear.ID, L.Qty).Join(L, L.OrderID.EqExpr(dear.ID)).OrderBy(dear.ID, L.LineNo),
			"SELECT o.id, qty FROM orders o JOIN order_line ON order_id = o.id WHERE is_paid AND amount > 200 ORDER BY o.id, line_no"),
		same("a derived table of itself and its table", query.Select2(O.ID, paid.Status.OrNull()).LeftJoin(paid, paid.ID.EqExpr(O.ID)).OrderBy(O.ID),
			"SELECT o.id, p.status FROM orders o LEFT JOIN (SELECT * FROM orders WHERE is_paid) p ON p.id = o.id ORDER BY 1"),
		same("LATERAL with aggregates", query.Select3(O.ID, query.Col(lines, qty), query.Col(lines, n)).Join(lines).OrderBy(O.ID),
			"SELECT o.id, q, n FROM orders o, LATERAL (SELECT sum(qty) q, count(*) n FROM order_line WHERE order_id = o.id) l ORDER BY 1"),
		same("LATERAL on LATERAL", query.Select3(C.ID, query.Col(first, O.ID), query.Col(deep, L.Qty)).Join(first).Join(deep).OrderBy(C.ID, query.Col(deep, L.LineNo)),
			`SELECT c.id, f.id, d.qty FROM customer c, LATERAL (SELECT id FROM orders WHERE customer_id = c.id ORDER BY id LIMIT 1) f,
			LATERAL (SELECT line_no, qty FROM order_line WHERE order_id = f.id AND line_no <= c.id) d ORDER BY c.id, d.line_no`),
		same("LEFT JOIN LATERAL on LATERAL", query.Select3(C.ID, query.Col(first, O.ID).OrNull(), query.Col(deep, L.Qty).OrNull()).LeftJoin(first).LeftJoin(deep).OrderBy(C.ID, query.Col(deep, L.LineNo)),
			`SELECT c.id, f.id, d.qty FROM customer c LEFT JOIN LATERAL (SELECT id FROM orders WHERE customer_id = c.id ORDER BY id LIMIT 1) f ON true
			LEFT JOIN LATERAL (SELECT line_no, qty FROM order_line WHERE order_id = f.id AND line_no <= c.id) d ON true ORDER BY c.id, d.line_no`),
		same("entities of LATERAL", query.Select2(C.ID, newestOf.Status.OrNull()).LeftJoin(newestOf).OrderBy(C.ID),
			"SELECT id, (SELECT status FROM orders WHERE customer_id = c.id ORDER BY id DESC LIMIT 1) FROM customer c ORDER BY 1"),
		same("two columns of one table's alias", query.Select(names).OrderBy(query.Col(names, E.ID)),
			"SELECT e.id, b.id, b.name FROM employee e JOIN employee b ON b.id = e.manager_id ORDER BY 1"),
		same("a limit inside, and one outside", query.Select(limit).Filter(query.Col(limit, C.ID).Ne(4)).OrderBy(query.Col(limit, C.ID).Desc()).Limit(1),
			"SELECT id FROM (SELECT id FROM customer WHERE id > 2 ORDER BY id LIMIT 3) x WHERE id <> 4 ORDER BY id DESC LIMIT 1"),
		same("a derived table in a subquery, correlated", query.Select(C.ID).Filter(expr.Exists(query.From(per).Filter(query.Col(per, O.CustomerID).EqExpr(C.ID), query.Col(per, n).Gt(1)))),
			"SELECT id FROM customer c WHERE (SELECT count(*) FROM orders WHERE customer_id = c.id) > 1"),
		same("the table and a derived table of it", query.Select2(O.ID, query.Col(per, n)).Join(per, query.Col(per, O.CustomerID).EqExpr(O.CustomerID)).OrderBy(O.ID),
			"SELECT id, (SELECT count(*) FROM orders WHERE customer_id = o.customer_id) FROM orders o WHERE customer_id IS NOT NULL ORDER BY 1"),
	}
}

// calledSiblings are functions, VALUES and samples as tables of which no case is recorded.
func calledSiblings() []sibling {
	el := expr.Unnest(O.Labels)
	lbl, ord := query.Define[expr.NullText]("label"), query.Define[expr.Int]("nr")
	labelsOf := query.Ordinality("l", el, lbl, ord)
	score := expr.Unnest(O.Scores)
	scores := query.Function("s", score)
	gen := expr.Func[expr.Int]("generate_series", O.ID, expr.Val(int64(3)))
	series := query.Function("orders2", gen)
	all := query.TableSample("orders", O, query.Bernoulli(100))
	type row = query.Row2[int64, string]
	v := query.Values2("customer", C.ID, C.LastName, row{V1: 1, V2: "it's"}, row{V1: 4, V2: "$1"}, row{V1: 1, V2: "??"})
	v2 := v.As("v2")
	return []sibling{
		same("ordinality", query.Select3(O.ID, query.Col(labelsOf, lbl), query.Col(labelsOf, ord)).Join(labelsOf).OrderBy(O.ID, query.Col(labelsOf, ord).Desc()),
			"SELECT id, l, n FROM orders, unnest(labels) WITH ORDINALITY u(l, n) ORDER BY id, n DESC"),
		same("a function, missed", query.Select2(O.ID, query.Col(scores, score).OrNull()).LeftJoin(scores).OrderBy(O.ID, query.Col(scores, score)),
			"SELECT id, s FROM orders LEFT JOIN unnest(scores) s ON true ORDER BY id, s"),
		same("a series of a column", query.Select2(O.ID, query.Col(series, gen)).Join(series).OrderBy(O.ID, query.Col(series, gen)),
			"SELECT id, g FROM orders, generate_series(id, 3) g ORDER BY 1, 2"),
		same("a function in a subquery", query.Select(O.ID).Filter(expr.Exists(query.From(scores).Filter(query.Col(scores, score).Gt(2)))).OrderBy(O.ID),
			"SELECT id FROM orders WHERE EXISTS (SELECT FROM unnest(scores) s WHERE s > 2) ORDER BY 1"),
		same("VALUES with the table's name", query.Select2(O.ID, query.Col(v, C.LastName)).Join(v, query.Col(v, C.ID).EqExpr(O.CustomerID)).OrderBy(O.ID, query.Col(v, C.LastName)),
			"SELECT o.id, n FROM orders o JOIN (VALUES (1, 'it''s'), (4, '$1'), (1, '??')) v(i, n) ON i = customer_id ORDER BY 1, 2"),
		same("VALUES twice, beside the table", query.Select3(C.ID, query.Col(v2, C.LastName), query.Col(v2, C.ID)).Join(v2, query.Col(v2, C.ID).LeExpr(C.ID)).OrderBy(C.ID, query.Col(v2, C.LastName)),
			"SELECT id, n, i FROM customer c JOIN (VALUES (1, 'it''s'), (4, '$1'), (1, '??')) v(i, n) ON i <= c.id ORDER BY 1, 2"),
		same("NOT IN of VALUES", query.Select(C.ID).Filter(C.ID.NotInRows(query.Col(v2, C.ID), query.From(v2))).OrderBy(C.ID), "SELECT id FROM customer WHERE id NOT IN (1, 4) ORDER BY 1"),
		same("a whole sample", query.Select2(all.ID, all.Labels).Filter(all.ID.Gt(2)).OrderBy(all.ID), "SELECT id, labels FROM orders WHERE id > 2 ORDER BY id"),
	}
}

// TestNestedSiblings: derived tables, of themselves, of each other and of what stands before them.
func TestNestedSiblings(t *testing.T) { beside(t, nestedSiblings()) }

// TestCalledSiblings: functions, VALUES and samples in FROM.
func TestCalledSiblings(t *testing.T) { beside(t, calledSiblings()) }
