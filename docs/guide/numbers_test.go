package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I calculate?
//
// `Plus`, `Minus`, `Times`, `Over` and `Mod` take values, their Expr twins columns: of a decimal any integer or decimal column, since PostgreSQL computes with both exactly. A result that
// is made of two expressions is read into a pointer, unless `Coalesce` says what NULL is.
func (Questions) Calculate(ctx context.Context, s *session.Session) (any, error) {
	total := l.Price.TimesExpr(l.Quantity)
	return query.Select3(l.OrderID, l.BookID, total).Filter(total.Gt("10")).OrderBy(l.OrderID, l.BookID).All(ctx, s)
}

// How do I compare a decimal?
//
// With the column's Go type: a text for `expr.Decimal`, whatever V is for `expr.DecimalOf[V, V]`. There, `p.Price.Text().Gt("9.99")` takes a text all the same.
func (Questions) Decimals(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, expr.RoundTo(b.Price.Times("1.19"), 2)).Filter(b.Price.Between("8", "10")).OrderBy(b.ID).All(ctx, s)
}

// How do I round up and down?
//
// What PostgreSQL computes of a column of one type in another one is said by `expr.CastTo`.
func (Questions) Rounding(ctx context.Context, s *session.Session) (any, error) {
	half := expr.CastTo[expr.Decimal](b.ID).Over("2")
	return query.Select3(b.ID, expr.Floor(half), expr.Ceil(half)).OrderBy(b.ID).Limit(2).All(ctx, s)
}

// How do I get the greatest of several values?
//
// `Greatest` and `Least` are of a row; `Max` and `Min` of many.
func (Questions) Greatest(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(l.OrderID, expr.Greatest(l.Quantity, l.Quantity.Const(2))).OrderBy(l.OrderID, l.BookID).Limit(3).All(ctx, s)
}
