package query

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Statement is a whole statement from elsewhere, SQL text or squirrel's, whose rows are of Go type R. Its columns are
// matched by position; their number is checked before the first row is read. A session does not know which tables it is
// about, so it flushes all pending changes before, unless NoFlush says otherwise.
type Statement[R any] struct{ sel selection }

// Raw is a whole statement as SQL text with ? for each argument and ?? for the operator ?. R is the Go type of its one
// column, or a [Row2] to [Row8] of those of several:
//
//	query.Raw[int64]("SELECT nextval('ticket')")
//	query.Raw[query.Row2[string, *int64]]("SELECT name, max(score) FROM game WHERE score < ? GROUP BY name", 100)
//
// For entities see [Query.FromRaw]. The text must never hold a value from outside.
func Raw[R any](text string, args ...any) Statement[R] { return wholeOf[R](rawText(text, args)) }

// Sqlizer is Raw of a squirrel builder: query.Sqlizer[int64](squirrel.Select("count(*)").From("customer")).
func Sqlizer[R any](s expr.SQLizer) Statement[R] { return wholeOf[R](sqlizer(s)) }

// FromRaw has the rows come from a whole statement as SQL text, for which see [Raw]. What is selected gives the types, by
// position, and an entity takes as many columns as its table has, in the order of its table struct:
//
//	query.Select(tags).FromRaw("SELECT id, name FROM tag WHERE id < ? ORDER BY random()", 3) // of *Tag
//
// A query that has more than a SELECT list is an error.
func (q Query[R]) FromRaw(text string, args ...any) Statement[R] { return q.whole(rawText(text, args)) }

// FromSqlizer is FromRaw of a squirrel builder: query.Select(tags).FromSqlizer(squirrel.Select("*").From("tag")).
func (q Query[R]) FromSqlizer(s expr.SQLizer) Statement[R] { return q.whole(sqlizer(s)) }

func sqlizer(s expr.SQLizer) ast.Node {
	if ast.IsNil(s) {
		return &ast.Bad{Err: ast.ErrNil}
	}
	return &ast.Raw{Build: s.ToSql}
}

// isRow reports whether t is a Row2 to Row8.
func isRow(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.PkgPath() == reflect.TypeFor[Row2[int, int]]().PkgPath()
}

// appendPlaces appends the places of a row that is at offset; a row within the row has its own.
func appendPlaces(to []run.Slot, offset uintptr, t reflect.Type) []run.Slot {
	if !isRow(t) {
		return append(to, run.Slot{Offset: offset, Type: t})
	}
	for i := range t.NumField() {
		to = appendPlaces(to, offset+t.Field(i).Offset, t.Field(i).Type)
	}
	return to
}

// wholeOf makes a statement whose row type alone tells the places.
func wholeOf[R any](n ast.Node) Statement[R] {
	s := selection{more: &rare{whole: n}}
	if t := reflect.TypeFor[R](); isRow(t) {
		s.shape = &ast.Shape{Slots: appendPlaces(nil, 0, t)}
	}
	return Statement[R]{s}
}

var errMoreThanItems = errors.New("query: FromRaw and FromSqlizer take the place of all but the SELECT list: Filter, Join and the like go into their text")

func (q Query[R]) whole(n ast.Node) Statement[R] {
	s := &q.sel
	r := s.rare()
	if s.joins != nil || s.where != nil || s.group != nil || s.order != nil || s.limit.set || s.offset.set || r.tables != nil ||
		r.having != nil || r.distinct || r.on != nil || r.prefix != nil || r.suffix != nil {
		s.fail(errMoreThanItems)
	}
	if len(s.items) == 0 {
		s.fail(errNoStatement)
	}
	for _, item := range s.items {
		if bad, ok := item.(*ast.Bad); ok {
			s.fail(bad.Err)
		}
	}
	s.change().whole = n
	return Statement[R](q)
}

// Refresh is [Query.Refresh].
func (s Statement[R]) Refresh() Statement[R] {
	s.sel.options.Refresh = true
	return s
}

// NoFlush is [Query.NoFlush].
func (s Statement[R]) NoFlush() Statement[R] {
	s.sel.options.NoFlush = true
	return s
}

// All gives every row; an empty slice when there is none.
func (s Statement[R]) All(ctx context.Context, r Runner) ([]R, error) {
	return allOf[R](ctx, r, &s.sel)
}

// First gives the first row and reads no further; LIMIT is for the statement to say. No row is [ErrNoRows].
func (s Statement[R]) First(ctx context.Context, r Runner) (R, error) {
	f, err := fewest[R](ctx, r, &s.sel, 1)
	if err == nil && f.n == 0 {
		err = s.sel.errorOf(ErrNoRows)
	}
	return f.first, err
}

// One gives the only row. No row is [ErrNoRows], more than one is [ErrManyRows]; at most two are read.
func (s Statement[R]) One(ctx context.Context, r Runner) (R, error) {
	f, err := fewest[R](ctx, r, &s.sel, 2)
	if err == nil {
		err = s.sel.oneOf(f.n)
	}
	if err != nil {
		var zero R
		return zero, err
	}
	return f.first, nil
}

// Iter streams the rows in constant memory, as [Query.Iter] does.
func (s Statement[R]) Iter(ctx context.Context, r Runner) iter.Seq2[R, error] {
	return Query[R](s).Iter(ctx, r)
}

// fewestRows keeps the first row and stops at most.
type fewestRows[R any] struct {
	fewRows[R]
	most int
}

// Done stops where enough was read.
func (f *fewestRows[R]) Done() bool { return f.n < f.most }

func fewest[R any](ctx context.Context, r Runner, s *selection, most int) (*fewestRows[R], error) {
	f := &fewestRows[R]{most: most}
	if err := s.run(ctx, r, reflect.TypeFor[R](), f); err != nil {
		return &fewestRows[R]{}, err
	}
	return f, nil
}

// Exec runs a whole statement of squirrel's for which no row is read, and gives the number of rows that it touched:
//
//	n, err := query.Exec(ctx, s, squirrel.Update("customer").Set("mobile", nil))
//
// A session flushes all pending changes before. The objects that it has do not follow; see [Query.Refresh].
func Exec(ctx context.Context, r Runner, s expr.SQLizer) (int64, error) {
	return execWhole(ctx, r, sqlizer(s))
}

// ExecRaw is Exec of SQL text with ? for each argument: query.ExecRaw(ctx, s, "UPDATE tag SET name = ? WHERE id = ?", "a", 1).
// The text must never hold a value from outside.
func ExecRaw(ctx context.Context, r Runner, text string, args ...any) (int64, error) {
	return execWhole(ctx, r, rawText(text, args))
}

func execWhole(ctx context.Context, r Runner, n ast.Node) (int64, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	n.AppendSQL(w)
	if err := w.Err(); err != nil {
		return 0, fmt.Errorf("query: Exec: %w", err)
	}
	req := &run.Request{Text: w.Bytes(), Args: w.Values(), Tables: run.Anything{}}
	err := r.CupelRun(ctx, req)
	return req.Affected, err
}

// SQL gives the statement's text with $1, $2 …, its arguments, and the first mistake in it.
func (s Statement[R]) SQL() (string, []any, error) { return render(&s.sel, sqlw.Numbered) }

// ToSql gives the statement's text with ?, and its arguments: it makes the statement a squirrel.Sqlizer.
//
//nolint:revive // the name is squirrel's
func (s Statement[R]) ToSql() (string, []any, error) { return render(&s.sel, sqlw.Question) }

// String gives the statement's text for people; it is the text that is sent. A mistake is printed as "!(…)".
func (s Statement[R]) String() string { return printed(&s.sel, sqlw.Numbered) }

// Inline gives the statement with its values written into it, for people to read. It is not safe to run.
func (s Statement[R]) Inline() string { return printed(&s.sel, sqlw.Inline) }
