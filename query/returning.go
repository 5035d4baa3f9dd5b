package query

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Write is an InsertStatement, UpdateStatement or DeleteStatement.
type Write interface {
	writer() writer
}

// writer is a statement that changes rows.
type writer interface {
	appender
	Reads() []*ast.Table
}

func (s InsertStatement) writer() writer { return &s }
func (u UpdateStatement) writer() writer { return &u }
func (d DeleteStatement) writer() writer { return &d }

// Reads gives the tables that the statement is about.
func (b *bulk) Reads() []*ast.Table {
	return b.collect().read()
}

func (b *bulk) collect() tableSet { return tableSet{}.add(b.table).visitAll(b.where) }

// Returned is a statement that changes rows and gives something of each. Unlike Exec it does not keep a session's
// objects in step, but for those that it returns as entities: they take the values of their rows, and those of rows that it
// deleted leave the session.
type Returned[R any] struct{ sel selection }

// Returning adds RETURNING to a statement: "DELETE FROM t WHERE … RETURNING t.id".
func Returning[R any](s Write, item expr.Item[R]) Returned[R] {
	r := Returned[R]{selection{more: &rare{write: s.writer()}, options: run.Options{Refresh: true}}}
	give(&r.sel, item)
	return r
}

// All runs the statement and gives every row; an empty slice when it touched none.
func (r Returned[R]) All(ctx context.Context, in Runner) ([]R, error) {
	return allOf[R](ctx, in, &r.sel)
}

// One runs the statement and gives its only row. When it touched none, that is [ErrNoRows], more than one
// [ErrManyRows]; what it changed stays changed until the transaction is rolled back.
func (r Returned[R]) One(ctx context.Context, in Runner) (R, error) {
	rows, err := r.All(ctx, in)
	if err == nil {
		err = r.sel.oneOf(len(rows))
	}
	if err != nil {
		var zero R
		return zero, err
	}
	return rows[0], nil
}

// SQL gives the statement's text with $1, $2 …, its arguments, and the first mistake in it.
func (r Returned[R]) SQL() (string, []any, error) { return render(&r.sel, sqlw.Numbered) }

// ToSql gives the statement's text with ?, and its arguments: it makes the statement a squirrel.Sqlizer.
//
//nolint:revive // the name is squirrel's
func (r Returned[R]) ToSql() (string, []any, error) { return render(&r.sel, sqlw.Question) }

// String gives the statement's text for people.
func (r Returned[R]) String() string { return printed(&r.sel, sqlw.Numbered) }

// Inline gives the statement with its values written into it, for people to read. It is not safe to run.
func (r Returned[R]) Inline() string { return printed(&r.sel, sqlw.Inline) }
