package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I combine conditions?
//
// Conditions of one `Filter`, and of several, are joined by AND. `expr.Or`, `expr.And` and `expr.Not` take any number; parentheses are set where SQL needs them.
func (Questions) AndOr(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).
		Filter(expr.Or(b.Year.Lt(1966), b.Year.Gt(1970)), b.Price.Lt("10")).
		OrderBy(b.ID).All(ctx, s)
}

// How do I filter only where the user has asked for it?
//
// `expr.Optional` takes a pointer and, where it is not nil, a condition of its value; `expr.If` takes a bool. A condition that is not set vanishes from wherever conditions
// are listed: `Filter`, `And`, `Or`, ON, HAVING. What is not set is no condition of an UPDATE, which then says that it has none.
func (Questions) Optional(ctx context.Context, s *session.Session) (any, error) {
	var form struct {
		Name, City *string
		WithEmail  bool
	}
	form.City = new("Berlin")
	return query.Select(c.Name).Filter(
		expr.Optional(form.Name, c.Name.Contains),
		expr.Optional(form.City, c.City.Eq),
		expr.If(form.WithEmail, c.Email.IsNotNull()),
	).OrderBy(c.ID).All(ctx, s)
}

// How do I keep a part of a query under a name?
//
// A condition is kept in a variable, and a function of a query in `Scope`. Conditions that every query of a table meets (deleted rows that are kept, tenants) are the
// mapping's, `model.Filter`; `Unfiltered` is the way out.
func (Questions) Scope(ctx context.Context, s *session.Session) (any, error) {
	classics := b.Tags.Contains("classic")
	cheapest := func(q query.Query[*Book]) query.Query[*Book] { return q.OrderBy(b.Price).Limit(2) }
	return query.Select(b).Filter(classics).Scope(cheapest).All(ctx, s)
}

// How do I compare two columns?
//
// Each operator has a twin that takes an expression: `EqExpr`, `GtExpr`, `InExpr` … Both sides have the same Go type, or the program does not compile.
func (Questions) CompareColumns(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Join(l).Filter(l.Price.LtExpr(b.Price)).All(ctx, s)
}

// How do I filter by a list?
//
// An empty list is no row. More than 16 values go as one array, `= ANY($1)`, so a list may be of any length, and one of another length is no new statement.
func (Questions) InList(ctx context.Context, s *session.Session) (any, error) {
	none, err := query.Select(b.Title).Filter(b.ID.In()).All(ctx, s)
	if err != nil || len(none) > 0 {
		return none, err
	}
	return query.Select(b.Title).Filter(b.ID.In(1, 4)).OrderBy(b.ID).All(ctx, s)
}

// How do I filter by an int, or a []int?
//
// A value has the Go type of the column, `int64` for `expr.Int`: constants fit by themselves. For an `int` there are `EqInt`, `NeInt`, `InInts` and `NotInInts`;
// for all else convert it.
func (Questions) Ints(ctx context.Context, s *session.Session) (any, error) {
	id, ids := 1, []int{2, 3}
	return query.Select(b.Title).Filter(expr.Or(b.ID.EqInt(id), b.ID.InInts(ids...))).OrderBy(b.ID).All(ctx, s)
}

// How do I filter by pairs of values?
func (Questions) InPairs(ctx context.Context, s *session.Session) (any, error) {
	key := expr.Tuple2(l.OrderID, l.BookID)
	return query.Select2(l.OrderID, l.Quantity).Filter(key.In(key.Row(1, 3), key.Row(3, 1))).OrderBy(l.OrderID).All(ctx, s)
}

// How do I mix a Go value with expressions?
//
// Where expressions are wanted, `x.Const(v)` is a value beside x, of its type; `expr.Const` names the kind, and `expr.Val` is for arguments of functions.
func (Questions) Mixed(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Filter(b.Year.BetweenExpr(b.Year.Const(1960), b.ID.Plus(1966))).OrderBy(b.ID).All(ctx, s)
}

// How do I use an operator that has no method?
//
// The kind of the result is yours to name, `expr.Predicate` for a condition. The operator must be one of the program's own: a text that is none is an error.
func (Questions) AnyOperator(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Filter(expr.Op[expr.Predicate](b.Title, "SIMILAR TO", expr.Val("(The|A) %"))).OrderBy(b.ID).All(ctx, s)
}
