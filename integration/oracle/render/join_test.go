package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

var (
	mgr     = model.Alias(E, "mgr")
	source  = model.Alias(A, "source")
	target  = model.Alias(A, "target")
	tagged1 = model.Alias(CT, "customer_tag_1")
	tagged2 = model.Alias(CT, "customer_tag_2")

	onAccount   = C.ID.EqExpr(A.CustID)
	fromChain   = query.Select4(C.LastName, O.ID, L.LineNo, P.Sku).Join(O).Join(L).Join(P)
	perAcct     = query.Sub("counts", query.Select2(A.CustID, rowCount).GroupBy(A.CustID))
	lateAcct    = query.Sub("late", query.Select2(A.AcctNo, A.CustID).Filter(A.AcctNo.Gt(2000)))
	nameAccount = query.Select2(C.LastName, A.AcctNo)
)

// Where SQLAlchemy joins by a relationship, Cupel joins by the table, and by a condition where several foreign keys
// lead there.
var join = cases{
	"join.inferred_reverse":  stmt(query.Select2(A.AcctName, C.LastName).Join(C).OrderBy(A.AcctNo)),
	"join.select_inferred":   stmt(query.Select2(C.LastName, A.AcctName).Join(A).OrderBy(A.AcctNo)),
	"join.by_backref":        stmt(query.Select2(A.AcctName, C.LastName).Join(C).OrderBy(A.AcctNo)),
	"join.explicit_on":       stmt(query.Select2(C.LastName, A.AcctName).Join(A, onAccount).OrderBy(A.AcctNo)),
	"join.explicit_on_extra": stmt(nameAccount.Join(A, expr.And(onAccount, A.AcctNo.Gt(2000))).OrderBy(A.AcctNo)),
	"join.relationship_and":  stmt(nameAccount.Join(A, onAccount, A.AcctNo.Gt(2000)).OrderBy(A.AcctNo)),
	"join.outer_isouter":     stmt(query.Select2(C.ID, A.AcctNo.OrNull()).LeftJoin(A).OrderBy(C.ID, A.AcctNo)),
	"join.chain":             stmt(fromChain.OrderBy(O.ID, L.LineNo)),
	"join.chain_inferred":    stmt(query.Select2(C.LastName, P.Sku).Join(O).Join(L).Join(P).OrderBy(O.ID, L.LineNo)),
	"join.core_join":         stmt(query.Select2(C.ID, A.AcctNo).From(C).Join(A).OrderBy(A.AcctNo)),
	"join.select_from_right_side": stmt(query.Select(C.LastName).From(A).Join(C).
		OrderBy(A.AcctNo)),
	"join.join_from":      stmt(nameAccount.From(C).Join(A).OrderBy(A.AcctNo)),
	"join.outerjoin_from": stmt(query.Select(expr.CountAll()).From(C).LeftJoin(A)),
	"join.self_join_alias_on": stmt(query.Select2(E.Name, mgr.Name.OrNull().As("boss")).
		LeftJoin(mgr, E.ManagerID.EqExpr(mgr.ID)).OrderBy(E.ID)),
	"join.self_join_tuple_form": stmt(query.Select(E.Name).Join(mgr, mgr.ID.EqExpr(E.ManagerID)).
		Filter(mgr.Name.Eq("Ben")).OrderBy(E.ID)),
	"join.self_inferred": stmt(query.Select(E.Name).Join(E, E.ManagerID.EqExpr(E.ID))),
	"join.m2m":           stmt(query.Select2(C.LastName, T.Name).Join(CT).Join(T).OrderBy(C.ID, T.ID)),
	"join.m2m_reverse":   stmt(query.Select2(T.Name, C.ID).Join(CT).Join(C).OrderBy(T.ID, C.ID)),
	"join.m2m_explicit":  stmt(query.Select2(C.ID, T.Name).Join(CT).Join(T).OrderBy(C.ID, T.ID)),
	"join.m2m_twice": stmt(query.Select(C.ID).Join(tagged1).Join(tag1).
		Join(tagged2, C.ID.EqExpr(tagged2.CustomerID)).Join(tag2, tag2.ID.EqExpr(tagged2.TagID)).Filter(tag1.Name.Eq("vip"), tag2.Name.Eq("new"))),
	"join.ambiguous":       stmt(query.Select(A.AcctNo).Join(X)),
	"join.ambiguous_query": stmt(query.Select(A.AcctNo).Join(X)),
	"join.ambiguous_resolved_relationship": stmt(query.Select2(X.ID, A.AcctNo).Join(A, A.AcctNo.EqExpr(X.ToAcct)).
		OrderBy(X.ID)),
	"join.ambiguous_both": stmt(query.Select3(X.ID, source.AcctName, target.AcctName).
		Join(source, source.AcctNo.EqExpr(X.FromAcct)).Join(target, target.AcctNo.EqExpr(X.ToAcct)).OrderBy(X.ID)),
	"join.no_fk":            stmt(query.Select(C.ID).Join(R)),
	"join.no_fk_query":      stmt(query.Select(C).Join(R)),
	"join.no_fk_core":       stmt(query.Select2(C, R).Join(R)),
	"join.ambiguous_left":   stmt(query.Select2(C.ID, O.ID).Join(A)),
	"join.left_undecidable": stmt(query.Select2(O.ID, P.ID).Join(L)),
	"join.duplicate_table":  stmt(query.Select(C.ID).Join(A).Join(A, A.CustID.EqExpr(C.ID))),
	"join.three_table_group": stmt(query.Select2(C.LastName, expr.Sum(expr.Op[expr.NullDecimal](L.Qty, "*", L.UnitPrice)).As("total")).
		Join(O).Join(L).GroupBy(C.ID, C.LastName).OrderBy(C.ID)),
	"join.join_subquery":               stmt(query.Select2(C.ID, query.Col(perAcct, rowCount)).Join(perAcct, query.Col(perAcct, A.CustID).EqExpr(C.ID)).OrderBy(C.ID)),
	"join.outerjoin_subquery_coalesce": stmt(query.Select2(C.ID, expr.Coalesce(query.Col(perAcct, rowCount), 0)).LeftJoin(perAcct, query.Col(perAcct, A.CustID).EqExpr(C.ID)).OrderBy(C.ID)),
	"join.join_subquery_inferred":      stmt(query.Select2(C.ID, query.Col(lateAcct, A.AcctNo)).Join(lateAcct).OrderBy(query.Col(lateAcct, A.AcctNo))),
	"join.nested_join": stmt(query.Select3(C.ID, O.ID.OrNull(), L.LineNo.OrNull()).
		LeftJoin(query.Nested(O).Join(L), C.ID.EqExpr(O.CustomerID)).OrderBy(C.ID, O.ID, L.LineNo)),
	"join.string_relationship":    python("a relationship named by a string"),
	"join.select_entity_no_dedup": stmt(query.Select(C).Join(A).OrderBy(C.ID)),
	"join.schema_table_join":      stmt(query.Select2(C.LastName, G.What).Join(G).OrderBy(G.ID)),
}
