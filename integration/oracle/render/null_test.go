package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var null = cases{
	"null.eq_none":             customersWhere(C.Mobile.IsNull()),
	"null.ne_none":             customersWhere(C.Mobile.IsNotNull()),
	"null.is_not_none":         customersWhere(C.Mobile.IsNotNull()),
	"null.eq_null_construct":   customersWhere(C.Mobile.IsNull()),
	"null.lt_none":             refuses(`query.Select(C.ID).Filter(C.ID.Lt(nil))`, "cannot use nil as int64"),
	"null.none_in_in_list":     customersWhere(C.Mobile.InExpr(expr.Val(""), expr.Nullable[string](nil))),
	"null.none_in_not_in_list": customersWhere(C.Mobile.NotInExpr(expr.Val(""), expr.Nullable[string](nil))),
	"null.coalesce":            stmt(query.Select2(C.ID, expr.Coalesce(C.Mobile, "none").As("m")).Filter(C.ID.Lt(3)).OrderBy(C.ID)),
	"null.nullif":              stmt(query.Select2(C.ID, expr.NullIf(C.Mobile, "").As("m")).Filter(C.ID.In(8, 9)).OrderBy(C.ID)),
	"null.like_none":           refuses(`query.Select(C.ID).Filter(C.Mobile.Like(nil))`, "cannot use nil as string"),
	"null.concat_null":         stmt(query.Select2(C.ID, C.LastName.ConcatExpr(C.Mobile).As("x")).Filter(C.ID.In(1, 2)).OrderBy(C.ID)),
	"null.not_eq_none_negated": customersWhere(expr.Not(C.Mobile.IsNull())),
}
