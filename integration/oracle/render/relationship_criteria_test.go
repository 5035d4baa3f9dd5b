package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

var worker = model.Alias(E, "worker")

var relationshipCriteria = cases{
	"relationship_criteria.any":                  customersIn(C.Accounts.Any()),
	"relationship_criteria.any_kwargs":           stmt(query.Select(C.ID).Filter(C.Accounts.Any(A.AcctNo.Eq(1001)))),
	"relationship_criteria.not_any":              customersIn(C.Accounts.None()),
	"relationship_criteria.has":                  accountsWhere(A.Customer.Has()),
	"relationship_criteria.not_has":              accountsWhere(A.Customer.None()),
	"relationship_criteria.nested_any_has":       customersIn(C.Orders.Any(O.Lines.Any(L.Qty.Gt(3)))),
	"relationship_criteria.self_referential_any": stmt(query.Select(E.ID).Filter(E.Reports.To(worker).Any(worker.Title.Eq("Engineer"))).OrderBy(E.ID)),
	"relationship_criteria.any_on_many_to_one":   refuses(`query.Select(A.AcctNo).Filter(A.Customer.Any())`, "Any undefined"),
}

var locking = cases{
	"locking.for_update":        stmt(lockedCustomer.ForUpdate()),
	"locking.for_update_nowait": stmt(lockedCustomer.ForUpdate(query.NoWait)),
	"locking.for_share":         stmt(lockedCustomer.ForShare()),
	"locking.for_no_key_update": stmt(lockedCustomer.ForNoKeyUpdate()),
	"locking.for_key_share":     stmt(lockedCustomer.ForKeyShare()),
	"locking.for_update_of": stmt(query.Select2(C.ID, A.AcctNo).Join(A).Filter(C.ID.Eq(1)).
		ForUpdate(query.LockOf(A))),
	"locking.for_update_of_alias": stmt(query.Select(c1.ID).Filter(c1.ID.Eq(1)).ForUpdate(query.LockOf(c1))),
	"locking.for_update_limit":    stmt(query.Select(C.ID).OrderBy(C.ID).Limit(1).ForUpdate(query.SkipLocked)),
	"locking.for_update_group_by": stmt(query.Select(expr.Count(C.ID)).ForUpdate()),
	"locking.for_update_distinct": stmt(query.Select(C.LastName).Distinct().ForUpdate()),
}

var (
	c1             = model.Alias(C, "c1")
	lockedCustomer = query.Select(C.ID).Filter(C.ID.Eq(1))
	lineKey        = expr.Tuple2(L.OrderID, L.LineNo)
	customerName   = expr.Tuple2(C.ID, C.LastName)
)

// linesWhere selects the keys of order lines that meet a condition.
func linesWhere(p expr.Condition) testCase {
	return stmt(query.Select2(L.OrderID, L.LineNo).Filter(p).OrderBy(L.OrderID, L.LineNo))
}

var tuples = cases{
	"tuple.tuple_not_in":       linesWhere(lineKey.NotIn(lineKey.Row(1, 1), lineKey.Row(1, 2))),
	"tuple.tuple_gt":           linesWhere(lineKey.Gt(1, 2)),
	"tuple.tuple_gt_python":    linesWhere(lineKey.Gt(1, 2)),
	"tuple.tuple_eq":           stmt(query.Select(L.Qty).Filter(lineKey.Eq(2, 1))),
	"tuple.tuple_mixed_types":  stmt(query.Select(C.ID).Filter(customerName.In(customerName.Row(1, "Doctor"), customerName.Row(2, "X")))),
	"tuple.tuple_wrong_length": refuses(`query.Select(L.Qty).Filter(expr.Tuple2(L.OrderID, L.LineNo).In(expr.Tuple2(L.OrderID, L.LineNo).Row(1, 2, 3)))`, "too many arguments"),
}
