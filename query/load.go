package query

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/stmt"
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

// LoadJoined is [Query.Load] of relationships to one that the query itself reads, by a LEFT JOIN, instead of another statement:
//
//	query.Select(a).LoadJoined(a.Customer)
//	// SELECT account.acct_no, …, cupel_customer.id, … FROM account LEFT OUTER JOIN customer AS cupel_customer ON account.cust_id = cupel_customer.id
//
// The foreign key is the owner's, so no row is repeated, and LIMIT, OFFSET and DISTINCT mean what they always do. Each row has the target with it:
// where many have the same one, Load sends less. What the join does not find, such as a target that a model.Filter hides, Load reads.
// Other relationships are [ErrLoad]. Say Only and Without before; and lock with [LockOf], since the server locks no row that an outer join may not find.
func (q Query[R]) LoadJoined(rs ...expr.Relationship) Query[R] {
	for _, r := range rs {
		if ast.IsNil(r) {
			q.sel.Fail(ast.ErrNil)
			continue
		}
		q = q.joined(r)
	}
	return q.Load(rs...)
}

// joined has the query read the target of a relationship too.
func (q Query[R]) joined(r expr.Relationship) Query[R] {
	j, ok := r.(interface {
		CupelJoined(free func(name string) string) (expr.Entity, ast.Node, error)
	})
	if !ok {
		q.sel.Fail(fmt.Errorf("%w: of a relationship that no schema knows", ErrLoad))
		return q
	}
	target, on, err := j.CupelJoined(q.freeName)
	if err != nil {
		q.sel.Fail(fmt.Errorf("%w: LoadJoined: %w", ErrLoad, err))
		return q
	}
	shape := ast.NewShape(0)
	q.addRow(shape)
	shape.Hide(target)
	q.sel.List = stmt.List{Items: shape.Items, Shape: shape}
	q.out.shape, q.out.entity = shape, nil
	return q.with(stmt.Join{Kind: stmt.LeftJoin, Table: target.CupelTable(), On: on})
}

// freeName returns a name for a table that the query has not joined yet, made of one.
func (q *Query[R]) freeName(name string) string {
	free := name
	for n := 2; slices.ContainsFunc(q.sel.Joins, func(j stmt.Join) bool { return j.Table != nil && j.Table.Alias == free }); n++ {
		free = fmt.Sprint(name, n)
	}
	return free
}

// addRow adds what the query's rows are to a shape.
func (q *Query[R]) addRow(s *ast.Shape) {
	switch t := reflect.TypeFor[R](); {
	case q.out.shape != nil:
		s.Nest(0, q.out.shape)
	case q.out.entity != nil:
		s.Add(0, t, q.out.entity)
	default:
		s.Value(0, t, q.sel.Items[0])
	}
}
