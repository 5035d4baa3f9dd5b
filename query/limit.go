package query

import (
	"errors"
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Limit renders "LIMIT $1": at most n rows. Of several, the last one holds. A negative n is an error.
// The rows that are equal to the last one come as well by WithTies, which renders "FETCH FIRST".
func (q Query[R]) Limit(n int) Query[R] {
	b, err := count("Limit", n)
	if err != nil {
		q.sel.Fail(err)
	}
	q.sel.Limit = b
	return q
}

// LimitExpr renders "LIMIT x": as many rows as an expression says that reads no table of the query, such as expr.Scalar of another;
// NULL is no limit.
func (q Query[R]) LimitExpr(x expr.Expression) Query[R] {
	q.sel.Limit = stmt.Bound{X: ast.Of(x), Set: true}
	return q
}

// OffsetExpr renders "OFFSET x"; see [Query.LimitExpr].
func (q Query[R]) OffsetExpr(x expr.Expression) Query[R] {
	q.sel.Offset = stmt.Bound{X: ast.Of(x), Set: true}
	return q
}

// WithTies has Limit return the rows too that come after and are equal to the last in all sort keys: "FETCH FIRST ($1) ROWS
// WITH TIES". Without OrderBy the server refuses it; without Limit it does nothing.
func (q Query[R]) WithTies() Query[R] {
	q.sel.Change().Ties = true
	return q
}

// Offset renders "OFFSET $1": without the first n rows. Of several, the last one holds. A negative n is an error.
func (q Query[R]) Offset(n int) Query[R] {
	b, err := count("Offset", n)
	if err != nil {
		q.sel.Fail(err)
	}
	q.sel.Offset = b
	return q
}

var errNegative = errors.New("must not be negative")

// count returns a bound, and what is wrong with it.
func count(what string, n int) (stmt.Bound, error) {
	if n < 0 {
		return stmt.Bound{}, fmt.Errorf("query: %s of %d: %w", what, n, errNegative)
	}
	return stmt.Bound{N: int64(n), Set: true}, nil
}
