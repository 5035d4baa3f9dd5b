package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var (
	count     = expr.Count(A.CustID).As("count")
	lowerName = expr.Lower(C.LastName)
	n         = expr.CountAll().As("n")
	orderedN  = expr.Count(O.ID).As("n")
)

var groupHaving = cases{
	"group_having.group_one": stmt(query.Select2(C.LastName, expr.Count(C.ID)).GroupBy(C.LastName).OrderBy(C.LastName)),
	"group_having.group_label_order": stmt(query.Select2(C.LastName, count).Join(A).GroupBy(C.ID).
		OrderBy(count)),
	"group_having.having": stmt(query.Select2(C.LastName, expr.CountAll()).GroupBy(C.LastName).Having(expr.CountAll().Gt(1))),
	"group_having.having_two": stmt(query.Select2(O.Status, expr.CountAll()).GroupBy(O.Status).Having(expr.CountAll().Gt(1)).
		Having(expr.Sum(O.Amount).Gt("200")).OrderBy(O.Status)),
	"group_having.having_or": stmt(query.Select(O.Status).GroupBy(O.Status).
		Having(expr.Or(expr.CountAll().Gt(2), expr.Min(O.ID).Eq(4))).OrderBy(O.Status)),
	"group_having.group_function": stmt(query.Select2(lowerName, expr.CountAll()).GroupBy(lowerName).OrderBy(lowerName)),
	"group_having.group_function_with_param": stmt(query.Select2(expr.Coalesce(C.Mobile, "?"), expr.CountAll()).
		GroupBy(expr.Coalesce(C.Mobile, "?")).OrderBy(expr.Coalesce(C.Mobile, "?"))),
	"group_having.group_missing_column":       stmt(query.Select3(C.LastName, C.FirstName, expr.CountAll()).GroupBy(C.LastName)),
	"group_having.group_none_cancels":         stmt(query.Select(C.ID).GroupBy(C.ID).NoGroupBy().Filter(C.ID.Eq(1))),
	"group_having.order_by_label_desc_object": stmt(query.Select2(C.LastName, n).GroupBy(C.LastName).OrderBy(n.Desc(), C.LastName)),
	"group_having.aggregate_in_where":         stmt(query.Select(C.ID).Filter(expr.Count(C.ID).Gt(1))),
	"group_having.having_label_string": stmt(query.Select2(O.Status, orderedN).GroupBy(O.Status).Having(orderedN.Gt(1)).
		OrderBy(O.Status)),
}
