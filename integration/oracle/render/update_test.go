package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var (
	aliasedTag = model.Alias(T, "t")
	first1     = query.Update(C).Filter(C.ID.Eq(1))
)

var updating = cases{
	"update.simple":         write(first1.Set(C.Email.To("new@x.org"))),
	"update.two_values":     write(first1.Set(C.Mobile.To("1"), C.Email.To("e"))),
	"update.ordered_values": write(first1.Set(C.Mobile.To("1"), C.Email.To("e"))),
	"update.no_where":       write(query.Update(P).Set(P.Stock.To(1)).Everywhere()),
	"update.expression":     write(query.Update(P).Filter(P.ID.Eq(1)).Set(P.Stock.ToExpr(P.Stock.Minus(10)))),
	"update.set_none":       write(first1.Set(C.Mobile.ToNull())),
	"update.two_where":      write(query.Update(C).Filter(C.ID.Gt(1)).Filter(C.ID.Lt(4)).Set(C.Mobile.To("x"))),
	"update.subquery_value_cast": write(query.Update(C).Set(C.Mobile.ToExpr(expr.Scalar(expr.Cast[expr.Text](expr.Count(A.AcctNo), "varchar"), accountsOf))).
		Filter(C.ID.Lt(5)).Sync(query.SyncNone)),
	"update.where_in_subquery": write(query.Update(C).Set(C.Mobile.To("sub")).Filter(C.ID.InRows(A.CustID, query.From(A).Filter(A.AcctNo.Gt(2000)))).Sync(query.SyncNone)),
	"update.from_table": write(query.Update(A).Filter(A.CustID.EqExpr(C.ID), C.LastName.Eq("Doctor")).
		Set(A.AcctName.ToExpr(expr.Const[expr.Text]("Dr ").ConcatExpr(C.FirstName)), A.AcctUpdateDt.To(day(2024, 1, 1)))),
	"update.returning": stmt(query.Returning2(
		query.Update(P).Filter(P.ID.Lt(3)).Set(P.Stock.ToExpr(P.Stock.Plus(1))), P.ID, P.Stock)),
	"update.returning_from": stmt(query.Returning2(query.Update(A).Filter(A.CustID.EqExpr(C.ID), A.AcctNo.Eq(1001)).
		Set(A.AcctName.To("Z"), A.AcctUpdateDt.To(day(2024, 1, 1))), A.AcctNo, C.LastName)),
	"update.no_match": write(query.Update(C).Filter(C.ID.Eq(999)).Set(C.Mobile.To("x"))),
	"update.executemany_bindparams": call(func(s *session.Session) (any, error) {
		sum := int64(0)
		for _, t := range []Tag{{1, "n1"}, {2, "n2"}} {
			n, err := query.Update(T).Filter(T.ID.Eq(t.ID)).Set(T.Name.To(t.Name)).Exec(ctx, s)
			if err != nil {
				return nil, err
			}
			sum += n
		}
		return sum, nil
	}),
	"update.same_column_where_and_set": write(query.Update(T).Filter(T.Name.Eq("vip")).Set(T.Name.To("gold"))),
	"update.legacy_query_update_expr":  write(query.Update(P).Filter(P.Stock.Gt(0)).Set(P.Stock.ToExpr(P.Stock.Times(2)))),
	"update.legacy_query_update_limit": refuses(`query.Update(P).Limit(1)`, "Limit undefined"),
	"update.legacy_query_update_join":  refuses(`query.Update(A).Join(C)`, "Join undefined"),
	"update.jsonb_set": write(query.Update(O).Filter(O.ID.Eq(2)).Set(O.Attrs.ToExpr(expr.Func[expr.NullJSON](
		"jsonb_set", O.Attrs, expr.Val([]string{"size"}), expr.Cast[expr.NullJSON](expr.Val("9"), "jsonb"))))),
	"update.alias_target": write(query.Update(aliasedTag).Filter(aliasedTag.ID.Eq(1)).Set(aliasedTag.Name.To("al"))),
}
