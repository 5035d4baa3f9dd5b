package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// customersWhere selects the keys of customers that meet conditions.
func customersWhere(ps ...expr.Condition) testCase {
	return stmt(query.Select(C.ID).Filter(ps...).OrderBy(C.ID))
}

var boolLogic = cases{
	"bool_logic.and_two":             customersWhere(expr.And(C.ID.Gt(1), C.ID.Lt(4))),
	"bool_logic.or_two":              customersWhere(expr.Or(C.ID.Eq(1), C.ID.Eq(4))),
	"bool_logic.amp_operator":        customersWhere(C.ID.Gt(1).And(C.ID.Lt(4))),
	"bool_logic.and_inside_or":       customersWhere(expr.Or(C.ID.Eq(1), expr.And(C.LastName.Eq("Doctor"), C.ID.Gt(3)))),
	"bool_logic.and_in_and":          customersWhere(expr.And(C.ID.Gt(1), expr.And(C.ID.Lt(9), C.ID.Ne(4)))),
	"bool_logic.or_in_or":            customersWhere(expr.Or(C.ID.Eq(1), expr.Or(C.ID.Eq(2), C.ID.Eq(3)))),
	"bool_logic.not_simple":          customersWhere(expr.Not(C.ID.Eq(3))),
	"bool_logic.not_lt":              customersWhere(C.ID.Lt(9).Not()),
	"bool_logic.not_or":              customersWhere(expr.Not(expr.Or(C.ID.Eq(1), C.ID.Gt(3)))),
	"bool_logic.double_not_and":      customersWhere(expr.Not(expr.Not(expr.And(C.ID.Eq(3), C.LastName.Eq("Driver"))))),
	"bool_logic.not_in":              customersWhere(expr.Not(C.ID.In(1, 2, 3))),
	"bool_logic.not_between":         customersWhere(expr.Not(C.ID.Between(2, 9))),
	"bool_logic.not_is_null":         customersWhere(expr.Not(C.Mobile.IsNull())),
	"bool_logic.and_empty_with_true": customersWhere(expr.And(expr.True())),
	"bool_logic.and_empty":           customersWhere(expr.And()),
	"bool_logic.or_empty":            customersWhere(expr.Or()),
	"bool_logic.or_false_dynamic":    customersWhere(expr.Or(expr.False(), C.ID.Eq(2))),
	"bool_logic.and_with_false":      customersWhere(expr.And(C.ID.Eq(2), expr.False())),
	"bool_logic.or_with_true":        customersWhere(expr.Or(C.ID.Eq(2), expr.True())),
	"bool_logic.and_with_none":       customersWhere(expr.And(C.ID.Eq(2), expr.Nullable[bool](nil))),
	"bool_logic.or_where_then_where": stmt(query.Select(C.ID).Filter(expr.Or(C.ID.Eq(1), C.ID.Eq(2))).
		Filter(C.LastName.Eq("Doctor"))),
	"bool_logic.comparison_of_comparison": customersWhere(C.ID.Gt(3).EqExpr(C.Mobile.IsNull())),
	"bool_logic.and_in_select_label": stmt(query.Select2(C.ID, expr.And(C.ID.Gt(3), C.Mobile.IsNotNull()).As("ok")).
		OrderBy(C.ID)),
	"bool_logic.eq_of_and": customersWhere(expr.And(C.ID.Gt(3), C.ID.Lt(6)).EqExpr(expr.True())),
	"bool_logic.precedence_plus_mul": stmt(query.Select(O.Quantity.PlusExpr(O.Quantity.Times(2)).As("v")).
		Filter(O.ID.Eq(1))),
	"bool_logic.precedence_paren_mul": stmt(query.Select(O.Quantity.PlusExpr(O.Quantity).Times(2).As("v")).
		Filter(O.ID.Eq(1))),
	"bool_logic.precedence_sub_right": stmt(query.Select(O.Quantity.MinusExpr(O.Quantity.Minus(1)).As("v")).
		Filter(O.ID.Eq(1))),
	"bool_logic.precedence_add_assoc": stmt(query.Select(O.Quantity.PlusExpr(O.Quantity.Plus(1)).As("v")).
		Filter(O.ID.Eq(1))),
	"bool_logic.precedence_neg": stmt(query.Select(O.Quantity.PlusExpr(O.ID).Neg().As("v")).Filter(O.ID.Eq(2))),
	"bool_logic.precedence_concat_eq": customersWhere(C.FirstName.Concat(" ").ConcatExpr(C.LastName).
		Eq("Bob Builder")),
	"bool_logic.precedence_is_null_of_and": stmt(query.Select(O.ID).Filter(expr.And(O.IsPaid, O.ID.Gt(3)).IsNull()).
		OrderBy(O.ID)),
	"bool_logic.self_group_explicit": customersWhere(C.ID.Eq(1)),
}
