package query

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

type joinKind uint8

const (
	innerJoin joinKind = iota
	leftJoin
	rightJoin
	fullJoin
	crossJoin
)

func (k joinKind) String() string {
	return [...]string{" JOIN ", " LEFT OUTER JOIN ", " RIGHT OUTER JOIN ", " FULL OUTER JOIN ", " CROSS JOIN "}[k]
}

// join is one joined table; on is nil when the foreign keys decide.
type join struct {
	kind   joinKind
	table  *ast.Table
	on     ast.Node
	key    keyUse   // what takes the place of on, once it is found
	nested *nesting // tables joined to table in parentheses; nil: none
}

// Join renders "JOIN t ON …": with the conditions given, else by the one foreign key between t and the tables before
// it, the column referred to first: "JOIN account ON customer.id = account.cust_id". No foreign key is [ErrNoJoin],
// several are [ErrAmbiguousJoin].
func (q Query[R]) Join(t expr.Entity, on ...expr.Condition) Query[R] {
	return q.join(innerJoin, t, on)
}

// LeftJoin renders "LEFT OUTER JOIN t ON …", as [Query.Join] does: rows without a match in t have NULL in its columns.
// Select those with OrNull.
func (q Query[R]) LeftJoin(t expr.Entity, on ...expr.Condition) Query[R] {
	return q.join(leftJoin, t, on)
}

// RightJoin renders "RIGHT OUTER JOIN t ON …": rows of t without a match have NULL in the columns of the other tables.
func (q Query[R]) RightJoin(t expr.Entity, on ...expr.Condition) Query[R] {
	return q.join(rightJoin, t, on)
}

// FullJoin renders "FULL OUTER JOIN t ON …".
func (q Query[R]) FullJoin(t expr.Entity, on ...expr.Condition) Query[R] {
	return q.join(fullJoin, t, on)
}

// CrossJoin renders "CROSS JOIN t": every row with every row, which is an error unless it is said.
func (q Query[R]) CrossJoin(t expr.Entity) Query[R] { return q.join(crossJoin, t, nil) }

// From names a table that rows come from though nothing of it is selected: "SELECT 1 FROM t". It also decides what Join
// joins to.
func (q Query[R]) From(t expr.Entity) Query[R] {
	table := tableOf(t)
	if table == nil {
		q.sel.fail(expr.ErrUnmapped)
		return q
	}
	r := q.sel.change()
	r.tables = append(slices.Clip(r.tables), table)
	return q
}

func (q Query[R]) join(kind joinKind, t expr.Entity, on []expr.Condition) Query[R] {
	j := joinOf(kind, t, on)
	if j.table == nil {
		q.sel.fail(expr.ErrUnmapped)
		return q
	}
	q.sel.joins = append(slices.Clip(q.sel.joins), j)
	return q
}

func joinOf(kind joinKind, t expr.Entity, on []expr.Condition) join {
	j := join{kind: kind, table: tableOf(t)}
	if n, ok := t.(NestedJoin); ok {
		j.table, j.nested = n.begin(), n.nesting
	}
	if len(on) > 0 {
		j.on = expr.And(on...).Node()
	}
	return j
}

// appendSQL writes the join; what connects it is known.
func (j *join) appendSQL(w *sqlw.Writer) {
	w.Text(j.kind.String())
	j.appendTable(w)
	switch {
	case j.kind == crossJoin:
	case j.on != nil:
		w.Text(" ON ")
		j.on.AppendSQL(w)
	default:
		w.Text(" ON ")
		j.key.appendSQL(w)
	}
}
