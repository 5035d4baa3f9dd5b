package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// customersBy selects the keys of customers in an order.
func customersBy(keys ...expr.Sortable) testCase { return stmt(query.Select(C.ID).OrderBy(keys...)) }

var orderBy = cases{
	"order_by.asc_explicit":       customersBy(C.LastName.Asc(), C.ID),
	"order_by.desc_function":      customersBy(C.ID.Desc()),
	"order_by.nulls_first":        customersBy(C.Mobile.NullsFirst(), C.ID),
	"order_by.nulls_last":         customersBy(C.Mobile.NullsLast(), C.ID),
	"order_by.desc_nulls_last":    customersBy(C.Mobile.Desc().NullsLast(), C.ID),
	"order_by.asc_nulls_first":    customersBy(C.Mobile.Asc().NullsFirst(), C.ID),
	"order_by.nullslast_function": customersBy(C.Mobile.Desc().NullsLast(), C.ID),
	"order_by.cancel":             stmt(ids.NoOrderBy().Filter(C.ID.Eq(1))),
	"order_by.cancel_and_new":     stmt(query.Select(C.ID).OrderBy(C.LastName).NoOrderBy().OrderBy(C.ID.Desc())),
	"order_by.function":           customersBy(expr.Lower(C.LastName), C.ID),
	"order_by.string_sql_refused": refuses(`query.Select(C.ID).OrderBy("id desc")`, "does not implement expr.Sortable"),
	"order_by.text_sql":           customersBy(expr.Raw[expr.Int]("id desc")),
	"order_by.collate":            customersBy(C.LastName.Collate("C"), C.ID),
	"order_by.query_order_by":     customersBy(C.LastName.Desc(), C.ID),
	"order_by.joined_column":      stmt(query.Select(A.AcctNo).Join(C).OrderBy(C.LastName, A.AcctNo.Desc())),
	"order_by.alias_attr":         stmt(query.Select(tag1.ID).OrderBy(tag1.Name)),
	"order_by.unary_minus":        customersBy(C.ID.Neg()),
}
