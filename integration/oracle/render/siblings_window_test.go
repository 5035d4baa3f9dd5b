package render_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// windowSiblings have frames of every unit, exclusions, names, filters and windows around grouped rows.
func windowSiblings() []sibling {
	byStatus := expr.Window{}.PartitionBy(O.Status).OrderBy(O.ID)
	byQty := expr.Window{}.OrderBy(O.Quantity.Asc().NullsFirst())
	named := expr.Window{}.PartitionBy(O.Status).As("select")
	week := expr.Cast[expr.NullInterval](expr.Val("7 days"), "interval")
	n := expr.CountAll()
	return []sibling{
		eachOrder("sum(quantity) OVER (PARTITION BY status ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
			expr.Over(expr.Sum(O.Quantity), byStatus.Rows(expr.Preceding(2), expr.Preceding(1)))),
		eachOrder("count(*) OVER (ORDER BY quantity NULLS FIRST RANGE BETWEEN 2 PRECEDING AND 3 FOLLOWING)",
			expr.Over(expr.CountAll(), byQty.Range(expr.Preceding(2), expr.Following(3)))),
		eachOrder("count(*) OVER (ORDER BY quantity NULLS FIRST GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)",
			expr.Over(expr.CountAll(), byQty.Groups(expr.Preceding(1), expr.CurrentRow()).ExcludeTies())),
		eachOrder("count(*) OVER (ORDER BY quantity NULLS FIRST GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP)",
			expr.Over(expr.CountAll(), byQty.Groups(expr.Unbounded(), expr.Unbounded()).ExcludeGroup())),
		eachOrder("sum(quantity) OVER (PARTITION BY status ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW)",
			expr.Over(expr.Sum(O.Quantity), byStatus.Rows(expr.Unbounded(), expr.Unbounded()).ExcludeCurrentRow())),
		eachOrder("count(*) OVER (ORDER BY created_at RANGE BETWEEN interval '7 days' PRECEDING AND CURRENT ROW)",
			expr.Over(expr.CountAll(), expr.Window{}.OrderBy(O.CreatedAt).Range(expr.PrecedingBy(week), expr.CurrentRow()))),
		eachOrder("sum(quantity) FILTER (WHERE is_paid AND quantity > 1) OVER (PARTITION BY status)",
			expr.Over(expr.Sum(O.Quantity, expr.Filter(O.IsPaid.IsTrue(), O.Quantity.Gt(1))), expr.Window{}.PartitionBy(O.Status))),
		eachOrder("sum(quantity) FILTER (WHERE quantity < 0) OVER ()", expr.Over(expr.Sum(O.Quantity, expr.Filter(O.Quantity.Lt(0))))),
		eachOrder("lag(quantity) OVER (ORDER BY id)", expr.Over(expr.Lag(O.Quantity), expr.Window{}.OrderBy(O.ID))),
		eachOrder("lead(id, 2) OVER (PARTITION BY status ORDER BY id)", expr.Over(expr.LeadBy(O.ID, 2), byStatus)),
		eachOrder("nth_value(status, 2) OVER (ORDER BY id)", expr.Over(expr.NthValue(O.Status, 2), expr.Window{}.OrderBy(O.ID))),
		eachOrder("percent_rank() OVER (ORDER BY quantity NULLS FIRST)", expr.Over(expr.PercentRank(), byQty)),
		eachOrder("cume_dist() OVER (ORDER BY quantity NULLS FIRST)", expr.Over(expr.CumeDist(), byQty)),
		eachOrder("row_number() OVER (PARTITION BY quantity % 2 ORDER BY CASE WHEN quantity > 4 THEN 1 ELSE 2 END, id)",
			expr.Over(expr.RowNumber(), expr.Window{}.PartitionBy(O.Quantity.Mod(2)).
				OrderBy(expr.Case[expr.NullInt]().When(O.Quantity.Gt(4), 1).Else(2), O.ID))),
		eachOrder("coalesce(lag(quantity) OVER (ORDER BY id), -1) + sum(quantity) OVER (ORDER BY id)",
			expr.Coalesce(expr.Over(expr.Lag(O.Quantity), expr.Window{}.OrderBy(O.ID)), -1).PlusExpr(expr.Over(expr.Sum(O.Quantity), expr.Window{}.OrderBy(O.ID)))),
		same("a window with a name to be quoted", query.Select2(expr.Over(expr.CountAll(), named), expr.Over(expr.RowNumber(), named.Extend().OrderBy(O.ID.Desc()))).
			Window(named).OrderBy(O.ID),
			`SELECT count(*) OVER w, row_number() OVER (w ORDER BY id DESC) FROM orders WINDOW w AS (PARTITION BY status) ORDER BY id`),
		same("windows over groups", query.Select3(O.Status, n, expr.Over(expr.Sum(n), expr.Window{}.OrderBy(n.Desc(), O.Status))).GroupBy(O.Status).OrderBy(O.Status),
			"SELECT status, count(*), sum(count(*)) OVER (ORDER BY count(*) DESC, status) FROM orders GROUP BY status ORDER BY status"),
		same("ordered by a window", query.Select(O.ID).OrderBy(expr.Over(expr.CountAll(), expr.Window{}.PartitionBy(O.Status)).Desc(), O.ID.Desc()),
			"SELECT id FROM orders ORDER BY count(*) OVER (PARTITION BY status) DESC, id DESC"),
		same("DISTINCT of a window", query.Select2(O.Status, expr.Over(expr.Max(O.ID), expr.Window{}.PartitionBy(O.Status))).Distinct().OrderBy(O.Status),
			"SELECT DISTINCT status, max(id) OVER (PARTITION BY status) FROM orders ORDER BY status"),
	}
}

// groupingSiblings have sets of keys.
func groupingSiblings() []sibling {
	paid, what := O.IsPaid, O.Status.OrNull()
	month := expr.DateTrunc("month", O.OrderDate)
	return []sibling{
		same("ROLLUP of two keys, one with NULLs", query.Select4(what, paid, expr.GroupingOf(O.Status, O.IsPaid), expr.CountAll()).GroupBy(expr.Rollup(O.Status, O.IsPaid)).
			OrderBy(expr.GroupingOf(O.Status, O.IsPaid), O.Status, O.IsPaid),
			"SELECT status, is_paid, grouping(status, is_paid), count(*) FROM orders GROUP BY ROLLUP (status, is_paid) ORDER BY 3, 1, 2"),
		same("CUBE", query.Select3(what, paid, expr.Sum(O.Amount)).GroupBy(expr.Cube(O.Status, O.IsPaid)).
			OrderBy(expr.GroupingOf(O.Status), expr.GroupingOf(O.IsPaid), O.Status, O.IsPaid),
			"SELECT status, is_paid, sum(amount) FROM orders GROUP BY CUBE (status, is_paid) ORDER BY grouping(status), grouping(is_paid), 1, 2"),
		same("a key beside ROLLUP", query.Select3(O.Status, paid, expr.CountAll()).GroupBy(O.Status, expr.Rollup(O.IsPaid)).OrderBy(O.Status, expr.GroupingOf(O.IsPaid), O.IsPaid),
			"SELECT status, is_paid, count(*) FROM orders GROUP BY status, ROLLUP (is_paid) ORDER BY 1, grouping(is_paid), 2"),
		same("an expression with arguments as a key of ROLLUP", query.Select2(month, expr.CountAll()).GroupBy(expr.Rollup(month)).OrderBy(expr.GroupingOf(month), month),
			"SELECT date_trunc('month', order_date) m, count(*) FROM orders GROUP BY ROLLUP (date_trunc('month', order_date)) ORDER BY grouping(date_trunc('month', order_date)), 1"),
		same("HAVING with GROUPING", query.Select2(what, expr.CountAll()).GroupBy(expr.Rollup(O.Status)).Having(expr.GroupingOf(O.Status).Eq(0)).OrderBy(O.Status),
			"SELECT status, count(*) FROM orders GROUP BY ROLLUP (status) HAVING grouping(status) = 0 ORDER BY 1"),
	}
}

// TestWindowSiblings: windows, and sets of keys.
func TestWindowSiblings(t *testing.T) { beside(t, append(windowSiblings(), groupingSiblings()...)) }
