package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I put the rows of two queries together?
//
// Both have the same type of a row, or the program does not compile. `UnionAll` keeps equal rows; `Intersect` and `Except` are there, too.
func (Questions) Union(ctx context.Context, s *session.Session) (any, error) {
	return query.Union(query.Select(a.Name), query.Select(c.Name)).OrderBy(a.Name).Limit(3).All(ctx, s)
}

// How do I find what one query has and another has not?
func (Questions) Except(ctx context.Context, s *session.Session) (any, error) {
	return query.Except(
		query.Select(b.ID),
		query.Select(l.BookID).Filter(l.Quantity.Gt(1)),
	).OrderBy(b.ID).All(ctx, s)
}

// How do I filter the rows of a set operation?
//
// It has no `Filter`, since a condition may be meant for each query or for all rows: filter the queries, or make the whole a table.
func (Questions) FilterUnion(ctx context.Context, s *session.Session) (any, error) {
	name := a.Name.As("name")
	all := query.Sub("everybody", query.UnionAll(query.Select(name), query.Select(c.Name)))
	return query.Select(query.Col(all, name)).Filter(query.Col(all, name).HasPrefix("A")).All(ctx, s)
}
