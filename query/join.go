package query

import (
	"errors"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Join renders "JOIN t ON …": along a relationship of a table struct, which adds the conditions given to its own,
// Join(c.Accounts), Join(e.Boss.To(boss)); else with the conditions given, else by the one foreign key between t and the tables before
// it, the column referred to first: "JOIN account ON customer.id = account.cust_id". No foreign key is [ErrNoJoin],
// several are [ErrAmbiguousJoin], whose text has the conditions to choose from: an employee joined to another name for
// the same table may be the boss or the worker, and a table may refer to several of those before it. Tables that are named
// by From, selected or joined go before those that only Filter and OrderBy name.
func (q Query[R]) Join(t expr.Entity, on ...expr.Condition) Query[R] {
	return q.join(stmt.InnerJoin, t, on)
}

// LeftJoin renders "LEFT OUTER JOIN t ON …", as [Query.Join] does: rows without a match in t have NULL in its columns.
// Select those with OrNull.
func (q Query[R]) LeftJoin(t expr.Entity, on ...expr.Condition) Query[R] {
	return q.join(stmt.LeftJoin, t, on)
}

// RightJoin renders "RIGHT OUTER JOIN t ON …": rows of t without a match have NULL in the columns of the other tables.
func (q Query[R]) RightJoin(t expr.Entity, on ...expr.Condition) Query[R] {
	return q.join(stmt.RightJoin, t, on)
}

// FullJoin renders "FULL OUTER JOIN t ON …".
func (q Query[R]) FullJoin(t expr.Entity, on ...expr.Condition) Query[R] {
	return q.join(stmt.FullJoin, t, on)
}

// CrossJoin renders "CROSS JOIN t": every row with every row, which is an error unless it is said.
func (q Query[R]) CrossJoin(t expr.Entity) Query[R] { return q.join(stmt.CrossJoin, t, nil) }

// From names a table that rows come from though nothing of it is selected: "SELECT 1 FROM t". It also decides what Join
// joins to.
func (q Query[R]) From(t expr.Entity) Query[R] {
	table := tableOf(t)
	if table == nil {
		q.sel.Fail(expr.ErrUnmapped)
		return q
	}
	r := q.sel.Change()
	r.From = append(slices.Clip(r.From), table)
	return q
}

func (q Query[R]) join(kind stmt.JoinKind, t expr.Entity, on []expr.Condition) Query[R] {
	if _, ok := t.(linked); ok {
		for _, j := range joinsOf(kind, t, on) {
			q = q.with(j)
		}
		return q
	}
	return q.with(joinOf(kind, t, on))
}

// with adds a join.
func (q Query[R]) with(j stmt.Join) Query[R] {
	if j.Table == nil {
		q.sel.Fail(unmapped(j))
		return q
	}
	q.sel.Joins = append(slices.Clip(q.sel.Joins), j)
	return q
}

// unmapped returns why there is no table to join.
func unmapped(j stmt.Join) error {
	if bad, ok := j.On.(*ast.Bad); ok {
		return bad.Err
	}
	return expr.ErrUnmapped
}

func joinOf(kind stmt.JoinKind, t expr.Entity, on []expr.Condition) stmt.Join {
	j := stmt.Join{Kind: kind, Table: tableOf(t)}
	if n, ok := t.(NestedJoin); ok {
		j.Table, j.Nested = n.begin(), append([]stmt.Join{}, n.joins...) // not nil
	}
	if len(on) > 0 {
		if j.On = expr.And(on...).Node(); ast.IsNothing(j.On) {
			j.On = nil
		}
	}
	if r, ok := t.(interface{ CupelOn() ast.Node }); ok {
		j.On = along(r.CupelOn(), on)
	}
	return j
}

// linked is a relationship that goes by a table between its two.
type linked interface {
	// CupelLink returns the table and what joins it to the owner's and to the target's; nil: there is none.
	CupelLink() (link *ast.Table, near, far ast.Node)
}

// joinsOf returns what a join is: one, and of a many-to-many two, "JOIN product_tag ON … JOIN tag ON …" or "JOIN product_tag ON … RIGHT
// OUTER JOIN tag ON …"; where owners without a match are kept one of both tables, "LEFT OUTER JOIN (product_tag JOIN tag ON …) ON …".
func joinsOf(kind stmt.JoinKind, t expr.Entity, on []expr.Condition) []stmt.Join {
	l, ok := t.(linked)
	if !ok {
		return []stmt.Join{joinOf(kind, t, on)}
	}
	link, near, far := l.CupelLink()
	if link == nil {
		return []stmt.Join{joinOf(kind, t, on)}
	}
	switch kind {
	case stmt.InnerJoin, stmt.RightJoin:
		return []stmt.Join{{Table: link, On: near}, {Kind: kind, Table: tableOf(t), On: along(far, on)}}
	case stmt.LeftJoin:
		return []stmt.Join{{Kind: kind, Table: link, Nested: []stmt.Join{{Table: tableOf(t), On: far}}, On: along(near, on)}}
	case stmt.FullJoin:
		return []stmt.Join{{On: &ast.Bad{Err: errFullLink}}}
	}
	return []stmt.Join{joinOf(kind, t, on)}
}

var errFullLink = errors.New("query: FullJoin along a many-to-many: no join along it keeps the rows of both sides once; a LeftJoin from each side does, with UnionAll")

// along returns the condition of a join along a relationship, and what it is given beside.
func along(relationship ast.Node, on []expr.Condition) ast.Node {
	all, ok := relationship.(*ast.Logic)
	if !ok {
		return relationship
	}
	return &ast.Logic{Items: ast.Conditions(slices.Clone(all.Items), on)}
}
