package wire

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/arg"
)

// Error says which statement of a batch failed. Its text holds no values.
type Error struct {
	Index int // in the batch
	SQL   string
	Err   error
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
	errCount      = errors.New("the statement takes another number of arguments than it was given")
)

// encodeError tells of a value that cannot be sent without telling the value.
func encodeError(err error, args []any) error {
	if err == nil {
		return nil
	}
	var at int
	if _, scanErr := fmt.Sscanf(err.Error(), "failed to encode args[%d]", &at); scanErr == nil && at < len(args) {
		return newEncodeError(at, args[at], err)
	}
	return err
}

func newEncodeError(at int, a any, cause error) error {
	return &EncodeError{Parameter: at + 1, GoType: fmt.Sprintf("%T", arg.Plain(a)), cause: cause}
}

// EncodeError says that an argument cannot be sent as what the server wants.
type EncodeError struct {
	Parameter int // $1 is 1
	GoType    string
	cause     error
}

// Error names the parameter and its Go type.
func (e *EncodeError) Error() string {
	return fmt.Sprintf("cannot send the %s given for $%d as the type that the statement wants", e.GoType, e.Parameter)
}

// Unwrap returns pgx's error, whose text holds the value.
func (e *EncodeError) Unwrap() error { return e.cause }

// forgotten reports whether err says that the server no longer has a prepared statement as we know it.
func forgotten(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	return pg.Code == "26000" || pg.Code == "0A000" && strings.Contains(pg.Message, "cached plan")
}

// withCause makes the end of a context findable in an error that it led to.
func withCause(err, cause error) error {
	if errors.Is(err, cause) {
		return err
	}
	var e *Error
	if errors.As(err, &e) {
		return &Error{Index: e.Index, SQL: e.SQL, Err: fmt.Errorf("%w: %w", cause, e.Err)}
	}
	return fmt.Errorf("%w: %w", cause, err)
}
