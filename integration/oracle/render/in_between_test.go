package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var inBetween = cases{
	"in_between.in_duplicates":       customersWhere(C.ID.In(4, 4, 5)),
	"in_between.in_empty_string_col": customersWhere(C.LastName.In()),
	"in_between.not_in_empty":        customersWhere(C.Mobile.NotIn()),
	"in_between.in_empty_negated":    customersWhere(C.ID.In().Not()),
	"in_between.in_empty_or":         customersWhere(expr.Or(C.ID.In(), C.ID.Eq(2))),
	"in_between.in_tuple_arg":        customersWhere(C.ID.In([]int64{1, 2}...)),
	"in_between.in_set_single":       customersWhere(C.ID.In(3)),
	"in_between.in_dates":            ordersWhere(O.OrderDate.In(day(2024, 2, 14), day(2024, 2, 29))),
	"in_between.in_uuid": ordersWhere(O.Ref.In(
		uuid("11111111-1111-1111-1111-111111111111"), uuid("77777777-7777-7777-7777-777777777777"))),
	"in_between.two_ins_same_column":       stmt(query.Select(C.ID).Filter(C.ID.In(1, 2), C.ID.In(2, 3))),
	"in_between.in_subquery":               customersIn(C.ID.InRows(A.CustID, query.From(A).Filter(A.AcctName.Like("%Cash%")))),
	"in_between.not_in_subquery_with_null": stmt(query.Select(C.ID).Filter(C.ID.NotInRows(A.CustID, query.From(A)))),
	"in_between.in_bind_typed":             customersWhere(C.ID.Plus(1).In(2, 3)),
	"in_between.between":                   customersWhere(C.ID.Between(2, 4)),
	"in_between.not_between":               customersWhere(C.ID.Between(2, 9).Not()),
	"in_between.between_symmetric":         customersWhere(C.ID.BetweenSymmetric(4, 2)),
	"in_between.between_dates":             ordersWhere(O.OrderDate.Between(day(2024, 2, 1), day(2024, 2, 29))),
	"in_between.between_columns":           ordersWhere(O.ID.BetweenExpr(O.Quantity, O.Quantity.Times(2))),
}
