package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var (
	o2         = model.Alias(O, "o2")
	accountsOf = query.From(A).Filter(A.CustID.EqExpr(C.ID))
	hasAccount = expr.Exists(accountsOf)
	someC      = query.Sub("some", query.Select2(C.ID, C.LastName).Filter(C.ID.Lt(4)))
	lastC      = query.Sub("last", query.Select2(C.ID, C.LastName).OrderBy(C.ID.Desc()).Limit(3))
	countC     = query.Sub("counted", query.Select(expr.Count(C.ID)))
	tagA       = query.Sub("a", query.Select(T.ID))
)

// customersIn selects the keys of customers that meet conditions.
func customersIn(ps ...expr.Condition) testCase {
	return stmt(query.Select(C.ID).Filter(ps...).OrderBy(C.ID))
}

var subqueries = cases{
	"subquery.scalar_in_columns":         stmt(query.Select2(C.ID, expr.Scalar(expr.Count(A.AcctNo), accountsOf).As("n")).OrderBy(C.ID)),
	"subquery.scalar_in_where":           stmt(query.Select(O.ID).Filter(O.Amount.EqExpr(expr.Scalar(expr.Max(O.Amount), query.From(O))))),
	"subquery.scalar_in_where_alias":     stmt(query.Select(O.ID).Filter(O.Amount.GtExpr(expr.Scalar(expr.Avg(o2.Amount), query.From(o2)))).OrderBy(O.ID)),
	"subquery.scalar_uncoerced":          stmt(query.Select(O.ID).Filter(O.ID.EqExpr(expr.Scalar(expr.Max(O.ID), query.From(O))))),
	"subquery.scalar_arith":              stmt(query.Select(expr.Scalar(expr.Count(T.ID), query.From(T)).Plus(1))),
	"subquery.scalar_more_than_one_row":  stmt(query.Select(expr.Scalar(T.ID, query.From(T)))),
	"subquery.scalar_two_columns":        refuses(`query.Select(expr.Scalar(expr.Tuple2(T.ID, T.Name), query.From(T)))`, "does not match"),
	"subquery.exists_correlated":         customersIn(hasAccount),
	"subquery.exists_select":             customersIn(expr.Exists(query.Select(A.AcctNo).Filter(A.CustID.EqExpr(C.ID)))),
	"subquery.exists_column":             customersIn(expr.Exists(accountsOf.Filter(A.AcctNo.Gt(2000)))),
	"subquery.not_exists":                customersIn(hasAccount.Not()),
	"subquery.exists_as_column":          stmt(query.Select2(C.ID, hasAccount.As("has_acct")).OrderBy(C.ID)),
	"subquery.select_exists":             stmt(query.Select(expr.Exists(query.From(C).Filter(C.ID.Eq(1))))),
	"subquery.select_exists_select_from": stmt(query.Select(expr.Exists(query.Select(C.ID).Filter(C.ID.Eq(99))))),
	"subquery.query_exists":              stmt(query.Select(expr.Exists(query.Select(C).Filter(C.LastName.Eq("Doctor"))))),
	"subquery.query_exists_scalar": call(func(s *session.Session) (any, error) {
		return query.Select(C).Filter(C.LastName.Eq("Nobody")).Exists(ctx, s)
	}),
	"subquery.correlate_none":               stmt(query.Select(C.ID).Filter(C.ID.EqExpr(expr.Scalar(C.ID, query.From(C).Filter(C.LastName.Eq("Driver")))))),
	"subquery.from_subquery":                stmt(query.Select(someC).OrderBy(query.Col(someC, C.ID))),
	"subquery.from_subquery_limit":          stmt(query.Select(lastC).OrderBy(query.Col(lastC, C.LastName))),
	"subquery.subquery_unlabelled_function": stmt(query.Select(countC)),
	"subquery.in_subquery_legacy":           customersIn(C.ID.InRows(A.CustID, query.Select(A.CustID).Filter(A.AcctNo.Lt(2000)))),
	"subquery.in_subquery_two_columns":      refuses(`query.Select(C.ID).Filter(C.ID.InRows(expr.Tuple2(A.CustID, A.AcctNo), query.From(A)))`, "cannot use"),
	"subquery.nested_three_levels": customersIn(C.ID.InRows(O.CustomerID, query.From(O).Filter(
		O.ID.InRows(L.OrderID, query.From(L).Filter(L.Qty.Ge(5)))))),
	"subquery.any_subquery":   customersIn(C.ID.EqExpr(expr.AnyOf(A.CustID, query.From(A)))),
	"subquery.alias_of_alias": stmt(query.Select(tagB).OrderBy(query.Col(tagB, T.ID))),
}

var tagB = tagA.As("b")

var (
	newest  = query.Select(A.AcctNo).Filter(A.CustID.EqExpr(C.ID)).OrderBy(A.AcctNo.Desc()).Limit(1)
	last    = query.Lateral("last", newest)
	counted = expr.Count(A.AcctNo).As("n")
	perC    = query.Lateral("l", query.Select(counted).Filter(A.CustID.EqExpr(C.ID)))
	attrTag = expr.JSONElementsText(O.Attrs.Get("tags"))
	tagsOf  = query.Function("t", attrTag)
	label   = expr.Unnest(O.Labels)
	labels  = query.Function("l", label)
)

var laterals = cases{
	"lateral.lateral_join":     stmt(query.Select2(C.ID, query.Col(last, A.AcctNo)).Join(last).OrderBy(C.ID, query.Col(last, A.AcctNo))),
	"lateral.lateral_left":     stmt(query.Select2(C.ID, query.Col(last, A.AcctNo).OrNull()).LeftJoin(last).OrderBy(C.ID)),
	"lateral.lateral_where":    stmt(query.Select2(C.ID, query.Col(perC, counted)).Filter(query.Col(perC, counted).Gt(1)).OrderBy(C.ID)),
	"lateral.lateral_function": stmt(query.Select2(O.ID, query.Col(tagsOf, attrTag)).Join(tagsOf).Filter(O.ID.Eq(1)).OrderBy(query.Col(tagsOf, attrTag))),
	"lateral.unnest_column":    stmt(query.Select2(O.ID, query.Col(labels, label)).Filter(O.ID.In(1, 2)).OrderBy(O.ID, query.Col(labels, label))),
}
