package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I update rows?
//
// Without a `Filter` it is an error, unless `Everywhere` says that all rows are meant. The session's objects follow.
func (Questions) Update(ctx context.Context, s *session.Session) (any, error) {
	return query.Update(b).Set(b.Price.ToExpr(b.Price.Times("0.9"))).Filter(b.Year.Lt(1970)).Exec(ctx, s)
}

// What if I forget the filter?
func (Questions) UpdateUnfiltered(ctx context.Context, s *session.Session) (any, error) {
	_, err := query.Update(b).Set(b.Price.To("0")).Exec(ctx, s)
	return err, nil
}

// How do I update only what the user has sent?
//
// Assignments are values, too. `ToPtr` sets NULL where the pointer is nil.
func (Questions) UpdateOptional(ctx context.Context, s *session.Session) (any, error) {
	var email *string
	set := []expr.Assignment{c.Email.ToPtr(email)}
	if city := "Rome"; city != "" {
		set = append(set, c.City.To(city))
	}
	return query.Update(c).Set(set...).Filter(c.ID.Eq(1)).Exec(ctx, s)
}

// How do I update from another table?
//
// A table that only `Set` or `Filter` mention is in FROM.
func (Questions) UpdateFrom(ctx context.Context, s *session.Session) (any, error) {
	return query.Update(l).Set(l.Price.ToExpr(b.Price)).Filter(l.BookID.EqExpr(b.ID), b.Title.Eq("Dune")).Exec(ctx, s)
}

// How do I set a column from a subquery?
func (Questions) UpdateFromSubquery(ctx context.Context, s *session.Session) (any, error) {
	last := expr.Scalar(expr.Max(o.Note), query.From(o).Filter(o.CustomerID.EqExpr(c.ID)))
	return query.Update(c).Set(c.Email.ToExpr(last)).Filter(c.ID.Eq(2)).Exec(ctx, s)
}

// How do I update many rows to a value each?
//
// With a list of values as a table. Objects that were changed are written so by themselves.
func (Questions) UpdateEach(ctx context.Context, s *session.Session) (any, error) {
	id, price := query.Define[expr.Int]("id"), query.Define[expr.Decimal]("price")
	now := query.Values2("now", id, price, query.Row2[int64, string]{V1: 1, V2: "10.50"}, query.Row2[int64, string]{V1: 2, V2: "8.75"})
	return query.Update(b).Set(b.Price.ToExpr(query.Col(now, price))).Filter(b.ID.EqExpr(query.Col(now, id))).Exec(ctx, s)
}

// How do I delete rows, and read what they were?
func (Questions) Delete(ctx context.Context, s *session.Session) (any, error) {
	gone := query.Delete(l).Filter(l.OrderID.Eq(3))
	return query.Returning2(gone, l.BookID, l.Quantity).All(ctx, s)
}

// How do I delete rows by what another table has?
func (Questions) DeleteUsing(ctx context.Context, s *session.Session) (any, error) {
	return query.Delete(l).Filter(l.OrderID.EqExpr(o.ID), o.Status.Eq("cancelled")).Exec(ctx, s)
}

// How do I merge one table into another?
//
// PostgreSQL has MERGE from version 15 on. Of the clauses that a row meets, the first holds.
func (Questions) Merge(ctx context.Context, s *session.Session) (any, error) {
	book, n := query.Define[expr.Int]("book"), query.Define[expr.Int32]("n")
	in := query.Values2("incoming", book, n, query.Row2[int64, int32]{V1: 1, V2: 0}, query.Row2[int64, int32]{V1: 2, V2: 4})
	return query.Merge(l).Using(in, l.OrderID.Eq(1), l.BookID.EqExpr(query.Col(in, book))).
		WhenMatched(query.Col(in, n).Eq(0)).Delete().
		WhenMatched().Update(l.Quantity.ToExpr(query.Col(in, n))).
		WhenNotMatched().Insert(l.OrderID.To(1), l.BookID.ToExpr(query.Col(in, book)), l.Quantity.ToExpr(query.Col(in, n)), l.Price.To("8.50")).
		Exec(ctx, s)
}
