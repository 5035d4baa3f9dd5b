package query_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func TestJoin(t *testing.T) {
	c, a := customer, account
	const both = "SELECT customer.name, account.name \nFROM "
	q := query.Select2(c.Name, a.Name)
	check(t, []golden{
		{"parent to child", q.Join(a), both + "customer JOIN account ON customer.id = account.cust_id", nil},
		{"child to parent", q.Join(c), both + "account JOIN customer ON customer.id = account.cust_id", nil},
		{
			"child first", query.Select2(a.Name, c.Name).Join(c),
			"SELECT account.name, customer.name \nFROM account JOIN customer ON customer.id = account.cust_id", nil,
		},
		{
			"not selected", query.Select(c.Name).Join(a),
			"SELECT customer.name \nFROM customer JOIN account ON customer.id = account.cust_id", nil,
		},
		{
			"not selected, filtered", query.Select(c.Name).Join(a).Filter(a.No.Gt(1)),
			"SELECT customer.name \nFROM customer JOIN account ON customer.id = account.cust_id \nWHERE account.no > $1",
			args{int64(1)},
		},
		{
			"entity", query.Select(a).Join(c),
			"SELECT account.no, account.name, account.cust_id \nFROM account JOIN customer ON customer.id = account.cust_id", nil,
		},
		{
			"alias of the parent", query.Select2(rich.Name, a.Name).Join(rich),
			"SELECT rich.name, account.name \nFROM account JOIN customer AS rich ON rich.id = account.cust_id", nil,
		},
		{
			"alias of the child", query.Select2(c.Name, second.Name).Join(second),
			"SELECT customer.name, second.name \nFROM customer JOIN account AS second ON customer.id = second.cust_id", nil,
		},
		{
			"two aliases", query.Select2(rich.Name, second.Name).Join(second),
			"SELECT rich.name, second.name \nFROM customer AS rich JOIN account AS second ON rich.id = second.cust_id", nil,
		},
		{
			"a table and its alias", query.Select(c.Name).Join(a).Join(second, second.CustID.EqExpr(c.ID)),
			"SELECT customer.name \nFROM customer JOIN account ON customer.id = account.cust_id" +
				" JOIN account AS second ON second.cust_id = customer.id",
			nil,
		},
		{"From decides", query.Select2(c.Name, a.Name).From(a).Join(c), both + "account JOIN customer ON customer.id = account.cust_id", nil},
		{
			"From only", query.Select(expr.CountAll()).From(c).Join(a),
			"SELECT count(*) \nFROM customer JOIN account ON customer.id = account.cust_id", nil,
		},
	})
}

func TestJoinOn(t *testing.T) {
	c, a := customer, account
	const both = "SELECT customer.name, account.name \nFROM "
	outer := query.Select2(c.Name.OrNull(), a.Name.OrNull())
	q := query.Select2(c.Name, a.Name)
	on := c.ID.EqExpr(a.CustID)
	check(t, []golden{
		{"explicit", q.Join(a, on), both + "customer JOIN account ON customer.id = account.cust_id", nil},
		{
			"explicit, two conditions", q.Join(a, on, a.No.Gt(1)),
			both + "customer JOIN account ON customer.id = account.cust_id AND account.no > $1",
			args{int64(1)},
		},
		{"explicit, Or", q.Join(a, expr.Or(on, c.VIP)), both + "customer JOIN account ON customer.id = account.cust_id OR customer.vip", nil},
		{"explicit, no other table", q.Join(a, a.No.Gt(1)), both + "customer JOIN account ON account.no > $1", args{int64(1)}},
		{
			"explicit, argument before WHERE", q.Filter(c.ID.Lt(9)).Join(a, a.No.Gt(1)),
			both + "customer JOIN account ON account.no > $1 \nWHERE customer.id < $2",
			args{int64(1), int64(9)},
		},
		{"LeftJoin", outer.LeftJoin(a), both + "customer LEFT OUTER JOIN account ON customer.id = account.cust_id", nil},
		{"RightJoin", outer.RightJoin(a), both + "customer RIGHT OUTER JOIN account ON customer.id = account.cust_id", nil},
		{"FullJoin", outer.FullJoin(a, on), both + "customer FULL OUTER JOIN account ON customer.id = account.cust_id", nil},
		{
			"CrossJoin", query.Select2(c.Name, planet.Code).CrossJoin(planet),
			"SELECT customer.name, planet.code \nFROM customer CROSS JOIN planet", nil,
		},
		{"CrossJoin, connected", q.CrossJoin(a), both + "customer CROSS JOIN account", nil},
		{
			"composite key", query.Select2(line.No, shipment.ID).Join(shipment),
			"SELECT line.no, shipment.id \nFROM line JOIN shipment ON line.order_id = shipment.order_id AND line.no = shipment.line_no", nil,
		},
		{
			"composite key, upwards", query.Select(shipment.ID).Join(line),
			"SELECT shipment.id \nFROM shipment JOIN line ON line.order_id = shipment.order_id AND line.no = shipment.line_no", nil,
		},
	})
}

func TestJoinSeveral(t *testing.T) {
	c, a := customer, account
	const both = "SELECT customer.name, account.name \nFROM "
	on := c.ID.EqExpr(a.CustID)
	check(t, []golden{
		{
			"self, explicit", query.Select2(worker.Name, boss.Name).Join(boss, worker.BossID.EqExpr(boss.ID)),
			"SELECT worker.name, boss.name \nFROM worker JOIN worker AS boss ON worker.boss_id = boss.id", nil,
		},
		{
			"self, left", query.Select2(worker.Name, boss.Name.OrNull()).LeftJoin(boss, worker.BossID.EqExpr(boss.ID)),
			"SELECT worker.name, boss.name \nFROM worker LEFT OUTER JOIN worker AS boss ON worker.boss_id = boss.id", nil,
		},
		{
			"several keys, explicit", query.Select(transfer.ID).Join(a, transfer.Source.EqExpr(a.No)),
			"SELECT transfer.id \nFROM transfer JOIN account ON transfer.source = account.no", nil,
		},
		{
			"several keys, both", query.Select(transfer.ID).Join(a, transfer.Source.EqExpr(a.No)).Join(second, transfer.Target.EqExpr(second.No)),
			"SELECT transfer.id \nFROM transfer JOIN account ON transfer.source = account.no" +
				" JOIN account AS second ON transfer.target = second.no",
			nil,
		},
		{
			"a chain", query.Select(transfer.ID).Join(a, transfer.Source.EqExpr(a.No)).Join(c),
			"SELECT transfer.id \nFROM transfer JOIN account ON transfer.source = account.no JOIN customer ON customer.id = account.cust_id", nil,
		},
		{
			"comma, connected", query.Select2(c.Name, a.Name).Filter(on),
			both + "customer, account \nWHERE customer.id = account.cust_id", nil,
		},
		{
			"comma and join", query.Select2(c.Name, planet.Code).Join(a).Filter(planet.Code.EqExpr(a.Name)),
			"SELECT customer.name, planet.code \nFROM customer JOIN account ON customer.id = account.cust_id, planet" +
				" \nWHERE planet.code = account.name",
			nil,
		},
		{
			"connected by Between", query.Select(c.ID).Filter(a.No.BetweenExpr(c.ID, c.ID)),
			"SELECT customer.id \nFROM customer, account \nWHERE account.no BETWEEN customer.id AND customer.id", nil,
		},
		{
			"connected by Like", query.Select(c.ID).Filter(a.Name.LikeExpr(c.Name)),
			"SELECT customer.id \nFROM customer, account \nWHERE account.name LIKE customer.name", nil,
		},
	})
}
