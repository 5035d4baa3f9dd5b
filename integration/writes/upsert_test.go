package writes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Product has a generated key, a unique number, a version, and what the mapping and the database give it.
type Product struct {
	ID      int64
	Sku     string
	Name    string
	Tags    []string
	Made    time.Time
	Changed *time.Time
	Stock   *int64
	Version int64
}

type products struct {
	model.Table[Product]
	ID      expr.Int
	Sku     expr.Text
	Name    expr.Text
	Tags    expr.Array[string]
	Made    expr.Time
	Changed expr.NullTime
	Stock   expr.Int
	Version expr.Int
}

var (
	Products = model.Map("product", func(t *products) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Unique(t.Sku), model.Version(t.Version), model.Default(t.Made, time.Now),
			model.OnUpdate(t.Changed, time.Now), model.ServerDefault(t.Stock, "7"),
			model.Default(t.Tags, func() []string { return []string{} }),
		}
	})
	productSchema = model.MustSchema(Products)
	onSku         = session.Conflict{On: []expr.Expression{Products.Sku}}
)

// New rows and rows that are there are told apart, and the objects are as the rows are.
func TestUpsert(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, productSchema)
	first := []*Product{{Sku: "a", Name: "A"}, {Sku: "b", Name: "B", Stock: ptr[int64](1)}}
	inserted, err := session.Upsert(ctx, eng, Products, first, onSku)
	ok(t, err)
	equal(t, "inserted", inserted[0] && inserted[1], true)
	if first[0].ID == 0 || *first[0].Stock != 7 || first[0].Version != 1 {
		t.Errorf("object is %+v", first[0])
	}
	s := begin(t, eng)
	known, err := query.Select(Products).OrderBy(Products.Sku.Asc()).All(ctx, s)
	ok(t, err)

	again := []*Product{{Sku: "c", Name: "C"}, {Sku: "b", Name: "BB"}, {Sku: "a", Name: "AA", Version: 1}}
	rec.take()
	inserted, err = session.Upsert(ctx, s, Products, again, onSku)
	ok(t, err)
	equal(t, "inserted", inserted[0] && !inserted[1] && !inserted[2], true)
	equal(t, "key", again[2].ID, first[0].ID)
	equal(t, "version", again[2].Version, 2)
	equal(t, "stock stays", *again[1].Stock, 1)
	if !again[1].Made.Equal(first[1].Made) || again[1].Made.Equal(again[0].Made) {
		t.Errorf("made %v, %v", again[1].Made, first[1].Made)
	}
	equal(t, "the session's object", known[0].Name+known[1].Name, "AABB")
	known[0].Name = "mine"
	ok(t, s.Commit(ctx))
	equal(t, "name", one[string](t, eng, "SELECT name FROM product WHERE sku = 'a' AND version = 3"), "mine")

	_, err = session.Upsert(ctx, eng, Products, []*Product{{Sku: "b", Name: "BBB", Stock: ptr[int64](5)}},
		session.Conflict{On: []expr.Expression{Products.Sku}, Set: []expr.Expression{Products.Stock}})
	ok(t, err)
	equal(t, "only the stock", one[string](t, eng, "SELECT name || stock || (changed IS NOT NULL) FROM product WHERE sku = 'b'"), "BB5true")

	byKey := []*Product{{ID: first[0].ID, Sku: "a2", Name: "by key"}, {ID: 1000, Sku: "z"}}
	inserted, err = session.Upsert(ctx, eng, Products, byKey, session.Conflict{})
	ok(t, err)
	equal(t, "inserted", !inserted[0] && inserted[1], true)
	equal(t, "sku", one[string](t, eng, "SELECT sku FROM product WHERE id = $1", first[0].ID), "a2")
}

// Many are one statement; a rollback takes all back.
func TestUpsertMany(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, leafSchema)
	var ps []*Page
	for i := range 500 {
		ps = append(ps, &Page{Book: 1, Number: int64(500 - i), Text: "x"})
	}
	for round := range 2 {
		rec.take()
		inserted, err := session.Upsert(ctx, eng, Pages, ps, session.Conflict{})
		ok(t, err)
		for i, in := range inserted {
			if in != (round == 0) || ps[i].Version != int64(round+1) {
				t.Fatalf("round %d: object %d is %+v, inserted %v", round, i, ps[i], in)
			}
		}
		equal(t, "statements", len(rec.take()), 1)
	}
	s := begin(t, eng)
	_, err := session.Upsert(ctx, s, Pages, ps[:3], session.Conflict{})
	ok(t, err)
	ok(t, s.Rollback(ctx))
	equal(t, "versions", one[int](t, eng, "SELECT count(*) FROM page WHERE version = 2"), 500)
}

// Mistakes are told before anything is sent; an error of the server leaves objects and rows as they were.
func TestUpsertFails(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, productSchema, "ALTER TABLE product ADD CHECK (name <> 'bad')")
	rec.take()
	for want, do := range map[string]func() error{
		"another object": func() error {
			_, err := session.Upsert(ctx, eng, Products, []*Product{{Sku: "a"}, {Sku: "a"}}, onSku)
			return err
		},
		"no value": func() error {
			_, err := session.Upsert(ctx, eng, Products, []*Product{{Sku: "a"}}, session.Conflict{})
			return err
		},
		"not a column": func() error {
			_, err := session.Upsert(ctx, eng, Products, []*Product{{Sku: "a"}}, session.Conflict{On: []expr.Expression{Pages.Book}})
			return err
		},
		"not one to Set": func() error {
			_, err := session.Upsert(ctx, eng, Products, []*Product{{Sku: "a"}},
				session.Conflict{On: onSku.On, Set: []expr.Expression{Products.Version}})
			return err
		},
	} {
		if err := do(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %q", err, want)
		}
	}
	sent(t, rec)
	p := &Product{Sku: "a", Name: "bad"}
	if _, err := session.Upsert(ctx, eng, Products, []*Product{{Sku: "b"}, p}, onSku); err == nil {
		t.Error("no error")
	}
	equal(t, "key", p.ID, 0)
	equal(t, "rows", one[int](t, eng, "SELECT count(*) FROM product"), 0)
}
