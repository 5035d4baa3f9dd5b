package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Words that names and comments are made of, and the values that the queries ask for.
var (
	regionNames = strings.Fields("AFRICA AMERICA ASIA EUROPE MIDDLE_EAST")
	nationNames = strings.Fields("ALGERIA:0 ARGENTINA:1 BRAZIL:1 CANADA:1 EGYPT:4 ETHIOPIA:0 FRANCE:3 GERMANY:3 INDIA:2 INDONESIA:2 " +
		"IRAN:4 IRAQ:4 JAPAN:2 JORDAN:4 KENYA:0 MOROCCO:0 MOZAMBIQUE:0 PERU:1 CHINA:2 ROMANIA:3 SAUDI_ARABIA:4 VIETNAM:2 RUSSIA:3 " +
		"UNITED_KINGDOM:3 UNITED_STATES:1")
	colours       = strings.Fields("almond azure blue chocolate coral cream cyan forest frosted green grey ivory lemon lime navy olive orchid rose sienna tan white")
	sizesOfBox    = strings.Fields("SM MED LG JUMBO WRAP")
	boxes         = strings.Fields("CASE BOX BAG JAR PKG PACK CAN DRUM")
	typeFirsts    = strings.Fields("STANDARD SMALL MEDIUM LARGE ECONOMY PROMO")
	typeSeconds   = strings.Fields("ANODIZED BURNISHED PLATED POLISHED BRUSHED")
	typeThirds    = strings.Fields("TIN NICKEL BRASS STEEL COPPER")
	segments      = strings.Fields("AUTOMOBILE BUILDING FURNITURE MACHINERY HOUSEHOLD")
	priorities    = []string{"1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"}
	instructions  = []string{"DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"}
	modes         = []string{"REG AIR", "AIR", "AIR REG", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"}
	words         = strings.Fields("quickly carefully silent bold final special pending requests deposits accounts packages theodolites foxes ideas among above")
	firstDay      = day(1992, 1, 1)
	lastDay       = day(1998, 8, 2)
	reportingDay  = day(1995, 6, 17) // what is shipped later is open
	linesPerOrder = 7
)

// generator makes rows at random, of which a seed always makes the same.
type generator struct {
	*rand.Rand
	suppliers, parts, customers, orders int
}

// newGenerator returns one for a scale, 1 being 10,000 suppliers and 6,000,000 lines.
func newGenerator(scale float64) *generator {
	of := func(n float64) int { return max(int(n*scale), 40) }
	return &generator{rand.New(rand.NewPCG(22, 1)), of(10_000), of(200_000), of(150_000), of(1_500_000)}
}

func (g *generator) pick(from []string) string { return from[g.IntN(len(from))] }

// between returns a number, the ends included.
func (g *generator) between(lo, hi int) int { return lo + g.IntN(hi-lo+1) }

// cents writes an amount.
func cents(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

func (g *generator) comment() string {
	return strings.Join([]string{g.pick(words), g.pick(words), g.pick(words), g.pick(words)}, " ")
}

func (g *generator) phone(nation int) string {
	return fmt.Sprintf("%d-%03d-%03d-%04d", nation+10, g.between(100, 999), g.between(100, 999), g.between(1000, 9999))
}

func (g *generator) region(i int) *Region {
	return &Region{Key: int64(i), Name: strings.ReplaceAll(regionNames[i], "_", " "), Comment: g.comment()}
}

func (g *generator) nation(i int) *Nation {
	name, region, _ := strings.Cut(nationNames[i], ":")
	return &Nation{Key: int64(i), Name: strings.ReplaceAll(name, "_", " "), RegionKey: int64(region[0] - '0'), Comment: g.comment()}
}

func (g *generator) supplier(i int) *Supplier {
	nation := g.IntN(len(nationNames))
	row := &Supplier{
		Key: int64(i + 1), Name: fmt.Sprintf("Supplier#%09d", i+1), Address: g.comment(), NationKey: int64(nation),
		Phone: g.phone(nation), AcctBal: cents(g.between(-99_999, 999_999)), Comment: g.comment(),
	}
	if g.IntN(20) == 0 {
		row.Comment = "Customer " + g.pick(words) + " Complaints"
	}
	return row
}

func (g *generator) part(i int) *Part {
	row := &Part{
		Key: int64(i + 1), Name: g.pick(colours) + " " + g.pick(colours) + " " + g.pick(colours), Brand: fmt.Sprintf("Brand#%d%d", g.between(1, 5), g.between(1, 5)),
		Type: g.pick(typeFirsts) + " " + g.pick(typeSeconds) + " " + g.pick(typeThirds), Size: int32(g.between(1, 50)),
		Container: g.pick(sizesOfBox) + " " + g.pick(boxes), RetailPrice: cents(price(i + 1)), Comment: g.comment(),
	}
	if k := i % 50; k < len(askedFor) {
		row.Brand, row.Container, row.Size = askedFor[k].Brand, askedFor[k].Container, askedFor[k].Size
	}
	row.Mfgr = "Manufacturer#" + row.Brand[len("Brand#"):][:1]
	return row
}

// askedFor are parts as queries 17 and 19 ask for. One part in 50 is like each of them, so that little data has some too.
var askedFor = []Part{
	{Brand: "Brand#12", Container: "SM BOX", Size: 5},
	{Brand: "Brand#23", Container: "MED BOX", Size: 10},
	{Brand: "Brand#34", Container: "LG BOX", Size: 15},
}

// price is the price of a part in cents.
func price(part int) int { return 90_000 + (part/10)%20_001 + 100*(part%1_000) }

// source is the i-th of the four suppliers of a part.
func (g *generator) source(part, i int) int64 {
	return int64((part+i*(g.suppliers/4+1))%g.suppliers + 1)
}

func (g *generator) partSupp(i int) *PartSupp {
	part := i/4 + 1
	return &PartSupp{
		PartKey: int64(part), SuppKey: g.source(part, i%4), AvailQty: int32(g.between(1, 9_999)),
		SupplyCost: cents(g.between(100, 100_000)), Comment: g.comment(),
	}
}

func (g *generator) customer(i int) *Customer {
	nation := g.IntN(len(nationNames))
	return &Customer{
		Key: int64(i + 1), Name: fmt.Sprintf("Customer#%09d", i+1), Address: g.comment(), NationKey: int64(nation),
		Phone: g.phone(nation), AcctBal: cents(g.between(-99_999, 999_999)), Segment: g.pick(segments), Comment: g.comment(),
	}
}

// order makes an order with its lines. A third of the customers never order, and one order in 200 is a big one.
func (g *generator) order(i int) (*Order, []*Line) {
	customer := g.between(1, g.customers)
	customer -= min(customer-1, btoi(customer%3 == 0))
	placed := firstDay.AddDate(0, 0, g.IntN(int(lastDay.Sub(firstDay)/(24*time.Hour))))
	row := &Order{
		Key: int64(i + 1), CustKey: int64(customer), Date: placed, Priority: g.pick(priorities), Clerk: fmt.Sprintf("Clerk#%09d", g.between(1, 100)),
		Comment: g.comment(),
	}
	count, least := g.between(1, linesPerOrder), 1
	if g.IntN(200) == 0 {
		count, least = linesPerOrder, 40
	}
	lines, total, open := make([]*Line, count), 0, 0
	for k := range lines {
		line, amount := g.line(row, k+1, least)
		lines[k], total, open = line, total+amount, open+btoi(line.Status == "O")
	}
	row.TotalPrice, row.Status = cents(total), "P"
	switch open {
	case 0:
		row.Status = "F"
	case count:
		row.Status = "O"
	}
	return row, lines
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// line makes a line of an order, and says what it costs.
func (g *generator) line(order *Order, number, least int) (*Line, int) {
	part, quantity, discount, tax := g.between(1, g.parts), g.between(least, 50), g.IntN(11), g.IntN(9)
	amount := quantity * price(part)
	shipped := order.Date.AddDate(0, 0, g.between(1, 121))
	row := &Line{
		OrderKey: order.Key, PartKey: int64(part), SuppKey: g.source(part, g.IntN(4)), Number: int32(number),
		Quantity: cents(quantity * 100), ExtendedPrice: cents(amount), Discount: cents(discount), Tax: cents(tax),
		ShipDate: shipped, CommitDate: order.Date.AddDate(0, 0, g.between(30, 90)), ReceiptDate: shipped.AddDate(0, 0, g.between(1, 30)),
		ReturnFlag: "N", Status: "O", ShipInstruct: g.pick(instructions), ShipMode: g.pick(modes), Comment: g.comment(),
	}
	if !row.ReceiptDate.After(reportingDay) {
		row.ReturnFlag = g.pick([]string{"R", "A"})
	}
	if !shipped.After(reportingDay) {
		row.Status = "F"
	}
	return row, amount * (100 - discount) / 100 * (100 + tax) / 100
}

// load fills the tables by COPY. It makes the orders twice, once for each of two tables, rather than keep them.
func load(scale float64) func(ctx context.Context, db query.Runner) error {
	return func(ctx context.Context, db query.Runner) error {
		g, again := newGenerator(scale), newGenerator(scale)
		orders := func(i int) []*Order { row, _ := g.order(i); return []*Order{row} }
		lines := func(i int) []*Line { _, rows := again.order(i); return rows }
		rest := newGenerator(scale)
		for _, err := range []error{
			copyRows(ctx, db, r, len(regionNames), one(rest.region)),
			copyRows(ctx, db, n, len(nationNames), one(rest.nation)),
			copyRows(ctx, db, s, rest.suppliers, one(rest.supplier)),
			copyRows(ctx, db, p, rest.parts, one(rest.part)),
			copyRows(ctx, db, ps, 4*rest.parts, one(rest.partSupp)),
			copyRows(ctx, db, c, rest.customers, one(rest.customer)),
			copyRows(ctx, db, o, g.orders, orders),
			copyRows(ctx, db, l, again.orders, lines),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	}
}

func one[T any](row func(i int) *T) func(i int) []*T {
	return func(i int) []*T { return []*T{row(i)} }
}

// copyRows stores what rows gives for 0 to n-1.
func copyRows[T any](ctx context.Context, db query.Runner, table expr.Item[*T], n int, rows func(i int) []*T) error {
	_, err := session.CopyFrom(ctx, db, table, func(yield func(*T, error) bool) {
		for i := range n {
			for _, row := range rows(i) {
				if !yield(row, nil) {
					return
				}
			}
		}
	})
	return err
}
