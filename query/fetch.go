package query

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// source is the query as what rows come from.
func (q *Query[R]) source() source { return source{st: &q.sel, out: &q.out} }

// All returns every row; an empty slice when there is none.
func (q Query[R]) All(ctx context.Context, r Runner) ([]R, error) {
	return allOf[R](ctx, r, q.source())
}

// First returns the first row, with LIMIT 1. No row is [ErrNoRows]. Without OrderBy the database chooses.
func (q Query[R]) First(ctx context.Context, r Runner) (R, error) {
	q.sel.AtMost(1)
	f, err := fewOf[R](ctx, r, q.source())
	if err == nil && f.n == 0 {
		err = miscounted(&q.sel, ErrNoRows)
	}
	return f.first, err
}

// One returns the only row. No row is [ErrNoRows], more than one is [ErrManyRows]; at most two are read.
func (q Query[R]) One(ctx context.Context, r Runner) (R, error) {
	q.sel.AtMost(2)
	f, err := fewOf[R](ctx, r, q.source())
	if err == nil {
		err = oneOf(&q.sel, f.n)
	}
	if err != nil {
		var zero R
		return zero, err
	}
	return f.first, nil
}

// OneOrNone returns the only row, and whether there is one. More than one is [ErrManyRows].
//
//	c, ok, err := query.Select(Customers).Filter(Customers.Email.Eq(email)).OneOrNone(ctx, s)
func (q Query[R]) OneOrNone(ctx context.Context, r Runner) (row R, ok bool, err error) {
	return orNone(q.One(ctx, r))
}

// FirstOrNone returns the first row, with LIMIT 1, and whether there is one.
func (q Query[R]) FirstOrNone(ctx context.Context, r Runner) (row R, ok bool, err error) {
	return orNone(q.First(ctx, r))
}

func orNone[R any](row R, err error) (R, bool, error) {
	if errors.Is(err, ErrNoRows) {
		var zero R
		return zero, false, nil
	}
	return row, err == nil, err
}

// Iter streams the rows: no more than a few are in memory at once, but that a session keeps the objects that it reads; see
// [Query.NoTracking]. The loop body must not use the same session: its connection is busy until
// the loop ends. An error is the last pair. Leaving the loop early is fine.
func (q Query[R]) Iter(ctx context.Context, r Runner) iter.Seq2[R, error] {
	return eachOf[R](ctx, r, q.source())
}

func eachOf[R any](ctx context.Context, r Runner, s source) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		if len(s.out.loads) > 0 {
			var zero R
			yield(zero, fmt.Errorf("%w: with Iter; use All, or Pages", ErrLoad))
			return
		}
		e := &eachRow[R]{yield: yield}
		if err := s.run(ctx, r, reflect.TypeFor[R](), e); err != nil && !e.stopped {
			var zero R
			yield(zero, err)
		}
	}
}

// Count returns the number of rows that the query returns, LIMIT and DISTINCT included:
// "SELECT count(*) FROM (SELECT …) AS counted".
func (q Query[R]) Count(ctx context.Context, r Runner) (int64, error) {
	return one[int64](ctx, r, stmt.Count(&q.sel), q.out)
}

// Exists reports whether the query returns a row: "SELECT EXISTS (SELECT …)".
func (q Query[R]) Exists(ctx context.Context, r Runner) (bool, error) {
	return one[bool](ctx, r, stmt.Exists(&q.sel), q.out)
}

// one runs a statement of one value, in the way of another.
func one[T any](ctx context.Context, r Runner, st ast.Statement, as output) (T, error) {
	f, err := fewOf[T](ctx, r, source{st: st, out: &output{options: as.options}})
	return f.first, err
}
