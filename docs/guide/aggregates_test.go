package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I group and count?
//
// By the primary key of a table all its columns are known, as PostgreSQL allows. `CountAll` is `count(*)`; `Count(x)` counts where x is not NULL.
func (Questions) GroupAndCount(ctx context.Context, s *session.Session) (any, error) {
	n := expr.Count(o.ID).As("n")
	return query.Select2(c.Name, n).LeftJoin(o).GroupBy(c.ID).OrderBy(n.Desc(), c.Name).All(ctx, s)
}

// How do I filter groups?
//
// `Having` takes the aggregate itself, not its label.
func (Questions) Having(ctx context.Context, s *session.Session) (any, error) {
	n := expr.CountAll()
	return query.Select2(c.City, n).GroupBy(c.City).Having(n.Gt(1)).All(ctx, s)
}

// Why is a sum read into a pointer?
//
// Because `sum`, `max` and their kin are NULL where there is no row. `Coalesce` says what to take then.
func (Questions) SumOrZero(ctx context.Context, s *session.Session) (any, error) {
	sum := expr.Sum(l.Price.TimesExpr(l.Quantity))
	return query.Select2(sum, expr.Coalesce(sum, "0")).Filter(l.OrderID.Eq(99)).All(ctx, s)
}

// How do I count distinct values, or some rows only?
//
// `Distinct`, `Filter` and `OrderBy` are what an aggregate takes behind its operand.
func (Questions) AggregateModifiers(ctx context.Context, s *session.Session) (any, error) {
	return query.Select3(
		expr.CountAll(),
		expr.Count(c.City, expr.Distinct()),
		expr.CountAll(expr.Filter(c.Email.IsNull())),
	).All(ctx, s)
}

// How do I get columns out of rows (a pivot)?
func (Questions) Pivot(ctx context.Context, s *session.Session) (any, error) {
	by := func(st Status) expr.Int { return expr.CountAll(expr.Filter(o.Status.Eq(st))).As(string(st)) }
	return query.Select3(c.City, by("paid"), by("new")).Join(o).GroupBy(c.City).OrderBy(c.City).All(ctx, s)
}

// How do I put the values of a group into one text or array?
func (Questions) Collect(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(
		expr.StringAgg(b.Title, ", ", expr.OrderBy(b.Title)),
		expr.ArrayAgg(b.Year, expr.OrderBy(b.ID)),
	).Filter(b.Tags.Contains("scifi")).All(ctx, s)
}

// How do I get a median?
func (Questions) Median(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(expr.PercentileCont(0.5, b.Price), expr.PercentileDisc(0.5, b.Price)).All(ctx, s)
}

// How do I get totals beside the groups?
//
// In the row of a total the keys are NULL, hence `OrNull`; `GroupingOf` tells such a NULL from a column's own.
func (Questions) Totals(ctx context.Context, s *session.Session) (any, error) {
	return query.Select3(c.City.OrNull(), expr.GroupingOf(c.City), expr.CountAll()).
		GroupBy(expr.Rollup(c.City)).OrderBy(expr.GroupingOf(c.City), c.City).All(ctx, s)
}

// How do I get the row with the greatest value of each group?
//
// `DistinctOn` keeps the first row of each key, and `OrderBy`, which begins with the key, says which is first.
func (Questions) LatestOfEach(ctx context.Context, s *session.Session) (any, error) {
	return query.Select3(o.CustomerID, o.ID, o.Placed).DistinctOn(o.CustomerID).OrderBy(o.CustomerID, o.Placed.Desc()).All(ctx, s)
}
