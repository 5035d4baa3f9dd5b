package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I join along a relationship?
func (Questions) JoinRelated(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(c.Name, o.ID).Join(c.Orders).OrderBy(o.ID).All(ctx, s)
}

// How do I filter by related rows?
//
// `Any` of a list and `Has` of a reference are EXISTS, so no row comes twice.
func (Questions) HasRelated(ctx context.Context, s *session.Session) (any, error) {
	if _, err := query.Select(b.Title).Filter(b.Author.Has(a.Born.Lt(1925))).All(ctx, s); err != nil {
		return nil, err
	}
	return query.Select(c.Name).Filter(c.Orders.Any(o.Status.Eq("paid"))).All(ctx, s)
}

// How do I find what belongs to an object?
//
// By the key that it has now. `Is(nil)` finds what belongs to none, and `IsNot` keeps the rows that belong to none.
func (Questions) BelongsTo(ctx context.Context, s *session.Session) (any, error) {
	herbert := &Author{ID: 2}
	if _, err := query.Select(b.Title).Filter(b.Author.Is(nil)).All(ctx, s); err != nil {
		return nil, err
	}
	return query.Select(b.Title).Filter(b.Author.IsNot(herbert)).OrderBy(b.ID).All(ctx, s)
}

// How do I count related rows?
func (Questions) CountRelated(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(c.Name, c.Orders.Count()).OrderBy(c.ID).All(ctx, s)
}

// How do I read related objects?
//
// Through the object: what is not loaded is loaded for all objects of the same result at once, with one statement.
func (Questions) ReadRelated(ctx context.Context, s *session.Session) (any, error) {
	all, err := query.Select(a).OrderBy(a.ID).All(ctx, s)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, author := range all {
		books, err := author.Books.All(ctx)
		if err != nil {
			return nil, err
		}
		n += len(books)
	}
	return n, nil
}

// How do I read related objects with those of a query?
//
// `Load` reads them by one statement more, also on an engine, whose objects cannot load anything later. It nests: `Load(c.Orders.Load(o.Lines))`.
func (Questions) LoadRelated(ctx context.Context, s *session.Session) (any, error) {
	all, err := query.Select(a).Filter(a.Born.Lt(1930)).OrderBy(a.ID).Load(a.Books).All(ctx, s)
	if err != nil {
		return nil, err
	}
	books, loaded := all[0].Books.Peek()
	return []any{len(books), loaded}, nil
}

// How do I filter by a relationship of a table to itself?
func (Questions) SelfRelated(ctx context.Context, s *session.Session) (any, error) {
	parent := model.Alias(Genres, "parent")
	return query.Select(g.Name).Filter(g.Parent.To(parent).Has(parent.Name.Eq("fiction"))).OrderBy(g.ID).All(ctx, s)
}
