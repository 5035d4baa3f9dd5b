package store

import (
	"errors"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// Category is a node of the tree of categories.
type Category struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	ParentID *int64 `json:"parent_id,omitempty"` // nil: a root

	Parent   model.One[Category]  `json:"-"`
	Children model.Many[Category] `json:"children,omitzero"`
}

// Product is what can be ordered.
type Product struct {
	ID         int64      `json:"id"`
	SKU        string     `json:"sku"`
	Name       string     `json:"name"`
	Price      Money      `json:"price"`
	Stock      int32      `json:"stock"`
	CategoryID int64      `json:"category_id"`
	Version    int64      `json:"version"`
	DeletedAt  *time.Time `json:"deleted_at,omitempty"` // not nil: it is no longer sold

	Category model.One[Category] `json:"category,omitzero"`
	Tags     model.Many[Tag]     `json:"tags,omitzero"`
}

// Tag is a word that products are found by.
type Tag struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// Validate is called by the session before a product is written.
func (p *Product) Validate() error {
	return errors.Join(
		unless(p.SKU != "", "sku is missing"),
		unless(p.Name != "", "name is missing"),
		unless(p.Price.Valid(), `price is no amount like "12.50"`),
		unless(p.Stock >= 0, "stock is negative"),
	)
}

// Validate is called by the session before a tag is written.
func (t *Tag) Validate() error { return unless(t.Name != "", "name is missing") }

func unless(ok bool, mistake string) error {
	if ok {
		return nil
	}
	return errors.New(mistake)
}

type categories struct {
	model.Table[Category]
	ID       expr.Int
	Name     expr.Text
	ParentID expr.NullInt

	Parent   model.ToOne[Category, Category]
	Children model.ToMany[Category, Category]
}

type products struct {
	model.Table[Product]
	ID         expr.Int
	SKU, Name  expr.Text
	Price      expr.DecimalOf[Money, Money]
	Stock      expr.Int32
	CategoryID expr.Int
	Version    expr.Int
	DeletedAt  expr.NullTime

	Category model.ToOne[Product, Category]
	Tags     model.ToMany[Product, Tag]
}

type tags struct {
	model.Table[Tag]
	ID   expr.Int
	Name expr.Text
}

// The tables of the catalogue, which the migrations make.
var (
	Categories = model.Map("category", func(t *categories) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.ParentID, t.ID),
			model.Inverse(t.Parent, t.Children), model.OrderBy(t.Children, t.Name),
		}
	})
	Tags = model.Map("tag", func(t *tags) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Unique(t.Name)}
	})
	Products = model.Map("product", func(t *products) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Unique(t.SKU), model.Type("numeric(12,2)", t.Price),
			model.ForeignKey(t.CategoryID, Categories.ID),
			model.ManyToMany(t.Tags, "product_tag"), model.OrderBy(t.Tags, Tags.Name),
			model.Version(t.Version),      // who writes what he has not seen gets session.ErrStale
			model.SoftDelete(t.DeletedAt), // orders still refer to what is no longer sold
		}
	})
)
