package query

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// NestedJoin is tables joined to each other before they are joined to a query, in parentheses. It stands where a table
// stands in a query's Join, LeftJoin and the like.
type NestedJoin struct {
	first *ast.Table
	joins []stmt.Join
}

// Nested begins a join in parentheses. With it, rows of an outer join have all of its tables or none of them:
//
//	query.Select2(c, l).LeftJoin(query.Nested(o).Join(l))
//	// FROM customer LEFT OUTER JOIN (orders JOIN order_line ON orders.id = order_line.order_id) ON customer.id = orders.customer_id
//
// Where Join and LeftJoin are given no condition, the one foreign key between the tables decides.
func Nested(t expr.Entity) NestedJoin { return NestedJoin{first: tableOf(t)} }

// Join renders "(… JOIN t ON …)", as [Query.Join] does.
func (n NestedJoin) Join(t expr.Entity, on ...expr.Condition) NestedJoin {
	return n.join(stmt.InnerJoin, t, on)
}

// LeftJoin renders "(… LEFT OUTER JOIN t ON …)", as [Query.LeftJoin] does.
func (n NestedJoin) LeftJoin(t expr.Entity, on ...expr.Condition) NestedJoin {
	return n.join(stmt.LeftJoin, t, on)
}

// CupelTable returns nil, since a join is no table: it makes the join an expr.Entity, which is what joins take.
func (n NestedJoin) CupelTable() *ast.Table { return nil }

// begin returns the first table, nil where any is not mapped.
func (n NestedJoin) begin() *ast.Table {
	if slices.ContainsFunc(n.joins, func(j stmt.Join) bool { return j.Table == nil }) {
		return nil
	}
	return n.first
}

func (n NestedJoin) join(kind stmt.JoinKind, t expr.Entity, on []expr.Condition) NestedJoin {
	n.joins = append(slices.Clip(n.joins), joinsOf(kind, t, on)...)
	return n
}
