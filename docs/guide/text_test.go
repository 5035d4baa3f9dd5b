package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I search a part of a text?
//
// `Contains`, `HasPrefix` and `HasSuffix` take the text as it is: `%` and `_` in it stand for themselves. For upper and lower case the same, see `ILike`.
func (Questions) ContainsText(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Filter(b.Title.Contains("Dis")).All(ctx, s)
}

// How do I match a pattern?
//
// Each has its opposite: `NotLike`, `NotILike`, `NotMatch`.
func (Questions) Patterns(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Filter(b.Title.ILike("the %"), b.Title.Match("(y|d)$")).OrderBy(b.ID).All(ctx, s)
}

// How do I match any of several patterns?
func (Questions) AnyPattern(ctx context.Context, s *session.Session) (any, error) {
	patterns := expr.Val([]string{"D%", "B%"})
	return query.Select(b.Title).Filter(b.Title.LikeExpr(expr.Any[string](patterns))).OrderBy(b.ID).All(ctx, s)
}

// How do I put texts together, or cut them?
//
// `Concat` of a text renders `||`, which is NULL where a part is; `expr.Concat` leaves NULLs out.
func (Questions) PutTogether(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(
		expr.Upper(expr.Left(a.Name, 3)),
		expr.Concat(a.Name, expr.Val(", "), a.Born),
	).OrderBy(a.ID).All(ctx, s)
}

// How do I call a function that has no Go name?
//
// With the kind of its result, which brings the kind's operators. Name the one that may be NULL, `NullText`, where it may be; Go values go in through `expr.Val`.
func (Questions) AnyFunction(ctx context.Context, s *session.Session) (any, error) {
	slug := expr.Func[expr.Text]("translate", expr.Lower(b.Title), expr.Val(" "), expr.Val("-"))
	return query.Select(slug).Filter(slug.HasPrefix("the-")).OrderBy(b.ID).All(ctx, s)
}

// How do I choose a text by a condition?
func (Questions) Case(ctx context.Context, s *session.Session) (any, error) {
	size := expr.Case[expr.Text]().When(b.Price.Lt("7"), "cheap").When(b.Price.Lt("10"), "fair").Else("dear")
	return query.Select2(b.Title, size).OrderBy(b.ID).All(ctx, s)
}

// How do I sort by the rules of a language?
func (Questions) Collate(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).OrderBy(b.Title.Collate("C").Desc()).Limit(2).All(ctx, s)
}
