package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// idsWhere selects the keys of customers that meet conditions.
func idsWhere(ps ...expr.Condition) query.Query[int64] { return query.Select(C.ID).Filter(ps...) }

func constant(n int64) query.Query[int64] { return query.Select(expr.Val(n)) }

var (
	kind    = expr.Val("c").As("kind")
	custID  = expr.As[expr.Int](A.CustID)
	allTags = query.Sub("every", query.UnionAll(query.Select(T.ID), query.Select(T.ID)))
	someIDs = query.Sub("ids", query.Union(idsWhere(C.ID.Lt(3)), idsWhere(C.ID.Eq(5))))
	twoTags = query.SubOf("two", T, query.Union(query.Select(T).Filter(T.ID.Eq(1)), query.Select(T).Filter(T.ID.Eq(2))))
	oldTags = query.Sub("old", query.Except(query.Select(T.ID), query.Select(T.ID).Filter(T.ID.Lt(3))))
)

var setOps = cases{
	"set_ops.union_all":                     stmt(query.UnionAll(idsWhere(C.ID.Lt(3)), idsWhere(C.ID.Lt(4))).OrderBy(C.ID)),
	"set_ops.intersect":                     stmt(query.Intersect(idsWhere(C.ID.Lt(5)), query.Select(custID).Filter(A.AcctNo.Gt(2000)))),
	"set_ops.except":                        stmt(query.Except(query.Select(C.ID), query.Select(custID)).OrderBy(C.ID)),
	"set_ops.except_all":                    stmt(query.ExceptAll(query.Select(A.CustID), query.Select(C.ID.OrNull())).OrderBy(A.CustID)),
	"set_ops.union_three":                   stmt(query.Union(constant(1), constant(2), constant(3))),
	"set_ops.nested_left":                   stmt(query.Except(query.Union(idsWhere(C.ID.Lt(3)), idsWhere(C.ID.Eq(5))), idsWhere(C.ID.Eq(1))).OrderBy(C.ID)),
	"set_ops.member_limit":                  stmt(query.UnionAll(query.Select(C.ID).OrderBy(C.ID.Desc()).Limit(1), query.Select(C.ID).OrderBy(C.ID).Limit(1)).OrderBy(C.ID)),
	"set_ops.union_limit":                   stmt(query.Union(query.Select(C.ID), query.Select(A.AcctNo)).OrderBy(C.ID).Limit(3)),
	"set_ops.union_order_by_column":         stmt(query.Union(query.Select(C.ID.OrNull()), query.Select(A.CustID)).OrderBy(C.ID)),
	"set_ops.legacy_query_union":            stmt(query.Select(someIDs).OrderBy(query.Col(someIDs, C.ID))),
	"set_ops.legacy_query_union_entity":     stmt(query.Select(twoTags).OrderBy(twoTags.Name)),
	"set_ops.legacy_query_union_all_filter": stmt(query.Select(allTags).Filter(query.Col(allTags, T.ID).Gt(3))),
	"set_ops.legacy_query_except":           stmt(query.Select(oldTags).OrderBy(query.Col(oldTags, T.ID))),
	"set_ops.union_labels": stmt(query.UnionAll(query.Select2(kind, C.ID.As("no")).Filter(C.ID.Eq(1)),
		query.Select2(expr.Val("a"), A.AcctNo).Filter(A.AcctNo.Eq(1001))).OrderBy(kind)),
	"set_ops.union_in_exists": stmt(query.Select(C.ID).Filter(C.ID.InRows(A.CustID, query.Union(query.Select(A.CustID).Filter(A.AcctNo.Eq(1001)),
		query.Select(O.CustomerID).Filter(O.ID.Eq(5))))).OrderBy(C.ID)),
}
