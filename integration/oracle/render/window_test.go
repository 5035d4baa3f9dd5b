package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var (
	byID     = expr.Window{}.OrderBy(O.ID)
	place1   = expr.Over(expr.RowNumber(), expr.Window{}.OrderBy(O.Amount.Desc().NullsLast())).As("rn")
	placeOf  = expr.Over(expr.RowNumber(), expr.Window{}.PartitionBy(O.Status).OrderBy(O.ID.Desc())).As("rn")
	ofStatus = query.Sub("ranked", query.Select2(O.ID, placeOf))
)

// overOrders selects something that is worked out over orders.
func overOrders[R any](x expr.Item[R]) testCase {
	return stmt(query.Select2(O.ID, x).OrderBy(O.ID))
}

var windows = cases{
	"window.partition":      overOrders(expr.Over(expr.Rank(), expr.Window{}.PartitionBy(O.Status).OrderBy(O.Amount.Desc()))),
	"window.empty_over":     overOrders(expr.Over(expr.Sum(O.Quantity))),
	"window.partition_two":  overOrders(expr.Over(expr.CountAll(), expr.Window{}.PartitionBy(O.Status, O.IsPaid))),
	"window.rows_frame":     overOrders(expr.Over(expr.Sum(O.Quantity), byID.Rows(expr.Preceding(1), expr.CurrentRow()))),
	"window.rows_unbounded": overOrders(expr.Over(expr.Sum(O.Quantity), byID.Rows(expr.Unbounded(), expr.Following(1)))),
	"window.range_frame": overOrders(expr.Over(expr.Sum(O.Quantity), expr.Window{}.OrderBy(O.Quantity).
		Range(expr.Preceding(1), expr.Following(1)))),
	"window.rows_following":        overOrders(expr.Over(expr.CountAll(), byID.Rows(expr.Following(1), expr.Unbounded()))),
	"window.first_value":           overOrders(expr.Over(expr.FirstValue(O.ID), expr.Window{}.PartitionBy(O.Status).OrderBy(O.ID))),
	"window.window_label_order":    stmt(query.Select2(O.ID, place1).OrderBy(place1)),
	"window.window_in_where_error": stmt(query.Select(O.ID).Filter(expr.Over(expr.RowNumber(), byID).Lt(3))),
	"window.top_n_per_group":       stmt(query.Select(query.Col(ofStatus, O.ID)).Filter(query.Col(ofStatus, placeOf).Eq(1)).OrderBy(query.Col(ofStatus, O.ID))),
}
