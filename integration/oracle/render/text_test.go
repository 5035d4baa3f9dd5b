package render_test

import (
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var textual = cases{
	"text.text_where":   customersWhere(expr.Raw[expr.Bool]("last_name = ?", "Doctor")),
	"text.text_or_expr": customersWhere(expr.And(expr.Raw[expr.Bool]("id = 1 OR id = 2"), C.LastName.Eq("Doctor"))),
	"text.text_not":     customersWhere(expr.Not(expr.Raw[expr.Bool]("id < 9"))),
	"text.text_percent": stmt(query.Raw[query.Row2[int64, string]]("SELECT 10 % 3 AS m, 'a%b' AS s")),
	"text.text_colon_escape": stmt(query.Raw[query.Row3[time.Time, string, string]](
		`SELECT '2024-01-01'::date AS d, ':x' AS s, 'a\:b' AS e`)),
	"text.text_bind_list":     stmt(query.Raw[int64]("SELECT id FROM customer WHERE id = ANY(?) ORDER BY id", []int64{1, 3})),
	"text.text_missing_param": stmt(query.Raw[int64]("SELECT id FROM customer WHERE id = ?")),
	"text.text_order_by":      customersBy(expr.Raw[expr.Text]("mobile DESC NULLS LAST, id")),
	"text.text_on_clause": stmt(query.Select2(C.ID, A.AcctNo).
		Join(A, expr.Raw[expr.Bool]("account.cust_id = customer.id AND acct_no > 2000")).OrderBy(A.AcctNo)),
	"text.from_statement":            stmt(query.Select(T).FromRaw("SELECT id, name FROM tag WHERE id < ? ORDER BY id", 3)),
	"text.bindparam_named":           customersWhere(C.ID.EqExpr(three)),
	"text.bindparam_same_name_twice": customersWhere(expr.Or(C.ID.EqExpr(three), C.ID.EqExpr(three))),
	"text.bindparam_conflict":        python("names of parameters"),
	"text.bindparam_required_missing": python("named parameters that get their values later: a function with an " +
		"argument"),
	"text.literal_execute": customersWhere(C.ID.EqExpr(expr.Raw[expr.Int]("3"))),
	"text.suffix_with":     stmt(query.Select(C.ID).Filter(C.ID.Eq(1)).Suffix("/* end */")),
}

var three = expr.Val[int64](3)
