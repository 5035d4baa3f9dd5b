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
	q.sel.ties = true
	return q
}

// Offset renders "OFFSET $1": without the first n rows. The last call counts. A negative n is an error.
func (q Query[R]) Offset(n int) Query[R] {
	q.sel.offset = q.sel.count("Offset", n)
	return q
}

var errNegative = errors.New("must not be negative")

func (s *selection) count(what string, n int) *ast.Literal {
	if n < 0 && s.err == nil {
		s.err = fmt.Errorf("query: %s of %d: %w", what, n, errNegative)
	}
	return &ast.Literal{Value: int64(n)}
}

func (s *selection) appendLimit(w *sqlw.Writer) {
	ties := s.limit != nil && s.ties
	if s.limit != nil && !ties {
		w.Text(" \n LIMIT ")
		s.limit.AppendSQL(w)
	}
	if s.offset != nil {
		w.Text(" OFFSET ")
		s.offset.AppendSQL(w)
	}
	if ties {
		w.Text(" \n FETCH FIRST (")
		s.limit.AppendSQL(w)
		w.Text(") ROWS WITH TIES")
	}
}
