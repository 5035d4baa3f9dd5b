//go:build mixins

package expr

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// IntOf is an integer: bigint, integer or smallint by V. In its methods K is IntOf[V, R] itself, M is IntOf[V, *V], which may
// be NULL, and E is Of[V].
type IntOf[V Integer, R any] struct {
	exact[IntOf[V, R], IntOf[V, *V], Of[V], V, R]
}

// FloatOf is a floating-point number: double precision or real by V. In its methods K is FloatOf[V, R] itself, M is
// FloatOf[V, *V], which may be NULL, and E is Of[V].
type FloatOf[V ~float32 | ~float64, R any] struct {
	arith[FloatOf[V, R], FloatOf[V, *V], Of[V], V, R]
}

// DecimalOf is an exact decimal, SQL's numeric, in a Go type V that pgx can carry without loss, such as pgtype.Numeric, or a
// string. In its methods K is DecimalOf[V, R] itself, M is DecimalOf[V, *V], which may be NULL, and E is [Exact].
type DecimalOf[V, R any] struct {
	exact[DecimalOf[V, R], DecimalOf[V, *V], Exact, V, R]
}

// DecimalBy is a decimal whose operators take the Go type W; see [DecimalOf.Text]. In its methods K is DecimalOf[V, R].
type DecimalBy[W, V, R any] struct {
	exact[DecimalOf[V, R], DecimalOf[V, *V], Exact, W, R]
}

// TextOf is a text expression. V is string or a named string type, such as an enum's. In its methods K is TextOf[V, R]
// itself, and M is TextOf[V, *V], which may be NULL.
type TextOf[V ~string, R any] struct {
	kinded[TextOf[V, R], TextOf[V, *V], V, R]
}

// BoolOf is a boolean column or expression. It is a condition itself: Filter(o.IsPaid). In its methods K is BoolOf[R] itself,
// and M is [NullBool].
type BoolOf[R any] struct {
	kinded[BoolOf[R], BoolOf[*bool], bool, R]
}

// TimeOf is a point in time. In its methods K is TimeOf[R] itself, and M is [NullTime].
type TimeOf[R any] struct {
	moments[TimeOf[R], TimeOf[*time.Time], R]
}

// DateOf is a day: the time of day of an operand is cut off. In its methods K is DateOf[R] itself, and M is [NullDate].
type DateOf[R any] struct {
	moments[DateOf[R], DateOf[*time.Time], R]
}

// IntervalOf is a length of time, without months. In its methods K is IntervalOf[R] itself, and M is [NullInterval].
type IntervalOf[R any] struct {
	lengths[IntervalOf[R], IntervalOf[*time.Duration], time.Duration, R]
}

// PeriodOf is a length of time with its months and days, which are of no fixed length, in a pgtype.Interval. In its methods K is
// PeriodOf[R] itself, and M is [NullPeriod].
type PeriodOf[R any] struct {
	lengths[PeriodOf[R], PeriodOf[*pgtype.Interval], pgtype.Interval, R]
}

// ArrayOf is an array: of elements with the Go type E, in a Go type V, []E or []*E. Its elements are of kind K, which may be
// NULL. In its methods M is ArrayOf[K, E, V, *V], which may be NULL.
type ArrayOf[K KindOf[K, E], E, V, R any] struct {
	kinded[ArrayOf[K, E, V, R], ArrayOf[K, E, V, *V], V, R]
}

// JSONOf is a JSON document, in a Go type V that pgx can encode and decode as JSON. In its methods K is JSONOf[V, R] itself,
// and M is JSONOf[V, *V], which may be NULL.
type JSONOf[V, R any] struct {
	kinded[JSONOf[V, R], JSONOf[V, *V], V, R]
}

// RangeOf is a range: of values with the Go type E, in a Go type V, which is pgtype.Range[E] or one made of it. Its ends are of
// kind K, which may be NULL. In its methods K is RangeOf[K, E, V, R] itself, and M is RangeOf[K, E, V, *V], which may be NULL.
type RangeOf[K KindOf[K, E], E, V, R any] struct {
	spans[RangeOf[K, E, V, R], RangeOf[K, E, V, *V], E, V, R]
}

// MultirangeOf is a multirange, which PostgreSQL has from version 14 on, in a Go type V, which is pgtype.Multirange of a range of
// E. In its methods K is MultirangeOf[K, E, V, R] itself, and M is MultirangeOf[K, E, V, *V], which may be NULL.
type MultirangeOf[K KindOf[K, E], E, V, R any] struct {
	spans[MultirangeOf[K, E, V, R], MultirangeOf[K, E, V, *V], E, V, R]
}

// TSVectorOf is a tsvector: the words of a text, as full-text search has them. Its Go type is its text. In its methods K is
// TSVectorOf[R] itself, and M is [NullTSVector].
type TSVectorOf[R any] struct {
	kinded[TSVectorOf[R], TSVectorOf[*string], string, R]
}

// TSQueryOf is a tsquery: what full-text search looks for. Its Go type is its text. In its methods K is TSQueryOf[R] itself, and
// M is [NullTSQuery].
type TSQueryOf[R any] struct {
	kinded[TSQueryOf[R], TSQueryOf[*string], string, R]
}

// NetworkOf is an address or a network, in a Go type V that pgx can carry: netip.Prefix, netip.Addr for addresses alone, or a
// text. In its methods K is NetworkOf[V, R] itself, and M is NetworkOf[V, *V], which may be NULL.
type NetworkOf[V, R any] struct {
	kinded[NetworkOf[V, R], NetworkOf[V, *V], V, R]
}
