// Package fault holds the errors that the packages below session return and session's callers test for. Package session
// re-exports each sentinel under the same name, with its documentation; the texts name session, where users meet them.
package fault

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// The sentinels; see package session.
var (
	ErrAttach         = errors.New("session: cannot attach")
	ErrCannotEvaluate = errors.New("session: cannot evaluate condition in memory")
	ErrDangling       = errors.New("session: foreign key finds no row")
	ErrCommitted      = errors.New("session: committed, but what came back is not what the objects need")
	ErrUnknownOutcome = errors.New("session: connection lost before the answer to a commit: it may or may not have taken effect")
	ErrCircle         = errors.New("session: new objects refer to each other in a circle, and none of the relationships has model.PostUpdate")
	ErrConcurrent     = errors.New("session: in use by another goroutine or by a loop over Iter")
	ErrKeyNotUnique   = errors.New("session: several rows have the key of an object")
	ErrKeyOrder       = errors.New("session: keys of new rows do not tell whose they are")
	ErrLoad           = errors.New("query: cannot load relationships")
	ErrLazy           = errors.New("session: loading of a relationship is forbidden by NoLazy")
	ErrMerge          = errors.New("session: cannot merge")
	ErrNotFlushed     = errors.New("session: object has no row yet; flush it first")
	ErrNotInSession   = errors.New("session: object is not in this session")
	ErrNotMapped      = errors.New("session: type is not mapped in this schema")
	ErrNullForeignKey = errors.New("session: foreign key would become NULL, which its column does not allow (model.DeleteMembers and model.DeleteOrphans delete the row, model.DatabaseDeletes leaves it to the database)")
	ErrOtherSession   = errors.New("session: object is in another session")
	ErrSameRow        = errors.New("session: two objects are for the same row")
	ErrSharedColumn   = errors.New("session: foreign keys share a column and give it different values")
	ErrReadOnly       = errors.New("session: column is not the program's to change")
	ErrStale          = errors.New("session: row of an object was changed or deleted by somebody else")

	ErrUniqueCircle     = errors.New("session: rows exchange unique values")
	ErrServerVersion    = errors.New("session: the server's version does not have it")
	ErrTooManyArguments = errors.New("session: statement has more arguments than the 65,535 that PostgreSQL takes")
)

// ErrNoRows is package query's.
var ErrNoRows = fmt.Errorf("query: %w", pgx.ErrNoRows)

// ErrNoColumn: a column is expected and something else was given. It is not exported by session.
var ErrNoColumn = errors.New("no column")

// staleError is an ErrStale that knows what became of the row.
type staleError struct{ text string }

// Error says what became of the row.
func (e *staleError) Error() string { return "session: " + e.text }

// Is reports whether target is ErrStale.
func (e *staleError) Is(target error) bool { return target == ErrStale }

// Stale returns an ErrStale with what became of the row.
func Stale(format string, args ...any) error { return &staleError{fmt.Sprintf(format, args...)} }

// taskError is an error with what the session was doing.
type taskError struct {
	task string
	err  error
}

// Error names the package once.
func (e *taskError) Error() string {
	return "session: " + e.task + ": " + strings.TrimPrefix(e.err.Error(), "session: ")
}

// Unwrap returns the cause.
func (e *taskError) Unwrap() error { return e.err }

// During returns err with what the session was doing: "session: Add: object is in another session".
func During(task string, err error) error { return &taskError{task, err} }
