package relations_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// fillShop stores buyers with orders and lines, and returns the buyers, in the session.
func fillShop(t *testing.T, s *session.Session) []*Buyer {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var items []*Item
	for i := range 6 {
		items = append(items, &Item{Name: fmt.Sprint("i", i), Price: r.Int64N(4)})
	}
	var all []*Buyer
	for i := range 7 {
		b := &Buyer{Name: fmt.Sprint("b", i)}
		for range i % 5 {
			o := &Order{Paid: r.IntN(2) == 0}
			for _, at := range r.Perm(len(items))[:r.IntN(4)] {
				l := &Line{Quantity: r.Int32N(5)}
				l.Item.Set(items[at])
				o.Lines.Add(l)
			}
			b.Orders.Add(o)
		}
		all = append(all, b)
		s.Add(b)
	}
	ok(t, s.Commit(ctx))
	return all
}

// TestParts compares parts of lists with those that Go makes of the whole lists.
func TestParts(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, shop)
	s := begin(t, eng)
	buyers := fillShop(t, s)
	o, l := Orders, Lines
	for _, x := range []struct {
		name string
		part model.PartOf[Buyer, Order]
		want func(os []*Order) []*Order
	}{
		{"all", Buyers.Orders.Where(), func(os []*Order) []*Order { return os }},
		{"paid", Buyers.Orders.Where(o.Paid.IsTrue()).OrderBy(o.ID.Desc()), func(os []*Order) []*Order {
			os = slices.DeleteFunc(os, func(o *Order) bool { return !o.Paid })
			slices.Reverse(os)
			return os
		}},
		{"last two", Buyers.Orders.OrderBy(o.ID.Desc()).First(2), func(os []*Order) []*Order {
			slices.Reverse(os)
			return os[:min(2, len(os))]
		}},
		{"first unpaid or second", Buyers.Orders.OrderBy(o.ID).Where(expr.Or(o.Paid.IsFalse(), o.ID.Eq(2))).First(1), func(os []*Order) []*Order {
			os = slices.DeleteFunc(os, func(o *Order) bool { return o.Paid && o.ID != 2 })
			return os[:min(1, len(os))]
		}},
		{"condition in a subquery", Buyers.Orders.OrderBy(o.ID).Where(o.Lines.Any(l.Quantity.Gt(2))).First(9), func(os []*Order) []*Order {
			return slices.DeleteFunc(os, func(o *Order) bool {
				ls, err := o.Lines.All(ctx)
				ok(t, err)
				return !slices.ContainsFunc(ls, func(l *Line) bool { return l.Quantity > 2 })
			})
		}},
	} {
		for _, owners := range [][]*Buyer{buyers, buyers[3:4], {buyers[4], buyers[2], buyers[4]}} {
			rec.take()
			got, err := session.Lists(ctx, s, owners, x.part)
			ok(t, err)
			if sql := rec.take(); len(sql) != 1 {
				t.Errorf("%s: sent %d statements: %s", x.name, len(sql), strings.Join(sql, "\n"))
			}
			for i, b := range owners {
				whole, err := query.Select(o).Filter(o.BuyerID.Eq(b.ID)).OrderBy(o.ID).All(ctx, s)
				ok(t, err)
				if want := x.want(whole); !slices.Equal(got[i], want) {
					t.Errorf("%s of %s: %d, want %d", x.name, b.Name, len(got[i]), len(want))
				}
				for _, o := range got[i] {
					if back, known := o.Buyer.Peek(); known && back != b {
						t.Errorf("%s: %s refers back to another", x.name, b.Name)
					}
				}
			}
		}
	}
}

// TestPartsAlong: through a link table, a mapped one, with relationships of the targets, and nested.
func TestPartsAlong(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, shop)
	fillShop(t, begin(t, eng))
	s := begin(t, eng)
	buyers, err := query.Select(Buyers).OrderBy(Buyers.ID).All(ctx, s)
	ok(t, err)
	os, err := query.Select(Orders).OrderBy(Orders.ID).All(ctx, s)
	ok(t, err)
	rec.take()
	items, err := session.Lists(ctx, s, os, Orders.Items.OrderBy(Items.Price.Desc(), Items.ID).First(2))
	ok(t, err)
	sent(t, rec, "SELECT cupel.ord, cupel_part.id, cupel_part.name, cupel_part.price FROM unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) CROSS JOIN LATERAL "+
		"(SELECT item.* FROM item WHERE EXISTS (SELECT 1 FROM line WHERE line.item_id = item.id AND line.order_id = cupel.k1) ORDER BY item.price DESC, item.id LIMIT 2) AS cupel_part "+
		"ORDER BY cupel_part.price DESC, cupel_part.id")
	for i, o := range os {
		want, err := query.Select(Items).Join(Lines).Filter(Lines.OrderID.Eq(o.ID)).OrderBy(Items.Price.Desc(), Items.ID).Limit(2).All(ctx, s)
		ok(t, err)
		if !slices.Equal(items[i], want) {
			t.Errorf("order %d: %d items, want %d", o.ID, len(items[i]), len(want))
		}
	}
	top, err := session.Lists(ctx, s, buyers, Buyers.Orders.OrderBy(Orders.ID).First(2).Load(Orders.Lines.Load(Lines.Item)))
	ok(t, err)
	rec.take()
	for _, o := range slices.Concat(top...) {
		ls, known := o.Lines.Peek()
		equal(t, "lines loaded", known, true)
		for _, l := range ls {
			_, known = l.Item.Peek()
			equal(t, "item loaded", known, true)
		}
	}
	lines, err := session.Lists(ctx, s, slices.Concat(top...), Orders.Lines.Where(Lines.Quantity.Ge(1)))
	ok(t, err)
	equal(t, "lists", len(lines), len(slices.Concat(top...)))
	if _, known := buyers[4].Orders.Peek(); known {
		t.Error("a part is the list of its owner")
	}
}

// TestPartsFlush: what waits is written before, and counts.
func TestPartsFlush(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, shop)
	s := begin(t, eng)
	buyers := fillShop(t, s)
	b, fresh := buyers[0], &Buyer{Name: "fresh"}
	b.Orders.Add(&Order{Paid: true})
	s.Add(fresh)
	fresh.Orders.Add(&Order{})
	got, err := session.Lists(ctx, s, []*Buyer{b, fresh}, Buyers.Orders.OrderBy(Orders.ID).First(5))
	ok(t, err)
	equal(t, "of one that had none", len(got[0]), 1)
	equal(t, "of a new one", len(got[1]), 1)
	s.Delete(got[1][0])
	got, err = session.Lists(ctx, s, []*Buyer{fresh}, Buyers.Orders.Where())
	ok(t, err)
	equal(t, "after its deletion", len(got[0]), 0)
}

// TestPartsOfAnEngine: objects that are in no session, two of one row among them.
func TestPartsOfAnEngine(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, shop)
	s := begin(t, eng)
	fillShop(t, s)
	read := func() []*Buyer {
		bs, err := query.Select(Buyers).OrderBy(Buyers.ID).All(ctx, eng)
		ok(t, err)
		return bs
	}
	bs := append(read(), read()...)
	got, err := session.Lists(ctx, eng, bs, Buyers.Orders.OrderBy(Orders.ID.Desc()).First(1).Load(Orders.Lines))
	ok(t, err)
	for i, b := range bs {
		want, err := query.Select(Orders.ID).Filter(Orders.BuyerID.Eq(b.ID)).OrderBy(Orders.ID.Desc()).Limit(1).All(ctx, eng)
		ok(t, err)
		if len(got[i]) != len(want) || len(want) > 0 && got[i][0].ID != want[0] {
			t.Errorf("%d: %s", i, b.Name)
		}
		for _, o := range got[i] {
			_, known := o.Lines.Peek()
			equal(t, "lines", known, true)
		}
	}
}

// TestPartsOfKeys: composite keys, a graph, and names that need quotes.
func TestPartsOfKeys(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, market)
	s := begin(t, eng)
	var spots []*Spot
	for x := range int32(3) {
		for y := range int32(2) {
			spots = append(spots, &Spot{X: x, Y: y, Name: fmt.Sprint(x, y)})
		}
	}
	for i, a := range spots {
		for _, b := range spots[i:] {
			a.Next.Add(b)
		}
		s.Add(a)
	}
	ok(t, s.Commit(ctx))
	next, err := session.Lists(ctx, s, spots, Spots.Next.OrderBy(Spots.Name.Desc()).Where(Spots.X.Ne(1)).First(2))
	ok(t, err)
	prev, err := session.Lists(ctx, s, spots, Spots.Prev.First(1))
	ok(t, err)
	for i, a := range spots {
		var want []*Spot
		for _, b := range slices.Backward(spots[i:]) {
			if b.X != 1 && len(want) < 2 {
				want = append(want, b)
			}
		}
		if !slices.Equal(next[i], want) {
			t.Errorf("next of %s: %v, want %v", a.Name, next[i], want)
		}
		if !slices.Equal(prev[i], spots[:1]) {
			t.Errorf("prev of %s: %v", a.Name, prev[i])
		}
	}
}

// TestPartsOfGoneRows: rows that are found by more than their key are read again, all at once, and those that are gone are told.
func TestPartsOfGoneRows(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, market)
	s := begin(t, eng)
	var spots []*Spot
	for x := range int32(5) {
		spots = append(spots, &Spot{X: x, Name: fmt.Sprint(x)})
		s.Add(spots[x])
	}
	ok(t, s.Commit(ctx))
	rec.take()
	_, err := eng.Pool().Exec(ctx, "DELETE FROM spot WHERE x IN (1, 3, 4)")
	ok(t, err)
	_, err = session.Lists(ctx, s, spots, Spots.Next.Where())
	is(t, err, query.ErrNoRows)
	if !strings.Contains(err.Error(), "Spot(x=1, y=0), Spot(x=3, y=0), Spot(x=4, y=0): ") {
		t.Error(err)
	}
	sent(t, rec, "SELECT spot.x, …")
	_, err = session.Lists(ctx, s, []*Spot{spots[2], spots[0]}, Spots.Next.Where())
	ok(t, err)
}

// TestMistakesOfParts are told, and nothing is read.
func TestMistakesOfParts(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, shop)
	s := begin(t, eng)
	buyers := fillShop(t, s)
	rec.take()
	for name, part := range map[string]model.PartOf[Buyer, Order]{
		"none":            Buyers.Orders.OrderBy(Orders.ID).First(0),
		"another table":   Buyers.Orders.Where(Items.Price.Gt(1)),
		"order of others": Buyers.Orders.OrderBy(Buyers.Name),
		"nil":             Buyers.Orders.OrderBy(nil),
		"zero value":      {},
		"load of others":  Buyers.Orders.Where().Load(Buyers.Orders),
	} {
		if _, err := session.Lists(ctx, s, buyers, part); err == nil {
			t.Errorf("%s is no error", name)
		} else if name != "nil" {
			is(t, err, query.ErrLoad)
		}
	}
	if sql := rec.take(); len(sql) > 0 {
		t.Errorf("sent %s", sql)
	}
	its, err := query.Select(Items).All(ctx, s)
	ok(t, err)
	_, err = session.Lists(ctx, s, its, Items.Lines.First(1))
	is(t, err, query.ErrLoad)
	_, err = session.Lists(ctx, s, []*Buyer{{ID: 1}}, Buyers.Orders.Where())
	is(t, err, session.ErrNotInSession)
	none, err := session.Lists(ctx, s, nil, Buyers.Orders.Where())
	ok(t, err)
	equal(t, "lists", len(none), 0)
}
