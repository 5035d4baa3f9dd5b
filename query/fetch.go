package query

import (
	"context"
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// All gives every row; an empty slice when there is none.
func (q Query[R]) All(ctx context.Context, r Runner) ([]R, error) {
	rows := make([]R, 0, 8)
	err := q.sel.run(ctx, r, reflect.TypeFor[R](), func() mem.Ptr {
		var zero R
		rows = append(rows, zero)
		return mem.Of(&rows[len(rows)-1])
	}, nil)
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// First gives the first row, with LIMIT 1. No row is [ErrNoRows]. Without OrderBy the database chooses.
func (q Query[R]) First(ctx context.Context, r Runner) (R, error) {
	q.sel.atMost(1)
	row, n, err := q.few(ctx, r)
	if err == nil && n == 0 {
		err = q.sel.errorOf(ErrNoRows)
	}
	return row, err
}

// One gives the only row. No row is [ErrNoRows], more than one is [ErrManyRows]; at most two are read.
func (q Query[R]) One(ctx context.Context, r Runner) (R, error) {
	q.sel.atMost(2)
	row, n, err := q.few(ctx, r)
	switch {
	case err != nil:
	case n == 0:
		err = q.sel.errorOf(ErrNoRows)
	case n > 1:
		err = q.sel.errorOf(ErrManyRows)
	}
	if err != nil {
		var zero R
		return zero, err
	}
	return row, nil
}

// few gives the first row and the number of rows.
func (q Query[R]) few(ctx context.Context, r Runner) (R, int, error) {
	var first, other R
	n := 0
	err := q.sel.run(ctx, r, reflect.TypeFor[R](), func() mem.Ptr {
		n++
		if n == 1 {
			return mem.Of(&first)
		}
		return mem.Of(&other)
	}, nil)
	if err != nil {
		var zero R
		return zero, 0, err
	}
	return first, n, nil
}

// Iter streams the rows in constant memory. The loop body must not use the same session: its connection is busy until
// the loop ends. An error is the last pair. Leaving the loop early is fine.
func (q Query[R]) Iter(ctx context.Context, r Runner) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var row, zero R
		stopped := false
		err := q.sel.run(ctx, r, reflect.TypeFor[R](), func() mem.Ptr {
			row = zero
			return mem.Of(&row)
		}, func() bool {
			stopped = !yield(row, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(zero, err)
		}
	}
}

// Count gives the number of rows that the query gives, LIMIT and DISTINCT included:
// "SELECT count(*) FROM (SELECT …) AS counted".
func (q Query[R]) Count(ctx context.Context, r Runner) (int64, error) {
	outer := selection{wrapped: &wrapped{head: "SELECT count(*) \nFROM (", query: &q.sel, tail: ") AS counted"}}
	return one[int64](ctx, r, &outer)
}

// Exists tells whether the query gives a row: "SELECT EXISTS (SELECT …)".
func (q Query[R]) Exists(ctx context.Context, r Runner) (bool, error) {
	outer := selection{wrapped: &wrapped{head: "SELECT EXISTS (", query: &q.sel, tail: ")"}}
	return one[bool](ctx, r, &outer)
}

// wrapped is a SELECT inside another whose text is fixed.
type wrapped struct {
	head, tail string
	query      *selection
}

func (x *wrapped) appendSQL(w *sqlw.Writer) {
	w.Text(x.head)
	x.query.appendSQL(w)
	w.Text(x.tail)
}

func one[T any](ctx context.Context, r Runner, s *selection) (T, error) {
	var v T
	s.slots = []run.Slot{{Type: reflect.TypeFor[T]()}}
	s.options = s.wrapped.query.options
	err := s.run(ctx, r, reflect.TypeFor[T](), func() mem.Ptr { return mem.Of(&v) }, nil)
	return v, err
}

// atMost lowers the limit to n rows.
func (s *selection) atMost(n int64) {
	if s.limit != nil {
		if have, ok := s.limit.Value.(int64); ok && have <= n {
			return
		}
	}
	s.limit = &ast.Literal{Value: n}
}

// run renders the statement and has r run it.
func (s *selection) run(ctx context.Context, r Runner, t reflect.Type, row func() mem.Ptr, done func() bool) error {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	s.appendSQL(w)
	if err := w.Err(); err != nil {
		return err
	}
	return r.CupelRun(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Tables: s.reads(), Items: s.items,
		Slots: s.slots, Type: t, Row: row, Done: done, Options: s.options,
	})
}

// reads gives the tables that the statement reads.
func (s *selection) reads() []*ast.Table {
	if s.wrapped != nil {
		return s.wrapped.query.reads()
	}
	if s.write != nil {
		return s.write.reads()
	}
	var set tableSet
	for _, t := range s.tables {
		set.add(t)
	}
	set.visitAll(s.items)
	set.visitAll(s.where)
	for _, j := range s.joins {
		set.add(j.table)
	}
	return slices.Clone(set.tables)
}

func (s *selection) errorOf(err error) error {
	text, _, _ := render(s, sqlw.Numbered)
	return &StatementError{SQL: strings.ReplaceAll(text, " \n", " "), Err: err}
}
