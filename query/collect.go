package query

import (
	"context"
	"reflect"
	"sync"

	"github.com/cupel-go/cupel/internal/mem"
)

// What takes the rows of a statement: all of them, a few, or one after the other.

// allRows collects rows.
type allRows[R any] struct{ rows []R }

// Next returns the memory for a row.
func (a *allRows[R]) Next() mem.Ptr {
	var zero R
	a.rows = append(a.rows, zero)
	return mem.Of(&a.rows[len(a.rows)-1])
}

// Done goes on.
func (a *allRows[R]) Done() bool { return true }

func allOf[R any](ctx context.Context, r Runner, s source) ([]R, error) {
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

// Next returns the memory for a row.
func (p *pointerRows) Next() mem.Ptr {
	p.rows = append(p.rows, nil)
	return mem.Of(&p.rows[len(p.rows)-1])
}

// Done goes on.
func (p *pointerRows) Done() bool { return true }

// allPointers collects rows of the pointer type R in memory that is used again, and copies them once, so that a result is
// one allocation of its exact size.
func allPointers[R any](ctx context.Context, r Runner, s source, t reflect.Type) ([]R, error) {
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

// fewRows keeps the first row and counts all.
type fewRows[R any] struct {
	first, other R
	n            int
}

// Next returns the memory for a row.
func (f *fewRows[R]) Next() mem.Ptr {
	if f.n++; f.n == 1 {
		return mem.Of(&f.first)
	}
	return mem.Of(&f.other)
}

// Done goes on.
func (f *fewRows[R]) Done() bool { return true }

func fewOf[R any](ctx context.Context, r Runner, s source) (*fewRows[R], error) {
	f := &fewRows[R]{}
	if err := s.run(ctx, r, reflect.TypeFor[R](), f); err != nil {
		return &fewRows[R]{}, err
	}
	return f, nil
}

// fewestRows keeps the first row and stops at most.
type fewestRows[R any] struct {
	fewRows[R]
	most int
}

// Done stops where enough was read.
func (f *fewestRows[R]) Done() bool { return f.n < f.most }

func fewest[R any](ctx context.Context, r Runner, s source, most int) (*fewestRows[R], error) {
	f := &fewestRows[R]{most: most}
	if err := s.run(ctx, r, reflect.TypeFor[R](), f); err != nil {
		return &fewestRows[R]{}, err
	}
	return f, nil
}

// eachRow gives rows to a loop.
type eachRow[R any] struct {
	row     R
	yield   func(R, error) bool
	stopped bool
}

// Next returns the memory for a row.
func (e *eachRow[R]) Next() mem.Ptr {
	var zero R
	e.row = zero
	return mem.Of(&e.row)
}

// Done returns the row to the loop.
func (e *eachRow[R]) Done() bool {
	e.stopped = !e.yield(e.row, nil)
	return !e.stopped
}
