package query_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func TestWithout(t *testing.T) {
	c := customer
	const from = "SELECT customer.id \nFROM customer"
	q := query.Select(c.ID)
	full := q.GroupBy(c.ID).Having(expr.CountAll().Gt(0)).OrderBy(c.ID).Limit(2).Offset(1)
	check(t, []golden{
		{"NoOrderBy", q.OrderBy(c.Name, c.ID).NoOrderBy(), from, nil},
		{"NoOrderBy, and anew", q.OrderBy(c.Name).NoOrderBy().OrderBy(c.ID.Desc()), from + " ORDER BY customer.id DESC", nil},
		{"NoGroupBy", q.GroupBy(c.ID).NoGroupBy(), from, nil},
		{"NoGroupBy, and anew", q.GroupBy(c.Name).NoGroupBy().GroupBy(c.ID), from + " GROUP BY customer.id", nil},
		{"NoLimit", q.Limit(2).NoLimit(), from, nil},
		{"NoLimit, and anew", q.Limit(2).NoLimit().Limit(1), from + " \n LIMIT $1", args{int64(1)}},
		{"NoLimit leaves Offset", q.Limit(2).Offset(1).NoLimit(), from + " OFFSET $1", args{int64(1)}},
		{"NoOffset", q.Offset(1).NoOffset(), from, nil},
		{"NoOffset leaves Limit", q.Limit(2).Offset(1).NoOffset(), from + " \n LIMIT $1", args{int64(2)}},
		{"of nothing", q.NoOrderBy().NoGroupBy().NoLimit().NoOffset(), from, nil},
		{
			"the query that one was given is as it was", lastOf(full.NoOrderBy().NoGroupBy().NoLimit().NoOffset(), full),
			from + " GROUP BY customer.id \nHAVING count(*) > $1 ORDER BY customer.id \n LIMIT $2 OFFSET $3",
			args{int64(0), int64(2), int64(1)},
		},
	})
}

// lastOf gives the second of two queries that were both built.
func lastOf[R any](_, q query.Query[R]) query.Query[R] { return q }

func TestAffixes(t *testing.T) {
	c := customer
	q := query.Select(c.ID)
	check(t, []golden{
		{"Prefix", q.Prefix("/*+ SeqScan(customer) */"), "SELECT /*+ SeqScan(customer) */ customer.id \nFROM customer", nil},
		{"Prefix, two", q.Prefix("ALL").Prefix("/* b */"), "SELECT ALL /* b */ customer.id \nFROM customer", nil},
		{"Prefix and Distinct", q.Prefix("/* a */").Distinct(), "SELECT /* a */ DISTINCT customer.id \nFROM customer", nil},
		{
			"Suffix", q.Filter(c.ID.Eq(1)).Limit(1).Suffix("/* end */"),
			"SELECT customer.id \nFROM customer \nWHERE customer.id = $1 \n LIMIT $2 /* end */", args{int64(1), int64(1)},
		},
		{"Suffix, two", q.Suffix("LIMIT ?", 3).Suffix("OFFSET ?", 1), "SELECT customer.id \nFROM customer LIMIT $1 OFFSET $2", args{3, 1}},
		{
			"WithTies", q.OrderBy(c.Name).Limit(2).Offset(1).WithTies(),
			"SELECT customer.id \nFROM customer ORDER BY customer.name OFFSET $1 \n FETCH FIRST ($2) ROWS WITH TIES", args{int64(1), int64(2)},
		},
		{"WithTies without Limit", q.OrderBy(c.Name).WithTies(), "SELECT customer.id \nFROM customer ORDER BY customer.name", nil},
	})
}
