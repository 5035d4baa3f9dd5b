package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// widget inserts a product that is there already.
func widget(more ...expr.Assignment) query.InsertStatement {
	return query.Insert(P).Values(append([]expr.Assignment{P.ID.To(1), P.Sku.To("W-1"), P.Name.To("Widget")}, more...)...)
}

var upserting = cases{
	"upsert.do_nothing":           write(tagNamed("vip").OnConflict().DoNothing()),
	"upsert.do_nothing_returning": stmt(query.Returning(tagNamed("vip").OnConflict(T.Name).DoNothing(), T.ID)),
	"upsert.do_update_excluded": write(query.Insert(T).Values(tagWith(1, "gold")...).
		OnConflict(T.ID).DoUpdate(T.Name.ToExcluded())),
	"upsert.do_update_literal": write(widget(P.Stock.To(0)).OnConflict(P.Sku).DoUpdate(P.Stock.To(5))),
	"upsert.do_update_expr": write(widget(P.Stock.To(5)).
		OnConflict(P.ID).DoUpdate(P.Stock.ToExpr(P.Stock.PlusExpr(expr.Excluded(P.Stock))))),
	"upsert.do_update_constraint": write(tagNamed("vip").
		OnConstraint("tag_name_key").DoUpdate(T.Name.ToExpr(expr.Excluded(T.Name).Concat("2")))),
	"upsert.do_update_no_target": write(query.Insert(T).Values(tagWith(1, "x")...).OnConflict().DoUpdate(T.Name.To("y"))),
	"upsert.do_update_composite": write(query.Insert(L).Values(L.OrderID.To(1), L.LineNo.To(1), L.Qty.To(99)).
		OnConflict(L.OrderID, L.LineNo).DoUpdateAll()),
	"upsert.from_select_upsert": write(query.Insert(CT).
		From(query.Select2(C.ID, expr.Val[int64](1)).Filter(C.ID.Lt(4)), CT.CustomerID, CT.TagID).OnConflict().DoNothing()),
	"upsert.no_matching_constraint": write(query.Insert(C).Values(C.FirstName.To("a"), C.LastName.To("b")).
		OnConflict(C.Email).DoNothing()),
	// OnUpdate is applied unless the column is set.
	"upsert.onupdate_not_applied": write(query.Insert(A).Values(A.AcctNo.To(1001), A.AcctName.To("New"),
		A.AcctOpenDt.To(day(2024, 1, 1)), A.AcctUpdateDt.To(day(2024, 1, 1))).
		OnConflict(A.AcctNo).DoUpdate(A.AcctName.To("Upserted"), A.AcctUpdateDt.ToExpr(A.AcctUpdateDt))),
}
