package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var deletion = cases{
	"delete.all":       write(query.Delete(S).Everywhere()),
	"delete.two_where": write(query.Delete(S).Filter(S.ID.Gt(1)).Filter(S.Carrier.Eq("ups"))),
	"delete.and_range": write(query.Delete(S).Filter(S.ID.Ge(2).And(S.ID.Le(3)))),
	"delete.like":      write(query.Delete(T).Filter(T.Name.Like("%nus%"))),
	"delete.using_two": write(query.Delete(S).
		Filter(S.OrderID.EqExpr(O.ID), O.CustomerID.EqExpr(C.ID), C.LastName.Eq("Plumber"))),
	"delete.returning":                 stmt(query.Returning2(query.Delete(S).Filter(S.Carrier.Eq("ups")), S.ID, S.Carrier)),
	"delete.exists":                    write(query.Delete(T).Filter(expr.Exists(query.From(CT).Filter(CT.TagID.EqExpr(T.ID))).Not())),
	"delete.fk_violation":              write(query.Delete(C).Filter(C.ID.Eq(1))),
	"delete.legacy_query_delete_limit": refuses(`query.Delete(S).Limit(1)`, "Limit undefined"),
	"delete.legacy_query_delete_join":  refuses(`query.Delete(S).Join(L)`, "Join undefined"),
}
