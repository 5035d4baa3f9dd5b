package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I read rows into a struct of my own?
//
// `SelectAs` pairs fields with what fills them; the compiler checks their types. A field that nothing fills is an error, unless `query.Leave` says so.
func (Questions) Structs(ctx context.Context, s *session.Session) (any, error) {
	type stat struct {
		Name   string `json:"name"`
		Orders int64  `json:"orders"`
	}
	return query.SelectAs(func(r *stat) []query.Field {
		return []query.Field{query.Into(&r.Name, c.Name), query.Into(&r.Orders, c.Orders.Count())}
	}).OrderBy(c.ID).Limit(2).All(ctx, s)
}

// How do I read objects beside values?
//
// Any item may be a table. The objects are the session's.
func (Questions) ObjectsAndValues(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(c, c.Orders.Count()).OrderBy(c.ID).Limit(2).All(ctx, s)
}

// How do I select several things as one?
//
// A tuple is an item like any other, for a row in a row, and for more than one thing in a derived table or a field.
func (Questions) Tuple(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, query.Tuple2(b.Year, b.Price)).OrderBy(b.ID).Limit(1).All(ctx, s)
}

// How do I read a map?
//
// By a loop over `Iter`, or over what `All` returned.
func (Questions) Map(ctx context.Context, s *session.Session) (any, error) {
	prices := map[string]string{}
	for row, err := range query.Select2(b.Title, b.Price).Filter(b.Price.Lt("8")).Iter(ctx, s) {
		if err != nil {
			return nil, err
		}
		prices[row.V1] = row.V2
	}
	return prices, nil
}

// How do I stream many rows?
//
// `Iter` holds a few rows at a time. A session keeps the objects that it reads; with `NoTracking` it does not. The loop must not use the same session.
func (Questions) Stream(ctx context.Context, s *session.Session) (any, error) {
	n := 0
	for book, err := range query.Select(b).NoTracking().Iter(ctx, s) {
		if err != nil {
			return nil, err
		}
		n += len(book.Tags)
	}
	return n, nil
}

// How do I turn a query into one of other columns?
//
// `ClausesOf` takes over FROM, joins, filters and order.
func (Questions) OtherColumns(ctx context.Context, s *session.Session) (any, error) {
	base := query.Select(b).Join(a).Filter(a.Born.Gt(1900)).OrderBy(b.ID)
	return query.Select2(b.Title, a.Name).ClausesOf(base).All(ctx, s)
}

// How do I read what the database has now, over what the session has?
//
// An object that a session has keeps its values when a query finds it again. `Refresh` overwrites it.
func (Questions) Refresh(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b).Filter(b.ID.Eq(1)).Refresh().All(ctx, s)
}
