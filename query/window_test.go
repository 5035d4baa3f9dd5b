package query_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func TestWindows(t *testing.T) {
	c, a := customer, account
	w := expr.Window{}.PartitionBy(a.CustID).OrderBy(a.No.Desc())
	byNo := expr.Window{}.OrderBy(a.No)
	named := w.As("w")
	rn := expr.Over(expr.RowNumber(), w).As("rn")
	ranked := query.Sub("ranked", query.Select2(a.No, rn))
	const over = " OVER (PARTITION BY account.cust_id ORDER BY account.no DESC)"
	check(t, []golden{
		{"rank", query.Select2(a.No, expr.Over(expr.Rank(), w)), "SELECT account.no, rank()" + over + " \nFROM account", nil},
		{"all rows", query.Select(expr.Over(expr.Sum(a.No))), "SELECT sum(account.no) OVER () \nFROM account", nil},
		{"an aggregate with modifiers", query.Select(expr.Over(expr.CountAll(expr.Filter(a.Name.Eq("x"))), byNo)), "SELECT count(*) FILTER (WHERE account.name = $1) OVER (ORDER BY account.no) \nFROM account", args{"x"}},
		{"sorted by its name", query.Select2(a.No, rn).OrderBy(rn), "SELECT account.no, row_number()" + over + " AS rn \nFROM account ORDER BY rn", nil},
		{"keeps its kind", query.Select(expr.Over(expr.Max(a.Name), w).Like("x%")), "SELECT max(account.name)" + over + " LIKE $1 \nFROM account", args{"x%"}},
		{"ROWS", query.Select(expr.Over(expr.Sum(a.No), byNo.Rows(expr.Preceding(1), expr.CurrentRow()))), "SELECT sum(account.no) OVER (ORDER BY account.no ROWS BETWEEN $1 PRECEDING AND CURRENT ROW) \nFROM account", args{int64(1)}},
		{"ROWS, open", query.Select(expr.Over(expr.Sum(a.No), byNo.Rows(expr.Unbounded(), expr.Following(2)))), "SELECT sum(account.no) OVER (ORDER BY account.no ROWS BETWEEN UNBOUNDED PRECEDING AND $1 FOLLOWING) \nFROM account", args{int64(2)}},
		{"RANGE", query.Select(expr.Over(expr.CountAll(), byNo.Range(expr.Preceding(3), expr.Unbounded()).ExcludeTies())), "SELECT count(*) OVER (ORDER BY account.no RANGE BETWEEN $1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES) \nFROM account", args{int64(3)}},
		{"RANGE by an expression", query.Select(expr.Over(expr.CountAll(), byNo.Range(expr.PrecedingBy(expr.Val[int64](3)), expr.FollowingBy(expr.Val[int64](4))))), "SELECT count(*) OVER (ORDER BY account.no RANGE BETWEEN ($1::bigint) PRECEDING AND ($2::bigint) FOLLOWING) \nFROM account", args{int64(3), int64(4)}},
		{"GROUPS", query.Select(expr.Over(expr.CountAll(), byNo.Groups(expr.CurrentRow(), expr.Unbounded()).ExcludeCurrentRow())), "SELECT count(*) OVER (ORDER BY account.no GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) \nFROM account", nil},
		{"EXCLUDE GROUP", query.Select(expr.Over(expr.CountAll(), byNo.Rows(expr.Unbounded(), expr.Unbounded()).ExcludeGroup())), "SELECT count(*) OVER (ORDER BY account.no ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP) \nFROM account", nil},
		{
			"named", query.Select2(expr.Over(expr.RowNumber(), named), expr.Over(expr.Lag(a.Name), named)).Window(named).OrderBy(expr.Over(expr.DenseRank(), named)),
			"SELECT row_number() OVER w, lag(account.name) OVER w \nFROM account \nWINDOW w AS (PARTITION BY account.cust_id ORDER BY account.no DESC) ORDER BY dense_rank() OVER w", nil,
		},
		{
			"extended", query.Select(expr.Over(expr.Sum(a.No), expr.Window{}.PartitionBy(a.CustID).As("p").Extend().OrderBy(a.No))).Window(expr.Window{}.PartitionBy(a.CustID).As("p")),
			"SELECT sum(account.no) OVER (p ORDER BY account.no) \nFROM account \nWINDOW p AS (PARTITION BY account.cust_id)", nil,
		},
		{
			"every function", query.Select8(expr.Over(expr.PercentRank(), byNo), expr.Over(expr.CumeDist(), byNo), expr.Over(expr.NTile(4), byNo), expr.Over(expr.Lead(a.No), byNo),
				expr.Over(expr.LagBy(a.No, 2), byNo), expr.Over(expr.FirstValue(a.Name), byNo), expr.Over(expr.LastValue(a.Name), byNo), expr.Over(expr.NthValue(a.CustID, 2), byNo)),
			"SELECT percent_rank() OVER (ORDER BY account.no), cume_dist() OVER (ORDER BY account.no), ntile($1) OVER (ORDER BY account.no), lead(account.no) OVER (ORDER BY account.no), " +
				"lag(account.no, $2) OVER (ORDER BY account.no), first_value(account.name) OVER (ORDER BY account.no), last_value(account.name) OVER (ORDER BY account.no), nth_value(account.cust_id, $3) OVER (ORDER BY account.no) \nFROM account",
			args{int32(4), int32(2), int32(2)},
		},
		{
			"the first of each", query.Select(query.Col(ranked, a.No)).Filter(query.Col(ranked, rn).Eq(1)),
			"SELECT ranked.no \nFROM (SELECT account.no, row_number()" + over + " AS rn \nFROM account) AS ranked \nWHERE ranked.rn = $1",
			args{int64(1)},
		},
		{"ROLLUP", query.Select3(a.CustID, a.Name.OrNull(), expr.CountAll()).GroupBy(expr.Rollup(a.CustID, a.Name)), "SELECT account.cust_id, account.name, count(*) \nFROM account GROUP BY ROLLUP (account.cust_id, account.name)", nil},
		{"CUBE", query.Select3(a.CustID, expr.GroupingOf(a.CustID, a.Name), expr.CountAll()).GroupBy(expr.Cube(a.CustID, a.Name)), "SELECT account.cust_id, grouping(account.cust_id, account.name), count(*) \nFROM account GROUP BY CUBE (account.cust_id, account.name)", nil},
		{"GROUPING SETS", query.Select2(a.CustID, expr.CountAll()).GroupBy(expr.GroupingSets(expr.Keys(a.CustID, a.Name), expr.Keys(a.CustID), expr.Keys())), "SELECT account.cust_id, count(*) \nFROM account GROUP BY GROUPING SETS ((account.cust_id, account.name), (account.cust_id), ())", nil},
		{"a percentile", query.Select3(expr.PercentileCont(0.5, c.ID), expr.PercentileDisc(0.5, c.Name), expr.Mode(c.VIP)), "SELECT percentile_cont($1::double precision) WITHIN GROUP (ORDER BY customer.id), percentile_disc($2::double precision) WITHIN GROUP (ORDER BY customer.name), mode() WITHIN GROUP (ORDER BY customer.vip) \nFROM customer", args{0.5, 0.5}},
	})
	if _, _, err := query.Select(expr.Over(c.ID)).SQL(); err == nil {
		t.Error("a column is no function")
	}
	if _, _, err := query.Select(expr.Over(expr.Sum(a.No), named)).Window(expr.Window{}).SQL(); !errors.Is(err, expr.ErrIdentifier) {
		t.Errorf("a window without a name: %v", err)
	}
}
