package session

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/internal/write"
)

// Errors of a session's own rules, for errors.Is.
var (
	// ErrFailed: a statement of the transaction failed, so the session refuses work until Rollback.
	ErrFailed = errors.New("session: an earlier statement failed; call Rollback")
	// ErrClosed: the session or engine was closed.
	ErrClosed = errors.New("session: closed")
	// ErrConcurrent: two goroutines used the session at once, or a loop over Query.Iter used the session that it
	// reads from.
	ErrConcurrent = fault.ErrConcurrent
	// ErrEncoding: the connection's client_encoding is another one than that of Go's strings, so nothing is sent on it. A database of
	// another encoding than UTF8 can be used all the same: the server converts.
	ErrEncoding = errors.New("session: client_encoding must be UTF8 (say client_encoding=UTF8 in the connection string)")
	// ErrStale: an object's row was changed or deleted by somebody else, so that its UPDATE found no row. Whether it was changed is known
	// of tables with model.Version; there a DELETE that finds no row is one too. Nothing is stored.
	ErrStale = fault.ErrStale
	// ErrKeyNotUnique: an UPDATE or DELETE of an object would have changed several rows, as where tables inherit from each other and
	// have rows with the same key. Nothing is stored.
	ErrKeyNotUnique = fault.ErrKeyNotUnique
	// ErrConnection: the connection to the server was lost, or the server ended it, or none could be made.
	ErrConnection = errors.New("session: connection lost")
	// ErrUnknownOutcome: the connection was lost, or the context ended, while a COMMIT was under way, or a write outside of any
	// transaction. The statements that travelled with it and the COMMIT itself took effect either all or not at all, but
	// nobody can tell which.
	ErrUnknownOutcome = fault.ErrUnknownOutcome
	// ErrNotMapped: the object's type is not in the engine's schema.
	ErrNotMapped = fault.ErrNotMapped
	// ErrNotInSession: the object is not one of this session's.
	ErrNotInSession = fault.ErrNotInSession
	// ErrAttach: an object that has a row cannot come into the session: another object of the session has that row, the object's key was
	// changed meanwhile, its session was on another pool of connections, or it has no key. The text says which, and what will do.
	ErrAttach = fault.ErrAttach
	// ErrMerge: a graph of objects that are to be merged contradicts itself: a row is given twice with different values, or an object belongs
	// to two others by one foreign key.
	ErrMerge = fault.ErrMerge
	// ErrNotFlushed: the object was added and has no row yet, so there is nothing to read again.
	ErrNotFlushed = fault.ErrNotFlushed
	// ErrNullKey: Get was given nil, or another NULL, as a value of a key.
	ErrNullKey = errors.New("session: a key is never NULL")
	// ErrKeyType: Get was given a value of another type than that of the key's column.
	ErrKeyType = errors.New("session: value of another type than the key's column")
	// ErrNullForeignKey: a relationship was set to none, or the object that it refers to is deleted, but the column of its
	// foreign key may not be NULL.
	ErrNullForeignKey = fault.ErrNullForeignKey
	// ErrTooManyArguments: a statement has more than 65,535 arguments, so nothing was sent. In of many values, and objects that
	// are added, go as arrays, of which each is one; rows of query.Insert are written in parts.
	ErrTooManyArguments = fault.ErrTooManyArguments
	// ErrServerVersion: a statement has something that PostgreSQL has only from a later version on, such as OLD and NEW in RETURNING. Nothing
	// was sent.
	ErrServerVersion = fault.ErrServerVersion
	// ErrSameRow: two of the objects that Upsert or BulkUpdate is given are for the same row, so nobody can tell which of the two it is to be as.
	// Nothing is sent.
	ErrSameRow = fault.ErrSameRow
	// ErrSharedColumn: two relationships were set to objects of which one foreign key's column would get one value, and another one's,
	// which has the same column, another value.
	ErrSharedColumn = fault.ErrSharedColumn
	// ErrDangling: the foreign key of an object whose relationship is asked for is not NULL, and there is no row that it refers to:
	// the database does not enforce it, or its policies hide the row.
	ErrDangling = fault.ErrDangling
	// ErrLazy: a relationship would have to be loaded, which NoLazy forbids. Load it with the query, or allow it.
	ErrLazy = fault.ErrLazy
	// ErrCommitted: the COMMIT took effect, but a value that the database gave back, such as a generated key, does not fit
	// the object's field; or a trigger kept the one row out that there was to write, and what it did instead is stored. The objects
	// of the session are not to be relied on.
	ErrCommitted = fault.ErrCommitted
	// ErrKeyOrder: the keys that the database generated for several rows do not count up, or it gave rows other keys than the
	// program did, so nobody can tell which row is whose. Nothing is stored. Say model.ServerDefault of generated keys, and each row is
	// inserted by itself, in the same round trip; flush objects whose keys change one by one.
	ErrKeyOrder = fault.ErrKeyOrder
	// ErrTransactionEnded: the session's transaction is no more, and not the session has ended it: the program has, on a connection that it has
	// lent (Engine.SessionOn), or by SQL text, COMMIT AND CHAIN included. What the session did in it is stored or not as the program said; nothing more was sent. Call
	// Rollback, which gives the objects the values that they had before the transaction.
	ErrTransactionEnded = errors.New("session: the transaction was ended, and not by the session")
	// ErrOtherSession: the object is in another session. Only objects whose struct has relationships know that.
	ErrOtherSession = fault.ErrOtherSession
	// ErrKeyFetch: an Update with SyncFetch sets a column of the primary key, so that nobody can tell which object a row that
	// comes back is.
	ErrKeyFetch = errors.New("session: an Update that fetches its rows sets their key")
	// ErrCannotEvaluate: the condition of an Update or Delete with SyncEvaluate cannot be evaluated in memory.
	ErrCannotEvaluate = fault.ErrCannotEvaluate
	// ErrUniqueCircle: rows are to get unique values of each other in one flush, so that no order is without two rows of the same value, and
	// none of the columns may be NULL in between; or a row is to get one of another that cannot be deleted or changed before. Nothing is
	// sent. A constraint that is model.UniqueOption.Deferrable may be broken until the transaction ends.
	ErrUniqueCircle = fault.ErrUniqueCircle
	// ErrReadOnly: the program changed a field that is not its to change, of an object with a row: a version (model.Version), or a column
	// that the database computes (model.Generated). Nothing is sent, and the objects are as they were; where a hook did it the session wants
	// Rollback.
	ErrReadOnly = fault.ErrReadOnly
	// ErrCircle: new objects refer to each other in a circle, so that none of their rows can be the first. See model.PostUpdate.
	ErrCircle = fault.ErrCircle
)

// DatabaseError is an error that the server reported, with what it concerns. The typed errors below embed it, and errors.As finds it in
// each of them.
type DatabaseError struct {
	Statement  string // SQL, without values
	Object     string // the object being written: "Account(acct_no=9999)"; of several the one, if it can be told, else how many; "": none
	Table      string // as the server names it; "" when it does not
	Column     string // of an object's key all of its columns: "author_id, title"; of a value that is too long or too great, that which has no room for it
	Constraint string
	Code       string // SQLSTATE
	Parameter  int    // whose argument the server could not read as what the statement wants: 1 is $1; 0: none, or the server does not tell
	Autoflush  bool   // the statement was a flush that a query had triggered
	err        *pgconn.PgError
}

// Error returns the server's message, what it concerns and the statement. The server's detail, which holds values, is
// left out; it is in the *pgconn.PgError.
func (e *DatabaseError) Error() string {
	var b strings.Builder
	b.WriteString("session: ")
	if e.Autoflush {
		b.WriteString("flush before a query: ")
	}
	if e.Object != "" {
		b.WriteString(e.Object + ": ")
	}
	fmt.Fprintf(&b, "%s (SQLSTATE %s)", e.message(), e.Code)
	if e.Code == "42601" && e.err.Routine == "exec_parse_message" { // whatever language the message is in
		b.WriteString("; " + oneEach)
	}
	if e.Statement != "" {
		b.WriteString(": " + oneLine(e.Statement))
	}
	return b.String()
}

// message returns the server's message; those of class 22 quote values, so only what they are about is told.
func (e *DatabaseError) message() string {
	if !strings.HasPrefix(e.Code, "22") {
		return e.err.Message
	}
	text, _, _ := strings.Cut(e.err.Message, ":")
	if text = unquoted(text); e.Column != "" {
		text += ", in column " + e.Column
	}
	return text
}

// oneEach is what to do with a text of several statements. The server takes one only where it may be given arguments.
const oneEach = "a text is one statement: give Engine.ExecAll a text for each, or run a file of them with Engine.Pool().Exec"

var quoted = regexp.MustCompile(`"[^"]*"`)

// unquoted leaves out of a message what stands in quotes: it may be a value.
func unquoted(message string) string { return quoted.ReplaceAllString(message, `"…"`) }

// CupelParameter returns Parameter, for the other packages of this module.
func (e *DatabaseError) CupelParameter() int { return e.Parameter }

// boundParameter is the context of an error that the server met when it read the arguments, in any language: 'unnamed portal parameter $2'. What
// functions and their statements have for a context has quotes, or a line for each.
var boundParameter = regexp.MustCompile(`^[^"'$\n]*\$(\d+)(?: = (?s:'.*))?$`)

// refused returns the parameter whose argument the server could not read; 0: it was something else.
func refused(pg *pgconn.PgError) int {
	found := boundParameter.FindStringSubmatch(pg.Where)
	if found == nil || !strings.HasPrefix(pg.Code, "22") {
		return 0
	}
	n, _ := strconv.Atoi(found[1])
	return n
}

// Unwrap returns the *pgconn.PgError.
func (e *DatabaseError) Unwrap() error { return e.err }

// Is reports whether target is ErrConnection and the server ended the connection with the error, as it does when it is shut
// down (57P01) or when a session was idle for too long (57P05, 25P03).
func (e *DatabaseError) Is(target error) bool { return target == ErrConnection && wire.Fatal(e.err) }

// As makes errors.As find a *DatabaseError in each of the typed errors, which embed one.
func (e *DatabaseError) As(target any) bool {
	t, ok := target.(**DatabaseError)
	if ok {
		*t = e
	}
	return ok
}

// UniqueError: a row with the same key exists (SQLSTATE 23505).
type UniqueError struct{ DatabaseError }

// ForeignKeyError: a row refers to one that does not exist, or is referred to and cannot go (SQLSTATE 23503).
type ForeignKeyError struct{ DatabaseError }

// NotNullError: NULL in a column that is not null (SQLSTATE 23502).
type NotNullError struct{ DatabaseError }

// CheckError: a check constraint is not met (SQLSTATE 23514).
type CheckError struct{ DatabaseError }

// SerializationError: the transaction met another one, and may succeed when it is run again (SQLSTATE 40001, 40P01).
type SerializationError struct{ DatabaseError }

// LockError: a row is locked by another transaction, and the statement was not to wait for it (NOWAIT) or not that long
// (lock_timeout) (SQLSTATE 55P03).
type LockError struct{ DatabaseError }

// explain makes the error of a statement a typed one; it was about the entries, if there are any.
func explain(err error, entries ...*track.Entry) error {
	if err == nil {
		return nil
	}
	var sql string
	if we := (*wire.Error)(nil); errors.As(err, &we) {
		sql = we.SQL
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) && !errors.Is(err, ErrUnknownOutcome) {
		if err := otherShape(pg); err != nil {
			return &StatementError{Statement: sql, err: err}
		}
		e := DatabaseError{
			Statement: sql, Table: pg.TableName, Column: pg.ColumnName, Constraint: pg.ConstraintName, Code: pg.Code, err: pg,
			Parameter: refused(pg),
		}
		if len(entries) > 0 {
			e.blame(entries)
		}
		return typed(e)
	}
	return &StatementError{Statement: sql, err: err}
}

// otherShape returns the error of a first execution whose number of columns is not the one expected: the server reports it
// as one of the protocol, since it is asked for more or fewer formats than there are columns.
func otherShape(pg *pgconn.PgError) error {
	var want, have int
	const text = "bind message has %d result formats but query has %d columns"
	if pg.Code != "08P01" {
		return nil
	}
	if n, _ := fmt.Sscanf(pg.Message, text, &want, &have); n < 2 {
		return nil
	}
	return rows.ColumnsError(have, want)
}

func typed(e DatabaseError) error {
	switch e.Code {
	case "23505":
		return &UniqueError{e}
	case "23503":
		return &ForeignKeyError{e}
	case "23502":
		return &NotNullError{e}
	case "23514":
		return &CheckError{e}
	case "40001", "40P01":
		return &SerializationError{e}
	case "55P03":
		return &LockError{e}
	}
	return &e
}

// StatementError is an error of a statement that the server did not report: a lost connection, a context that ended, a
// value that cannot be sent or read.
type StatementError struct {
	Statement string // SQL, without values
	err       error
}

// Error says what happened, and names the statement.
func (e *StatementError) Error() string {
	text := "session: " + strings.TrimPrefix(e.err.Error(), "session: ")
	if re := (*wire.ReadError)(nil); errors.As(e.err, &re) {
		text = unquoted(text)
	}
	if e.Statement == "" {
		return text
	}
	return text + ": " + oneLine(e.Statement)
}

// Unwrap returns the cause.
func (e *StatementError) Unwrap() error { return e.err }

func oneLine(sql string) string { return strings.Join(strings.Fields(sql), " ") }

func asWireError(err error) *wire.Error {
	var we *wire.Error
	errors.As(err, &we)
	return we
}

// explainStatement makes the error of a statement that concerns no object a typed one.
func explainStatement(err error) error { return explain(err) }

// explainFailure makes the error of writing a plan a typed one that names the object.
func explainFailure(err error) error {
	if err == nil {
		return nil
	}
	var f *write.Failure
	switch {
	case !errors.As(err, &f):
		return err
	case f.Rule && f.SQL == "":
		return f.Err
	case f.Rule:
		return &StatementError{Statement: f.SQL, err: f.Err}
	}
	return explain(f.Err, f.Entries...)
}
