package query

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
)

// ErrPrepared is found by errors.Is in the error of a prepared query that changes rows: its defaults would be those of the moment when
// it was written.
var ErrPrepared = errors.New("query: a prepared query cannot change rows")

// Prepare returns a query without parameters that is written once and run many times; for those with parameters see [Prepare1].
func Prepare[R any](q RowsOf[R]) Prepared[R] {
	return Prepared[R]{once: &preparing[R]{build: func([]*arg.Param) RowsOf[R] { return q }}}
}

// Prepared is a prepared query with its arguments, of which R is the Go type of the rows. It can be run any number of times, by several
// goroutines; its SQL is written when it is run for the first time, and not again. Its zero value is an error.
type Prepared[R any] struct {
	once *preparing[R]
	args []any // a Ref for each parameter
}

// preparing is a query with parameters, and what was written of it so far.
type preparing[R any] struct {
	build func([]*arg.Param) RowsOf[R]

	mu      sync.RWMutex
	written map[variant]*written
}

// variant is what changes the text of a prepared query.
type variant struct {
	most int64  // the limit that First and One want; 0: none
	wide uint16 // the parameters whose integers are beyond the type integer

	schema string // of tables whose mapping names none
}

// maxVariants is how many texts of a query are kept; a program with ever new schemas starts afresh.
const maxVariants = 1024

// written is a statement as it is sent, with a *arg.Param where an argument belongs. It is never changed.
type written struct {
	st   ast.Statement
	out  output
	text []byte
	args []any

	writes bool // it may change rows
	plain  bool // it reads and does nothing else
	newest sqlw.Feature
	err    error
}

func (p Prepared[R]) written(most int64, schema string) *written {
	if p.once == nil {
		return &written{err: stmt.ErrEmpty}
	}
	v := variant{most: most, schema: schema}
	for i, a := range p.args {
		if arg.Cast(a) != "" {
			v.wide |= 1 << i
		}
	}
	p.once.mu.RLock()
	known := p.once.written[v]
	p.once.mu.RUnlock()
	if known != nil {
		return known
	}
	p.once.mu.Lock()
	defer p.once.mu.Unlock()
	if known = p.once.written[v]; known != nil {
		return known
	}
	if p.once.written == nil || len(p.once.written) >= maxVariants {
		p.once.written = map[variant]*written{}
	}
	known = p.write(most, schema)
	if known.err == nil { // a mistake may be mended: a schema that is made later
		p.once.written[v] = known
	}
	return known
}

func (p Prepared[R]) write(most int64, schema string) *written {
	params := make([]*arg.Param, len(p.args))
	for i, a := range p.args {
		params[i] = &arg.Param{At: i, Cast: arg.Cast(a)}
	}
	q := p.once.build(params)
	if ast.IsNil(q) {
		return &written{err: ast.ErrNil}
	}
	t := &written{st: q.CupelStatement(), out: q.output()}
	switch st := t.st.(type) {
	case *stmt.Select:
		t.st = atMost(*st, most)
	case *stmt.SetOp:
		t.st = atMost(*st, most)
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Open()
	w.In(schema)
	t.st.AppendSQL(w)
	w.Apart()
	t.writes, t.plain, t.newest = w.Changes(), w.OnlyReads(), w.Newest()
	if t.err = w.Err(); t.err == nil && t.writes && !isText(t.st) {
		t.err = ErrPrepared
	}
	t.text, t.args = slices.Clone(w.Bytes()), slices.Clone(w.Values())
	return t
}

// atMost returns a statement with a limit lowered to most; 0 is none.
func atMost[S any, P interface {
	*S
	ast.Statement
	AtMost(int64)
}](st S, most int64) ast.Statement {
	if most > 0 {
		P(&st).AtMost(most)
	}
	return P(&st)
}

func isText(st ast.Statement) bool {
	_, is := st.(*stmt.Text)
	return is
}

// source is the prepared query as what rows come from.
func (p Prepared[R]) source(r Runner, most int64) source {
	t := p.written(most, run.SchemaOf(r))
	return source{st: t.st, out: &t.out, written: t, given: p.args}
}

// All returns every row; an empty slice when there is none.
func (p Prepared[R]) All(ctx context.Context, r Runner) ([]R, error) {
	return allOf[R](ctx, r, p.source(r, 0))
}

// First returns the first row, with LIMIT 1; of a [Statement], LIMIT is for its text to say. No row is [ErrNoRows].
func (p Prepared[R]) First(ctx context.Context, r Runner) (R, error) {
	s := p.source(r, 1)
	f, err := fewest[R](ctx, r, s, 1)
	if err == nil && f.n == 0 {
		err = s.written.miscounted(ErrNoRows)
	}
	return f.first, err
}

// One returns the only row. No row is [ErrNoRows], more than one is [ErrManyRows]; at most two are read.
func (p Prepared[R]) One(ctx context.Context, r Runner) (R, error) {
	s := p.source(r, 2)
	f, err := fewest[R](ctx, r, s, 2)
	switch {
	case err != nil:
	case f.n == 0:
		err = s.written.miscounted(ErrNoRows)
	case f.n > 1:
		err = s.written.miscounted(ErrManyRows)
	default:
		return f.first, nil
	}
	var zero R
	return zero, err
}

// OneOrNone is [Query.OneOrNone].
func (p Prepared[R]) OneOrNone(ctx context.Context, r Runner) (row R, ok bool, err error) {
	return orNone(p.One(ctx, r))
}

// FirstOrNone is [Query.FirstOrNone].
func (p Prepared[R]) FirstOrNone(ctx context.Context, r Runner) (row R, ok bool, err error) {
	return orNone(p.First(ctx, r))
}

// Iter streams the rows, as [Query.Iter] does.
func (p Prepared[R]) Iter(ctx context.Context, r Runner) iter.Seq2[R, error] {
	return eachOf[R](ctx, r, p.source(r, 0))
}

// SQL returns the query's text with $1, $2 …, its arguments, and the first mistake in it.
func (p Prepared[R]) SQL() (string, []any, error) {
	t := p.written(0, "")
	if t.err != nil {
		return "", nil, t.err
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Give(t.args, p.args)
	return string(t.text), w.Args(), nil
}

// String returns the query's text for people; it is the text that is sent. A mistake is printed as "!(…)".
func (p Prepared[R]) String() string {
	t := p.written(0, "")
	if t.err != nil {
		return fmt.Sprintf("!(%v)", t.err)
	}
	return string(t.text)
}

func (t *written) miscounted(err error) error {
	return &RowCountError{SQL: strings.ReplaceAll(string(t.text), " \n", " "), Err: err}
}
