package query

import (
	"errors"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/stmt"
)

// ErrNoRows is found by errors.Is in the error of First and One when there is no row. It is also pgx.ErrNoRows and
// sql.ErrNoRows.
var ErrNoRows = fault.ErrNoRows

// ErrManyRows is found by errors.Is in the error of One when there is more than one row.
var ErrManyRows = errors.New("query: more than one row")

// ErrNoJoin is found by errors.Is in the error of a Join that no foreign key explains.
var ErrNoJoin = stmt.ErrNoJoin

// ErrAmbiguousJoin is found by errors.Is in the error of a Join that several foreign keys or tables could explain. The error
// names the conditions that it could be; give one of them to Join.
var ErrAmbiguousJoin = stmt.ErrAmbiguousJoin

// ErrCartesian is found by errors.Is in the error of a statement with tables that nothing connects.
var ErrCartesian = stmt.ErrCartesian

// ErrUnfiltered is found by errors.Is in the error of an Update or Delete that would touch every row and does not say
// Everywhere.
var ErrUnfiltered = stmt.ErrUnfiltered

// ErrNoTable is found by errors.Is in the error of a statement that locks a table which it does not read.
var ErrNoTable = stmt.ErrNoTable

// ErrRunner is the error of a statement that is run without something to run it, or without a context: both nil.
var ErrRunner = errors.New("query: nil in place of a session, an engine or a context")

// RowCountError is the error of First and One when the number of rows is another than they ask for.
type RowCountError struct {
	SQL string // the statement, without its values
	Err error  // [ErrNoRows] or [ErrManyRows]
}

// Error returns the error and the SQL.
func (e *RowCountError) Error() string { return e.Err.Error() + ": " + e.SQL }

// Unwrap returns ErrNoRows or ErrManyRows.
func (e *RowCountError) Unwrap() error { return e.Err }

// ErrNoColumn is found by errors.Is in the error of a statement with a column of a derived table that its statement does not
// select; see [Col].
var ErrNoColumn = errors.New("not selected in the statement behind the derived table")

// ErrOuterNull is found by errors.Is in the error of a query that reads a column of a table that an outer join may not find into a Go
// type that cannot hold NULL: it would fail with the first row that has one. OrNull of the column is read into a pointer.
var ErrOuterNull = stmt.ErrOuterNull

// ErrGroupNull is found by errors.Is in the error of a query that reads a key of ROLLUP, CUBE or GROUPING SETS, which is NULL in the rows of
// the sets that do not have it, into a Go type that cannot hold NULL. OrNull of the key is read into a pointer.
var ErrGroupNull = stmt.ErrGroupNull

// ErrName is found by errors.Is in the error of a statement with two tables of one name of which one would be taken for the other: one is
// defined in WITH, or a subquery that reads the one names a column of the other, which is a table of a statement around it.
var ErrName = stmt.ErrName
