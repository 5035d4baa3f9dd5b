package main

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// The rows of a shop: who buys what, and what people do on its site.
type (
	Customer struct {
		ID            int64
		Name, Country string

		Orders model.Many[Order]
	}
	Product struct {
		ID                                 int64
		Name, Category, Price, Description string
		Tags                               []string
	}
	Order struct {
		ID, CustomerID int64
		Placed         time.Time
		Returned       bool

		Customer model.One[Customer]
	}
	Line struct {
		OrderID, ProductID int64
		Quantity           int32
		Price              string
	}
	Event struct {
		ID, CustomerID int64
		Kind           string
		At             time.Time
	}
)

// The rows of what is made, moved, booked and done there.
type (
	Component struct { // so many of a part are in an assembly
		Assembly, Part string
		Quantity       int32
	}
	Route struct {
		Origin, Destination string
		Minutes             int32
	}
	Booking struct {
		ID     int64
		Room   string
		During pgtype.Range[time.Time]
	}
	Job struct {
		ID          int64
		Kind, State string
	}
	Price struct {
		SKU, Amount string
	}
	PriceChange struct {
		ID          int64
		SKU, Became string
		Was         *string // nil: it had none
	}
)

type (
	customers struct {
		model.Table[Customer]
		ID            expr.Int
		Name, Country expr.Text

		Orders model.ToMany[Customer, Order]
	}
	products struct {
		model.Table[Product]
		ID                          expr.Int
		Name, Category, Description expr.Text
		Price                       expr.Decimal
		Tags                        expr.TextArray
	}
	orders struct {
		model.Table[Order]
		ID, CustomerID expr.Int
		Placed         expr.Date
		Returned       expr.Bool

		Customer model.ToOne[Order, Customer]
	}
	lines struct {
		model.Table[Line]
		OrderID, ProductID expr.Int
		Quantity           expr.Int32
		Price              expr.Decimal
	}
	events struct {
		model.Table[Event]
		ID, CustomerID expr.Int
		Kind           expr.Text
		At             expr.Time
	}
	components struct {
		model.Table[Component]
		Assembly, Part expr.Text
		Quantity       expr.Int32
	}
	routes struct {
		model.Table[Route]
		Origin, Destination expr.Text
		Minutes             expr.Int32
	}
	bookings struct {
		model.Table[Booking]
		ID     expr.Int
		Room   expr.Text
		During expr.DateRange
	}
	jobs struct {
		model.Table[Job]
		ID          expr.Int
		Kind, State expr.Text
	}
	prices struct {
		model.Table[Price]
		SKU    expr.Text
		Amount expr.Decimal
	}
	priceChanges struct {
		model.Table[PriceChange]
		ID     expr.Int
		SKU    expr.Text
		Was    expr.NullDecimal
		Became expr.Decimal
	}
)

func money(amounts ...expr.Expression) model.Option { return model.Type("numeric(10,2)", amounts...) }

var (
	customer = model.Map("customer", func(t *customers) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID)}
	})
	product = model.Map("product", func(t *products) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), money(t.Price)}
	})
	order = model.Map("orders", func(t *orders) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.ForeignKey(t.CustomerID, customer.ID), model.Index(t.CustomerID)}
	})
	line = model.Map("line", func(t *lines) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.OrderID, t.ProductID), money(t.Price),
			model.ForeignKey(t.OrderID, order.ID), model.ForeignKey(t.ProductID, product.ID),
		}
	})
	event = model.Map("event", func(t *events) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.ForeignKey(t.CustomerID, customer.ID)}
	})
	component = model.Map("component", func(t *components) model.Spec {
		return model.Spec{model.PrimaryKey(t.Assembly, t.Part)}
	})
	route = model.Map("route", func(t *routes) model.Spec {
		return model.Spec{model.PrimaryKey(t.Origin, t.Destination)}
	})
	booking = model.Map("booking", func(t *bookings) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID)}
	})
	job = model.Map("job", func(t *jobs) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID)}
	})
	price = model.Map("price", func(t *prices) model.Spec {
		return model.Spec{model.PrimaryKey(t.SKU), money(t.Amount)}
	})
	priceChange = model.Map("price_change", func(t *priceChanges) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), money(t.Was, t.Became)}
	})
	schema = model.MustSchema(customer, product, order, line, event, component, route, booking, job, price, priceChange)
)

// amount is what a line costs.
func (t *lines) amount() expr.NullDecimal { return t.Price.TimesExpr(t.Quantity) }

// month is the first day of the month of an order.
func (t *orders) month() expr.Date { return expr.CastTo[expr.Date](expr.DateTrunc("month", t.Placed)) }

// day is the day of an event, in UTC.
func (t *events) day() expr.Date { return expr.CastTo[expr.Date](t.At.AtTimeZone("UTC")) }

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
