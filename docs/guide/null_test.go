package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I find NULLs?
//
// `Eq` of nothing is not possible: the operand of a column that may be NULL is a value, not a pointer.
func (Questions) IsNull(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Filter(b.Year.IsNull()).OrderBy(b.ID).All(ctx, s)
}

// How do I filter by a pointer that may be nil?
//
// `Is` renders `= $1` of a value and `IS NULL` of nil; `IsNot` is its opposite, and keeps the rows where the column is NULL.
func (Questions) MaybeNil(ctx context.Context, s *session.Session) (any, error) {
	var email *string
	return query.Select(c.Name).Filter(c.Email.Is(email)).All(ctx, s)
}

// Why does Ne leave out the rows with NULL?
//
// Because SQL does: NULL is unknown, and so is its comparison with anything. `IsDistinctFrom` counts NULL as a value of its own.
func (Questions) NotEqual(ctx context.Context, s *session.Session) (any, error) {
	ne, err := query.Select(b.Title).Filter(b.Year.Ne(1965)).OrderBy(b.ID).All(ctx, s)
	if err != nil {
		return ne, err
	}
	return query.Select(b.Title).Filter(b.Year.IsDistinctFrom(1965)).OrderBy(b.ID).All(ctx, s)
}

// How do I read a default in the place of NULL?
//
// `Coalesce` with a value is never NULL, so it is read as an `int64`; `CoalesceExpr` of columns that may be NULL may be NULL.
func (Questions) Coalesce(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, expr.Coalesce(b.Year, 0)).OrderBy(b.ID).All(ctx, s)
}

// How do I select NULL?
func (Questions) SelectNull(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(a.Name, expr.Nullable[string](nil)).OrderBy(a.ID).Limit(1).All(ctx, s)
}
