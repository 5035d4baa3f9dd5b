package query_test

import (
	"context"
	"math"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

func TestTableSample(t *testing.T) {
	c, a := customer, account
	some := query.TableSample("part", c, query.Bernoulli(10))
	same := query.TableSample("part", c, query.System(12.5).Repeatable(42))
	few := query.TableSample("few", second, query.Bernoulli(10))
	ids := query.With("ids", query.Select(some.ID))
	const someCustomer = "part.id, part.name, part.email, part.vip"
	check(t, []golden{
		{"entity", query.Select(some).Filter(some.VIP), "SELECT " + someCustomer + " \nFROM customer AS part TABLESAMPLE bernoulli ($1) \nWHERE part.vip", args{10.0}},
		{"repeatable", query.Select(same.ID), "SELECT part.id \nFROM customer AS part TABLESAMPLE system ($1) REPEATABLE ($2)", args{12.5, 42.0}},
		{"of an alias", query.Select(few.No), "SELECT few.no \nFROM account AS few TABLESAMPLE bernoulli ($1)", args{10.0}},
		{
			"another name for it", query.Select(model.Alias(some, "more").ID).Filter(c.ID.Gt(1)).CrossJoin(c),
			"SELECT more.id \nFROM customer AS more TABLESAMPLE bernoulli ($1) CROSS JOIN customer \nWHERE customer.id > $2",
			args{10.0, int64(1)},
		},
		{
			"own method, expressions", query.Select(query.TableSample("part", c, query.SampleBy("pg_catalog.bernoulli", expr.Cast[expr.Float](expr.Val("5"), "real").Plus(2)).
				RepeatableExpr(expr.Coalesce(expr.Scalar(expr.Max(a.No), query.From(a)), 70))).ID),
			"SELECT part.id \nFROM customer AS part TABLESAMPLE pg_catalog.bernoulli (CAST($1::text AS real) + $2) REPEATABLE (coalesce((SELECT max(account.no) \nFROM account), $3))",
			args{"5", 2.0, int64(70)},
		},
		{
			"joined by the foreign key", query.Select2(c.Name, few.Name).Join(few),
			"SELECT customer.name, few.name \nFROM customer JOIN account AS few TABLESAMPLE bernoulli ($1) ON customer.id = few.cust_id",
			args{10.0},
		},
		{
			"joined to", query.Select2(some.Name, a.Name.OrNull()).LeftJoin(a),
			"SELECT part.name, account.name \nFROM customer AS part TABLESAMPLE bernoulli ($1) LEFT OUTER JOIN account ON part.id = account.cust_id",
			args{10.0},
		},
		{
			"in EXISTS", query.Select(c.ID).Filter(expr.Exists(query.From(few).Filter(few.CustID.EqExpr(c.ID)))),
			"SELECT customer.id \nFROM customer \nWHERE EXISTS (SELECT 1 \nFROM account AS few TABLESAMPLE bernoulli ($1) \nWHERE few.cust_id = customer.id)",
			args{10.0},
		},
		{
			"of the table around", query.Select(c.ID).Join(query.Lateral("l", query.Select(expr.Count(
				query.TableSample("part", a, query.SampleBy("bernoulli", c.ID)).No).As("n")))),
			"SELECT customer.id \nFROM customer JOIN LATERAL (SELECT count(part.no) AS n \nFROM account AS part TABLESAMPLE bernoulli (customer.id)) AS l ON TRUE", nil,
		},
		{"in WITH", query.Select(query.Col(ids, some.ID)), "WITH ids AS (SELECT part.id \nFROM customer AS part TABLESAMPLE bernoulli ($1)) \nSELECT ids.id \nFROM ids", args{10.0}},
		{"locked", query.Select(some.ID).ForUpdate(query.LockOf(some)), "SELECT part.id \nFROM customer AS part TABLESAMPLE bernoulli ($1) FOR UPDATE OF part", args{10.0}},
		{
			"in DELETE", query.Delete(a).Filter(a.CustID.EqExpr(some.ID)),
			"DELETE FROM account USING customer AS part TABLESAMPLE bernoulli ($1) WHERE account.cust_id = part.id",
			args{10.0},
		},
	})
}

func TestTableSampleErrors(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	var zero customers
	some := query.TableSample("part", c, query.Bernoulli(10))
	of := query.SubOf("d", c, query.Select(c).Limit(3))
	failing(t, []mistaken{
		{"more than all", query.Select(query.TableSample("s", c, query.Bernoulli(101)).ID), nil, "TABLESAMPLE bernoulli of 101 percent"},
		{"less than nothing", query.Select(query.TableSample("s", c, query.System(-1)).ID), nil, "TABLESAMPLE system of -1 percent"},
		{"not a number", query.Select(query.TableSample("s", c, query.System(math.NaN())).ID), nil, "TABLESAMPLE system of NaN percent"},
		{"no method", query.Select(query.TableSample("s", c, query.Sampling{}).ID), nil, "TableSample of customer: no method"},
		{"a bad method", query.Select(query.TableSample("s", c, query.SampleBy("a b")).ID), nil, "a b"},
		{"nil", query.Select(query.TableSample("s", c, query.SampleBy("a", nil)).ID), nil, "nil in place of"},
		{"of a derived table", query.Select(query.TableSample("s", of, query.Bernoulli(1)).ID), nil, "TableSample of d: only tables of the database"},
		{"of a sample", query.Select(query.TableSample("s", some, query.Bernoulli(1)).ID), nil, "TableSample of part: only tables of the database"},
		{"of a zero table", query.Select(query.TableSample("s", &zero, query.Bernoulli(1)).ID), expr.ErrUnmapped, ""},
		{"without a name", query.Select(query.TableSample("", c, query.Bernoulli(1)).ID), expr.ErrUnmapped, ""},
		{"updated", query.Update(some).Set(some.Name.To("x")).Everywhere(), nil, "statement on part: it is not a table of the database, or a sample"},
		{"deleted from", query.Delete(some).Everywhere(), nil, "statement on part: it is not a table of the database, or a sample"},
		{"inserted into", query.Insert(some).Values(some.Name.To("x")), nil, "Insert into part: it is not a table of the database, or a sample"},
		{"merged into", query.Merge(some).Using(a, a.No.EqExpr(some.ID)).WhenMatched().Delete(), nil, "Merge into part: it is not a table of the database, or a sample"},
		{"hidden by WITH", query.Select(some.ID).Join(query.With("customer", query.Select(a.CustID)), some.VIP.EqExpr(expr.Val(true))), query.ErrName, "WITH customer in a statement on the table"},
	})
}

// A session tracks the rows of a sample as those of the table, and flushes what is pending of the table before it reads them.
func TestTableSampleTracked(t *testing.T) {
	t.Parallel()
	ctx, eng := context.Background(), scene(t)
	s := eng.Session()
	defer func() { ok(t, s.Close(ctx)) }()
	s.Add(&Customer{ID: 9, Name: "new"})
	all := query.TableSample("part", customer, query.Bernoulli(100).Repeatable(1))
	got, err := query.Select(all).OrderBy(all.ID).All(ctx, s)
	ok(t, err)
	again, err := query.Select(customer).OrderBy(customer.ID).All(ctx, s)
	ok(t, err)
	if len(got) != 3 || len(again) != 3 {
		t.Fatalf("the sample has %d rows, the table %d", len(got), len(again))
	}
	for i := range got {
		if got[i] != again[i] {
			t.Errorf("object %d of the sample is another than that of the table", i)
		}
	}
	got[0].Name = "changed"
	ok(t, s.Commit(ctx))
	rows(t, eng, query.Select(customer.Name).Filter(customer.Name.Eq("changed")), "changed")
	none := query.TableSample("none", customer, query.System(0))
	rows(t, eng, query.Select(none.ID))
}
