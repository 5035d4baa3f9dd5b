package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var (
	young   = query.With("young", query.Select(C.ID).Filter(C.ID.Lt(3)))
	ctA     = query.With("a", query.Select(C.ID).Filter(C.ID.Gt(3)))
	ctB     = query.With("b", query.Select2(A.AcctNo, A.CustID))
	perCust = query.With("a", query.Select2(A.CustID, rowCount).GroupBy(A.CustID))
	most    = expr.Max(query.Col(perCust, rowCount)).As("m")
	ofMost  = query.With("b", query.Select(most))

	rowCount = expr.CountAll().As("n")
	number   = expr.Val(int64(1)).As("n")
	nums     = query.Recursive("nums", query.Select(expr.As[expr.Int](number)), func(nums query.Source) expr.Rows {
		n := query.Col(nums, expr.As[expr.Int](number))
		return query.Select(n.Plus(1)).Filter(n.Lt(5))
	})
	level = expr.Const[expr.Int](0).As("lvl")
	tree  = query.Recursive("tree", query.Select3(E.ID, E.Name, level).Filter(E.ManagerID.IsNull()), func(top query.Source) expr.Rows {
		return query.Select3(E.ID, E.Name, query.Col(top, level).Plus(1)).Filter(E.ManagerID.EqExpr(query.Col(top, E.ID)))
	})
	below = query.RecursiveDistinct("sub", query.Select(E.ID).Filter(E.ID.Eq(2)), func(sub query.Source) expr.Rows {
		return query.Select(E.ID).Join(sub, E.ManagerID.EqExpr(query.Col(sub, E.ID)))
	})
	tags3    = query.WithMaterialized("t", query.Select(T.ID))
	nested   = query.Sub("sq", query.Select(query.Col(innerT, T.ID)))
	innerT   = query.With("inner_t", query.Select(T.ID).Filter(T.ID.Lt(3)))
	late     = query.With("late", query.Select(A.CustID).Filter(A.AcctNo.Gt(2000)))
	inserted = query.With("ins", query.Returning2(query.Insert(T).Values(T.ID.To(50), T.Name.To("cte")), T.ID, T.Name))
	gone     = query.With("gone", query.Returning(query.Delete(S).Filter(S.Carrier.Eq("ups")), S.ID))
	restock  = query.With("u", query.Returning2(query.Update(P).Set(P.Stock.ToExpr(P.Stock.Plus(1))).Everywhere(), P.ID, P.Stock))
	shifted  = T.ID.Plus(100).As("id")
	shouted  = expr.Concat(T.Name, expr.Val("!")).As("nm")
	src      = query.With("src", query.Select2(shifted, shouted))
	below4   = query.With("x", query.Select(C.ID).Filter(C.ID.Lt(4)))
)

var ctes = cases{
	"cte.simple":               stmt(query.Select(young).OrderBy(query.Col(young, C.ID))),
	"cte.two":                  stmt(query.Select2(query.Col(ctA, C.ID), query.Col(ctB, A.AcctNo)).Join(ctB, query.Col(ctA, C.ID).EqExpr(query.Col(ctB, A.CustID))).OrderBy(query.Col(ctB, A.AcctNo))),
	"cte.dependent":            stmt(query.Select(query.Col(ofMost, most))),
	"cte.recursive_numbers":    stmt(query.Select(nums).OrderBy(query.Col(nums, expr.As[expr.Int](number)))),
	"cte.recursive_tree":       stmt(query.Select(tree).OrderBy(query.Col(tree, level), query.Col(tree, E.ID))),
	"cte.recursive_union":      stmt(query.Select(expr.CountAll()).From(below)),
	"cte.materialized":         stmt(query.Select(tags3).OrderBy(query.Col(tags3, T.ID))),
	"cte.nesting":              stmt(query.Select(nested).OrderBy(query.Col(nested, query.Col(innerT, T.ID)))),
	"cte.in_subquery":          stmt(query.Select(C.ID).Filter(C.ID.InRows(query.Col(late, A.CustID), query.From(late))).OrderBy(C.ID)),
	"cte.dml_insert_returning": stmt(query.Select(inserted)),
	"cte.dml_delete_returning": stmt(query.Select(expr.CountAll()).From(gone)),
	"cte.dml_update_returning": stmt(query.Select(restock).OrderBy(query.Col(restock, P.ID))),
	"cte.insert_from_cte":      write(query.Insert(T).From(query.Select2(query.Col(src, shifted), query.Col(src, shouted)), T.ID, T.Name)),
	"cte.cte_params_order":     stmt(query.Select(below4).Filter(query.Col(below4, C.ID).Gt(1)).OrderBy(query.Col(below4, C.ID))),
}
