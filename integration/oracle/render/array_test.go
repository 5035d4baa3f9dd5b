package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// ordersIn selects the keys of orders that meet conditions.
func ordersIn(ps ...expr.Condition) testCase {
	return stmt(query.Select(O.ID).Filter(ps...).OrderBy(O.ID))
}

var arrays = cases{
	"array.array_contains_cast":   ordersIn(O.Labels.Contains("b")),
	"array.array_overlap":         ordersIn(O.Scores.Overlaps(3, 5)),
	"array.array_any":             ordersIn(O.Labels.Has("b")),
	"array.array_any_operator":    ordersIn(expr.Const[expr.Int](8).LtExpr(O.Scores.Any())),
	"array.any_function":          ordersIn(expr.Val("c").EqExpr(expr.Any[string](O.Labels))),
	"array.array_slice":           ofOrder(1, O.Scores.Slice(1, 2)),
	"array.array_index_filter":    ordersIn(O.Scores.At(2).Eq(4)),
	"array.array_length":          overOrders(expr.ArrayLength(O.Labels, 1)),
	"array.cardinality":           overOrders(expr.Cardinality(O.Labels)),
	"array.array_concat":          ofOrder(1, O.Labels.Concat("z")),
	"array.array_literal":         stmt(query.Select(expr.NewArray(expr.Val(1), expr.Val(2), expr.Val(3)))),
	"array.array_literal_strings": stmt(query.Select(expr.Val([]string{"a", "b"}))),
	"array.array_equality":        ordersIn(O.Labels.Eq([]*string{ptr("a"), ptr("b")})),
	"array.array_empty_equality":  ordersIn(O.Labels.Eq([]*string{})),
	"array.array_subquery":        stmt(query.Select(expr.ArrayRows(T.Name, query.From(T).OrderBy(T.ID)))),
	"array.eq_any_list_param":     customersIn(C.ID.EqExpr(expr.Any[int64](expr.Val([]int64{1, 3})))),
	"array.array_multi_dim":       stmt(query.Select(expr.Val([][]int64{{1, 2}, {3, 4}}))),
}
