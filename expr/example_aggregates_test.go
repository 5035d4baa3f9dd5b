package expr_test

import (
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// How do I count, sum and average? Of no rows all but the counts are NULL.
func ExampleSum() {
	t := Items
	show(expr.CountAll(), expr.Count(t.Note), expr.Sum(t.Price), expr.Avg(t.Size), expr.Min(t.At), expr.Max(t.At))
	show(expr.BoolAnd(t.Paid), expr.BoolOr(t.Size.Gt(3)))
	// Output:
	// count(*)
	// count(item.note)
	// sum(item.price)
	// avg(item.size)
	// min(item.at)
	// max(item.at)
	// bool_and(item.paid)
	// bool_or(item.size > $1)
}

// How do I have an aggregate look at some rows only, at distinct values, or in an order?
func ExampleFilter() {
	t := Items
	show(expr.CountAll(expr.Filter(t.Paid)), expr.Count(t.Name, expr.Distinct()), expr.StringAgg(t.Name, ", ", expr.OrderBy(t.ID.Desc())))
	// Output:
	// count(*) FILTER (WHERE item.paid)
	// count(DISTINCT item.name)
	// string_agg(item.name, $1::text ORDER BY item.id DESC)
}

// How do I get a median, or the value that is there most often?
func ExamplePercentileCont() {
	t := Items
	show(expr.PercentileCont(0.5, t.Price), expr.PercentileDisc(0.9, t.Name), expr.Mode(t.Size))
	show(expr.Func[expr.NullFloat]("percentile_cont", expr.Val(0.5), expr.WithinGroup(t.Weight)))
	// Output:
	// percentile_cont($1::double precision) WITHIN GROUP (ORDER BY item.price)
	// percentile_disc($1::double precision) WITHIN GROUP (ORDER BY item.name)
	// mode() WITHIN GROUP (ORDER BY item.size)
	// percentile_cont($1::double precision) WITHIN GROUP (ORDER BY item.weight)
}

// How do I get totals beside groups?
func ExampleRollup() {
	t := Items
	q := query.Select3(t.BoxID.OrNull(), expr.GroupingOf(t.BoxID), expr.CountAll())
	show(q.GroupBy(expr.Rollup(t.BoxID)), q.GroupBy(expr.Cube(t.BoxID, t.Size)))
	show(q.GroupBy(expr.GroupingSets(expr.Keys(t.BoxID, t.Size), expr.Keys())))
	// Output:
	// SELECT item.box_id, grouping(item.box_id), count(*) FROM item GROUP BY ROLLUP (item.box_id)
	// SELECT item.box_id, grouping(item.box_id), count(*) FROM item GROUP BY CUBE (item.box_id, item.size)
	// SELECT item.box_id, grouping(item.box_id), count(*) FROM item GROUP BY GROUPING SETS ((item.box_id, item.size), ())
}

// How do I number and rank rows?
func ExampleOver() {
	t := Items
	w := expr.Window{}.PartitionBy(t.BoxID).OrderBy(t.Size.Desc())
	show(expr.Over(expr.RowNumber(), w), expr.Over(expr.Rank(), w), expr.Over(expr.DenseRank(), w), expr.Over(expr.NTile(4), w))
	show(expr.Over(expr.PercentRank(), w), expr.Over(expr.CumeDist(), w), expr.Over(expr.Sum(t.Size)))
	// Output:
	// row_number() OVER (PARTITION BY item.box_id ORDER BY item.size DESC)
	// rank() OVER (PARTITION BY item.box_id ORDER BY item.size DESC)
	// dense_rank() OVER (PARTITION BY item.box_id ORDER BY item.size DESC)
	// ntile($1) OVER (PARTITION BY item.box_id ORDER BY item.size DESC)
	// percent_rank() OVER (PARTITION BY item.box_id ORDER BY item.size DESC)
	// cume_dist() OVER (PARTITION BY item.box_id ORDER BY item.size DESC)
	// sum(item.size) OVER ()
}

// How do I take a value of another row?
func ExampleLag() {
	t := Items
	w := expr.Window{}.OrderBy(t.ID)
	show(expr.Over(expr.Lag(t.Size), w), expr.Over(expr.LagBy(t.Size, 2), w), expr.Over(expr.Lead(t.Size), w), expr.Over(expr.LeadBy(t.Size, 2), w))
	show(expr.Over(expr.FirstValue(t.Size), w), expr.Over(expr.LastValue(t.Size), w), expr.Over(expr.NthValue(t.Size, 2), w))
	// Output:
	// lag(item.size) OVER (ORDER BY item.id)
	// lag(item.size, $1) OVER (ORDER BY item.id)
	// lead(item.size) OVER (ORDER BY item.id)
	// lead(item.size, $1) OVER (ORDER BY item.id)
	// first_value(item.size) OVER (ORDER BY item.id)
	// last_value(item.size) OVER (ORDER BY item.id)
	// nth_value(item.size, $1) OVER (ORDER BY item.id)
}

// Which rows does a function over a window see? Those of its frame.
func ExampleWindow_Rows() {
	t := Items
	w := expr.Window{}.OrderBy(t.ID)
	show(expr.Over(expr.Sum(t.Size), w.Rows(expr.Unbounded(), expr.CurrentRow())))
	show(expr.Over(expr.Avg(t.Price), w.Rows(expr.Preceding(1), expr.Following(1)).ExcludeCurrentRow()))
	show(expr.Over(expr.CountAll(), w.Groups(expr.Preceding(1), expr.CurrentRow()).ExcludeTies()))
	byTime := expr.Window{}.OrderBy(t.At)
	week := expr.Val(7 * 24 * time.Hour)
	show(expr.Over(expr.CountAll(), byTime.Range(expr.PrecedingBy(week), expr.FollowingBy(week)).ExcludeGroup()))
	// Output:
	// sum(item.size) OVER (ORDER BY item.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
	// avg(item.price) OVER (ORDER BY item.id ROWS BETWEEN $1 PRECEDING AND $2 FOLLOWING EXCLUDE CURRENT ROW)
	// count(*) OVER (ORDER BY item.id GROUPS BETWEEN $1 PRECEDING AND CURRENT ROW EXCLUDE TIES)
	// count(*) OVER (ORDER BY item.at RANGE BETWEEN ($1::interval) PRECEDING AND ($1::interval) FOLLOWING EXCLUDE GROUP)
}

// How do I name a window, and extend it?
func ExampleWindow_Extend() {
	t := Items
	w := expr.Window{}.PartitionBy(t.BoxID).As("w")
	show(query.Select2(expr.Over(expr.CountAll(), w), expr.Over(expr.RowNumber(), w.Extend().OrderBy(t.ID))).Window(w))
	// Output:
	// SELECT count(*) OVER w, row_number() OVER (w ORDER BY item.id) FROM item WINDOW w AS (PARTITION BY item.box_id)
}
