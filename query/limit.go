package query

import (
	"errors"
	"fmt"

	"github.com/cupel-go/cupel/internal/stmt"
)

// Limit renders "LIMIT $1": at most n rows. Of several, the last one holds. A negative n is an error.
func (q Query[R]) Limit(n int) Query[R] {
	q.sel.Limit = count(&q.sel, "Limit", n)
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
	q.sel.Offset = count(&q.sel, "Offset", n)
	return q
}

var errNegative = errors.New("must not be negative")

func count(s *stmt.Select, what string, n int) stmt.Bound {
	if n < 0 {
		s.Fail(fmt.Errorf("query: %s of %d: %w", what, n, errNegative))
	}
	return stmt.Bound{N: int64(n), Set: true}
}
