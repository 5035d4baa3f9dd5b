package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var (
	band = expr.Case[expr.Text]().When(C.ID.Lt(3), "low").When(C.ID.Lt(6), "mid").Else("high").As("band")
	ln   = expr.Lower(C.LastName).As("ln")
)

var caseCastLabel = cases{
	"case_cast_label.case_searched": stmt(query.Select2(C.ID, band).OrderBy(C.ID)),
	"case_cast_label.case_no_else": stmt(query.Select2(C.ID, expr.Case[expr.NullText]().When(C.ID.Eq(1), "one").End()).
		Filter(C.ID.Lt(3)).OrderBy(C.ID)),
	"case_cast_label.case_list_style":       ofCustomer(expr.Case[expr.Text]().When(C.ID.Eq(1), "one").Else("x")),
	"case_cast_label.case_in_where":         ordersWhere(expr.Case[expr.NullInt]().WhenExpr(O.IsPaid, O.Quantity).Else(0).Gt(4)),
	"case_cast_label.cast_int_to_text":      ofCustomer(expr.Cast[expr.NullText](C.ID, "varchar")),
	"case_cast_label.cast_numeric":          ofOrder(1, expr.Cast[expr.NullDecimal](O.Quantity, "numeric(10, 2)")),
	"case_cast_label.cast_date":             ofOrder(1, expr.Cast[expr.NullDate](O.CreatedAt, "date")),
	"case_cast_label.cast_literal":          stmt(query.Select(expr.Cast[expr.Date](expr.Val("2024-01-01"), "date"))),
	"case_cast_label.cast_text_to_int_expr": ofCustomer(expr.Cast[expr.NullInt](C.Mobile, "bigint").Plus(1)),
	"case_cast_label.cast_array":            stmt(query.Select(expr.Cast[expr.Null[[]string]](expr.Val([]int64{1, 2}), "text[]"))),
	"case_cast_label.cast_bool":             ofOrder(1, expr.Cast[expr.NullBool](O.Quantity, "boolean")),
	"case_cast_label.cast_float":            ofOrder(2, expr.Cast[expr.NullFloat](O.Amount, "float")),
	"case_cast_label.cast_interval":         stmt(query.Select(expr.Cast[expr.NullInterval](expr.Val("1 day 02:00"), "interval"))),
	"case_cast_label.cast_jsonb": stmt(query.Select(expr.Op[expr.NullJSON](
		expr.Cast[expr.NullJSON](expr.Val(`{"a": 1}`), "jsonb"), "->", expr.Val("a")))),
	"case_cast_label.type_coerce":                ofOrder(1, expr.As[expr.NullText](O.Quantity).ConcatExpr(expr.Val("x"))),
	"case_cast_label.cast_in_where":              customersWhere(expr.Cast[expr.NullText](C.ID, "varchar").Eq("3")),
	"case_cast_label.pg_double_colon":            ofCustomer(expr.Raw[expr.Text]("customer.id::text")),
	"case_cast_label.label_in_order_by":          stmt(query.Select2(ln, C.ID).OrderBy(ln.Desc(), C.ID)),
	"case_cast_label.label_string_order_by":      stmt(query.Select2(ln, C.ID).OrderBy(ln, C.ID)),
	"case_cast_label.label_string_desc_order_by": stmt(query.Select2(ln, C.ID).OrderBy(ln.Desc(), C.ID)),
	"case_cast_label.label_string_group_by":      stmt(query.Select2(ln, n).From(C).GroupBy(ln).OrderBy(ln)),
	"case_cast_label.label_quoted":               ofCustomer(C.ID.As("Order By")),
	"case_cast_label.label_reserved":             ofCustomer(C.ID.As("select")),
	"case_cast_label.label_percent":              ofCustomer(C.ID.As("pct%")),
	"case_cast_label.label_duplicate":            stmt(query.Select2(C.ID.As("x"), C.LastName.As("x")).Filter(C.ID.Eq(1))),
}
