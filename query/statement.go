package query

import (
	"context"
	"errors"
	"iter"
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/stmt"
)

// rows is what statements have in common that return rows of Go type R, but a Query, which is copied more than it is run.
type rows[R any] struct {
	text
	out output
}

func (s *rows[R]) source() source { return source{st: s.st, out: &s.out} }

// All runs the statement and returns every row; an empty slice when there is none.
func (s rows[R]) All(ctx context.Context, r Runner) ([]R, error) {
	return allOf[R](ctx, r, s.source())
}

// Statement is a whole statement from elsewhere, SQL text or squirrel's, whose rows are of Go type R. Its columns are
// matched by position; their number is checked before the first row is read. A session does not know which tables it is
// about, so it flushes all pending changes before, unless NoFlush says otherwise.
type Statement[R any] struct{ rows[R] }

// Raw is a whole statement as SQL text with ? for each argument and ?? for the operator ?. R is the Go type of its one
// column, or a [Row2] to [Row16] of those of several:
//
//	query.Raw[int64]("SELECT nextval('ticket')")
//	query.Raw[query.Row2[string, *int64]]("SELECT name, max(score) FROM game WHERE score < ? GROUP BY name", 100)
//
// For entities see [Query.FromRaw]. Arguments are as those of [expr.Raw]: an expression or a query is written in its place. The text must never hold a value from outside.
func Raw[R any](text string, args ...any) Statement[R] { return wholeOf[R](sqlText(text, args)) }

// Sqlizer is Raw of a squirrel builder: query.Sqlizer[int64](squirrel.Select("count(*)").From("customer")).
func Sqlizer[R any](s expr.SQLizer) Statement[R] { return wholeOf[R](sqlizer(s)) }

// FromRaw has the rows come from a whole statement as SQL text, for which see [Raw]. What is selected returns the types, by
// position, and an entity takes as many columns as its table has, in the order of its table struct:
//
//	query.Select(tags).FromRaw("SELECT id, name FROM tag WHERE id < ? ORDER BY random()", 3) // of *Tag
//
// A query that has more than a SELECT list is an error.
func (q Query[R]) FromRaw(text string, args ...any) Statement[R] { return q.whole(sqlText(text, args)) }

// FromSqlizer is FromRaw of a squirrel builder: query.Select(tags).FromSqlizer(squirrel.Select("*").From("tag")).
func (q Query[R]) FromSqlizer(s expr.SQLizer) Statement[R] { return q.whole(sqlizer(s)) }

func sqlText(text string, args []any) ast.Node {
	raw := ast.RawText(text, args)
	return &raw
}

func sqlizer(s expr.SQLizer) ast.Node {
	n := ast.Foreign(s)
	if sub, ok := n.(*ast.Sub); ok {
		return sub.Stmt
	}
	return n
}

// isRow reports whether t is a Row2 to Row16.
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
	return Statement[R]{rows[R]{text{&stmt.Text{SQL: n}}, placed[R]()}}
}

// placed returns the places of a row that R alone tells.
func placed[R any]() (out output) {
	if t := reflect.TypeFor[R](); isRow(t) {
		out.shape = &ast.Shape{Slots: appendPlaces(nil, 0, t)}
	}
	return out
}

var errMoreThanItems = errors.New("query: FromRaw and FromSqlizer take the place of all but the SELECT list: Filter, Join and the like go into their text")

func (q Query[R]) whole(n ast.Node) Statement[R] {
	t := &stmt.Text{SQL: n, List: q.sel.List, Err: q.sel.Rare().Err}
	if !q.sel.Bare() {
		t.Fail(errMoreThanItems)
	}
	if len(t.Items) == 0 {
		t.Fail(stmt.ErrEmpty)
	}
	for _, item := range t.Items {
		if bad, ok := item.(*ast.Bad); ok {
			t.Fail(bad.Err)
		}
	}
	return Statement[R]{rows[R]{text{t}, q.out}}
}

// Refresh is [Query.Refresh].
func (s Statement[R]) Refresh() Statement[R] {
	s.out.options.Refresh = true
	return s
}

// NoFlush is [Query.NoFlush].
func (s Statement[R]) NoFlush() Statement[R] {
	s.out.options.NoFlush = true
	return s
}

// NoTracking is [Query.NoTracking].
func (s Statement[R]) NoTracking() Statement[R] {
	s.out.options.NoTracking = true
	return s
}

// First returns the first row and reads no further; LIMIT is for the statement to say. No row is [ErrNoRows].
func (s Statement[R]) First(ctx context.Context, r Runner) (R, error) {
	f, err := fewest[R](ctx, r, s.source(), 1)
	if err == nil && f.n == 0 {
		err = miscounted(s.st, ErrNoRows)
	}
	return f.first, err
}

// One returns the only row. No row is [ErrNoRows], more than one is [ErrManyRows]; at most two are read.
func (s Statement[R]) One(ctx context.Context, r Runner) (R, error) {
	f, err := fewest[R](ctx, r, s.source(), 2)
	if err == nil {
		err = oneOf(s.st, f.n)
	}
	if err != nil {
		var zero R
		return zero, err
	}
	return f.first, nil
}

// OneOrNone is [Query.OneOrNone].
func (s Statement[R]) OneOrNone(ctx context.Context, r Runner) (row R, ok bool, err error) {
	return orNone(s.One(ctx, r))
}

// Iter streams the rows, as [Query.Iter] does.
func (s Statement[R]) Iter(ctx context.Context, r Runner) iter.Seq2[R, error] {
	return eachOf[R](ctx, r, s.source())
}

// Exec runs a whole statement of squirrel's for which no row is read, and returns the number of rows that it touched:
//
//	n, err := query.Exec(ctx, s, squirrel.Update("customer").Set("mobile", nil))
//
// A session flushes all pending changes before. The objects that it has do not follow; see [Query.Refresh].
func Exec(ctx context.Context, r Runner, s expr.SQLizer) (int64, error) {
	return execWhole(ctx, r, sqlizer(s))
}

// ExecRaw is Exec of SQL text with ? for each argument: query.ExecRaw(ctx, s, "UPDATE tag SET name = ? WHERE id = ?", "a", 1).
// The text must never hold a value from outside, and is one statement: see session.Engine.ExecAll for several.
func ExecRaw(ctx context.Context, r Runner, text string, args ...any) (int64, error) {
	return execWhole(ctx, r, sqlText(text, args))
}

func execWhole(ctx context.Context, r Runner, n ast.Node) (int64, error) {
	req := request{st: &stmt.Text{SQL: n}}
	err := req.run(ctx, r)
	return req.Affected, err
}
