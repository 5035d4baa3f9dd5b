package query_test

import (
	"context"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// TestInsertObjects: structs give rows; what they do not have, the mapping and the database give.
func TestInsertObjects(t *testing.T) {
	c, g := customer, gadget
	east := "east"
	check(t, []golden{
		{
			"one", query.InsertObjects(c, &Customer{Name: "a", VIP: true}),
			"INSERT INTO customer (name, email, vip) VALUES ($1, $2, $3)",
			args{"a", nil, true},
		},
		{
			"two, one with a key", query.InsertObjects(c, &Customer{ID: 7, Name: "a"}, &Customer{Name: "b", Email: &east}).OnConflict(c.ID).DoUpdateAll(),
			"INSERT INTO customer (id, name, email, vip) VALUES ($1::bigint, $2::text, $3::text, $4::boolean), (DEFAULT, $5::text, $6::text, $7::boolean) " +
				"ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, vip = excluded.vip",
			args{int64(7), "a", nil, false, "b", "east", false},
		},
		{
			"a default of the mapping", query.InsertObjects(g, &Gadget{Sku: "x", Name: "X"}).OnConflict(g.Sku).DoUpdateAll(),
			"INSERT INTO gadget (sku, name, zone, stock, active, rev) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sku) " +
				"DO UPDATE SET name = excluded.name, zone = excluded.zone, stock = excluded.stock, active = excluded.active, rev = gadget.rev + $7",
			args{"x", "X", nil, int32(0), false, int64(1), int64(1)},
		},
		{
			"a default of the mapping in one of two", query.InsertObjects(tool, &Gadget{Sku: "y", Name: "Y", Rev: 5}, &Gadget{Sku: "z", Name: "Z"}).OnConflict().DoNothing(),
			"INSERT INTO gadget AS tool (sku, name, zone, stock, rev, active) VALUES ($1::text, $2::text, $3::text, $4::integer, $5::bigint, $6::boolean), " +
				"($7::text, $8::text, $9::text, $10::integer, $11::bigint, $12::boolean) ON CONFLICT DO NOTHING",
			args{"y", "Y", nil, int32(0), int64(5), false, "z", "Z", nil, int32(0), int64(1), false},
		},
		{
			"returning", query.Returning(query.InsertObjects(account, &Account{Name: "a"}), account),
			"INSERT INTO account (name, cust_id) VALUES ($1, $2) RETURNING account.no, account.name, account.cust_id",
			args{"a", nil},
		},
	})
}

// TestMistakesOfInsertObjects: each is an error before anything is sent.
func TestMistakesOfInsertObjects(t *testing.T) {
	t.Parallel()
	c := customer
	var none *customers
	failing(t, []mistaken{
		{"no structs", query.InsertObjects[Customer](c), nil, "Insert into customer: no rows"},
		{"nil", query.InsertObjects(c, &Customer{}, nil), nil, "InsertObjects into customer: struct 2 is nil"},
		{"nil table", query.InsertObjects[Customer](nil, &Customer{}), expr.ErrUnmapped, ""},
		{"nil table struct", query.InsertObjects(none, &Customer{}), expr.ErrUnmapped, ""},
		{"an unmapped table struct", query.InsertObjects(&customers{}, &Customer{}), expr.ErrUnmapped, ""},
		{"structs and Values of other columns", query.InsertObjects(c, &Customer{}).Values(c.Name.To("x")), nil, "row 2 of customer"},
	})
}

// TestInsertedObjects: a struct is stored, and stored anew where its row is there.
func TestInsertedObjects(t *testing.T) {
	t.Parallel()
	ctx, eng, g := context.Background(), engine(t), gadget
	one, two := &Gadget{Sku: "a", Name: "A", Stock: 1}, &Gadget{Sku: "b", Name: "B", Stock: 2, Rev: 9}
	upsert := func() []*Gadget {
		rows, err := query.Returning(query.InsertObjects(g, one, two).OnConflict(g.Sku).DoUpdateAll(), g).All(ctx, eng)
		ok(t, err)
		return rows
	}
	first := upsert()
	one.Stock, two.Rev = 10, 20
	second := upsert()
	if len(first) != 2 || len(second) != 2 || first[0].ID != second[0].ID || one.ID != 0 {
		t.Fatalf("the rows are %v, then %v; the struct's key is %d", first, second, one.ID)
	}
	if a, b := second[0], second[1]; a.Stock != 10 || a.Rev != 1 || b.Rev != 20 {
		t.Errorf("the rows are %+v and %+v", *a, *b)
	}
	rows, err := query.InsertObjects(g, &Gadget{Sku: "c", Name: "C"}, &Gadget{Sku: "d", Name: "D"}).Exec(ctx, eng)
	ok(t, err)
	if rows != 2 {
		t.Errorf("%d rows inserted", rows)
	}
}
