package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I find rows by the elements of an array?
//
// `Contains` is all of the values, `Overlaps` any of them, `Has` one. A GIN index serves the first two.
func (Questions) ArrayElements(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Filter(b.Tags.Overlaps("fantasy", "scifi"), b.Tags.Contains("classic")).OrderBy(b.ID).All(ctx, s)
}

// How do I read an element, or a part of an array?
//
// Positions count from 1. An element may not be there, so it is read into a pointer.
func (Questions) ArrayElement(ctx context.Context, s *session.Session) (any, error) {
	return query.Select3(b.Title, b.Tags.At(1), b.Tags.SliceFrom(2)).OrderBy(b.ID).Limit(2).All(ctx, s)
}

// How do I add an element, or take it away?
func (Questions) ArrayChange(ctx context.Context, s *session.Session) (any, error) {
	_, err := query.Update(b).Set(b.Tags.ToExpr(expr.ArrayAppend(expr.ArrayRemove(b.Tags, "scifi"), "space"))).Filter(b.ID.Eq(1)).Exec(ctx, s)
	if err != nil {
		return nil, err
	}
	return query.Select(b.Tags).Filter(b.ID.Eq(1)).One(ctx, s)
}

// How do I set one element?
func (Questions) ArraySetElement(ctx context.Context, s *session.Session) (any, error) {
	return query.Returning(query.Update(b).Set(b.Tags.At(1).To("sf")).Filter(b.ID.Eq(2)), b.Tags).All(ctx, s)
}

// How long is an array?
//
// `Cardinality` is 0 of an empty one, where `ArrayLength` is NULL.
func (Questions) ArrayCardinality(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, expr.Cardinality(b.Tags)).OrderBy(b.ID).Limit(2).All(ctx, s)
}
