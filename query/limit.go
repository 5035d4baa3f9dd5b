package query

import (
	"errors"
	"fmt"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Limit renders "LIMIT $1": at most n rows. The last call counts. A negative n is an error.
func (q Query[R]) Limit(n int) Query[R] {
	q.sel.limit = q.sel.count("Limit", n)
	return q
}

// WithTies has Limit give the rows too that come after and are equal to the last in all sort keys: "FETCH FIRST ($1) ROWS
// WITH TIES". Without OrderBy the server refuses it; without Limit it does nothing.
func (q Query[R]) WithTies() Query[R] {
	q.sel.change().ties = true
	return q
}

// Offset renders "OFFSET $1": without the first n rows. The last call counts. A negative n is an error.
func (q Query[R]) Offset(n int) Query[R] {
	q.sel.offset = q.sel.count("Offset", n)
	return q
}

var errNegative = errors.New("must not be negative")

// bound is the number of LIMIT or OFFSET.
type bound struct {
	n   int64
	set bool
}

func (s *selection) count(what string, n int) bound {
	if n < 0 {
		s.fail(fmt.Errorf("query: %s of %d: %w", what, n, errNegative))
	}
	return bound{int64(n), true}
}

func (s *selection) appendLimit(w *sqlw.Writer) {
	ties := s.limit.set && s.rare().ties
	if s.limit.set && !ties {
		w.Text(" \n LIMIT ")
		ast.AppendInt(w, s.limit.n)
	}
	if s.offset.set {
		w.Text(" OFFSET ")
		ast.AppendInt(w, s.offset.n)
	}
	if ties {
		w.Text(" \n FETCH FIRST (")
		ast.AppendInt(w, s.limit.n)
		w.Text(") ROWS WITH TIES")
	}
}
