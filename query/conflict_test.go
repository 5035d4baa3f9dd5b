package query_test

import (
	"context"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Gadget has all kinds of unique indexes.
type Gadget struct {
	ID     int64
	Sku    string
	Name   string
	Zone   *string
	Stock  int32
	Rev    int64
	Active bool
}

type gadgets struct {
	model.Table[Gadget]
	ID     expr.Int
	Sku    expr.Text
	Name   expr.Text
	Zone   expr.NullText
	Stock  expr.Int32
	Rev    expr.Int
	Active expr.Bool
}

var gadget = model.Map("gadget", func(t *gadgets) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.ID), model.Unique(t.Sku), model.DefaultExpr(t.Rev, expr.Val[int64](1)), model.ZeroIsUnset(t.Rev),
		model.OnUpdateExpr(t.Rev, t.Rev.Plus(1)),
	}
})

// createIndexes makes those that the mapping cannot.
func createIndexes(ctx context.Context, eng *session.Engine) error {
	for _, ddl := range []string{
		"CREATE UNIQUE INDEX ON gadget (lower(name), (coalesce(zone, 'none')))",
		"CREATE UNIQUE INDEX ON gadget (name) WHERE active AND zone = 'east'",
		`CREATE UNIQUE INDEX ON gadget (name COLLATE "C", stock)`,
	} {
		if _, err := query.ExecRaw(ctx, eng, ddl); err != nil {
			return err
		}
	}
	return nil
}

// gadgetRow inserts a row.
func gadgetRow(sku, name string, stock int32) query.InsertStatement {
	g := gadget
	return query.Insert(g).Values(g.Sku.To(sku), g.Name.To(name), g.Stock.To(stock), g.Active.To(true))
}

// TestConflict: what ON CONFLICT renders; the server knows each index that is meant.
func TestConflict(t *testing.T) {
	g := gadget
	one := gadgetRow("a", "A", 1)
	const insert = "INSERT INTO gadget (sku, name, stock, active, rev) VALUES ($1, $2, $3, $4, $5) "
	values := args{"a", "A", int32(1), true, int64(1)}
	with := func(more ...any) args { return append(args{"a", "A", int32(1), true, int64(1)}, more...) }
	const rev = "rev = gadget.rev + $6"
	check(t, []golden{
		{"nothing", one.OnConflict().DoNothing(), insert + "ON CONFLICT DO NOTHING", values},
		{"nothing, by a column", one.OnConflict(g.Sku).DoNothing(), insert + "ON CONFLICT (sku) DO NOTHING", values},
		{"nothing, by a constraint", one.OnConstraint("uq_gadget_sku").DoNothing(), insert + "ON CONFLICT ON CONSTRAINT uq_gadget_sku DO NOTHING", values},
		{
			"nothing, by expressions", one.OnConflict(expr.Lower(g.Name), expr.Coalesce(g.Zone, "none")).DoNothing(),
			insert + "ON CONFLICT ((lower(name)), (coalesce(zone, 'none'))) DO NOTHING", values,
		},
		{
			"nothing, by a partial index", query.Insert(g).Values(g.Sku.To("e"), g.Name.To("E"), g.Zone.To("east"), g.Stock.To(1), g.Active.To(true)).
				OnConflict(g.Name).Filter(g.Active).Filter(g.Zone.Eq("east")).DoNothing(),
			"INSERT INTO gadget (sku, name, zone, stock, active, rev) VALUES ($1, $2, $3, $4, $5, $6) " +
				"ON CONFLICT (name) WHERE active AND zone = 'east' DO NOTHING",
			args{"e", "E", "east", int32(1), true, int64(1)},
		},
		{
			"nothing, by a collation", one.OnConflict(g.Name.Collate("C"), g.Stock).DoNothing(),
			insert + `ON CONFLICT (name COLLATE "C", stock) DO NOTHING`, values,
		},
		{
			"update", one.OnConflict(g.Sku).DoUpdate(g.Name.ToExcluded(), g.Stock.ToExpr(g.Stock.PlusExpr(expr.Excluded(g.Stock)))),
			insert + "ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = gadget.stock + excluded.stock, " + rev, with(int64(1)),
		},
		{
			"update by a constraint, values", one.OnConstraint("uq_gadget_sku").DoUpdate(g.Name.To("b"), g.Zone.ToDefault(), g.Rev.To(1)),
			insert + "ON CONFLICT ON CONSTRAINT uq_gadget_sku DO UPDATE SET name = $6, zone = DEFAULT, rev = $7", with("b", int64(1)),
		},
		{
			"update where", one.OnConflict(g.Sku).DoUpdate(g.Stock.ToExcluded()).Filter(g.Stock.LtExpr(expr.Excluded(g.Stock))).Filter(g.Active),
			insert + "ON CONFLICT (sku) DO UPDATE SET stock = excluded.stock, " + rev + " WHERE gadget.stock < excluded.stock AND gadget.active",
			with(int64(1)),
		},
		{
			"update all", one.OnConflict(g.Sku).DoUpdateAll(),
			insert + "ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = excluded.stock, active = excluded.active, " + rev, with(int64(1)),
		},
		{
			"update all but one", one.OnConflict(g.Sku).DoUpdateAll().Set(g.Stock.ToExpr(g.Stock.Plus(7))),
			insert + "ON CONFLICT (sku) DO UPDATE SET stock = gadget.stock + $6, name = excluded.name, active = excluded.active, rev = gadget.rev + $7",
			with(int32(7), int64(1)),
		},
		{
			"update of many, returning", query.Returning2(query.Insert(g).Values(g.Sku.To("a"), g.Name.To("A"), g.Stock.To(1), g.Active.To(false)).
				Values(g.Sku.To("b"), g.Name.To("B"), g.Stock.To(2), g.Active.To(false)).
				OnConflict(g.Sku).DoUpdate(g.Name.ToExpr(expr.Upper(expr.Excluded(g.Name))), g.Rev.To(3)), g.ID, g.Name),
			"INSERT INTO gadget (sku, name, stock, active, rev) VALUES ($1::text, $2::text, $3::integer, $4::boolean, $5::bigint), " +
				"($6::text, $7::text, $8::integer, $9::boolean, $10::bigint) " +
				"ON CONFLICT (sku) DO UPDATE SET name = upper(excluded.name), rev = $11 RETURNING gadget.id, gadget.name",
			args{"a", "A", int32(1), false, int64(1), "b", "B", int32(2), false, int64(1), int64(3)},
		},
		{
			"of a query", query.Insert(g).From(query.Select4(customer.Name, customer.Name, expr.Val[int32](1), customer.VIP), g.Sku, g.Name, g.Stock, g.Active).
				OnConflict(g.Sku).DoUpdateAll(),
			"INSERT INTO gadget (sku, name, stock, active, rev) SELECT customer.name, customer.name, $1::integer, customer.vip, $2::bigint \nFROM customer " +
				"ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = excluded.stock, active = excluded.active, rev = gadget.rev + $3",
			args{int32(1), int64(1), int64(1)},
		},
		{
			"an alias", query.Returning(query.Insert(tool).Values(tool.Sku.To("t"), tool.Name.To("T"), tool.Stock.To(1), tool.Active.To(false), tool.Rev.To(1)).
				OnConflict(tool.Sku).DoUpdate(tool.Stock.ToExpr(tool.Stock.PlusExpr(expr.Excluded(tool.Stock))), tool.Rev.To(2)), tool.ID),
			"INSERT INTO gadget AS tool (sku, name, stock, active, rev) VALUES ($1, $2, $3, $4, $5) " +
				"ON CONFLICT (sku) DO UPDATE SET stock = tool.stock + excluded.stock, rev = $6 RETURNING tool.id",
			args{"t", "T", int32(1), false, int64(1), int64(2)},
		},
	})
}

var tool = model.Alias(gadget, "tool")

// TestMistakesOfConflict: each is an error before anything is sent.
func TestMistakesOfConflict(t *testing.T) {
	t.Parallel()
	g := gadget
	one := gadgetRow("a", "A", 1)
	var unmapped expr.Text
	failing(t, []mistaken{
		{"no target", one.OnConflict().DoUpdate(g.Name.To("x")), nil, "Insert into gadget: DoUpdate wants the columns of a unique index"},
		{"nothing set", one.OnConflict(g.Sku).DoUpdate(), nil, "DoUpdate sets no column"},
		{"nothing left to set", query.Insert(g).Values(g.Sku.To("a")).OnConflict(g.Sku).DoUpdateAll(), nil, "DoUpdate sets no column"},
		{"a column twice", one.OnConflict(g.Sku).DoUpdate(g.Name.To("x"), g.Name.ToExcluded()), nil, "gadget.name is set twice"},
		{"a column twice, later", one.OnConflict(g.Sku).DoUpdate(g.Name.To("x")).Set(g.Name.To("y")), nil, "gadget.name is set twice"},
		{"another table's column", one.OnConflict(g.Sku).DoUpdate(customer.Name.To("x")), nil, "customer.name in an Insert into gadget"},
		{"another table's index", one.OnConflict(customer.ID).DoNothing(), nil, "OnConflict names customer"},
		{"another table's partial index", one.OnConflict(g.Sku).Filter(customer.VIP).DoNothing(), nil, "OnConflict names customer"},
		{"a partial index without columns", one.OnConflict().Filter(g.Active).DoNothing(), nil, "whose columns OnConflict names"},
		{"nil", one.OnConflict(nil).DoNothing(), nil, "nil in place of"},
		{"an unmapped column", one.OnConflict(unmapped).DoNothing(), expr.ErrUnmapped, ""},
		{"no constraint", one.OnConstraint("").DoNothing(), nil, "without the name of a constraint"},
		{"Excluded of an expression", one.OnConflict(g.Sku).DoUpdate(g.Name.ToExpr(expr.Excluded(g.Name.Concat("x")))), nil, "no column"},
		{"Excluded of another table", one.OnConflict(g.Sku).DoUpdate(g.Name.ToExpr(expr.Excluded(customer.Name))), nil, "excluded.name of customer: there is no such row here"},
		{"Excluded elsewhere", query.Select(g.Name).Filter(expr.Excluded(g.Name).Eq("x")), nil, "there is no such row here"},
		{"Excluded in RETURNING", query.Returning(one.OnConflict(g.Sku).DoUpdateAll(), expr.Excluded(g.Name)), nil, "there is no such row here"},
		{"a zero statement", query.UpsertStatement{}.Set(g.Name.To("x")), nil, "statement is empty"},
		{"a zero target", query.Conflict{}.DoNothing(), nil, "statement is empty"},
		{"an expression of the mapping, of an alias", query.Update(tool).Set(tool.Name.To("x")).Everywhere(), nil, "OnUpdateExpr of rev names gadget, which goes by the name tool here"},
		{"an expression of the mapping, of an alias that is inserted", query.InsertObjects(tool, &Gadget{}).OnConflict(tool.Sku).DoUpdate(tool.Name.To("x")), nil, "OnUpdateExpr of rev names gadget"},
		{"no rows", query.Insert(g), nil, "Insert into gadget: no rows: give it Values or From"},
		{"no columns", query.Insert(g).Values(), nil, "Values of no column"},
		{"a column of a row twice", query.Insert(g).Values(g.Name.To("x"), g.Name.To("y")), nil, "gadget.name is set twice"},
		{"DefaultValues and more", query.Insert(g).DefaultValues().Values(g.Name.To("x")), nil, "without Values and From"},
		{"Values and DefaultValues", one.DefaultValues(), nil, "without Values and From"},
		{"a column of an Update twice", query.Update(g).Set(g.Name.To("x")).Set(g.Name.To("y")).Everywhere(), nil, "Update of gadget: gadget.name is set twice"},
	})
}

// TestUpsert: rows are inserted or updated, and the number of them is right, on every kind of runner.
func TestUpsert(t *testing.T) {
	t.Parallel()
	ctx, eng, g := context.Background(), engine(t), gadget
	upsert := gadgetRow("a", "first", 1).Values(g.Active.To(true), g.Stock.To(2), g.Name.To("second"), g.Sku.To("b")).
		OnConflict(g.Sku).DoUpdate(g.Stock.ToExpr(g.Stock.PlusExpr(expr.Excluded(g.Stock))))
	for i := range 2 {
		n, err := upsert.Exec(ctx, eng)
		ok(t, err)
		if n != 2 {
			t.Errorf("run %d touched %d rows, want 2", i, n)
		}
	}
	n, err := gadgetRow("a", "other", 5).OnConflict(g.Sku).DoNothing().Exec(ctx, eng)
	ok(t, err)
	if n != 0 {
		t.Errorf("DoNothing inserted %d rows", n)
	}
	n, err = gadgetRow("a", "other", 1).OnConflict(g.Sku).DoUpdateAll().Filter(g.Stock.LtExpr(expr.Excluded(g.Stock))).Exec(ctx, eng)
	ok(t, err)
	if n != 0 {
		t.Errorf("an update that no row meets touched %d rows", n)
	}
	rows, err := query.Select4(g.Sku, g.Name, g.Stock, g.Rev).OrderBy(g.Sku).All(ctx, eng)
	ok(t, err)
	want := []query.Row4[string, string, int32, int64]{{"a", "first", 2, 2}, {"b", "second", 4, 2}}
	if len(rows) != 2 || rows[0] != want[0] || rows[1] != want[1] {
		t.Errorf("the rows are %v, want %v", rows, want)
	}
}
