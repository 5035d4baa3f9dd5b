package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I ask for rows that have other rows (EXISTS)?
//
// `query.From` begins a query that is all clauses: what it selects is said where it is used. Tables of the statement around it are that statement's; the subquery does
// not read them anew.
func (Questions) Exists(ctx context.Context, s *session.Session) (any, error) {
	big := query.From(l).Filter(l.OrderID.EqExpr(o.ID), l.Quantity.Gt(2))
	return query.Select(o).Filter(expr.Exists(big)).All(ctx, s)
}

// How do I filter by a list from a query (IN)?
func (Questions) InQuery(ctx context.Context, s *session.Session) (any, error) {
	ordered := query.From(l).Filter(l.Quantity.Gt(1))
	return query.Select(b.Title).Filter(b.ID.InRows(l.BookID, ordered)).OrderBy(b.ID).All(ctx, s)
}

// Why is NOT IN of a query empty?
//
// One NULL among its rows makes it so, in SQL. `Not(Exists(…))` has no such trap.
func (Questions) NotIn(ctx context.Context, s *session.Session) (any, error) {
	trap, err := query.Select(a.Name).Filter(a.ID.NotInRows(b.AuthorID, query.From(b))).All(ctx, s)
	if err != nil || len(trap) > 0 {
		return trap, err
	}
	return query.Select(a.Name).Filter(expr.Not(expr.Exists(query.From(b).Filter(b.AuthorID.EqExpr(a.ID))))).All(ctx, s)
}

// How do I use the one value of a query?
//
// It may be NULL, so it is of the kind that may be. The kind's operators are there.
func (Questions) Scalar(ctx context.Context, s *session.Session) (any, error) {
	mean := expr.Scalar(expr.Avg(b.Price), query.From(b))
	return query.Select2(b.Title, b.Price).Filter(b.Price.GtExpr(mean)).OrderBy(b.ID).All(ctx, s)
}

// How do I select a value of another table for each row?
func (Questions) ScalarOfEach(ctx context.Context, s *session.Session) (any, error) {
	last := expr.Scalar(expr.Max(o.Placed), query.From(o).Filter(o.CustomerID.EqExpr(c.ID)))
	return query.Select2(c.Name, last).OrderBy(c.ID).All(ctx, s)
}

// How do I compare with all values of a query (ANY, ALL)?
func (Questions) AllOf(ctx context.Context, s *session.Session) (any, error) {
	ofHerbert := query.From(b).Filter(b.AuthorID.Eq(2))
	other := model.Alias(Books, "other")
	return query.Select(other.Title).Filter(other.Price.GtExpr(expr.AllOf(b.Price, ofHerbert))).All(ctx, s)
}

// How do I read the table of the statement around anew?
//
// Under another name, as in SQL.
func (Questions) SameTableInside(ctx context.Context, s *session.Session) (any, error) {
	same := model.Alias(Customers, "same")
	neighbours := query.From(same).Filter(same.City.EqExpr(c.City), same.ID.NeExpr(c.ID))
	return query.Select(c.Name).Filter(expr.Exists(neighbours)).OrderBy(c.ID).All(ctx, s)
}

// How do I get an array of a query's rows?
func (Questions) ArrayOfRows(ctx context.Context, s *session.Session) (any, error) {
	titles := expr.ArrayRows(b.Title, query.From(b).Filter(b.AuthorID.EqExpr(a.ID)).OrderBy(b.ID))
	return query.Select2(a.Name, expr.Cardinality(titles)).OrderBy(a.ID).All(ctx, s)
}
