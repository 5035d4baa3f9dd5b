package guide_test

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// begin mapping

type Author struct {
	ID    int64
	Name  string
	Born  *int64 // nil is NULL
	Books model.Many[Book]
}

type authors struct {
	model.Table[Author]
	ID    expr.Int
	Name  expr.Text
	Born  expr.NullInt
	Books model.ToMany[Author, Book]
}

type Book struct {
	ID       int64
	AuthorID *int64
	Title    string
	Year     *int64
	Price    string // a decimal, as text
	Tags     []string
	Attrs    json.RawMessage
	Author   model.One[Author]
}

type books struct {
	model.Table[Book]
	ID       expr.Int
	AuthorID expr.NullInt
	Title    expr.Text
	Year     expr.NullInt
	Price    expr.Decimal
	Tags     expr.TextArray
	Attrs    expr.JSON
	Author   model.ToOne[Book, Author]
}

var Authors = model.Map("author", func(t *authors) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID)}
})

var Books = model.Map("book", func(t *books) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.ID), model.ForeignKey(t.AuthorID, Authors.ID),
		model.Type("numeric(10, 2)", t.Price), model.Unique(t.Title),
	}
})

// end mapping

type Status string

type Customer struct {
	ID     int64
	Name   string
	Email  *string
	City   string
	Orders model.Many[Order]
}

type customers struct {
	model.Table[Customer]
	ID     expr.Int
	Name   expr.Text
	Email  expr.NullText
	City   expr.Text
	Orders model.ToMany[Customer, Order]
}

var Customers = model.Map("customer", func(t *customers) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })

type Order struct {
	ID         int64
	CustomerID int64
	Placed     time.Time
	Status     Status
	Note       *string
	Customer   model.One[Customer]
	Lines      model.Many[Line]
}

type orders struct {
	model.Table[Order]
	ID         expr.Int
	CustomerID expr.Int
	Placed     expr.Time
	Status     expr.Enum[Status]
	Note       expr.NullText
	Customer   model.ToOne[Order, Customer]
	Lines      model.ToMany[Order, Line]
}

var Orders = model.Map("orders", func(t *orders) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.CustomerID, Customers.ID)}
})

type Line struct {
	OrderID, BookID int64
	Quantity        int32
	Price           string
}

type lines struct {
	model.Table[Line]
	OrderID, BookID expr.Int
	Quantity        expr.Int32
	Price           expr.Decimal
}

var Lines = model.Map("line", func(t *lines) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.OrderID, t.BookID), model.Type("numeric(10, 2)", t.Price),
		model.ForeignKey(t.OrderID, Orders.ID), model.ForeignKey(t.BookID, Books.ID),
	}
})

type Genre struct {
	ID       int64
	ParentID *int64
	Name     string
	Parent   model.One[Genre]
}

type genres struct {
	model.Table[Genre]
	ID       expr.Int
	ParentID expr.NullInt
	Name     expr.Text
	Parent   model.ToOne[Genre, Genre]
}

var Genres = model.Map("genre", func(t *genres) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.ParentID, t.ID)}
})

type Reading struct {
	ID     int64
	BookID int64
	Room   string
	During pgtype.Range[time.Time]
}

type readings struct {
	model.Table[Reading]
	ID     expr.Int
	BookID expr.Int
	Room   expr.Text
	During expr.TimeRange
}

var Readings = model.Map("reading", func(t *readings) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.BookID, Books.ID)}
})

var Schema = model.MustSchema(Authors, Books, Customers, Orders, Lines, Genres, Readings)

var (
	a, b, c, o, l = Authors, Books, Customers, Orders, Lines
	g, r          = Genres, Readings
)

func (a *Author) String() string   { return fmt.Sprintf("Author %d %s", a.ID, a.Name) }
func (b *Book) String() string     { return fmt.Sprintf("Book %d %s", b.ID, b.Title) }
func (c *Customer) String() string { return fmt.Sprintf("Customer %d %s", c.ID, c.Name) }
func (o *Order) String() string    { return fmt.Sprintf("Order %d %s", o.ID, o.Status) }
func (g *Genre) String() string    { return fmt.Sprintf("Genre %d %s", g.ID, g.Name) }

// at is a point in time in the year of the data.
func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
}

// seed fills the tables. The keys are given, so that what the guide prints does not depend on an order of inserts.
func seed(ctx context.Context, eng *session.Engine) error {
	s := eng.Session()
	defer s.Close(ctx)
	s.Add(
		&Author{ID: 1, Name: "Ursula K. Le Guin", Born: new(int64(1929))}, &Author{ID: 2, Name: "Frank Herbert", Born: new(int64(1920))},
		&Author{ID: 3, Name: "Homer"}, &Author{ID: 4, Name: "Octavia Butler", Born: new(int64(1947))},
	)
	book := func(id int64, author *int64, title string, year *int64, price, attrs string, tags ...string) {
		s.Add(&Book{ID: id, AuthorID: author, Title: title, Year: year, Price: price, Attrs: json.RawMessage(attrs), Tags: tags})
	}
	book(1, new(int64(2)), "Dune", new(int64(1965)), "9.99", `{"pages": 412, "langs": ["en", "fr"]}`, "scifi", "classic")
	book(2, new(int64(1)), "The Dispossessed", new(int64(1974)), "8.50", `{"pages": 341, "langs": ["en"]}`, "scifi")
	book(3, new(int64(1)), "A Wizard of Earthsea", new(int64(1968)), "7.25", `{"pages": 205}`, "fantasy", "classic")
	book(4, new(int64(3)), "The Odyssey", nil, "12.00", `{"langs": ["grc", "en"]}`, "epic", "classic")
	book(5, nil, "Beowulf", nil, "6.00", `{}`, "epic")
	s.Add(
		&Customer{ID: 1, Name: "Ada", Email: new("ada@example.org"), City: "Berlin"}, &Customer{ID: 2, Name: "Ben", City: "Paris"},
		&Customer{ID: 3, Name: "Cleo", Email: new("cleo@example.org"), City: "Berlin"}, &Customer{ID: 4, Name: "Dan", Email: new("dan@example.org"), City: "Oslo"},
		&Order{ID: 1, CustomerID: 1, Placed: at(1, 10, 9), Status: "paid"}, &Order{ID: 2, CustomerID: 1, Placed: at(2, 3, 18), Status: "paid"},
		&Order{ID: 3, CustomerID: 2, Placed: at(2, 14, 7), Status: "new", Note: new("gift")}, &Order{ID: 4, CustomerID: 3, Placed: at(3, 1, 12), Status: "cancelled"},
		&Line{OrderID: 1, BookID: 1, Quantity: 1, Price: "9.99"}, &Line{OrderID: 1, BookID: 3, Quantity: 2, Price: "7.25"},
		&Line{OrderID: 2, BookID: 4, Quantity: 1, Price: "12.00"}, &Line{OrderID: 3, BookID: 1, Quantity: 3, Price: "9.49"},
		&Line{OrderID: 3, BookID: 2, Quantity: 1, Price: "8.50"}, &Line{OrderID: 4, BookID: 5, Quantity: 1, Price: "6.00"},
		&Genre{ID: 1, Name: "fiction"}, &Genre{ID: 2, ParentID: new(int64(1)), Name: "science fiction"}, &Genre{ID: 3, ParentID: new(int64(1)), Name: "fantasy"},
		&Genre{ID: 4, ParentID: new(int64(2)), Name: "space opera"}, &Genre{ID: 5, Name: "poetry"},
		&Reading{ID: 1, BookID: 1, Room: "hall", During: expr.Span(at(3, 1, 10), at(3, 1, 12))},
		&Reading{ID: 2, BookID: 4, Room: "hall", During: expr.Span(at(3, 1, 11), at(3, 1, 13))},
		&Reading{ID: 3, BookID: 5, Room: "cellar", During: expr.Span(at(3, 2, 20), at(3, 2, 22))},
	)
	for _, table := range []string{"author", "book", "customer", "orders"} { // generated keys go on behind the given ones
		if _, err := query.ExecRaw(ctx, s, "ALTER TABLE "+table+" ALTER id RESTART WITH 100"); err != nil {
			return err
		}
	}
	return s.Commit(ctx)
}
