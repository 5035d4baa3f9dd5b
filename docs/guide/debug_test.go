package guide_test

import (
	"context"
	"errors"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I see the SQL of a statement?
//
// Print it: `fmt.Println(q)`. `SQL` returns the text with its arguments for any driver, `ToSql` with `?`, and `Inline` the text with its values for a person to read, never to run.
func (Questions) Print(ctx context.Context, s *session.Session) (any, error) {
	q := query.Select(b.Title).Filter(b.Title.Like("D%"), b.Year.Gt(1960))
	return []string{q.String(), q.Inline()}, nil
}

// How do I see what a session sends?
//
// Give the engine a logger: `session.Options{Logger: slog.Default()}`. It logs each statement with its time and rows at level Debug, and its arguments with `LogArgs`. One that failed is logged at Debug too, with its error: the program is given that, and logs it where it is one. The SQL in this guide comes from there.
func (Questions) Log(ctx context.Context, s *session.Session) (any, error) {
	sql, args, err := query.Select(b.Title).Filter(b.ID.In(1, 2)).SQL()
	return []any{sql, args}, err
}

// How do I find out what is wrong with a statement?
//
// Building one never fails. A mistake that the compiler does not see is the error of `SQL`, and of running it; printed, it stands in the text.
func (Questions) Mistake(ctx context.Context, s *session.Session) (any, error) {
	q := query.Select(b.Title).Limit(-1)
	_, _, err := q.SQL()
	return err, nil
}

// How do I tell errors apart?
//
// By `errors.Is` and `errors.As`. Those of the database are types of package session, with the constraint, the table and the object: see [errors.md](../errors.md).
func (Questions) Errors(ctx context.Context, s *session.Session) (any, error) {
	_, err := query.Insert(b).Values(b.ID.To(1), b.Title.To("Emma"), b.Price.To("1"), b.Tags.To([]string{}), b.Attrs.ToExpr(expr.JSONVal(struct{}{}))).Exec(ctx, s)
	var unique *session.UniqueError
	if !errors.As(err, &unique) {
		return nil, err
	}
	return unique.Constraint, nil
}

// How do I see the plan of a statement?
//
// EXPLAIN goes before its text. On the throw-away data of a test the plan says little.
func (Questions) Explain(ctx context.Context, s *session.Session) (any, error) {
	q := query.Select(b.Title).Filter(b.ID.Eq(1))
	plan, err := query.Raw[string]("EXPLAIN (COSTS OFF) ?", q).All(ctx, s)
	return len(plan) > 0, err
}
