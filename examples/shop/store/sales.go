package store

import (
	"errors"
	"strings"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// Customer is somebody who orders, and has store credit.
type Customer struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	Email  string `json:"email"`
	Credit Money  `json:"credit"`

	Orders model.Many[Order] `json:"orders,omitzero"`
}

// Order is what a customer ordered.
type Order struct {
	ID         int64     `json:"id"`
	CustomerID int64     `json:"customer_id"`
	Note       string    `json:"note"`
	PlacedAt   time.Time `json:"placed_at"`
	EditedAt   time.Time `json:"edited_at"`
	Version    int64     `json:"version"`

	Customer model.One[Customer] `json:"customer,omitzero"`
	Lines    model.Many[Line]    `json:"lines,omitzero"`
}

// Line is so many of a product in an order, at the price of that day.
type Line struct {
	OrderID   int64 `json:"-"`
	ProductID int64 `json:"product_id"`
	Quantity  int32 `json:"quantity"`
	Price     Money `json:"price"`

	Order   model.One[Order]   `json:"-"`
	Product model.One[Product] `json:"product,omitzero"`
}

// Validate is called by the session before a customer is written.
func (c *Customer) Validate() error {
	return errors.Join(
		unless(c.Name != "", "name is missing"),
		unless(strings.Contains(c.Email, "@"), "email is no address"),
		unless(c.Credit == "" || c.Credit.Valid(), `credit is no amount like "12.50"`), // "": the database's default
	)
}

// Validate is called by the session before a line is written.
func (l *Line) Validate() error { return unless(l.Quantity > 0, "quantity is not positive") }

type customers struct {
	model.Table[Customer]
	ID          expr.Int
	Name, Email expr.Text
	Credit      expr.DecimalOf[Money, Money]

	Orders model.ToMany[Customer, Order]
}

type orders struct {
	model.Table[Order]
	ID, CustomerID     expr.Int
	Note               expr.Text
	PlacedAt, EditedAt expr.Time
	Version            expr.Int

	Customer model.ToOne[Order, Customer]
	Lines    model.ToMany[Order, Line]
}

type lines struct {
	model.Table[Line]
	OrderID, ProductID expr.Int
	Quantity           expr.Int32
	Price              expr.DecimalOf[Money, Money]

	Order   model.ToOne[Line, Order]
	Product model.ToOne[Line, Product]
}

// The tables of sales, which Schema.CreateAll makes.
var (
	Customers = model.Map("customer", func(t *customers) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Unique(t.Email), model.Type("numeric(12,2)", t.Credit),
			model.ServerDefault(t.Credit, "0.00"), model.ZeroIsUnset(t.Credit),
			model.Check("credit_not_negative", t.Credit.Ge("0")),
		}
	})
	Orders = model.Map("orders", func(t *orders) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.CustomerID, Customers.ID), model.Index(t.CustomerID),
			model.Default(t.PlacedAt, time.Now), model.Default(t.EditedAt, time.Now), model.Version(t.Version),
			model.OrderBy(Customers.Orders, t.ID),
		}
	})
	Lines = model.Map("order_line", func(t *lines) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.OrderID, t.ProductID), model.Type("numeric(12,2)", t.Price),
			model.ForeignKey(t.OrderID, Orders.ID), model.ForeignKey(t.ProductID, Products.ID), model.Index(t.ProductID),
			model.DeleteOrphans(Orders.Lines), model.OrderBy(Orders.Lines, t.ProductID),
		}
	})
)

// Schema is all tables of the shop.
var Schema = model.MustSchema(Categories, Tags, Products, Customers, Orders, Lines)
