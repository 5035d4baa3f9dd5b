package query

import (
	"context"
	"iter"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Compound is a set operation: the rows of several statements as one. It has no Filter, since a condition may be meant for each
// statement or for all rows: filter the statements, or make it a table with [Sub]. It can be an operand of another set operation.
type Compound[R any] struct{ rows[R] }

// Union renders "a UNION b UNION c": the rows of all, equal ones once.
func Union[R any](a, b RowsOf[R], more ...RowsOf[R]) Compound[R] {
	return compound("UNION", a, b, more)
}

// UnionAll renders "a UNION ALL b UNION ALL c": the rows of all.
func UnionAll[R any](a, b RowsOf[R], more ...RowsOf[R]) Compound[R] {
	return compound("UNION ALL", a, b, more)
}

// Intersect renders "a INTERSECT b INTERSECT c": the rows that all have, equal ones once.
func Intersect[R any](a, b RowsOf[R], more ...RowsOf[R]) Compound[R] {
	return compound("INTERSECT", a, b, more)
}

// IntersectAll renders "a INTERSECT ALL b": the rows that both have, each as often as the one that has it less often.
func IntersectAll[R any](a, b RowsOf[R], more ...RowsOf[R]) Compound[R] {
	return compound("INTERSECT ALL", a, b, more)
}

// Except renders "a EXCEPT b EXCEPT c": the rows of the first that no other has, equal ones once.
func Except[R any](a, b RowsOf[R], more ...RowsOf[R]) Compound[R] {
	return compound("EXCEPT", a, b, more)
}

// ExceptAll renders "a EXCEPT ALL b": the rows of the first, each as often as it is there more than in the others.
func ExceptAll[R any](a, b RowsOf[R], more ...RowsOf[R]) Compound[R] {
	return compound("EXCEPT ALL", a, b, more)
}

func compound[R any](op string, a, b RowsOf[R], more []RowsOf[R]) Compound[R] {
	s := &stmt.SetOp{Op: op}
	c := Compound[R]{rows[R]{text: text{s}}}
	for i, q := range append([]RowsOf[R]{a, b}, more...) {
		if ast.IsNil(q) {
			s.Fail(ast.ErrNil)
			continue
		}
		out := q.output()
		if err := out.whole(); err != nil {
			s.Fail(err)
		}
		if i == 0 {
			c.out = out
		}
		s.Parts = append(s.Parts, q.CupelStatement())
	}
	return c
}

// change returns a copy whose statement is its own.
func (c Compound[R]) change() (Compound[R], *stmt.SetOp) {
	own := &stmt.SetOp{}
	if s, ok := c.st.(*stmt.SetOp); ok {
		*own = *s
	} else {
		own.Fail(stmt.ErrEmpty)
	}
	c.st = own
	return c, own
}

// OrderBy sorts the rows: "a UNION b ORDER BY x". A key is something that the first statement selects, with or without a direction, and is
// written by the name that the rows have for it; any other is an error of the statement.
func (c Compound[R]) OrderBy(keys ...expr.Sortable) Compound[R] {
	c, s := c.change()
	s.Order = appendNodes(s.Order, keys)
	return c
}

// Limit renders "LIMIT $1" of the whole; see [Query.Limit].
func (c Compound[R]) Limit(n int) Compound[R] {
	c, s := c.change()
	b, err := count("Limit", n)
	if err != nil {
		s.Fail(err)
	}
	s.Limit = b
	return c
}

// Offset renders "OFFSET $1" of the whole; see [Query.Offset].
func (c Compound[R]) Offset(n int) Compound[R] {
	c, s := c.change()
	b, err := count("Offset", n)
	if err != nil {
		s.Fail(err)
	}
	s.Offset = b
	return c
}

// Refresh is [Query.Refresh].
func (c Compound[R]) Refresh() Compound[R] {
	c.out.options.Refresh = true
	return c
}

// NoFlush is [Query.NoFlush].
func (c Compound[R]) NoFlush() Compound[R] {
	c.out.options.NoFlush = true
	return c
}

// NoTracking is [Query.NoTracking].
func (c Compound[R]) NoTracking() Compound[R] {
	c.out.options.NoTracking = true
	return c
}

// First returns the first row, with LIMIT 1. No row is [ErrNoRows].
func (c Compound[R]) First(ctx context.Context, r Runner) (R, error) {
	c, s := c.change()
	s.AtMost(1)
	f, err := fewOf[R](ctx, r, c.source())
	if err == nil && f.n == 0 {
		err = miscounted(c.st, ErrNoRows)
	}
	return f.first, err
}

// One returns the only row. No row is [ErrNoRows], more than one is [ErrManyRows]; at most two are read.
func (c Compound[R]) One(ctx context.Context, r Runner) (R, error) {
	c, s := c.change()
	s.AtMost(2)
	f, err := fewOf[R](ctx, r, c.source())
	if err == nil {
		err = oneOf(c.st, f.n)
	}
	if err != nil {
		var zero R
		return zero, err
	}
	return f.first, nil
}

// OneOrNone is [Query.OneOrNone].
func (c Compound[R]) OneOrNone(ctx context.Context, r Runner) (row R, ok bool, err error) {
	return orNone(c.One(ctx, r))
}

// Iter streams the rows, as [Query.Iter] does.
func (c Compound[R]) Iter(ctx context.Context, r Runner) iter.Seq2[R, error] {
	return eachOf[R](ctx, r, c.source())
}

// Count returns the number of rows: "SELECT count(*) FROM (a UNION b) AS counted".
func (c Compound[R]) Count(ctx context.Context, r Runner) (int64, error) {
	return one[int64](ctx, r, stmt.Count(c.CupelStatement()), c.out)
}

// Exists reports whether there is a row: "SELECT EXISTS (a UNION b)".
func (c Compound[R]) Exists(ctx context.Context, r Runner) (bool, error) {
	return one[bool](ctx, r, stmt.Exists(c.CupelStatement()), c.out)
}
