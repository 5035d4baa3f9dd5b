package render_test

import (
	"context"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var ctx = context.Background()

// cases are the Go side of cases, by their ids.
type cases map[string]testCase

// testCase is the Go side of a case: something to run, or why there is nothing.
type testCase struct {
	text    func() (string, []any, error)     // of a statement; nil for a call
	on      func(r query.Runner) (any, error) // of a statement
	run     func(s *session.Session) (any, error)
	refused string // code that does not compile
	status  status // of a case with nothing to run, and of one that is run and known to be wrong
	why     string
}

// status is a column of the table.
type status int

const (
	passed status = iota
	differs
	inapplicable
	later
	missing
	wrong
	uncovered
	failed
	statuses
)

func (s status) String() string {
	return [...]string{"passed", "differs", "n/a", "later", "missing", "wrong", "uncovered", "FAILED"}[s]
}

// selecting is a query.Query or query.Returned.
type selecting[R any] interface {
	SQL() (string, []any, error)
	All(ctx context.Context, r query.Runner) ([]R, error)
}

// writing is an Insert, Update or Delete.
type writing interface {
	SQL() (string, []any, error)
	Exec(ctx context.Context, r query.Runner) (int64, error)
}

// stmt is a statement that returns rows.
func stmt[R any](q selecting[R]) testCase {
	return statement(q.SQL, func(r query.Runner) (any, error) { return q.All(ctx, r) })
}

// write is a statement that gives the number of rows that it touched.
func write(w writing) testCase {
	return statement(w.SQL, func(r query.Runner) (any, error) { return w.Exec(ctx, r) })
}

func statement(text func() (string, []any, error), on func(query.Runner) (any, error)) testCase {
	return testCase{text: text, on: on, run: func(s *session.Session) (any, error) { return on(s) }}
}

// call is something that runs by itself.
func call(f func(s *session.Session) (any, error)) testCase { return testCase{run: f} }

// refuses is code that must not compile, where SQLAlchemy refuses it when it runs. wants is part of the type error.
func refuses(code, wants string) testCase { return testCase{refused: code, why: wants} }

// python is a case that is bound to Python.
func python(why string) testCase { return testCase{status: inapplicable, why: why} }

// needs is a case of a part that is yet to be made.
func needs(part string) testCase { return testCase{status: later, why: part} }

// lacks is a case of something that is missing and should not be.
func lacks(why string) testCase { return testCase{status: missing, why: why} }

// No case is marked so at present.
var _, _, _ = needs, lacks, gives

// gives is a case whose result is known to be wrong.
func gives(what string, c testCase) testCase {
	c.status, c.why = wrong, what
	return c
}
