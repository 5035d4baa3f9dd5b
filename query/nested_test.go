package query_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func TestNested(t *testing.T) {
	c, a, x := customer, account, transfer
	source, onAccount := x.Source.EqExpr(a.No), a.CustID.EqExpr(c.ID)
	q := query.Select2(c.Name, x.ID.OrNull())
	const from = "SELECT customer.name, transfer.id \nFROM customer "
	check(t, []golden{
		{
			"CrossJoin", query.Select2(line.No, boss.Name).CrossJoin(query.Nested(boss).Join(worker, boss.ID.EqExpr(worker.BossID))),
			"SELECT line.no, boss.name \nFROM line CROSS JOIN (worker AS boss JOIN worker ON boss.id = worker.boss_id)", nil,
		},
		{
			"LeftJoin, inferred", q.LeftJoin(query.Nested(a).Join(x, source)),
			from + "LEFT OUTER JOIN (account JOIN transfer ON transfer.source = account.no) ON customer.id = account.cust_id", nil,
		},
		{
			"Join, given", q.Join(query.Nested(a).Join(x, source), a.CustID.EqExpr(c.ID), c.VIP),
			from + "JOIN (account JOIN transfer ON transfer.source = account.no) ON account.cust_id = customer.id AND customer.vip", nil,
		},
		{
			"the second table leads outwards", query.Select2(c.Name.OrNull(), x.ID.OrNull()).RightJoin(query.Nested(x).LeftJoin(a, source)),
			from + "RIGHT OUTER JOIN (transfer LEFT OUTER JOIN account ON transfer.source = account.no) ON customer.id = account.cust_id", nil,
		},
		{
			"of one table", query.Select2(c.Name.OrNull(), a.Name.OrNull()).FullJoin(query.Nested(a)),
			"SELECT customer.name, account.name \nFROM customer FULL OUTER JOIN account ON customer.id = account.cust_id", nil,
		},
		{
			"in another", query.Select2(planet.Code, x.ID.OrNull()).LeftJoin(query.Nested(c).Join(query.Nested(a).Join(x, source)), planet.Code.EqExpr(c.Name)),
			"SELECT planet.code, transfer.id \nFROM planet LEFT OUTER JOIN (customer JOIN (account JOIN transfer ON transfer.source = account.no)" +
				" ON customer.id = account.cust_id) ON planet.code = customer.name", nil,
		},
		{
			"a join after it", query.Select2(c.Name, x.ID).LeftJoin(query.Nested(a).Join(second, second.No.EqExpr(a.No)), onAccount).Join(x, x.Target.EqExpr(second.No)),
			from + "LEFT OUTER JOIN (account JOIN account AS second ON second.no = account.no) ON account.cust_id = customer.id" +
				" JOIN transfer ON transfer.target = second.no", nil,
		},
	})
}

func TestNestedErrors(t *testing.T) {
	t.Parallel()
	c, a, x := customer, account, transfer
	var zero customers
	q := query.Select(c.Name)
	failing(t, []mistaken{
		{"several foreign keys inside", q.LeftJoin(query.Nested(a).Join(x)), query.ErrAmbiguousJoin, "transfer"},
		{"none inside", q.LeftJoin(query.Nested(a).Join(planet)), query.ErrNoJoin, "join of planet"},
		{"several to the join", q.Join(query.Nested(a).Join(second, second.No.EqExpr(a.No))), query.ErrAmbiguousJoin, "join of (account, second)"},
		{"none to the join", q.Join(query.Nested(planet)), query.ErrNoJoin, "join of planet: no foreign key between it and customer"},
		{"a table twice", q.Join(query.Nested(a).Join(c)), query.ErrAmbiguousJoin, "customer"},
		{"a zero table", q.Join(query.Nested(zero).Join(a)), expr.ErrUnmapped, ""},
		{"a zero table inside", q.Join(query.Nested(a).Join(zero)), expr.ErrUnmapped, ""},
		{"a zero join", q.Join(query.NestedJoin{}), expr.ErrUnmapped, ""},
		{"in From", q.From(query.Nested(a)), expr.ErrUnmapped, ""},
		{"in Delete", query.Delete(query.Nested(a)).Everywhere(), expr.ErrUnmapped, ""},
	})
}
