package expr

import (
	"errors"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// ErrUnmapped is the error of a statement with a column that belongs to no mapped table: its table struct was made
// by hand instead of by model.Map.
var ErrUnmapped = errors.New("column of a table struct that was not made by model.Map")

// ErrIdentifier is the error of a name that PostgreSQL cannot have: an empty one, or one with a NUL.
var ErrIdentifier = sqlw.ErrIdentifier
