package render_test

import (
	"strings"
	"testing"

	"github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// relationSiblings ask along relationships, two levels deep and around a table that refers to itself.
func relationSiblings() []sibling {
	report, below := model.Alias(E, "report"), model.Alias(E, "order")
	c := model.Alias(C, "c")
	ids := func(name string, p expr.Condition, sql string) sibling {
		return same(name, query.Select(C.ID).Filter(p).OrderBy(C.ID), "SELECT id FROM customer WHERE "+sql+" ORDER BY id")
	}
	return []sibling{
		ids("None of those that meet a condition", C.Orders.None(O.IsPaid.IsTrue()), "NOT EXISTS (SELECT FROM orders WHERE customer_id = customer.id AND is_paid)"),
		ids("None within Any", C.Orders.Any(O.Lines.None(L.Qty.Gt(1))), "EXISTS (SELECT FROM orders o WHERE customer_id = customer.id AND NOT EXISTS (SELECT FROM order_line WHERE order_id = o.id AND qty > 1))"),
		ids("a condition of the owner within", C.Orders.Any(O.Lines.Any(L.Qty.Gt(1), C.ID.Lt(4))), "id < 4 AND EXISTS (SELECT FROM orders o JOIN order_line ON order_id = o.id WHERE customer_id = customer.id AND qty > 1)"),
		ids("Any twice with OR", C.Accounts.Any(A.AcctNo.Lt(1002)).Or(C.Accounts.Any(A.AcctNo.Gt(2003))), "id IN (SELECT cust_id FROM account WHERE acct_no < 1002 OR acct_no > 2003)"),
		ids("Count with a condition", C.Orders.Count(O.Quantity.Gt(1)).Gt(1), "(SELECT count(*) FROM orders WHERE customer_id = customer.id AND quantity > 1) > 1"),
		ids("a condition that vanishes", C.Accounts.Any(expr.If(false, A.AcctNo.Lt(0)), expr.Optional[int64](nil, A.AcctNo.Eq)), "id IN (SELECT cust_id FROM account)"),
		ids("Contains", C.Accounts.Contains(&Account{CustID: ptr(int64(4))}), "id = 4"),
		eachCustomer("(SELECT count(*) FROM account WHERE cust_id = customer.id) * 10 + (SELECT count(*) FROM orders WHERE customer_id = customer.id)",
			C.Accounts.Count().Times(10).PlusExpr(C.Orders.Count())),
		same("of an alias", query.Select2(c.ID, c.Accounts.Count(A.AcctNo.Gt(2000))).Filter(c.Orders.None()).OrderBy(c.Accounts.Count().Desc(), c.ID),
			"SELECT id, (SELECT count(*) FROM account WHERE cust_id = c.id AND acct_no > 2000) FROM customer c WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL) ORDER BY (SELECT count(*) FROM account WHERE cust_id = c.id) DESC, id"),
		same("two levels of a table's references to itself", query.Select(E.ID).Filter(E.Reports.To(report).Any(report.Reports.To(below).Any(below.Title.Eq("Engineer")))).OrderBy(E.ID),
			"SELECT id FROM employee e WHERE EXISTS (SELECT FROM employee r JOIN employee b ON b.manager_id = r.id WHERE r.manager_id = e.id AND b.title = 'Engineer') ORDER BY id"),
		same("Count of a table's references to itself", query.Select2(E.ID, E.Reports.To(report).Count(report.Salary.LtExpr(E.Salary))).OrderBy(E.ID),
			"SELECT id, (SELECT count(*) FROM employee r WHERE r.manager_id = e.id AND r.salary < e.salary) FROM employee e ORDER BY id"),
		same("a join along the reference to itself", query.Select2(E.ID, report.Name.OrNull()).LeftJoin(E.Reports.To(report)).OrderBy(E.ID, report.ID),
			"SELECT e.id, r.name FROM employee e LEFT JOIN employee r ON r.manager_id = e.id ORDER BY e.id, r.id"),
		same("Has within a join", query.Select2(L.OrderID, L.LineNo).Join(L.Order).Filter(O.Customer.Has(C.LastName.Eq("Doctor")), L.Order.Has(O.ID.Gt(1))).OrderBy(L.OrderID, L.LineNo),
			"SELECT order_id, line_no FROM order_line JOIN orders o ON o.id = order_id JOIN customer c ON c.id = customer_id WHERE last_name = 'Doctor' AND o.id > 1 ORDER BY 1, 2"),
	}
}

// paged reads all pages of a query, forwards, and compares them with SQL.
func paged[R any](name string, q query.Query[R], size int, sql string) sibling {
	return sibling{name, func(r query.Runner) (any, any, error) {
		var got []R
		cursor := ""
		for len(got) < 100 {
			page, err := query.Pages(q, size).After(ctx, r, cursor)
			if err != nil {
				return nil, nil, err
			}
			got = append(got, page.Rows...)
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		want, err := query.Raw[R](strings.ReplaceAll(sql, "?", "??")).All(ctx, r)
		return got, want, err
	}}
}

// shapedSiblings are pages, prepared queries, text with names, and squirrel.
func shapedSiblings() []sibling {
	prepared := query.Prepare2(func(status expr.Text, n expr.NullInt) query.Query[int64] {
		return query.Select(O.ID).Filter(O.Status.EqExpr(status).Or(O.Quantity.IsNotDistinctFromExpr(n)), O.ID.InRows(O.ID, query.From(O).Filter(O.Status.NeExpr(status)).OrderBy(O.ID)).Not().Or(O.Quantity.IsNotDistinctFromExpr(n))).OrderBy(O.ID)
	})
	named := expr.Named{"min": 2, "what": O.Status, "w": "o%"}
	return []sibling{
		paged("mixed directions with NULLs", query.Select2(O.ID, O.Quantity).OrderBy(O.Quantity.Desc(), O.IsPaid.Asc().NullsFirst(), O.ID.Desc()), 2,
			"SELECT id, quantity FROM orders ORDER BY quantity DESC, is_paid NULLS FIRST, id DESC"),
		paged("NULLS LAST beside DESC", query.Select2(O.ID, O.Amount).OrderBy(O.Amount.Desc().NullsLast(), O.ID), 1, "SELECT id, amount FROM orders ORDER BY amount DESC NULLS LAST, id"),
		paged("over a LEFT JOIN", query.Select2(C.ID, O.ID.OrNull()).LeftJoin(O).OrderBy(O.Amount.Desc(), C.ID.Desc(), O.ID), 3,
			"SELECT c.id, o.id FROM customer c LEFT JOIN orders o ON customer_id = c.id ORDER BY amount DESC, c.id DESC, o.id"),
		paged("by an expression with arguments", query.Select(C.ID).OrderBy(expr.Coalesce(C.Mobile, "zz").Desc(), C.ID), 3, "SELECT id FROM customer ORDER BY coalesce(mobile, 'zz') DESC, id"),
		paged("by a count of a relationship", query.Select(C.ID).OrderBy(C.Accounts.Count().Desc(), C.ID), 4, "SELECT id FROM customer c ORDER BY (SELECT count(*) FROM account WHERE cust_id = c.id) DESC, id"),
		same("a parameter in a subquery and twice", prepared.With("open", nil), "SELECT id FROM orders WHERE status = 'open' OR quantity IS NULL ORDER BY id"),
		same("with another value", prepared.With("$1", ptr(int64(3))), "SELECT id FROM orders WHERE quantity = 3 ORDER BY id"),
		where("quantity > 2 AND status LIKE 'o%' OR quantity > 2", expr.Raw[expr.Predicate]("quantity > @min AND @what LIKE @w OR quantity > @min", named)),
		where("attrs ? 'size' AND (id = 1 OR id = 5)", O.Attrs.HasKey("size"), expr.Where(squirrel.Or{squirrel.Eq{"orders.id": 1}, squirrel.Eq{"orders.id": 5}})),
		where("id = 3 OR status = 'shipped' AND quantity > 4", expr.Or(O.ID.Eq(3), expr.Where(squirrel.And{squirrel.Eq{"orders.status": "shipped"}, squirrel.Gt{"orders.quantity": 4}}))),
		same[int64]("conditions within squirrel", query.Sqlizer[int64](squirrel.Select("id").From("orders").Where(O.ID.Eq(1).Or(O.ID.Gt(5))).Where(squirrel.NotEq{"id": 6}).OrderBy("id")),
			"SELECT id FROM orders WHERE (id = 1 OR id > 5) AND id <> 6 ORDER BY id"),
		where("id IN (1, 3, 7)", expr.If(false, O.ID.Eq(-1)), expr.Or(expr.If(false, O.ID.Eq(2)), O.Status.Eq("open")), expr.Optional(ptr("open"), O.Status.Eq)),
	}
}

// TestRelationSiblings: relationships in conditions, and the shapes of whole queries.
func TestRelationSiblings(t *testing.T) { beside(t, append(relationSiblings(), shapedSiblings()...)) }
