package render_test

import (
	"encoding/hex"
	"strings"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// ordersWhere selects the keys of orders that meet conditions.
func ordersWhere(ps ...expr.Condition) testCase {
	return stmt(query.Select(O.ID).Filter(ps...).OrderBy(O.ID))
}

// uuid returns the bytes of a UUID.
func uuid(text string) (u [16]byte) {
	_, _ = hex.Decode(u[:], []byte(strings.ReplaceAll(text, "-", "")))
	return u
}

// made is a statement that is made when the schema is.
func made[R any](f func() query.Query[R]) testCase {
	return statement(func() (string, []any, error) { return f().SQL() }, func(r query.Runner) (any, error) { return f().All(ctx, r) })
}

// ofObject selects the accounts that meet a condition.
func ofObject(p func() expr.Condition) testCase {
	return made(func() query.Query[int64] { return query.Select(A.AcctNo).Filter(p()).OrderBy(A.AcctNo) })
}

var filter = cases{
	"filter.eq_string":                       customersWhere(C.LastName.Eq("Doctor")),
	"filter.eq_int":                          stmt(query.Select(C.LastName).Filter(C.ID.Eq(3))),
	"filter.ne":                              customersWhere(C.LastName.Ne("Doctor")),
	"filter.ge":                              customersWhere(C.ID.Ge(8)),
	"filter.reversed_operand":                customersWhere(expr.Val[int64](8).LeExpr(C.ID)),
	"filter.eq_numeric":                      ordersWhere(O.Amount.Eq("250.50")),
	"filter.ge_datetime":                     ordersWhere(O.CreatedAt.Ge(time.Date(2024, 3, 15, 14, 45, 30, 123456000, time.UTC))),
	"filter.eq_uuid":                         ordersWhere(O.Ref.Eq(uuid("33333333-3333-3333-3333-333333333333"))),
	"filter.bool_bare":                       ordersWhere(O.IsPaid),
	"filter.bool_eq_true":                    ordersWhere(O.IsPaid.Eq(true)),
	"filter.bool_eq_false":                   ordersWhere(O.IsPaid.Eq(false)),
	"filter.bool_is_true":                    ordersWhere(O.IsPaid.IsTrue()),
	"filter.bool_is_not_true":                ordersWhere(O.IsPaid.IsNotTrue()),
	"filter.bool_not":                        ordersWhere(expr.Not(O.IsPaid)),
	"filter.bigint":                          ordersWhere(O.BigNo.Eq(9007199254740993)),
	"filter.string_with_quote":               customersWhere(C.LastName.Eq("O'Neil")),
	"filter.string_with_percent":             stmt(query.Select(A.AcctNo).Filter(A.AcctName.Eq("House 100% Account"))),
	"filter.string_unicode":                  customersWhere(C.FirstName.Eq("Héctor")),
	"filter.op_custom":                       customersWhere(expr.Op[expr.Predicate](C.LastName, "~", expr.Val("^P"))),
	"filter.op_custom_is_comparison":         customersWhere(expr.Not(expr.Op[expr.Predicate](C.LastName, "~", expr.Val("^P")))),
	"filter.regexp_match":                    customersWhere(C.LastName.Match("^[A-D]")),
	"filter.regexp_match_flags":              customersWhere(C.LastName.IMatch("^p")),
	"filter.not_regexp_match":                customersWhere(C.LastName.Match("^[A-D]").Not()),
	"filter.regexp_replace":                  stmt(query.Select(expr.RegexpReplace(C.LastName, "o", "0", "g")).OrderBy(C.ID)),
	"filter.is_distinct_from":                customersWhere(C.Mobile.IsDistinctFrom("1112223333")),
	"filter.collate":                         customersWhere(C.LastName.Collate("C").Lt("E")),
	"filter.numeric_string_value":            refuses(`query.Select(C.LastName).Filter(C.ID.Eq("3"))`, "as int64 value"),
	"filter.python_and_keyword":              refuses(`query.Select(C).Filter(C.ID.Gt(3) && C.ID.Lt(5))`, "operator && not defined"),
	"filter.where_string":                    refuses(`query.Select(C.ID).Filter("id = 1")`, "does not implement expr.Of[bool]"),
	"filter.where_python_bool":               customersWhere(expr.True()),
	"filter.compare_entity_many_to_one":      ofObject(func() expr.Condition { return A.Customer.Is(&Customer{ID: 4}) }),
	"filter.compare_entity_many_to_one_none": ofObject(func() expr.Condition { return A.Customer.Is(nil) }),
	"filter.contains_object": made(func() query.Query[int64] {
		cust := int64(4)
		return query.Select(C.ID).Filter(C.Accounts.Contains(&Account{AcctNo: 2002, CustID: &cust}))
	}),
}
