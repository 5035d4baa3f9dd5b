package stmt

import "errors"

// The mistakes of statements; package query has them for its users, with what they mean.
var (
	ErrEmpty         = errors.New("query: statement is empty: start with Select, Insert, Update or Delete")
	ErrNoJoin        = errors.New("no foreign key to join by")
	ErrAmbiguousJoin = errors.New("more than one way to join")
	ErrCartesian     = errors.New("nothing connects these tables")
	ErrUnfiltered    = errors.New("no Filter: say Everywhere to touch every row")
	ErrNoTable       = errors.New("table is not in the statement")

	errNothingSet = errors.New("query: Update sets no column")
	errNoRows     = errors.New("no rows: give it Values or From; DefaultValues is a row of defaults only")
	errNoStored   = errors.New("it is not a table of the database, or a sample of one")
)
