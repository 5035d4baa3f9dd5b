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

// lastOf returns the second of two queries that were both built.
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
			"SELECT customer.id \nFROM customer \nWHERE customer.id = $1 \n LIMIT $2 /* end */",
			args{int64(1), int64(1)},
		},
		{"Suffix, two", q.Suffix("LIMIT ?", 3).Suffix("OFFSET ?", 1), "SELECT customer.id \nFROM customer LIMIT $1 OFFSET $2", args{3, 1}},
		{
			"WithTies", q.OrderBy(c.Name).Limit(2).Offset(1).WithTies(),
			"SELECT customer.id \nFROM customer ORDER BY customer.name OFFSET $1 \n FETCH FIRST ($2) ROWS WITH TIES",
			args{int64(1), int64(2)},
		},
		{"WithTies without Limit", q.OrderBy(c.Name).WithTies(), "SELECT customer.id \nFROM customer ORDER BY customer.name", nil},
	})
}

// Equal expressions that are built apart are one for the server.
func TestSharedArguments(t *testing.T) {
	c := customer
	email := func(v string) expr.Text { return expr.Coalesce(c.Email, v) }
	bumped := func() expr.Int { return c.ID.Plus(1).Times(2) }
	check(t, []golden{
		{
			"GROUP BY, HAVING and ORDER BY", query.Select2(email("?"), expr.CountAll()).GroupBy(email("?")).
				Having(email("?").Ne("b")).OrderBy(email("?").Desc()),
			"SELECT coalesce(customer.email, $1), count(*) \nFROM customer GROUP BY coalesce(customer.email, $1)" +
				" \nHAVING coalesce(customer.email, $1) <> $2 ORDER BY coalesce(customer.email, $1) DESC",
			args{"?", "b"},
		},
		{
			"not selected", query.Select(expr.CountAll()).GroupBy(bumped()).OrderBy(bumped()),
			"SELECT count(*) \nFROM customer GROUP BY (customer.id + $1) * $2 ORDER BY (customer.id + $1) * $2",
			args{int64(1), int64(2)},
		},
		{
			"a part of a key", query.Select(bumped().Minus(3)).GroupBy(bumped()),
			"SELECT (customer.id + $1) * $2 - $3 \nFROM customer GROUP BY (customer.id + $1) * $2",
			args{int64(1), int64(2), int64(3)},
		},
		{
			"a label", query.Select(email("a").As("mail")).GroupBy(email("a").As("mail")).OrderBy(email("a").As("mail")),
			"SELECT coalesce(customer.email, $1) AS mail \nFROM customer GROUP BY coalesce(customer.email, $1) ORDER BY coalesce(customer.email, $1)",
			args{"a"},
		},
		{
			"Distinct", query.Select(email("a")).Distinct().OrderBy(email("a")),
			"SELECT DISTINCT coalesce(customer.email, $1) \nFROM customer ORDER BY coalesce(customer.email, $1)",
			args{"a"},
		},
		{
			"DistinctOn", query.Select(c.ID).DistinctOn(email("a")).OrderBy(email("a"), c.ID),
			"SELECT DISTINCT ON (coalesce(customer.email, $1)) customer.id \nFROM customer ORDER BY coalesce(customer.email, $1), customer.id",
			args{"a"},
		},
		{
			"neither grouped nor distinct", query.Select(email("a")).OrderBy(email("a")),
			"SELECT coalesce(customer.email, $1) \nFROM customer ORDER BY coalesce(customer.email, $2)",
			args{"a", "a"},
		},
		{
			"an equal value elsewhere", query.Select(email("a")).GroupBy(email("a")).Having(expr.Max(c.Name).Eq("a")),
			"SELECT coalesce(customer.email, $1) \nFROM customer GROUP BY coalesce(customer.email, $1) \nHAVING max(customer.name) = $2",
			args{"a", "a"},
		},
	})
}

func TestClausesOf(t *testing.T) {
	c, a := customer, account
	base := query.Select(c).Join(a).Filter(a.No.Gt(1)).OrderBy(c.ID).Limit(2)
	const clauses = "customer JOIN account ON customer.id = account.cust_id \nWHERE account.no > $1 ORDER BY customer.id \n LIMIT $2"
	check(t, []golden{
		{"two others", query.Select2(c.ID, c.Email).ClausesOf(base), "SELECT customer.id, customer.email \nFROM " + clauses, args{int64(1), int64(2)}},
		{"of the joined table", query.Select(a.Name).ClausesOf(base), "SELECT account.name \nFROM " + clauses, args{int64(1), int64(2)}},
		{"without a table", query.Select(expr.CountAll()).ClausesOf(base.NoOrderBy().NoLimit()), "SELECT count(*) \nFROM customer JOIN account ON customer.id = account.cust_id \nWHERE account.no > $1", args{int64(1)}},
		{
			"and more", query.Select(c.Name).ClausesOf(query.Select(c.ID).Distinct()).Filter(c.VIP),
			"SELECT DISTINCT customer.name \nFROM customer \nWHERE customer.vip", nil,
		},
		{"the clauses before it are gone", query.Select(c.Name).Filter(c.VIP).ClausesOf(query.Select(c.ID)), "SELECT customer.name \nFROM customer", nil},
	})
	failing(t, []mistaken{
		{"a mistake of the other", query.Select(c.ID).ClausesOf(base.Limit(-1)), nil, "Limit of -1"},
		{"another table", query.Select(planet.Code).ClausesOf(base), query.ErrCartesian, "planet"},
	})
}

func TestReturningN(t *testing.T) {
	c := customer
	d := query.Delete(c).Filter(c.ID.Lt(0))
	const text = "DELETE FROM customer WHERE customer.id < $1 RETURNING customer.id, customer.name, customer.email, customer.vip"
	zero := args{int64(0)}
	check(t, []golden{
		{"four", query.Returning4(d, c.ID, c.Name, c.Email, c.VIP), text, zero},
		{"five", query.Returning5(d, c.ID, c.Name, c.Email, c.VIP, c.ID), text + ", customer.id", zero},
		{"six", query.Returning6(d, c.ID, c.Name, c.Email, c.VIP, c.ID, c.Name), text + ", customer.id, customer.name", zero},
		{
			"seven", query.Returning7(d, c.ID, c.Name, c.Email, c.VIP, c.ID, c.Name, c.VIP),
			text + ", customer.id, customer.name, customer.vip", zero,
		},
		{
			"eight", query.Returning8(d, c.ID, c.Name, c.Email, c.VIP, c.ID, c.Name, c.VIP, c.Email),
			text + ", customer.id, customer.name, customer.vip, customer.email", zero,
		},
	})
}
