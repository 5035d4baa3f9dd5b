package guide_test

import (
	"context"

	"github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I write a part of a query as SQL text?
//
// A `?` stands for an argument, `??` for a question mark; with `expr.Named{"n": 1}` as the only argument, `@n` does. An argument that is an expression is written in its place, and its tables are seen. The text must never hold a value
// from outside.
func (Questions) RawExpression(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Filter(expr.Raw[expr.Predicate]("num_nulls(?, ?) > ?", b.Year, b.AuthorID, 1)).All(ctx, s)
}

// How do I write a whole statement as SQL text?
//
// Its type of a row is yours to name: a value, or a `Row2` to `Row16`.
func (Questions) RawStatement(ctx context.Context, s *session.Session) (any, error) {
	return query.Raw[query.Row2[string, int64]]("SELECT city, count(*) FROM customer WHERE id < ? GROUP BY 1 ORDER BY 1", 4).All(ctx, s)
}

// How do I read the rows of SQL text into a struct?
//
// By the names of the columns: `orders` is the field `Orders`. A column without a field, and a field without a column, is an error.
func (Questions) RawStruct(ctx context.Context, s *session.Session) (any, error) {
	type stat struct {
		Name   string
		Orders int64
	}
	return query.RawAs[stat]("SELECT name, (SELECT count(*) FROM orders WHERE customer_id = c.id) AS orders FROM customer c WHERE city = ? ORDER BY id", "Berlin").All(ctx, s)
}

// How do I read objects by SQL text?
//
// The columns are those of the table struct, in its order.
func (Questions) RawObjects(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(a).FromRaw("SELECT id, name, born FROM author WHERE born < ? ORDER BY id", 1925).All(ctx, s)
}

// How do I run SQL text that returns no row?
func (Questions) RawExec(ctx context.Context, s *session.Session) (any, error) {
	return query.ExecRaw(ctx, s, "UPDATE customer SET city = upper(city) WHERE id = ?", 1)
}

// How do I use squirrel's conditions?
func (Questions) SquirrelCondition(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(c.Name).Filter(expr.Where(squirrel.Like{"customer.email": "ada%"})).All(ctx, s)
}

// How do I use a typed condition in squirrel?
//
// Every expression and every statement is a `squirrel.Sqlizer`.
func (Questions) InSquirrel(ctx context.Context, s *session.Session) (any, error) {
	builder := squirrel.Select("name").From("customer").Where(c.City.Eq("Berlin")).OrderBy("id")
	return query.Sqlizer[string](builder).All(ctx, s)
}
