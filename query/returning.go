package query

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Write is an InsertStatement, UpsertStatement, UpdateStatement, DeleteStatement or MergeStatement.
type Write interface {
	// returning returns the statement with RETURNING.
	returning(list stmt.List) ast.Statement
}

// Returned is a statement that changes rows and returns something of each. A session's objects that it returns as entities take the
// values of their rows, and those of rows that it deleted leave the session. Where it returns columns only nobody can tell which objects it
// changed: all of its table are stale, and take the values of their rows when they are read again.
type Returned[R any] struct{ rows[R] }

// Returning adds RETURNING to a statement: "DELETE FROM t WHERE … RETURNING t.id".
func Returning[R any](s Write, item expr.Item[R]) Returned[R] {
	list, out, err := listed(item)
	if err != nil {
		list.Items = []ast.Node{&ast.Bad{Err: err}}
	}
	out.options.Refresh = true
	return Returned[R]{rows[R]{text{s.returning(list)}, out}}
}

// One runs the statement and returns its only row. When it touched none, that is [ErrNoRows], more than one
// [ErrManyRows]; what it changed stays changed until the transaction is rolled back.
func (r Returned[R]) One(ctx context.Context, in Runner) (R, error) {
	all, err := r.All(ctx, in)
	if err == nil {
		err = oneOf(r.st, len(all))
	}
	if err != nil {
		var zero R
		return zero, err
	}
	return all[0], nil
}
