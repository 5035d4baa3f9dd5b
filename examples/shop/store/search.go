package store

import (
	"strings"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// Search is what a list of products may be narrowed by; what is nil narrows nothing.
type Search struct {
	Text     *string // a part of the name
	Tag      *string
	Category *int64 // it, or one below it
	MaxPrice *Money
	InStock  bool
}

// Query returns the products that are looked for, with categories and tags, by name.
func (s Search) Query() query.Query[*Product] {
	p := Products
	return query.Select(p).Filter(
		expr.Optional(s.Text, func(part string) expr.Predicate { return expr.Lower(p.Name).Contains(strings.ToLower(part)) }),
		expr.Optional(s.Tag, func(name string) expr.Predicate { return p.Tags.Any(Tags.Name.Eq(name)) }),
		expr.Optional(s.Category, within),
		expr.Optional(s.MaxPrice, p.Price.Le),
		expr.If(s.InStock, p.Stock.Gt(0)),
	).OrderBy(p.Name, p.ID).Load(p.Category, p.Tags)
}

// within renders "product.category_id IN (WITH RECURSIVE … SELECT below.id FROM below)".
func within(id int64) expr.Predicate {
	c := Categories
	below := query.RecursiveOf("below", c, query.Select(c).Filter(c.ID.Eq(id)), func(below *categories) query.RowsOf[*Category] {
		return query.Select(c).Join(below, c.ParentID.EqExpr(below.ID))
	})
	return Products.CategoryID.InRows(below.ID, query.Select(below.ID))
}
