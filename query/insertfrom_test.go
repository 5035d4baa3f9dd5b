package query_test

import (
	"context"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// TestInsertFromRows: the assignments say the columns, the query the rows.
func TestInsertFromRows(t *testing.T) {
	c, a, p, g := customer, account, planet, gadget
	vips := query.With("vips", query.Select2(c.ID, c.Name).Filter(c.VIP))
	check(t, []golden{
		{
			"filtered", query.Insert(a).FromRows(query.Select(c).Filter(c.VIP), a.Name.ToExpr(c.Name), a.CustID.ToExpr(c.ID)),
			"INSERT INTO account (name, cust_id) SELECT customer.name, customer.id \nFROM customer \nWHERE customer.vip", nil,
		},
		{
			"values", query.Insert(a).FromRows(query.Select(c), a.Name.To("x"), a.CustID.ToNull(), a.No.To(1<<40)).OnConflict().DoNothing(),
			"INSERT INTO account (name, cust_id, no) SELECT $1::text, NULL, $2::bigint \nFROM customer ON CONFLICT DO NOTHING",
			args{"x", int64(1) << 40},
		},
		{
			"joined, grouped", query.Insert(p).FromRows(
				query.Select(c).Join(a).GroupBy(c.Name).Having(expr.CountAll().Gt(1)).OrderBy(c.Name).Limit(3), p.Code.ToExpr(expr.Lower(c.Name)),
			),
			"INSERT INTO planet (code) SELECT lower(customer.name) \nFROM customer JOIN account ON customer.id = account.cust_id " +
				"GROUP BY customer.name \nHAVING count(*) > $1 ORDER BY customer.name \n LIMIT $2",
			args{int64(1), int64(3)},
		},
		{
			"another table of WHERE", query.Insert(a).FromRows(query.Select(c).Filter(c.Name.EqExpr(p.Code)), a.Name.ToExpr(p.Code)),
			"INSERT INTO account (name) SELECT planet.code \nFROM customer, planet \nWHERE customer.name = planet.code", nil,
		},
		{
			"itself", query.Insert(a).FromRows(query.Select(a), a.Name.ToExpr(a.Name.Concat("2")), a.CustID.ToExpr(a.CustID)),
			"INSERT INTO account (name, cust_id) SELECT account.name || $1, account.cust_id \nFROM account",
			args{"2"},
		},
		{
			"a set operation", query.Insert(g).From(query.Union(query.Select4(c.Name, c.Name, expr.Val[int32](1), c.VIP), query.Select4(p.Code, p.Code, expr.Val[int32](2), expr.Val(true))),
				g.Sku, g.Name, g.Stock, g.Active),
			"INSERT INTO gadget (sku, name, stock, active, rev) SELECT given.sku, given.name, given.stock, given.active, $1::bigint \n" +
				"FROM (SELECT customer.name, customer.name, $2::integer, customer.vip \nFROM customer \nUNION \nSELECT planet.code, planet.code, $3::integer, $4::boolean \nFROM planet) " +
				"AS given (sku, name, stock, active)",
			args{int64(1), int32(1), int32(2), true},
		},
		{
			"text", query.Insert(a).From(query.Raw[query.Row2[string, int64]]("SELECT name, id FROM customer WHERE id < ?", 3), a.Name, a.CustID),
			"INSERT INTO account (name, cust_id) SELECT name, id FROM customer WHERE id < $1",
			args{3},
		},
		{
			"text with rows by names", query.Insert(a).From(query.RawAs[struct {
				ID   int64
				Name string
			}]("SELECT name, id FROM customer"), a.Name, a.CustID),
			"INSERT INTO account (name, cust_id) SELECT name, id FROM customer", nil,
		},
		{
			"WITH", query.Insert(a).From(query.Select(query.Col(vips, c.Name)), a.Name),
			"WITH vips AS (SELECT customer.id, customer.name \nFROM customer \nWHERE customer.vip) \n" +
				"INSERT INTO account (name) SELECT vips.name \nFROM vips", nil,
		},
		{
			"an entity", query.Insert(c).From(query.Select(rich).Filter(rich.VIP), c.ID, c.Name, c.Email, c.VIP),
			"INSERT INTO customer (id, name, email, vip) SELECT rich.id, rich.name, rich.email, rich.vip \nFROM customer AS rich \nWHERE rich.vip", nil,
		},
	})
}

// TestMistakesOfInsertFrom: types that a column cannot hold are an error that names both.
func TestMistakesOfInsertFrom(t *testing.T) {
	t.Parallel()
	a, c, g := account, customer, gadget
	all := query.Select(c)
	failing(t, []mistaken{
		{
			"a number for a text", query.Insert(a).From(query.Select2(c.ID, c.ID), a.Name, a.CustID), nil,
			"Insert into account: column account.name, of type text, from column 1 of the query, of type bigint; convert it with expr.CastTo",
		},
		{
			"a text for a number", query.Insert(a).From(query.Select2(c.Name, expr.Lower(c.Email)), a.Name, a.CustID), nil,
			"account.cust_id, of type bigint, from column 2 of the query, of type text",
		},
		{"a column of an entity", query.Insert(g).From(all, g.ID, g.Sku, g.Name, g.Stock), nil, "gadget.stock, of type integer, from column 4 of the query, of type boolean"},
		{"a tuple in a tuple", query.Insert(g).From(query.Select2(query.Tuple2(c.ID, c.Name), c.VIP), g.ID, g.Sku, g.Stock), nil, "gadget.stock, of type integer, from column 3"},
		{"an array", query.Insert(a).From(query.Select(expr.ArrayAgg(c.Name)), a.Name), nil, "account.name, of type text, from column 1 of the query, of type text[]"},
		{"too few", query.Insert(a).From(query.Select2(c.Name, c.ID), a.Name), nil, "1 columns from a query of 2"},
		{"a column twice", query.Insert(a).From(query.Select2(c.Name, c.Name), a.Name, a.Name), nil, "account.name is set twice"},
		{"a row of text", query.Insert(a).From(query.Raw[int64]("SELECT 1"), a.Name), nil, "account.name, of type text, from column 1 of the query, of type bigint"},
		{"rows that are changed", query.Insert(a).From(query.Returning(query.Delete(c).Everywhere(), c.Name), a.Name), nil, "make it a table by With"},
		{"nil", query.Insert(a).From(nil), nil, "nil in place of"},
		{"nil of FromRows", query.Insert(a).FromRows(nil, a.Name.To("x")), nil, "nil in place of"},
		{"nothing", query.Insert(a).FromRows(all), nil, "Values of no column"},
		{"a column of FromRows twice", query.Insert(a).FromRows(all, a.Name.To("x"), a.Name.To("y")), nil, "account.name is set twice"},
		{"another table's column", query.Insert(a).FromRows(all, c.Name.To("x")), nil, "customer.name in an Insert into account"},
		{"DEFAULT", query.Insert(a).FromRows(all, a.Name.ToDefault()), nil, "DEFAULT of account.name in the rows of a query"},
		{"a mistake of the query", query.Insert(a).FromRows(all.Limit(-1), a.Name.To("x")), nil, "Limit of -1"},
		{"a table that nothing connects", query.Insert(a).FromRows(all, a.Name.ToExpr(planet.Code)), query.ErrCartesian, "customer and planet"},
		{"after Values", query.Insert(a).Values(a.Name.To("x")).FromRows(all, a.Name.To("x")), nil, "not both"},
	})
}

// TestHeldTypes: what the server takes is not refused.
func TestHeldTypes(t *testing.T) {
	t.Parallel()
	ctx, eng, g, c := context.Background(), engine(t), gadget, customer
	_, err := query.Insert(c).Values(c.ID.To(1), c.Name.To("a"), c.VIP.To(true)).Exec(ctx, eng)
	ok(t, err)
	n, err := query.Insert(g).From(query.Select5(c.ID.Plus(1), expr.Upper(c.Name), expr.Coalesce(c.Email, "n"), c.ID, c.VIP.Not()),
		g.Rev, g.Sku, g.Name, g.Stock, g.Active).Exec(ctx, eng)
	ok(t, err)
	if n != 1 {
		t.Errorf("%d rows inserted, want 1", n)
	}
}
