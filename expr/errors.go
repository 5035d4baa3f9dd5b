package expr

import (
	"errors"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// ErrUnmapped is the error of a statement with a column that belongs to no mapped table: its table struct was made
// by hand instead of by model.Map.
var ErrUnmapped = errors.New("column of a table struct that was not made by model.Map, or by model.Alias without a name")

// ErrIdentifier is the error of a name that PostgreSQL cannot have: an empty one, or one with a NUL.
var ErrIdentifier = sqlw.ErrIdentifier

// ErrValue is the error of an expression or a statement in the place of a Go value: Val(c.Name), or Eq of a column of type Col[any].
var ErrValue = sqlw.ErrValue

// ErrParam is the error of a statement with a parameter of a prepared query, if it is another one.
var ErrParam = sqlw.ErrParam

// ErrText is the error of a text that stands in the statement as it is, such as the name of a function or a type, where
// PostgreSQL would read more or less than that in it.
var ErrText = errors.New("not usable as SQL")

var errNothingDistinct = errors.New("expr: Distinct of an aggregate without an operand; to count different values use Count(x, Distinct())")

var errNoBranch = errors.New("expr: Case without a branch")
