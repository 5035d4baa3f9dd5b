package query_test

import (
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

const everyCustomer = "customer.id, customer.name, customer.email, customer.vip"

func TestSelect(t *testing.T) {
	c, a := customer, account
	check(t, []golden{
		{"entity", query.Select(c), "SELECT " + everyCustomer + " \nFROM customer", nil},
		{"column", query.Select(c.Email), "SELECT customer.email \nFROM customer", nil},
		{"expression", query.Select(c.ID.Plus(1)), "SELECT customer.id + $1 \nFROM customer", args{int64(1)}},
		{"value without a table", query.Select(expr.Val("a")), "SELECT $1::text", args{"a"}},
		{"raw without a table", query.Select(expr.Raw[expr.Int]("1 + 1")), "SELECT 1 + 1", nil},
		{"condition", query.Select(c.ID.Gt(1)), "SELECT customer.id > $1 \nFROM customer", args{int64(1)}},
		{"label", query.Select(c.Name.As("User")), "SELECT customer.name AS \"User\" \nFROM customer", nil},
		{"two", query.Select2(c.Name, c.Email), "SELECT customer.name, customer.email \nFROM customer", nil},
		{"entity and column", query.Select2(c, c.Name), "SELECT " + everyCustomer + ", customer.name \nFROM customer", nil},
		{
			"three", query.Select3(c.ID, c.Name, c.Email),
			"SELECT customer.id, customer.name, customer.email \nFROM customer", nil,
		},
		{
			"four", query.Select4(c.ID, c.Name, c.Email, c.VIP),
			"SELECT customer.id, customer.name, customer.email, customer.vip \nFROM customer", nil,
		},
		{
			"five", query.Select5(c.ID, c.ID, c.ID, c.ID, c.ID),
			"SELECT customer.id, customer.id, customer.id, customer.id, customer.id \nFROM customer", nil,
		},
		{
			"six", query.Select6(a.No, a.No, a.No, a.No, a.No, a.Name),
			"SELECT account.no, account.no, account.no, account.no, account.no, account.name \nFROM account", nil,
		},
		{
			"seven", query.Select7(a.No, a.No, a.No, a.No, a.No, a.No, a.Name),
			"SELECT account.no, account.no, account.no, account.no, account.no, account.no, account.name \nFROM account", nil,
		},
		{
			"eight", query.Select8(a.No, a.No, a.No, a.No, a.No, a.No, a.No, a.Name),
			"SELECT account.no, account.no, account.no, account.no, account.no, account.no, account.no, account.name \nFROM account", nil,
		},
		{"alias", query.Select(rich), "SELECT rich.id, rich.name, rich.email, rich.vip \nFROM customer AS rich", nil},
		{"Distinct", query.Select(c.Name).Distinct(), "SELECT DISTINCT customer.name \nFROM customer", nil},
		{"Distinct, twice", query.Select(c.Name).Distinct().Distinct(), "SELECT DISTINCT customer.name \nFROM customer", nil},
		{"From", query.Select(expr.CountAll()).From(c), "SELECT count(*) \nFROM customer", nil},
		{"From of what is selected", query.Select(c.Name).From(c), "SELECT customer.name \nFROM customer", nil},
		{"Refresh, NoFlush", query.Select(c.Name).Refresh().NoFlush(), "SELECT customer.name \nFROM customer", nil},
	})
}

func TestFilter(t *testing.T) {
	c, a := customer, account
	const from = "SELECT customer.id \nFROM customer \nWHERE "
	q := query.Select(c.ID)
	check(t, []golden{
		{"one", q.Filter(c.ID.Eq(1)), from + "customer.id = $1", args{int64(1)}},
		{"none", q.Filter(), "SELECT customer.id \nFROM customer", nil},
		{"a column", q.Filter(c.VIP), from + "customer.vip", nil},
		{"two", q.Filter(c.ID.Eq(1), c.VIP), from + "customer.id = $1 AND customer.vip", args{int64(1)}},
		{"twice", q.Filter(c.ID.Eq(1)).Filter(c.Name.Like("P%")), from + "customer.id = $1 AND customer.name LIKE $2", args{int64(1), "P%"}},
		{"Or alone", q.Filter(expr.Or(c.ID.Eq(1), c.VIP)), from + "customer.id = $1 OR customer.vip", args{int64(1)}},
		{
			"Or and more", q.Filter(expr.Or(c.ID.Eq(1), c.VIP), c.VIP), from + "(customer.id = $1 OR customer.vip) AND customer.vip",
			args{int64(1)},
		},
		{"squirrel", q.Filter(expr.Where(sq.Eq{"customer.name": "a"}), c.VIP), from + "(customer.name = $1) AND customer.vip", args{"a"}},
		{"True", q.Filter(expr.And()), from + "TRUE", nil},
		{"In of none", q.Filter(c.ID.In()), from + "FALSE", nil},
		{
			"another table", query.Select(c.Name).Filter(c.ID.EqExpr(a.CustID), a.No.Gt(1)),
			"SELECT customer.name \nFROM customer, account \nWHERE customer.id = account.cust_id AND account.no > $1",
			args{int64(1)},
		},
		{
			"another table, by text", query.Select2(c.Name, a.Name).Filter(expr.Raw[expr.Bool]("account.cust_id = customer.id")),
			"SELECT customer.name, account.name \nFROM customer, account \nWHERE account.cust_id = customer.id", nil,
		},
		{
			"another table, by a function", query.Select2(c.Name, a.Name).Filter(c.Name.HasPrefixExpr(a.Name)),
			"SELECT customer.name, account.name \nFROM customer, account \nWHERE starts_with(customer.name, account.name)", nil,
		},
		{
			"another table, compared the other way", query.Select(a.Name).Filter(a.CustID.InExpr(c.ID)),
			"SELECT account.name \nFROM account, customer \nWHERE account.cust_id IN (customer.id)", nil,
		},
	})
}

func TestGroupOrderLimit(t *testing.T) {
	c := customer
	n := expr.CountAll().As("n")
	bumped := c.ID.Plus(1).As("bumped")
	q, from := query.Select(c.Name), "SELECT customer.name \nFROM customer"
	check(t, []golden{
		{"OrderBy", q.OrderBy(c.Name), from + " ORDER BY customer.name", nil},
		{"OrderBy two", q.OrderBy(c.Name.Desc(), c.ID), from + " ORDER BY customer.name DESC, customer.id", nil},
		{
			"OrderBy twice", q.OrderBy(c.VIP.Asc()).OrderBy(c.ID.Desc().NullsLast()),
			from + " ORDER BY customer.vip ASC, customer.id DESC NULLS LAST", nil,
		},
		{"OrderBy an expression", q.OrderBy(c.ID.Plus(1)), from + " ORDER BY customer.id + $1", args{int64(1)}},
		{
			"OrderBy a label", query.Select2(c.Name, bumped).OrderBy(bumped),
			"SELECT customer.name, customer.id + $1 AS bumped \nFROM customer ORDER BY bumped",
			args{int64(1)},
		},
		{
			"OrderBy a label, Desc", query.Select(bumped).OrderBy(bumped.Desc().NullsLast()),
			"SELECT customer.id + $1 AS bumped \nFROM customer ORDER BY bumped DESC NULLS LAST",
			args{int64(1)},
		},
		{"OrderBy a label not selected", q.OrderBy(bumped), from + " ORDER BY customer.id + $1", args{int64(1)}},
		{
			"OrderBy a hostile label", query.Select(c.ID.As(`a"b`)).OrderBy(c.ID.As(`a"b`)),
			"SELECT customer.id AS \"a\"\"b\" \nFROM customer ORDER BY customer.id", nil,
		},
		{"GroupBy", q.GroupBy(c.Name), from + " GROUP BY customer.name", nil},
		{"GroupBy two", q.GroupBy(c.Name, c.VIP).GroupBy(c.ID), from + " GROUP BY customer.name, customer.vip, customer.id", nil},
		{
			"Having", query.Select2(c.Name, n).GroupBy(c.Name).Having(expr.CountAll().Gt(1)),
			"SELECT customer.name, count(*) AS n \nFROM customer GROUP BY customer.name \nHAVING count(*) > $1",
			args{int64(1)},
		},
		{
			"Having a label", query.Select2(c.Name, n).GroupBy(c.Name).Having(n.Gt(1), c.Name.Ne("")).OrderBy(n),
			"SELECT customer.name, count(*) AS n \nFROM customer GROUP BY customer.name \nHAVING count(*) > $1 AND customer.name <> $2 ORDER BY n",
			args{int64(1), ""},
		},
		{
			"Having, twice", q.GroupBy(c.Name).Having(c.Name.Ne("a")).Having(expr.Max(c.ID).Lt(9)),
			from + " GROUP BY customer.name \nHAVING customer.name <> $1 AND max(customer.id) < $2",
			args{"a", int64(9)},
		},
		{"Limit", q.Limit(2), from + " \n LIMIT $1", args{int64(2)}},
		{"Limit 0", q.Limit(0), from + " \n LIMIT $1", args{int64(0)}},
		{"Limit, the last counts", q.Limit(2).Limit(3), from + " \n LIMIT $1", args{int64(3)}},
		{"Offset", q.Offset(2), from + " OFFSET $1", args{int64(2)}},
		{"Limit and Offset", q.Offset(20).Limit(10), from + " \n LIMIT $1 OFFSET $2", args{int64(10), int64(20)}},
		{
			"all of it",
			query.Select2(c.Name, n).Distinct().Filter(c.VIP, c.ID.Gt(1)).GroupBy(c.Name).Having(n.Gt(2)).
				OrderBy(n.Desc(), c.Name).Limit(3).Offset(4),
			"SELECT DISTINCT customer.name, count(*) AS n \nFROM customer \nWHERE customer.vip AND customer.id > $1 GROUP BY customer.name " +
				"\nHAVING count(*) > $2 ORDER BY n DESC, customer.name \n LIMIT $3 OFFSET $4",
			args{int64(1), int64(2), int64(3), int64(4)},
		},
	})
}
