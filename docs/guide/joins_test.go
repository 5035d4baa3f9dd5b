package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I join two tables?
//
// ON comes from the one foreign key between them. Without one, or with several, the join is an error that shows the choices; a condition decides, as the second argument.
func (Questions) Join(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, a.Name).Join(a).OrderBy(b.ID).All(ctx, s)
}

// How do I join on a condition of my own?
func (Questions) JoinOn(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, a.Name).Join(a, b.AuthorID.EqExpr(a.ID), b.Year.IsNull()).All(ctx, s)
}

// How do I join more than two tables?
func (Questions) JoinThree(ctx context.Context, s *session.Session) (any, error) {
	return query.Select3(c.Name, o.ID, b.Title).Join(o).Join(l).Join(b).Filter(b.Title.Eq("Dune")).OrderBy(o.ID).All(ctx, s)
}

// How do I keep rows that have no match?
//
// With `LeftJoin`. What it may not find is NULL: a column of it says `OrNull`, and is read into a pointer.
func (Questions) LeftJoin(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, a.Name.OrNull()).LeftJoin(a).OrderBy(b.ID).All(ctx, s)
}

// What if I forget OrNull?
//
// Then the query is an error before anything is sent: with the first row without a match it would fail, and until then hide that.
func (Questions) ForgottenOrNull(ctx context.Context, s *session.Session) (any, error) {
	_, err := query.Select2(b.Title, a.Name).LeftJoin(a).All(ctx, s)
	return err, nil
}

// How do I read objects of both sides of an outer join?
//
// The object that was not found is nil.
func (Questions) LeftJoinObjects(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b, a).LeftJoin(a).OrderBy(b.ID.Desc()).Limit(2).All(ctx, s)
}

// How do I find rows without a related row?
//
// With the relationship's `None`, with NOT EXISTS, or with an outer join that finds nothing. They mean the same; the first is the shortest.
func (Questions) Without(ctx context.Context, s *session.Session) (any, error) {
	never := expr.Not(expr.Exists(query.From(o).Filter(o.CustomerID.EqExpr(c.ID))))
	if _, err := query.Select(c.Name).Filter(never).All(ctx, s); err != nil {
		return nil, err
	}
	if _, err := query.Select(c.Name).LeftJoin(o).Filter(o.ID.IsNull()).All(ctx, s); err != nil {
		return nil, err
	}
	return query.Select(c.Name).Filter(c.Orders.None()).All(ctx, s)
}

// What if I forget a join?
//
// Tables that nothing connects are an error, since every row with every row is hardly ever meant. `CrossJoin` says that it is.
func (Questions) ForgottenJoin(ctx context.Context, s *session.Session) (any, error) {
	_, err := query.Select2(a.Name, c.Name).All(ctx, s)
	return err, nil
}

// How do I join a table to itself?
//
// `model.Alias` gives it a second name, with the same typed columns.
func (Questions) SelfJoin(ctx context.Context, s *session.Session) (any, error) {
	parent := model.Alias(Genres, "parent")
	return query.Select2(g.Name, parent.Name).Join(parent, g.ParentID.EqExpr(parent.ID)).OrderBy(g.ID).All(ctx, s)
}

// How do I join an outer join's tables to each other first?
//
// A row of the left side then has all of them or none.
func (Questions) NestedJoin(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(c.Name, l.Quantity.OrNull()).
		LeftJoin(query.Nested(o).Join(l, l.OrderID.EqExpr(o.ID), l.Quantity.Gt(1))).
		OrderBy(c.ID).All(ctx, s)
}

// How do I read each object once after a join to many?
//
// A join gives a row for each match. Where the joined table only filters, ask with [EXISTS](#how-do-i-filter-by-related-rows); where the join is needed, keep the
// first row of each key.
func (Questions) OnceEach(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(c).Join(o).DistinctOn(c.ID).OrderBy(c.ID, o.Placed).All(ctx, s)
}
