package sqltype

import (
	"math"
	"reflect"
	"time"
	"unicode/utf8"
)

// Equality says what Go's equality of two values says about the server's. Go's is == for most types, bytes.Equal for bytes,
// Time.Equal for times and SameFloat for floating-point numbers.
type Equality uint8

const (
	// Unknown: nothing is known of the type.
	Unknown Equality = iota
	// Wider: the server finds values equal that differ in Go (numeric's 1.0 and 1.00, a uuid's text in upper case), or
	// stores another value than it was given. Only the server can match such values.
	Wider
	// Rounded: of values as they were read, the two are the same. A value that is given may be stored as another one:
	// nanoseconds are cut off, a date has no time of day, a real is a rounded float64, blanks beyond varchar(n) go.
	Rounded
	// Exact: the two are the same, for values given as for values read. Of text that holds where the column's collation is
	// deterministic, as all are unless they were made otherwise.
	Exact
)

// Equality returns what equality of values of Go type g in a column of type t says.
func (t Type) Equality(g reflect.Type) Equality {
	switch {
	case t.Kind == None || t.Kind == Other || t.Dims > 0:
		return Unknown
	case t.Wider, t.Sized && t.Kind != Text, g.Kind() == reflect.String && t.Kind != Text:
		return Wider
	case t.Sized, t.Kind.Moment(), t.Kind == Interval, t.Kind == Float4 && g.Kind() == reflect.Float64:
		return Rounded
	}
	return Exact
}

// SameFloat reports whether two numbers are equal for the server, for which NaN equals NaN.
func SameFloat(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// Keeps reports whether a column of type t, of which Go's equality is [Rounded], stores a value as it is; modifiers are those of
// the type, see [Modifiers].
func (t Type) Keeps(v any, modifiers []int) bool {
	switch x := v.(type) {
	case string:
		return len(modifiers) == 1 && utf8.RuneCountInString(x) <= modifiers[0]
	case time.Time:
		_, offset := x.Zone()
		switch t.Kind {
		case Timestamptz: // keys are of microseconds too
			return true
		case Timestamp:
			return offset == 0
		}
		return t.Kind == Date && offset == 0 && x.Truncate(24*time.Hour).Equal(x)
	case time.Duration:
		return x%time.Microsecond == 0
	case float64:
		return SameFloat(float64(float32(x)), x)
	}
	return false
}
