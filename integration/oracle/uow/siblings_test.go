package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// What several of the siblings do or note.

func (r *run) commitFails() {
	r.err("commit", r.s.Commit(ctx))
	r.rollback()
}

func (r *run) addItem(i *Item) *Item {
	r.s.Add(i)
	r.commit()
	return i
}

func (r *run) savepoint() *session.Savepoint { return val(r.s.Savepoint(ctx)) }

func courseIDs(cs []*Course) []int64   { return each(cs, func(c *Course) int64 { return c.ID }) }
func studentIDs(cs []*Student) []int64 { return each(cs, func(c *Student) int64 { return c.ID }) }
func cityIDs(cs []*City) []int64       { return each(cs, func(c *City) int64 { return c.ID }) }
func nodeNames(ns []*Node) []string    { return each(ns, func(n *Node) string { return n.Name }) }

func userNames(r *run) []string {
	return each(val(query.Select(r.Users).OrderBy(r.Users.ID).All(ctx, r.s)), func(u *User) string { return u.Name })
}

func numbersAndQty(o *Order) []any {
	return each(all(&o.Lines), func(l *Line) any { return []any{l.LineNo, l.Qty} })
}
