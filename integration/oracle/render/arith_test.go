package render_test

import (
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// ofOrder selects something of an order.
func ofOrder[R any](id int64, x expr.Item[R]) testCase {
	return stmt(query.Select(x).From(O).Filter(O.ID.Eq(id)))
}

var arith = cases{
	"arith.add":                      ofOrder(1, O.Quantity.Plus(1)),
	"arith.div_int":                  ofOrder(2, O.Quantity.Over(2)),
	"arith.div_numeric":              ofOrder(1, O.Amount.Over("3")),
	"arith.floordiv_unsupported":     python("an operator that Go does not have: //"),
	"arith.mod":                      ofOrder(2, O.Quantity.Mod(3)),
	"arith.rsub":                     ofOrder(2, expr.Const[expr.Int](10).MinusExpr(O.Quantity)),
	"arith.rdiv":                     ofOrder(2, expr.Const[expr.Int](10).OverExpr(O.Quantity)),
	"arith.numeric_times_decimal":    ofOrder(1, O.Amount.Times("1.19")),
	"arith.date_plus_timedelta":      ofOrder(4, O.OrderDate.Plus(24*time.Hour)),
	"arith.datetime_minus_timedelta": ofOrder(1, O.CreatedAt.Minus(90*time.Minute)),
	"arith.datetime_diff":            stmt(query.Select(A.AcctUpdateDt.SinceExpr(A.AcctOpenDt)).Filter(A.AcctNo.Eq(2004))),
	"arith.null_propagates":          ofOrder(4, expr.Op[expr.NullDecimal](O.Quantity, "+", O.Amount)),
	"arith.div_by_zero":              ofOrder(1, O.Quantity.Over(0)),
	"arith.bitand":                   ofOrder(2, expr.Op[expr.NullInt](O.Quantity, "&", expr.Val(3))),
	"arith.string_plus_int":          refuses(`query.Select(C.LastName.Plus(1))`, "Plus undefined"),
	"arith.int_plus_string":          refuses(`query.Select(C.ID.Plus("a"))`, "as int64 value"),
}
