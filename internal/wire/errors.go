package wire

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/arg"
)

// Error says which statement of a batch failed. Its text holds no values.
type Error struct {
	Index  int // in the batch
	SQL    string
	Unsent bool // nothing of the batch was run but the first Led statements: the statement, or an argument, was refused before
	Led    int
	Err    error
}

// Error returns the cause; the statement is left to the caller.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ReadError is what a statement's Read returned.
type ReadError struct{ Err error }

// Error returns the cause.
func (e *ReadError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *ReadError) Unwrap() error { return e.Err }

var (
	errUnexpected = errors.New("unexpected message from the server")
	errClosed     = errors.New("the connection is closed")
	errBeyondReal = errors.New("a number is beyond a real")
	errCount      = errors.New("the statement takes another number of arguments than it was given")
)

// newEncodeError returns the error of a value that cannot be sent, without the value.
func newEncodeError(at int, to *param, a any, cause error) error {
	return &EncodeError{Parameter: at + 1, GoType: fmt.Sprintf("%T", arg.Plain(a)), Integer: !to.array && to.kind.Integer(), cause: cause}
}

// EncodeError says that an argument cannot be sent as what the server wants.
type EncodeError struct {
	Parameter int // $1 is 1
	GoType    string
	Integer   bool // the server wants an integer
	cause     error
}

// Error names the parameter and its Go type.
func (e *EncodeError) Error() string {
	return fmt.Sprintf("cannot send the %s given for $%d as the type that the statement wants", e.GoType, e.Parameter)
}

// Unwrap returns pgx's error, whose text holds the value.
func (e *EncodeError) Unwrap() error { return e.cause }

// Fatal reports whether the server ends the connection with an error.
func Fatal(err *pgconn.PgError) bool {
	severity := err.SeverityUnlocalized
	if severity == "" { // some that stand between the program and the server leave it out
		severity = err.Severity
	}
	return severity == "FATAL" || severity == "PANIC"
}

// Committed reports whether the server said that the COMMIT at the end of a batch took effect. Whatever error came after
// that, such as the end of the connection, changes nothing.
func Committed(stmts []*Stmt) bool {
	tag := stmts[len(stmts)-1].Tag.String()
	return tag == "COMMIT" || tag == "RELEASE"
}

// Doubtful reports whether what was sent may have been committed although an error came instead of the answer. The server's
// own word, that a statement failed, leaves no doubt; nor does the end of the connection that it announces before it
// came to the commit, which ending says.
func Doubtful(err error, ending bool) bool {
	var (
		e  *Error
		pg *pgconn.PgError
	)
	switch {
	case errors.As(err, &e) && e.Unsent: // pgx says of a connection that it has just lost, too, that it is safe to try again
		return false
	case errors.As(err, &pg):
		return ending && Fatal(pg)
	}
	return true
}

// withCause makes the end of a context findable in an error that it led to.
func withCause(err, cause error) error {
	if errors.Is(err, cause) {
		return err
	}
	var e *Error
	if errors.As(err, &e) {
		return &Error{Index: e.Index, SQL: e.SQL, Unsent: e.Unsent, Led: e.Led, Err: fmt.Errorf("%w: %w", cause, e.Err)}
	}
	return fmt.Errorf("%w: %w", cause, err)
}
