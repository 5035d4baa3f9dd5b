package model

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/internal/relate"
)

// ErrDetached is the error of loading a relationship of an object that is in no session.
var ErrDetached = relate.ErrDetached

// ErrCopied is the error of loading a relationship of a copy of an object.
var ErrCopied = relate.ErrCopied

// MappingError is every mistake that was found in a schema's mappings.
type MappingError struct{ Mistakes []error }

// Error lists the mistakes, one a line.
func (e *MappingError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "model: %d mistakes in the mapping:", len(e.Mistakes))
	if len(e.Mistakes) == 1 {
		b.Reset()
		b.WriteString("model: mistake in the mapping:")
	}
	for _, m := range e.Mistakes {
		b.WriteString("\n\t" + m.Error())
	}
	return b.String()
}

// Unwrap returns the mistakes, for errors.Is.
func (e *MappingError) Unwrap() []error { return e.Mistakes }

var errNoMapping = errors.New("a table struct that was not made by model.Map")
