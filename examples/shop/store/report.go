package store

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// Rank is a product among those of its category.
type Rank struct {
	Category string `json:"category"`
	Place    int64  `json:"place"` // 1 has the greatest revenue; equal ones have the same
	SKU      string `json:"sku"`
	Sold     int64  `json:"sold"`
	Revenue  Money  `json:"revenue"`
}

// TopProducts returns the first n products of each category by revenue, those that are no longer sold too.
func TopProducts(n int64) query.Query[Rank] {
	// A sum may be NULL, where there are no rows; in a group there are some, so these are read as what is not.
	revenue := expr.As[expr.DecimalOf[Money, Money]](expr.Sum(Lines.Price.TimesExpr(Lines.Quantity))).As("revenue")
	sold := expr.As[expr.Int](expr.Sum(Lines.Quantity)).As("sold")
	place := expr.Over(expr.Rank(), expr.Window{}.PartitionBy(Categories.ID).OrderBy(revenue.Desc())).As("place")
	ranked := query.Sub("ranked", query.Select5(Categories.Name, Products.SKU, sold, revenue, place).
		Join(Products.Category).Join(Lines).Unfiltered().GroupBy(Categories.ID, Products.ID))

	place = query.Col(ranked, place)
	category, sku := query.Cols2(ranked, Categories.Name, Products.SKU)
	return query.SelectAs(func(r *Rank) []query.Field {
		return []query.Field{
			query.Into(&r.Category, category), query.Into(&r.Place, place), query.Into(&r.SKU, sku),
			query.Into(&r.Sold, query.Col(ranked, sold)), query.Into(&r.Revenue, query.Col(ranked, revenue)),
		}
	}).Filter(place.Le(n)).OrderBy(category, place, sku)
}
