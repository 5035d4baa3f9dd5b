package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

const (
	customerCount = 60
	orderCount    = 900
	visitCount    = 700
	openDays      = 730 // from 2024-01-01 on
)

// load fills the tables with rows that are always the same.
func load(ctx context.Context, db query.Runner) error {
	random := rand.New(rand.NewPCG(4, 2))
	sold, lines := makeOrders(random)
	for _, err := range []error{
		copyRows(ctx, db, customer, makeCustomers(random)),
		copyRows(ctx, db, product, makeProducts()),
		copyRows(ctx, db, order, sold),
		copyRows(ctx, db, line, lines),
		copyRows(ctx, db, event, makeEvents(random)),
		copyRows(ctx, db, component, parse(components3, func(f []string) *Component { return &Component{f[0], f[1], mustNumber(f[2])} })),
		copyRows(ctx, db, route, parse(routes3, func(f []string) *Route { return &Route{f[0], f[1], mustNumber(f[2])} })),
		copyRows(ctx, db, booking, makeBookings(random)),
		copyRows(ctx, db, job, makeJobs(random)),
		copyRows(ctx, db, price, []*Price{{"bolt", "0.10"}, {"frame", "80.00"}, {"wheel", "24.50"}}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func copyRows[T any](ctx context.Context, db query.Runner, table expr.Item[*T], rows []*T) error {
	_, err := session.CopyFrom(ctx, db, table, func(yield func(*T, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	})
	return err
}

const (
	// components3 are assemblies, parts and how many.
	components3 = `bicycle frame 1, bicycle wheel 2, bicycle brake 2, wheel rim 1, wheel spoke 32, wheel hub 1, hub bearing 2,
		hub bolt 4, brake lever 1, brake bolt 3, frame tube 8, frame bolt 6`
	// routes3 are origins, destinations and minutes. They go round in circles.
	routes3 = `Amsterdam Utrecht 27, Utrecht Amsterdam 27, Utrecht Arnhem 35, Arnhem Utrecht 35, Arnhem Cologne 90, Cologne Bonn 20,
		Bonn Cologne 20, Cologne Brussels 110, Brussels Antwerp 45, Antwerp Rotterdam 70, Rotterdam Amsterdam 40, Amsterdam Rotterdam 40,
		Rotterdam Antwerp 70, Antwerp Brussels 45, Brussels Cologne 110`
	// products5 are names, categories, prices, tags and what the shop says.
	products5 = `Lamp; home; 39.90; new light; A small light lamp for late reading
		Desk; home; 249.00; wood heavy; A heavy wooden desk for two
		Chair; home; 99.50; wood sale; A light wooden chair that folds
		Tent; outdoor; 179.00; light sale; A light tent for two, light to carry
		Stove; outdoor; 59.00; new; A stove for cooking outdoors
		Boots; outdoor; 129.00; leather heavy; Heavy leather boots for winter
		Jacket; clothes; 149.00; light new; A light jacket against wind and rain
		Shirt; clothes; 29.00; sale; A shirt of linen
		Scarf; clothes; 19.00; wool; A warm scarf of wool
		Novel; books; 12.00; new; A novel about a lamp, a tent and light
		Atlas; books; 45.00; heavy sale; A heavy atlas of the world`
)

// parse makes rows of texts that commas part.
func parse[T any](text string, row func(fields []string) *T) (rows []*T) {
	for part := range strings.SplitSeq(text, ",") {
		rows = append(rows, row(strings.Fields(part)))
	}
	return rows
}

// mustNumber reads a number of the data above.
func mustNumber(s string) int32 {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return int32(n)
}

func makeCustomers(random *rand.Rand) []*Customer {
	names := strings.Fields("Ada Ben Cleo Dan Eve Finn Gwen Hugo Ida Jon Kim Leo")
	rows := make([]*Customer, customerCount)
	for i := range rows {
		name := names[i%len(names)] + " " + string(rune('A'+i/len(names)))
		rows[i] = &Customer{ID: int64(i + 1), Name: name, Country: pick(random, "DE", "FR", "NL", "PL")}
	}
	return rows
}

func pick(random *rand.Rand, from ...string) string { return from[random.IntN(len(from))] }

func makeProducts() (rows []*Product) {
	for text := range strings.SplitSeq(products5, "\n") {
		f := strings.Split(strings.TrimSpace(text), "; ")
		rows = append(rows, &Product{
			ID: int64(len(rows) + 1), Name: f[0], Category: f[1], Price: f[2], Tags: strings.Fields(f[3]), Description: f[4],
		})
	}
	return rows
}

// makeOrders has customers begin one after the other, and the last ones never.
func makeOrders(random *rand.Rand) (sold []*Order, lines []*Line) {
	all := makeProducts()
	for i := range orderCount {
		placed := random.IntN(openDays)
		known := 10 + placed*(customerCount-15)/openDays
		o := &Order{ID: int64(i + 1), CustomerID: int64(random.IntN(known) + 1), Placed: day(2024, 1, 1+placed), Returned: random.IntN(12) == 0}
		sold = append(sold, o)
		for _, k := range random.Perm(len(all))[:1+random.IntN(4)] {
			lines = append(lines, &Line{OrderID: o.ID, ProductID: all[k].ID, Quantity: int32(1 + random.IntN(3)), Price: all[k].Price})
		}
	}
	return sold, lines
}

// makeEvents has visits: some views, perhaps something in the cart, perhaps bought.
func makeEvents(random *rand.Rand) (rows []*Event) {
	for range visitCount {
		who, at := int64(random.IntN(customerCount)+1), day(2025, 3, 1).Add(time.Duration(random.IntN(31*24*60))*time.Minute)
		kinds := slices.Repeat([]string{"view"}, 1+random.IntN(4))
		if random.IntN(12) == 0 {
			kinds = append(kinds, "cart")
			if random.IntN(2) == 0 {
				kinds = append(kinds, "buy")
			}
		}
		for _, kind := range kinds {
			rows = append(rows, &Event{ID: int64(len(rows) + 1), CustomerID: who, Kind: kind, At: at})
			at = at.Add(time.Duration(1+random.IntN(900)) * time.Second)
		}
	}
	return rows
}

func makeBookings(random *rand.Rand) []*Booking {
	rows := make([]*Booking, 40)
	for i := range rows {
		from := day(2025, 6, 1+random.IntN(60))
		rows[i] = &Booking{
			ID: int64(i + 1), Room: fmt.Sprintf("room %d", 1+random.IntN(5)), During: expr.Span(from, from.AddDate(0, 0, 1+random.IntN(6))),
		}
	}
	return rows
}

func makeJobs(random *rand.Rand) []*Job {
	rows := make([]*Job, 20)
	for i := range rows {
		rows[i] = &Job{ID: int64(i + 1), Kind: pick(random, "mail", "invoice", "report"), State: pick(random, "ready", "ready", "done")}
	}
	return rows
}
