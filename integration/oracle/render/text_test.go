package render_test

import (
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

const wholeText = "rows and entities of a whole statement that is text, with arguments"

var textual = cases{
	"text.text_where":   customersWhere(expr.Raw[bool]("last_name = ?", "Doctor")),
	"text.text_or_expr": customersWhere(expr.And(expr.Raw[bool]("id = 1 OR id = 2"), C.LastName.Eq("Doctor"))),
	"text.text_not":     customersWhere(expr.Not(expr.Raw[bool]("id < 9"))),
	"text.text_percent": stmt(query.Select2(expr.Raw[int64]("10 % 3").As("m"), expr.Raw[string]("'a%b'").As("s"))),
	"text.text_colon_escape": stmt(query.Select3(expr.Raw[time.Time]("'2024-01-01'::date").As("d"),
		expr.Raw[string]("':x'").As("s"), expr.Raw[string](`'a\:b'`).As("e"))),
	"text.text_bind_list":     lacks(wholeText),
	"text.text_missing_param": customersWhere(expr.Raw[bool]("id = ?")),
	"text.text_order_by":      customersBy(expr.Raw[string]("mobile DESC NULLS LAST, id")),
	"text.text_on_clause": stmt(query.Select2(C.ID, A.AcctNo).
		Join(A, expr.Raw[bool]("account.cust_id = customer.id AND acct_no > 2000")).OrderBy(A.AcctNo)),
	"text.from_statement":            lacks(wholeText),
	"text.bindparam_named":           customersWhere(C.ID.EqExpr(three)),
	"text.bindparam_same_name_twice": customersWhere(expr.Or(C.ID.EqExpr(three), C.ID.EqExpr(three))),
	"text.bindparam_conflict":        python("names of parameters"),
	"text.bindparam_required_missing": python("named parameters that get their values later: a function with an " +
		"argument"),
	"text.literal_execute": customersWhere(C.ID.EqExpr(expr.Raw[int64]("3"))),
	"text.suffix_with":     lacks("text after a statement, such as a comment or a hint"),
}

var three = expr.Val[int64](3)
