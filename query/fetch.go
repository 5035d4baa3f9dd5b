package query

import (
	"context"
	"iter"
	"reflect"
	"strings"
	"sync"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// allRows collects rows.
type allRows[R any] struct{ rows []R }

// Next gives the memory for a row.
func (a *allRows[R]) Next() mem.Ptr {
	var zero R
	a.rows = append(a.rows, zero)
	return mem.Of(&a.rows[len(a.rows)-1])
}

// Done goes on.
func (a *allRows[R]) Done() bool { return true }

// All gives every row; an empty slice when there is none.
func (q Query[R]) All(ctx context.Context, r Runner) ([]R, error) {
	return allOf[R](ctx, r, &q.sel)
}

func allOf[R any](ctx context.Context, r Runner, s *selection) ([]R, error) {
	t := reflect.TypeFor[R]()
	if t.Kind() == reflect.Pointer {
		return allPointers[R](ctx, r, s, t)
	}
	a := &allRows[R]{rows: []R{}}
	if err := s.run(ctx, r, t, a); err != nil {
		return nil, err
	}
	return a.rows, nil
}

// pointerRows collects rows of one pointer: of entities, and of a nullable value.
type pointerRows struct{ rows []mem.Ptr }

// scratches are pointerRows that are not in use, empty.
var scratches = sync.Pool{New: func() any { return new(pointerRows) }}

// Next gives the memory for a row.
func (p *pointerRows) Next() mem.Ptr {
	p.rows = append(p.rows, nil)
	return mem.Of(&p.rows[len(p.rows)-1])
}

// Done goes on.
func (p *pointerRows) Done() bool { return true }

// allPointers collects rows of the pointer type R in memory that is used again, and copies them once, so that a result is
// one allocation of its exact size.
func allPointers[R any](ctx context.Context, r Runner, s *selection, t reflect.Type) ([]R, error) {
	p, _ := scratches.Get().(*pointerRows)
	defer func() {
		const keep = 64 << 10
		if clear(p.rows); cap(p.rows) <= keep {
			p.rows = p.rows[:0]
			scratches.Put(p)
		}
	}()
	if err := s.run(ctx, r, t, p); err != nil {
		return nil, err
	}
	return mem.Slice[R](append(make([]mem.Ptr, 0, len(p.rows)), p.rows...)), nil
}

// First gives the first row, with LIMIT 1. No row is [ErrNoRows]. Without OrderBy the database chooses.
func (q Query[R]) First(ctx context.Context, r Runner) (R, error) {
	q.sel.atMost(1)
	f, err := fewOf[R](ctx, r, &q.sel)
	if err == nil && f.n == 0 {
		err = q.sel.errorOf(ErrNoRows)
	}
	return f.first, err
}

// One gives the only row. No row is [ErrNoRows], more than one is [ErrManyRows]; at most two are read.
func (q Query[R]) One(ctx context.Context, r Runner) (R, error) {
	q.sel.atMost(2)
	f, err := fewOf[R](ctx, r, &q.sel)
	if err == nil {
		err = q.sel.oneOf(f.n)
	}
	if err != nil {
		var zero R
		return zero, err
	}
	return f.first, nil
}

// oneOf gives the error of n rows where there should be one.
func (s *selection) oneOf(n int) error {
	switch n {
	case 0:
		return s.errorOf(ErrNoRows)
	case 1:
		return nil
	}
	return s.errorOf(ErrManyRows)
}

// fewRows keeps the first row and counts all.
type fewRows[R any] struct {
	first, other R
	n            int
}

// Next gives the memory for a row.
func (f *fewRows[R]) Next() mem.Ptr {
	if f.n++; f.n == 1 {
		return mem.Of(&f.first)
	}
	return mem.Of(&f.other)
}

// Done goes on.
func (f *fewRows[R]) Done() bool { return true }

func fewOf[R any](ctx context.Context, r Runner, s *selection) (*fewRows[R], error) {
	f := &fewRows[R]{}
	if err := s.run(ctx, r, reflect.TypeFor[R](), f); err != nil {
		return &fewRows[R]{}, err
	}
	return f, nil
}

// eachRow gives rows to a loop.
type eachRow[R any] struct {
	row     R
	yield   func(R, error) bool
	stopped bool
}

// Next gives the memory for a row.
func (e *eachRow[R]) Next() mem.Ptr {
	var zero R
	e.row = zero
	return mem.Of(&e.row)
}

// Done gives the row to the loop.
func (e *eachRow[R]) Done() bool {
	e.stopped = !e.yield(e.row, nil)
	return !e.stopped
}

// Iter streams the rows in constant memory. The loop body must not use the same session: its connection is busy until
// the loop ends. An error is the last pair. Leaving the loop early is fine.
func (q Query[R]) Iter(ctx context.Context, r Runner) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		e := &eachRow[R]{yield: yield}
		if err := q.sel.run(ctx, r, reflect.TypeFor[R](), e); err != nil && !e.stopped {
			var zero R
			yield(zero, err)
		}
	}
}

// Count gives the number of rows that the query gives, LIMIT and DISTINCT included:
// "SELECT count(*) FROM (SELECT …) AS counted".
func (q Query[R]) Count(ctx context.Context, r Runner) (int64, error) {
	return one[int64](ctx, r, &wrapped{head: "SELECT count(*) \nFROM (", query: &q.sel, tail: ") AS counted"})
}

// Exists tells whether the query gives a row: "SELECT EXISTS (SELECT …)".
func (q Query[R]) Exists(ctx context.Context, r Runner) (bool, error) {
	return one[bool](ctx, r, &wrapped{head: "SELECT EXISTS (", query: &q.sel, tail: ")"})
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

func one[T any](ctx context.Context, r Runner, x *wrapped) (T, error) {
	f, err := fewOf[T](ctx, r, &selection{options: x.query.options, more: &rare{wrapped: x}})
	return f.first, err
}

// atMost lowers the limit to n.
func (s *selection) atMost(n int64) {
	if !s.limit.set || s.limit.n > n {
		s.limit = bound{n, true}
	}
}

// run renders the statement and has r run it.
func (s *selection) run(ctx context.Context, r Runner, t reflect.Type, rows run.Rows) error {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	s.appendSQL(w)
	if err := w.Err(); err != nil {
		return err
	}
	about := run.Tables(s)
	if s.rare().whole != nil {
		about = run.Anything{}
	}
	req := &run.Request{
		Text: w.Bytes(), Args: w.Values(), Tables: about, Items: s.items, Slots: s.slots(t), Type: t, Rows: rows, Options: s.options,
	}
	if d, ok := s.rare().write.(*DeleteStatement); ok {
		req.Deletes = d.table
	}
	return r.CupelRun(ctx, req)
}

// slots returns the places of a row of type t.
func (s *selection) slots(t reflect.Type) []run.Slot {
	if s.shape != nil {
		return s.shape.Slots
	}
	return []run.Slot{{Entity: s.entity, Type: t}}
}

// Reads gives the tables that the statement reads.
func (s *selection) Reads() []*ast.Table {
	r := s.rare()
	switch {
	case r.wrapped != nil:
		return r.wrapped.query.Reads()
	case r.write != nil:
		return r.write.Reads()
	}
	var set tableSet
	for _, t := range r.tables {
		set = set.add(t)
	}
	set = set.visitAll(s.items).visitAll(s.where)
	for _, j := range s.joins {
		set.tables = j.appendTables(set.tables)
		if j.on != nil {
			set = set.visit(j.on)
		}
	}
	return set.visitAll(s.group).visitAll(r.having).visitAll(s.order).read()
}

func (s *selection) errorOf(err error) error {
	text, _, _ := render(s, sqlw.Numbered)
	return &RowCountError{SQL: strings.ReplaceAll(text, " \n", " "), Err: err}
}
