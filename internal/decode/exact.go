package decode

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/codec"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// pgtype reads some values into Go types that cannot hold them as others: a month as 720 hours, 1e300 into a float32 as +Inf,
// 1<<53+1 into a float64 as 1<<53. Where a type of the server's and one of Go's can meet so, pgtype is given another type in the
// place of Go's, of the same layout, that looks. A number with a fraction is rounded to the nearest, as a cast of the server's
// does; an integer, and a number beyond the type, is not changed but refused.

// checked returns the type that looks in the place of t, for values of an OID or of its elements; t where there is nothing to
// look at.
func checked(types *pgtype.Map, t reflect.Type, oid uint32) reflect.Type {
	for {
		element, ok := codec.ElementOf(types, oid)
		if !ok {
			break
		}
		oid = element
	}
	return twin(t, codec.KindOf(types, oid))
}

// twin returns the type that looks in the place of t for values of a kind.
func twin(t reflect.Type, from sqltype.Kind) reflect.Type {
	switch t.Kind() {
	case reflect.Pointer:
		return derived(t, from, reflect.PointerTo)
	case reflect.Slice:
		return derived(t, from, reflect.SliceOf)
	case reflect.Array:
		return derived(t, from, func(e reflect.Type) reflect.Type { return reflect.ArrayOf(t.Len(), e) })
	}
	switch {
	case scans(t):
	case from == sqltype.Interval && t == reflect.TypeFor[time.Duration]():
		return reflect.TypeFor[duration]()
	case t.Kind() == reflect.Float32 && (from == sqltype.Float8 || from == sqltype.Numeric || from.Integer()):
		return reflect.TypeFor[float4]()
	case t.Kind() == reflect.Float64 && (from == sqltype.Numeric || from.Integer()):
		return reflect.TypeFor[float8]()
	}
	return t
}

// derived returns a type made of the twin of t's elements; t where they have none.
func derived(t reflect.Type, from sqltype.Kind, of func(reflect.Type) reflect.Type) reflect.Type {
	if scans(t) {
		return t
	}
	if e := twin(t.Elem(), from); e != t.Elem() {
		return of(e)
	}
	return t
}

var errMonths = errors.New("an interval with months, or without end, which time.Duration cannot hold; see pgtype.Interval")

// duration is a time.Duration. A day is 24 hours, as it is to the server's own comparisons; a month has no length.
type duration time.Duration

// ScanInterval stores an interval.
func (d *duration) ScanInterval(v pgtype.Interval) error {
	const (
		day  = 86400e6
		most = 1e8 // days, which are still an int64 of microseconds
	)
	switch {
	case !v.Valid:
		return ErrNull
	case v.Months != 0:
		return errMonths
	}
	us := v.Microseconds + int64(v.Days)*day
	ns := us * 1000
	if v.Days > most || v.Days < -most || (us < v.Microseconds) != (v.Days < 0) || ns/1000 != us {
		return errBeyond("an interval", "time.Duration")
	}
	*d = duration(ns)
	return nil
}

// float4 is a float32, float8 a float64, of numbers that may not fit.
type (
	float4 float32
	float8 float64
)

// errBeyond says that a number does not fit.
func errBeyond(from, to string) error { return fmt.Errorf("%s that %s cannot hold", from, to) }

// ScanInt64 stores an integer, which must be the same then.
func (f *float4) ScanInt64(v pgtype.Int8) error {
	*f = float4(v.Int64)
	return whole(v, float64(*f), "float32")
}

// ScanInt64 stores an integer, which must be the same then.
func (f *float8) ScanInt64(v pgtype.Int8) error {
	*f = float8(v.Int64)
	return whole(v, float64(*f), "float64")
}

// whole fails where an integer is not the same as a floating-point number, which may be 1<<63 and no integer.
func whole(v pgtype.Int8, f float64, to string) error {
	switch {
	case !v.Valid:
		return ErrNull
	case f >= -math.MinInt64 || int64(f) != v.Int64:
		return errBeyond("an integer", to)
	}
	return nil
}

// ScanFloat64 stores a double precision, rounded to the nearest.
func (f *float4) ScanFloat64(v pgtype.Float8) error {
	if !v.Valid {
		return ErrNull
	}
	n := float32(v.Float64)
	if math.IsInf(float64(n), 0) != math.IsInf(v.Float64, 0) || (n == 0) != (v.Float64 == 0) {
		return errBeyond("a double precision", "float32")
	}
	*f = float4(n)
	return nil
}

// ScanFloat64 stores a double precision.
func (f *float8) ScanFloat64(v pgtype.Float8) error {
	if !v.Valid {
		return ErrNull
	}
	*f = float8(v.Float64)
	return nil
}

// ScanNumeric stores a numeric.
func (f *float4) ScanNumeric(v pgtype.Numeric) error {
	n, err := nearest(v, 32)
	*f = float4(n)
	return err
}

// ScanNumeric stores a numeric.
func (f *float8) ScanNumeric(v pgtype.Numeric) error {
	n, err := nearest(v, 64)
	*f = float8(n)
	return err
}

// nearest returns the floating-point number nearest to a numeric.
func nearest(v pgtype.Numeric, bits int) (float64, error) {
	if !v.Valid {
		return 0, ErrNull
	}
	if v.Int == nil || v.NaN || v.InfinityModifier != pgtype.Finite {
		n, err := v.Float64Value()
		return n.Float64, err
	}
	f, err := strconv.ParseFloat(v.Int.String()+"e"+strconv.Itoa(int(v.Exp)), bits)
	if err != nil || (f == 0) != (v.Int.Sign() == 0) {
		return 0, errBeyond("a numeric", "float"+strconv.Itoa(bits))
	}
	return f, nil
}
