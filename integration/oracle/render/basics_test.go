package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// groups are the groups of cases that are covered.
var groups = []cases{
	basics, boolLogic, filter, inBetween, like, null, orderBy, limitOffset, distinct, groupHaving, join, queryCalls,
	deletion, updating, inserting, quoting, textual, arith, functions, caseCastLabel, subqueries, laterals, ctes, setOps,
	windows, relationshipCriteria, locking, tuples,
	upserting, arrays, documents,
}

var (
	tag1 = model.Alias(T, "tag_1")
	tag2 = model.Alias(T, "tag_2")
	tg   = model.Alias(T, "tg")
)

var basics = cases{
	"basics.select_columns":            stmt(query.Select2(C.LastName, C.Email).OrderBy(C.ID)),
	"basics.select_same_named_columns": stmt(query.Select2(C.ID, T.ID).Filter(C.ID.EqExpr(T.ID)).OrderBy(C.ID)),
	"basics.query_entity_and_column":   stmt(query.Select2(T, expr.Length(T.Name)).OrderBy(T.ID)),
	"basics.query_same_column_twice":   stmt(query.Select3(C.ID, C.ID, C.FirstName).Filter(C.ID.Eq(1))),
	"basics.core_table":                stmt(query.Select(T).OrderBy(T.ID)),
	"basics.table_column_name":         stmt(query.Select(CT).OrderBy(CT.CustomerID, CT.TagID)),
	"basics.select_constant":           stmt(query.Select(expr.Val[int64](5).As("five"))),
	"basics.count_star_no_from":        stmt(query.Select(expr.CountAll())),
	"basics.multiple_where_calls":      stmt(query.Select(C.ID).Filter(C.ID.Gt(2)).Filter(C.ID.Lt(6)).OrderBy(C.ID)),
	"basics.filter_by":                 stmt(query.Select(C.ID).Filter(C.FirstName.Eq("Frank"), C.LastName.Eq("Doctor"))),
	"basics.filter_by_after_join":      stmt(query.Select(C.ID).Join(A).Filter(A.AcctName.Eq("Frank Cash Account"))),
	"basics.filter_by_unknown":         refuses(`query.Select(C).Filter(C.Nope.Eq(1))`, "C.Nope undefined"),
	"basics.query_no_columns":          python("a SELECT of nothing; Select takes at least one thing"),
	"basics.cartesian":                 stmt(query.Select2(T.ID.As("t"), D.ID.As("d")).OrderBy(T.ID, D.ID)),
	"basics.with_entities":             stmt(query.Select2(C.ID, C.Email).Filter(C.ID.Lt(3)).OrderBy(C.ID)),
	"basics.with_only_columns":         stmt(query.Select(C.ID).Filter(C.ID.Lt(3)).OrderBy(C.ID)),
	"basics.add_columns":               stmt(query.Select2(C.ID, C.Email).Filter(C.ID.Eq(1))),
	"basics.execution_plain_table_alias": stmt(query.Select2(tag1.ID, tag2.ID).
		Filter(tag1.ID.EqExpr(tag2.ID.Minus(1))).OrderBy(tag1.ID)),
	"basics.named_alias":        stmt(query.Select2(tg.ID, tg.Name).Filter(tg.ID.Eq(1))),
	"basics.query_alias_entity": stmt(query.Select(tag1).Filter(tag1.ID.Eq(1))),
}
