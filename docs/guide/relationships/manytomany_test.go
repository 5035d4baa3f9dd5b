package relationships_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// begin mapping

type Product struct {
	ID   int64
	Name string
	Tags model.Many[Tag]
}

type Tag struct {
	ID       int64
	Name     string
	Products model.Many[Product]
}

type products struct {
	model.Table[Product]
	ID   expr.Int
	Name expr.Text
	Tags model.ToMany[Product, Tag]
}

type tags struct {
	model.Table[Tag]
	ID       expr.Int
	Name     expr.Text
	Products model.ToMany[Tag, Product]
}

var Products = model.Map("product", func(t *products) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID)}
})

var Tags = model.Map("tag", func(t *tags) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.ID), model.ManyToMany(Products.Tags, "product_tag"), // Tag.Products is the other side
		model.OrderBy(Products.Tags, t.Name.Asc()),
	}
})

// end mapping

var shop = model.MustSchema(Products, Tags)

// Many-to-many.
//
// A table of pairs has no struct. It is a table of the schema: created, dropped and verified with it. ManyToMany is said of one side; the
// methods InSchema, OwnerColumns and TargetColumns make it one that is there already, OnDelete and OnUpdate are for the DDL.
func (Kinds) ManyToMany(ctx context.Context, s *session.Session) error {
	red, blue := &Tag{Name: "red"}, &Tag{Name: "blue"}
	p := &Product{Name: "pen"}
	p.Tags.Add(red, blue) // red.Products has p as soon as one of the three is in a session
	s.Add(p)
	return s.Commit(ctx)
}

// Loaded for all products of a query at once, and in conditions
//
// A list is loaded with the position of its owner in each row, since a tag is in many lists.
func (Kinds) ManyToManyRead(ctx context.Context, s *session.Session) error {
	if _, err := query.Select(Products).Load(Products.Tags).Limit(10).All(ctx, s); err != nil {
		return err
	}
	if _, err := query.Select(Products.Name).Filter(Products.Tags.Any(Tags.Name.Eq("red"))).All(ctx, s); err != nil {
		return err
	}
	_, err := query.Select2(Products.Name, Tags.Name).Join(Products.Tags).All(ctx, s)
	return err
}

// Changed from either side, also unloaded; deleted with either
//
// The rows of the pairs are written first where they go and last where they come. A pair without a row cannot be removed: that is
// session.ErrStale. Replace says what there shall be.
func (Kinds) ManyToManyWrite(ctx context.Context, s *session.Session) error {
	pen, err := query.Select(Products).One(ctx, s)
	if err != nil {
		return err
	}
	red, err := query.Select(Tags).Filter(Tags.Name.Eq("red")).One(ctx, s)
	if err != nil {
		return err
	}
	red.Products.Remove(pen)
	pen.Tags.Add(&Tag{Name: "green"})
	if err := s.Commit(ctx); err != nil {
		return err
	}
	s.Delete(pen) // and its rows of product_tag; with model.DatabaseDeletes(t.Tags) ON DELETE CASCADE does that
	return s.Commit(ctx)
}
