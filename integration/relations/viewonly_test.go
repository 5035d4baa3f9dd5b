package relations_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// The mapping of the tests of association entities and view-only relationships: an order's lines have data of their own.
type (
	Buyer struct {
		ID     int64
		Name   string
		Orders model.Many[Order]
		Open   model.Many[Order]
		Last   model.One[Order]
	}
	Order struct {
		ID      int64
		BuyerID int64
		Paid    bool
		Buyer   model.One[Buyer]
		Lines   model.Many[Line]
		Items   model.Many[Item]
		Cheap   model.Many[Item]
	}
	// Line has a key of two foreign keys.
	Line struct {
		OrderID, ItemID int64
		Quantity        int32
		Order           model.One[Order]
		Item            model.One[Item]
	}
	Item struct {
		ID    int64
		Name  string
		Price int64
		Lines model.Many[Line]
	}
	buyers struct {
		model.Table[Buyer]
		ID     expr.Int
		Name   expr.Text
		Orders model.ToMany[Buyer, Order]
		Open   model.ToMany[Buyer, Order]
		Last   model.ToOne[Buyer, Order]
	}
	orders struct {
		model.Table[Order]
		ID      expr.Int
		BuyerID expr.Int
		Paid    expr.Bool
		Buyer   model.ToOne[Order, Buyer]
		Lines   model.ToMany[Order, Line]
		Items   model.ToMany[Order, Item]
		Cheap   model.ToMany[Order, Item]
	}
	lines struct {
		model.Table[Line]
		OrderID, ItemID expr.Int
		Quantity        expr.Int32
		Order           model.ToOne[Line, Order]
		Item            model.ToOne[Line, Item]
	}
	items struct {
		model.Table[Item]
		ID    expr.Int
		Name  expr.Text
		Price expr.Int
		Lines model.ToMany[Item, Line]
	}
)

var (
	Buyers = model.Map("buyer", func(t *buyers) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Orders = model.Map("orders", func(t *orders) model.Spec {
		last := model.Alias(t, "later")
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.BuyerID, Buyers.ID), model.DeleteMembers(Buyers.Orders), model.DeleteOrphans(t.Lines),
			model.ViewOnly(Buyers.Open, t.Paid.Not()), model.OrderBy(Buyers.Open, t.ID.Asc()), model.OrderBy(Buyers.Orders, t.ID.Asc()),
			model.ViewOnly(Buyers.Last, expr.Not(expr.Exists(query.Select(last.ID).Filter(last.BuyerID.EqExpr(t.BuyerID), last.ID.GtExpr(t.ID))))),
		}
	})
	Items = model.Map("item", func(t *items) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.OrderBy(Orders.Items, t.ID.Asc()),
			model.ManyToMany(Orders.Items, "line"), model.ViewOnly(Orders.Items),
			model.ManyToMany(Orders.Cheap, "line"), model.ViewOnly(Orders.Cheap, t.Price.Lt(10)),
		}
	})
	Lines = model.Map("line", func(t *lines) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.OrderID, t.ItemID), model.ForeignKey(t.OrderID, Orders.ID), model.ForeignKey(t.ItemID, Items.ID),
			model.OrderBy(Orders.Lines, t.ItemID.Asc()), model.DeleteMembers(Items.Lines),
		}
	})
	shop = model.MustSchema(Buyers, Orders, Items, Lines)
)

// seedShop stores a buyer with two orders, one of them paid, of items i1 and i2.
func seedShop(t testing.TB, eng *session.Engine) *session.Session {
	t.Helper()
	s := begin(t, eng)
	i1, i2, i3 := &Item{Name: "i1", Price: 5}, &Item{Name: "i2", Price: 50}, &Item{Name: "i3", Price: 7}
	b := &Buyer{Name: "b"}
	s.Add(i1, i2, i3, b, &Buyer{Name: "c"})
	for _, paid := range []bool{true, false} {
		o := &Order{Paid: paid}
		b.Orders.Add(o)
		for _, i := range []*Item{i1, i2} {
			l := &Line{Quantity: 1}
			l.Item.Set(i)
			o.Lines.Add(l)
		}
	}
	ok(t, s.Commit(ctx))
	return begin(t, eng)
}

func itemNames(t testing.TB, m *model.Many[Item]) string {
	t.Helper()
	var ns []string
	for _, x := range must[[]*Item](t)(m.All(ctx)) {
		ns = append(ns, x.Name)
	}
	return strings.Join(ns, " ")
}

func TestViewOnly(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, shop)
	s := seedShop(t, eng)
	rec.take()
	bs := must[[]*Buyer](t)(query.Select(Buyers).OrderBy(Buyers.ID).All(ctx, s))
	open := must[[]*Order](t)(bs[0].Open.All(ctx))
	equal(t, "open orders", len(open), 1)
	equal(t, "open orders of another", len(must[[]*Order](t)(bs[1].Open.All(ctx))), 0)
	equal(t, "the last order", must[*Order](t)(bs[0].Last.Get(ctx)), open[0])
	sent(t, rec, "SELECT buyer.id, …",
		"SELECT orders.id, orders.buyer_id, orders.paid FROM orders WHERE (orders.buyer_id = ANY($1)) AND NOT orders.paid ORDER BY orders.id ASC",
		"SELECT orders.id, orders.buyer_id, orders.paid FROM orders WHERE (orders.buyer_id = ANY($1)) AND NOT EXISTS "+
			"(SELECT later.id FROM orders AS later WHERE later.buyer_id = orders.buyer_id AND later.id > orders.id)")

	names := func(q query.Query[string]) string {
		t.Helper()
		return strings.Join(must[[]string](t)(q.All(ctx, s)), " ")
	}
	b := query.Select(Buyers.Name)
	other := model.Alias(Orders, "other")
	equal(t, "any", names(b.Filter(Buyers.Open.Any(Orders.ID.Eq(2)))), "b")
	equal(t, "none", names(b.Filter(Buyers.Open.None())), "c")
	equal(t, "count", names(b.Filter(Buyers.Open.Count().Eq(1))), "b")
	equal(t, "contains", names(b.Filter(Buyers.Open.Contains(open[0]))), "b")
	equal(t, "join", names(b.Join(Buyers.Open.To(other)).Filter(other.ID.Gt(0))), "b")
	equal(t, "last", names(b.Filter(Buyers.Last.Is(open[0]))), "b")
	sent(t, rec, "SELECT buyer.name FROM buyer WHERE EXISTS (SELECT 1 FROM orders WHERE buyer.id = orders.buyer_id AND NOT orders.paid AND orders.id = $1)",
		"SELECT buyer.name FROM buyer WHERE NOT EXISTS (SELECT 1 FROM orders WHERE buyer.id = orders.buyer_id AND NOT orders.paid)",
		"SELECT buyer.name FROM buyer WHERE (SELECT count(*) FROM orders WHERE buyer.id = orders.buyer_id AND NOT orders.paid) = $1",
		"SELECT buyer.name FROM buyer WHERE EXISTS (SELECT 1 FROM orders WHERE buyer.id = orders.buyer_id AND NOT orders.paid AND orders.id = $1)",
		"SELECT buyer.name FROM buyer JOIN orders AS other ON buyer.id = other.buyer_id AND NOT other.paid WHERE other.id > $1",
		"SELECT buyer.name FROM buyer WHERE EXISTS (SELECT 1 FROM orders WHERE buyer.id = orders.buyer_id AND NOT EXISTS "+
			"(SELECT later.id FROM orders AS later WHERE later.buyer_id = orders.buyer_id AND later.id > orders.id) AND orders.id = $1)")

	open[0].Paid = true // what is written is seen
	ok(t, s.Flush(ctx))
	equal(t, "open orders", len(must[[]*Order](t)(bs[0].Open.All(ctx))), 0)
	ok(t, s.Rollback(ctx))
	equal(t, "open orders", len(must[[]*Order](t)(bs[0].Open.All(ctx))), 1)

	for _, change := range []func(){
		func() { bs[0].Open.Add(&Order{}) },
		func() { bs[0].Open.Remove(open[0]) },
		func() { bs[1].Last.Set(open[0]) },
		func() { bs[0].Last.Set(nil) },
	} {
		change()
		is(t, s.Flush(ctx), model.ErrViewOnly)
		ok(t, s.Flush(ctx))
		equal(t, "open orders", len(must[[]*Order](t)(bs[0].Open.All(ctx))), 1)
		equal(t, "the last order", must[*Order](t)(bs[0].Last.Get(ctx)), open[0])
		equal(t, "the last order of another", must[*Order](t)(bs[1].Last.Get(ctx)), nil)
		equal(t, "rows", rowsOf(t, eng, "TABLE orders"), "(1,1,t) (2,1,f)")
	}
}

// TestAssociationEntity: a table of pairs with data of their own is a struct; a view-only many-to-many goes through it.
func TestAssociationEntity(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, shop)
	s := seedShop(t, eng)
	os := must[[]*Order](t)(query.Select(Orders).OrderBy(Orders.ID).All(ctx, s))
	its := must[[]*Item](t)(query.Select(Items).OrderBy(Items.ID).All(ctx, s))
	rec.take()
	equal(t, "items", itemNames(t, &os[0].Items), "i1 i2")
	equal(t, "cheap items", itemNames(t, &os[1].Cheap), "i1")
	sent(t, rec, "SELECT cupel.ord, item.id, item.name, item.price FROM item JOIN line ON line.item_id = item.id JOIN unnest($1::bigint[]) "+
		"WITH ORDINALITY AS cupel (k1, ord) ON line.order_id = cupel.k1 ORDER BY item.id ASC",
		"SELECT cupel.ord, item.id, item.name, item.price FROM item JOIN line ON line.item_id = item.id JOIN unnest($1::bigint[]) "+
			"WITH ORDINALITY AS cupel (k1, ord) ON line.order_id = cupel.k1 AND item.price < $2")
	equal(t, "orders of cheap items", len(must[[]int64](t)(query.Select(Orders.ID).Join(Orders.Cheap).All(ctx, s))), 2)

	l := &Line{Quantity: 3} // a new line with an old item
	l.Item.Set(its[2])
	os[0].Lines.Add(l)
	ok(t, s.Flush(ctx))
	equal(t, "items", itemNames(t, &os[0].Items), "i1 i2 i3")
	first := must[[]*Line](t)(os[0].Lines.All(ctx))[0]
	os[0].Lines.Remove(l)
	ok(t, s.Flush(ctx))
	first.Item.Set(its[2]) // its key changes
	ok(t, s.Commit(ctx))
	equal(t, "lines", rowsOf(t, eng, "TABLE line"), "(1,2,1) (1,3,1) (2,1,1) (2,2,1)")
	equal(t, "items", itemNames(t, &os[0].Items), "i2 i3")

	os[0].Lines.Remove(first)
	s.Delete(its[1])
	ok(t, s.Commit(ctx))
	equal(t, "lines", rowsOf(t, eng, "TABLE line"), "(2,1,1)")
	os[0].Items.Add(its[0])
	is(t, s.Flush(ctx), model.ErrViewOnly)
	ok(t, s.Rollback(ctx))
	s.Delete(os[1])
	ok(t, s.Commit(ctx))
	equal(t, "lines", rowsOf(t, eng, "TABLE line"), "")
}
