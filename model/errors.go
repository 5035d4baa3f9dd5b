package model

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/internal/relate"
)

// ErrDetached is the error of loading a relationship of an object that is in no session.
var ErrDetached = relate.ErrDetached

// ErrCopied is the error of a struct that was copied from an object of a session, with its relationships: of loading one of them, and of the flush after
// the copy was added or attached. The two share their lists. Set the copy's relationships to their zero values, or use session.Merge.
var ErrCopied = relate.ErrCopied

// ErrViewOnly is found by errors.Is in the error of a flush after a relationship was changed that is model.ViewOnly.
var ErrViewOnly = relate.ErrViewOnly

// ErrSeveral is found by errors.Is in the error of Get of a one-to-one whose owner more than one row refers to; the error names two of
// them.
var ErrSeveral = relate.ErrSeveral

// MappingError is every mistake that was found in a schema's mappings.
type MappingError struct{ Mistakes []error }

// Error lists the mistakes, one a line.
func (e *MappingError) Error() string {
	if len(e.Mistakes) == 1 {
		return lines("model: mistake in the mapping:", e.Mistakes)
	}
	return lines(fmt.Sprintf("model: %d mistakes in the mapping:", len(e.Mistakes)), e.Mistakes)
}

// Unwrap returns the mistakes, for errors.Is.
func (e *MappingError) Unwrap() []error { return e.Mistakes }

// VerifyError is every difference between the mappings and the tables of a database that Verify found.
type VerifyError struct{ Differences []error }

// Error lists the differences, one a line.
func (e *VerifyError) Error() string {
	if len(e.Differences) == 1 {
		return lines("model: the database is not as the mapping says:", e.Differences)
	}
	return lines(fmt.Sprintf("model: the database is not as the mapping says, %d differences:", len(e.Differences)), e.Differences)
}

// Unwrap returns the differences, for errors.Is.
func (e *VerifyError) Unwrap() []error { return e.Differences }

func lines(head string, errs []error) string {
	var b strings.Builder
	b.WriteString(head)
	for _, err := range errs {
		b.WriteString("\n\t" + err.Error())
	}
	return b.String()
}

var errNoMapping = errors.New("a table struct that was not made by model.Map")

// ErrTracked is the error of JSON that is read into a relationship of an object in a session, whose relationships are changed by
// Set, Add and Remove.
var ErrTracked = errors.New("relationship of an object in a session cannot be read from JSON")
