package query

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// NestedJoin is tables joined to each other before they are joined to a query, in parentheses. It stands where a table
// stands in a query's Join, LeftJoin and the like.
type NestedJoin struct{ *nesting }

// nesting is a join in parentheses.
type nesting struct {
	first *ast.Table
	joins []join
}

// Nested begins a join in parentheses. With it, rows of an outer join have all of its tables or none of them:
//
//	query.Select2(c, l).LeftJoin(query.Nested(o).Join(l))
//	// FROM customer LEFT OUTER JOIN (orders JOIN order_line ON orders.id = order_line.order_id) ON customer.id = orders.customer_id
//
// Where Join and LeftJoin are given no condition, the one foreign key between the tables decides.
func Nested(t expr.Entity) NestedJoin { return NestedJoin{&nesting{first: tableOf(t)}} }

// Join renders "(… JOIN t ON …)", as [Query.Join] does.
func (n NestedJoin) Join(t expr.Entity, on ...expr.Condition) NestedJoin {
	return n.join(innerJoin, t, on)
}

// LeftJoin renders "(… LEFT OUTER JOIN t ON …)", as [Query.LeftJoin] does.
func (n NestedJoin) LeftJoin(t expr.Entity, on ...expr.Condition) NestedJoin {
	return n.join(leftJoin, t, on)
}

// CupelTable gives nil, since a join is no table: it makes the join an expr.Entity, which is what joins take.
func (n NestedJoin) CupelTable() *ast.Table { return nil }

// begin gives the first table, nil where any is not mapped.
func (n *nesting) begin() *ast.Table {
	if n == nil || slices.ContainsFunc(n.joins, func(j join) bool { return j.table == nil }) {
		return nil
	}
	return n.first
}

func (n NestedJoin) join(kind joinKind, t expr.Entity, on []expr.Condition) NestedJoin {
	with := nesting{}
	if n.nesting != nil {
		with = *n.nesting
	}
	with.joins = append(slices.Clip(with.joins), joinOf(kind, t, on))
	return NestedJoin{&with}
}

// appendTables appends every table that j brings into a statement.
func (j *join) appendTables(to []*ast.Table) []*ast.Table {
	to = append(to, j.table)
	if j.nested != nil {
		for i := range j.nested.joins {
			to = j.nested.joins[i].appendTables(to)
		}
	}
	return to
}

// brings tells whether j brings t into a statement.
func (j *join) brings(t *ast.Table) bool {
	return j.table == t || j.nested != nil && slices.ContainsFunc(j.nested.joins, func(k join) bool { return k.brings(t) })
}

func (j *join) appendTable(w *sqlw.Writer) {
	if j.nested == nil || len(j.nested.joins) == 0 {
		j.table.AppendFrom(w)
		return
	}
	w.Byte('(')
	j.table.AppendFrom(w)
	for i := range j.nested.joins {
		j.nested.joins[i].appendSQL(w)
	}
	w.Byte(')')
}

// resolved gives the join with what connects its tables.
func (n *nesting) resolved() (*nesting, error) {
	f, err := forest{roots: []*ast.Table{n.first}, leading: 1}.placeAll(n.joins)
	if err != nil {
		return nil, err
	}
	r := &nesting{first: n.first, joins: make([]join, len(f.placed))}
	for i := range f.placed {
		r.joins[i] = f.placed[i].join
	}
	return r, nil
}

// keyToAny gives the one foreign key between a tree and the tables of a join in parentheses.
func (f forest) keyToAny(inner []*ast.Table) (tree int, key keyUse, err error) {
	for _, part := range [][2]int{{0, f.leading}, {f.leading, len(f.roots)}} {
		var found []keyUse
		for i := part[0]; i < part[1]; i++ {
			for _, t := range inner {
				before := len(found)
				if found = keysBetween(found, f.appendTables(nil, i), t); len(found) > before {
					tree = i
				}
			}
		}
		switch len(found) {
		case 0:
		case 1:
			return tree, found[0], nil
		default:
			return 0, key, fmt.Errorf("query: join of (%s): %d foreign keys lead between it and %s; say which with a condition: %w",
				joinNames(inner), len(found), f.names(), ErrAmbiguousJoin)
		}
	}
	return 0, key, fmt.Errorf("query: join of (%s): no foreign key between it and %s; give a condition: %w",
		joinNames(inner), f.names(), ErrNoJoin)
}
