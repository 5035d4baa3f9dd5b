package query

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
)

// ErrLoad is found by errors.Is in the error of a query that cannot load relationships: with Iter, whose rows are gone when all are known, of
// objects that nobody tracks, of a relationship of nothing that is selected.
var ErrLoad = fault.ErrLoad

// Load has the relationships of what the query reads be loaded with it, and those that they name of their targets: one statement for each,
// whatever the number of objects, after the query's own.
//
//	query.Select(c).Load(c.Accounts, c.Orders.Load(o.Lines.Load(l.Product)))
//	// SELECT … FROM customer …;  SELECT … FROM account WHERE account.cust_id = ANY($1);
//	// SELECT … FROM orders WHERE orders.customer_id = ANY($1);  SELECT … FROM order_line …;  SELECT … FROM product …
//
// LIMIT, DISTINCT and joins of the query mean what they always do. What a session has loaded is not read again. On an Engine the query and what it
// loads run in one transaction, and the objects are in no session afterwards: their relationships keep what was loaded. With [Query.Iter],
// with NoTracking and on a connection that session.Wrap made it is [ErrLoad].
func (q Query[R]) Load(rs ...expr.Relationship) Query[R] {
	q.out.loads = slices.Clip(q.out.loads)
	for _, r := range rs {
		if ast.IsNil(r) {
			q.sel.Fail(ast.ErrNil)
			continue
		}
		q.out.loads = append(q.out.loads, r.CupelLoad())
	}
	return q
}
