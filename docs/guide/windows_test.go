package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I number rows, or rank them?
func (Questions) Rank(ctx context.Context, s *session.Session) (any, error) {
	byPrice := expr.Window{}.OrderBy(b.Price.Desc())
	return query.Select3(b.Title, expr.Over(expr.RowNumber(), byPrice), expr.Over(expr.Rank(), byPrice)).OrderBy(b.Price.Desc()).All(ctx, s)
}

// How do I get a running total?
//
// A window with an order sees the rows up to this one, and those equal to it. `Rows` says that it is this one.
func (Questions) RunningTotal(ctx context.Context, s *session.Session) (any, error) {
	upToHere := expr.Window{}.OrderBy(l.OrderID, l.BookID).Rows(expr.Unbounded(), expr.CurrentRow())
	return query.Select3(l.OrderID, l.Quantity, expr.Over(expr.Sum(l.Quantity), upToHere)).OrderBy(l.OrderID, l.BookID).All(ctx, s)
}

// How do I compare a row with the one before?
func (Questions) RowBefore(ctx context.Context, s *session.Session) (any, error) {
	before := expr.Over(expr.Lag(o.Placed), expr.Window{}.PartitionBy(o.CustomerID).OrderBy(o.Placed))
	return query.Select2(o.ID, o.Placed.SinceExpr(before)).OrderBy(o.ID).All(ctx, s)
}

// How do I get a share of the whole?
func (Questions) Share(ctx context.Context, s *session.Session) (any, error) {
	all := expr.Over(expr.Sum(b.Price))
	return query.Select2(b.Title, expr.RoundTo(b.Price.Times("100").OverExpr(all), 1)).OrderBy(b.ID).Limit(2).All(ctx, s)
}

// How do I get the first n rows of each group?
//
// A window cannot stand in WHERE: number the rows in a derived table, and filter its rows. Where there are few groups and an index, [LATERAL](#how-do-i-run-a-query-for-each-row) is faster.
func (Questions) FirstOfEach(ctx context.Context, s *session.Session) (any, error) {
	no := expr.Over(expr.RowNumber(), expr.Window{}.PartitionBy(b.AuthorID).OrderBy(b.Price.Desc())).As("no")
	ranked := query.Sub("ranked", query.Select2(b.Title, no))
	return query.Select(query.Col(ranked, b.Title)).Filter(query.Col(ranked, no).Eq(1)).OrderBy(query.Col(ranked, b.Title)).All(ctx, s)
}

// How do I name a window?
func (Questions) NamedWindow(ctx context.Context, s *session.Session) (any, error) {
	w := expr.Window{}.PartitionBy(l.OrderID).As("w")
	return query.Select3(l.OrderID, expr.Over(expr.CountAll(), w), expr.Over(expr.Max(l.Price), w)).Window(w).OrderBy(l.OrderID).Limit(3).All(ctx, s)
}

// How do I get a moving average?
func (Questions) MovingAverage(ctx context.Context, s *session.Session) (any, error) {
	around := expr.Window{}.OrderBy(b.ID).Rows(expr.Preceding(1), expr.Following(1))
	return query.Select2(b.Title, expr.RoundTo(expr.Over(expr.Avg(b.Price), around), 2)).OrderBy(b.ID).All(ctx, s)
}
