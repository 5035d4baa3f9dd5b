package query_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// TestOptional: a condition that is not set vanishes from wherever conditions are listed.
func TestOptional(t *testing.T) {
	c, a := customer, account
	pia, none := "Pia", (*string)(nil)
	off := expr.If(false, c.VIP)
	check(t, []golden{
		{
			"set", query.Select(c.ID).Filter(expr.Optional(&pia, c.Name.Eq), expr.If(true, c.VIP)),
			"SELECT customer.id \nFROM customer \nWHERE customer.name = $1 AND customer.vip",
			args{"Pia"},
		},
		{"not set", query.Select(c.ID).Filter(expr.Optional(none, c.Name.Eq), off), "SELECT customer.id \nFROM customer", nil},
		{
			"some", query.Select(c.ID).Filter(off, expr.And(off, c.VIP), expr.Or(off, off), expr.Or(off, c.VIP, expr.Not(off)), off.And(c.VIP).Not()),
			"SELECT customer.id \nFROM customer \nWHERE customer.vip AND customer.vip AND NOT customer.vip", nil,
		},
		{
			"a join", query.Select(c.ID).Join(a, off).Having(off).GroupBy(c.ID),
			"SELECT customer.id \nFROM customer JOIN account ON customer.id = account.cust_id GROUP BY customer.id", nil,
		},
		{
			"an aggregate", query.Select2(expr.Count(c.ID, expr.Filter(off)), expr.Count(c.ID, expr.Filter(off, c.VIP))),
			"SELECT count(customer.id), count(customer.id) FILTER (WHERE customer.vip) \nFROM customer", nil,
		},
		{
			"a branch", query.Select(expr.Case[expr.Int]().When(c.VIP, 1).When(off, 2).Else(3)),
			"SELECT CASE WHEN customer.vip THEN $1::bigint ELSE $2::bigint END \nFROM customer",
			args{int64(1), int64(3)},
		},
		{
			"an UPDATE", query.Update(c).Set(c.Name.To("x")).Filter(off, c.ID.Eq(1)),
			"UPDATE customer SET name = $1 WHERE customer.id = $2",
			args{"x", int64(1)},
		},
	})
}

// TestNothingSet: what must have a condition still does.
func TestNothingSet(t *testing.T) {
	t.Parallel()
	c := customer
	off := expr.If(false, c.VIP)
	for name, x := range map[string]struct {
		x    statement
		want string
	}{
		"update": {query.Update(c).Set(c.Name.To("x")).Filter(off), "no Filter"},
		"delete": {query.Delete(c).Filter(expr.And(off), expr.Or(off, off)), "no Filter"},
		"item":   {query.Select(off), "not set"},
		"value":  {query.Select(c.ID).Filter(c.VIP.EqExpr(off)), "not set"},
		"nil":    {query.Select(c.ID).Filter(expr.If(true, nil)), "nil in place of"},
	} {
		if _, _, err := x.x.SQL(); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func vips[R any](q query.Query[R]) query.Query[R]   { return q.Filter(customer.VIP) }
func newest[R any](q query.Query[R]) query.Query[R] { return q.OrderBy(customer.ID.Desc()) }

// TestScope: functions with names change a query, one after the other, and the query that they begin with stays as it is.
func TestScope(t *testing.T) {
	base := query.Select(customer.ID).Limit(2)
	check(t, []golden{
		{
			"two", base.Scope(vips, nil, newest),
			"SELECT customer.id \nFROM customer \nWHERE customer.vip ORDER BY customer.id DESC \n LIMIT $1",
			args{int64(2)},
		},
		{"none", base.Scope(), "SELECT customer.id \nFROM customer \n LIMIT $1", args{int64(2)}},
	})
}
