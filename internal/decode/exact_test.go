package decode_test

import (
	"database/sql"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/decode"
)

// numbers are numbers of a type of the server's, at the edges of Go's types.
var numbers = []struct {
	name   string
	oid    uint32
	array  uint32
	values []string
}{
	{"int2", pgtype.Int2OID, pgtype.Int2ArrayOID, []string{"0", "127", "128", "-128", "-129", "255", "256", "32767", "-32768"}},
	{"int4", pgtype.Int4OID, pgtype.Int4ArrayOID, []string{"32768", "-32769", "65536", "16777216", "16777217", "-16777217", "2147483647", "-2147483648"}},
	{"int8", pgtype.Int8OID, pgtype.Int8ArrayOID, []string{"2147483648", "4294967296", "9007199254740992", "9007199254740993", "9223372036854775807", "-9223372036854775808"}},
	{"float4", pgtype.Float4OID, pgtype.Float4ArrayOID, []string{"0", "0.5", "-1.25", "16777216", "9223372036854775808", "-9223372036854775808", "NaN", "Infinity", "-Infinity"}},
	{"float8", pgtype.Float8OID, pgtype.Float8ArrayOID, []string{"0", "0.1", "-1.5", "1e300", "-1e300", "1e-300", "3.5e38", "9223372036854775808", "1e19", "NaN", "Infinity", "-Infinity"}},
	{"numeric", pgtype.NumericOID, pgtype.NumericArrayOID, []string{"0", "0.1", "7", "7.00", "128", "70000", "1" + zeros(300), "1" + zeros(400), "0." + zeros(399) + "1", "9007199254740993", "9223372036854775808", "NaN", "Infinity"}},
}

func zeros(n int) string { return strings.Repeat("0", n) }

type small float32

// numberTypes are the Go types that numbers are read into.
var numberTypes = []reflect.Type{
	reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](),
	reflect.TypeFor[uint](), reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](),
	reflect.TypeFor[float32](), reflect.TypeFor[float64](), reflect.TypeFor[small](),
}

// shapes are types made of a type, and the way to what is in them.
var shapes = map[string]struct {
	of    func(reflect.Type) reflect.Type
	in    func(reflect.Value) reflect.Value
	array bool
}{
	"bare":     {func(t reflect.Type) reflect.Type { return t }, func(v reflect.Value) reflect.Value { return v }, false},
	"pointer":  {reflect.PointerTo, reflect.Value.Elem, false},
	"slice":    {reflect.SliceOf, func(v reflect.Value) reflect.Value { return v.Index(0) }, true},
	"pointers": {func(t reflect.Type) reflect.Type { return reflect.SliceOf(reflect.PointerTo(t)) }, func(v reflect.Value) reflect.Value { return v.Index(0).Elem() }, true},
}

// TestNumbersAreExact: every number is read into every Go type as it is, a fraction to the nearest, or is an error; never another
// number.
func TestNumbersAreExact(t *testing.T) {
	for _, n := range numbers {
		for _, text := range n.values {
			for _, to := range numberTypes {
				for name, shape := range shapes {
					for _, format := range []int16{pgtype.BinaryFormatCode, pgtype.TextFormatCode} {
						if to.Kind() == reflect.Uint8 && shape.array {
							continue // bytes
						}
						text := text
						if n.oid == pgtype.Float4OID && format == pgtype.TextFormatCode {
							text = strings.Replace(text, "9223372036854775808", "9223372000000000000", 1) // as the server writes it
						}
						oid, literal := n.oid, text
						if shape.array {
							oid, literal = n.array, "{"+text+"}"
						}
						t.Run(fmt.Sprintf("%s %.20s/%s/%s/%d", n.name, text, to, name, format), func(t *testing.T) {
							v, err := scanned(t, oid, format, literal, shape.of(to))
							if err != nil {
								v = reflect.Value{}
							} else {
								v = shape.in(v)
							}
							if err != nil && format == pgtype.TextFormatCode {
								return // numbers travel in binary format
							}
							checkNumber(t, text, strings.HasPrefix(n.name, "int"), to, v, err)
						})
					}
				}
			}
		}
	}
}

// scanned encodes a text as PostgreSQL writes it and decodes it as a Go type.
func scanned(t *testing.T, oid uint32, format int16, text string, to reflect.Type) (reflect.Value, error) {
	t.Helper()
	types := pgtype.NewMap()
	typ, _ := types.TypeForOID(oid)
	v, err := typ.Codec.DecodeValue(types, oid, pgtype.TextFormatCode, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := types.Encode(oid, format, v, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := reflect.New(to)
	c := decode.For(types, to, oid, format)
	err = c.Decode(p.UnsafePointer(), raw, &decode.Arena{Types: types})
	return p.Elem(), err
}

// checkNumber compares a number that was read, or the error, with the number that it was.
func checkNumber(t *testing.T, text string, integer bool, to reflect.Type, got reflect.Value, err error) {
	t.Helper()
	want, fits := fitting(text, integer, to)
	switch {
	case !fits && err == nil:
		t.Errorf("is %v, which is another number", got)
	case fits && err != nil:
		if !got.IsValid() && want.CanUint() && want.Uint() > math.MaxInt64 {
			return // the server has only numeric for it, and floating-point numbers
		}
		t.Error(err)
	case fits && fmt.Sprint(got) != fmt.Sprint(want):
		t.Errorf("is %v, want %v", got, want)
	}
}

// fitting returns the number as a value of a type; false where the type does not have it.
func fitting(text string, integer bool, to reflect.Type) (reflect.Value, bool) {
	v := reflect.New(to).Elem()
	exact, finite := new(big.Rat).SetString(text)
	if v.CanFloat() {
		var f float64
		_, _ = fmt.Sscan(strings.Replace(text, "Infinity", "Inf", 1), &f)
		if to.Bits() == 32 {
			f = float64(float32(f))
		}
		v.SetFloat(f)
		if !finite {
			return v, true
		}
		return v, !math.IsInf(f, 0) && (f == 0) == (exact.Sign() == 0) && (!integer || new(big.Rat).SetFloat64(f).Cmp(exact) == 0)
	}
	if !finite || !exact.IsInt() {
		return v, false
	}
	n := exact.Num()
	switch {
	case v.CanInt() && n.IsInt64() && !v.OverflowInt(n.Int64()):
		v.SetInt(n.Int64())
		return v, true
	case v.CanUint() && n.IsUint64() && !v.OverflowUint(n.Uint64()):
		v.SetUint(n.Uint64())
		return v, true
	}
	return v, false
}

// TestIntervalsAreExact: an interval is the same length of time in Go, or an error.
func TestIntervalsAreExact(t *testing.T) {
	const ok, months, beyond = "", "an interval with months", "an interval that time.Duration cannot hold"
	for _, c := range []struct {
		in   pgtype.Interval
		want time.Duration
		fail string
	}{
		{pgtype.Interval{}, 0, ok},
		{pgtype.Interval{Microseconds: 1500}, 1500 * time.Microsecond, ok},
		{pgtype.Interval{Days: 1}, 24 * time.Hour, ok},
		{pgtype.Interval{Days: -2, Microseconds: 3}, -48*time.Hour + 3*time.Microsecond, ok},
		{pgtype.Interval{Days: 106751, Microseconds: -1}, 106751*24*time.Hour - time.Microsecond, ok},
		{pgtype.Interval{Months: 1}, 0, months},
		{pgtype.Interval{Months: 12, Days: -360}, 0, months},
		{pgtype.Interval{Months: math.MaxInt32, Days: math.MaxInt32, Microseconds: math.MaxInt64}, 0, months}, // infinity
		{pgtype.Interval{Days: 106752}, 0, beyond},
		{pgtype.Interval{Days: math.MaxInt32}, 0, beyond},
		{pgtype.Interval{Days: math.MinInt32, Microseconds: math.MaxInt64}, 0, beyond},
		{pgtype.Interval{Microseconds: math.MaxInt64}, 0, beyond},
		{pgtype.Interval{Microseconds: math.MaxInt64, Days: 100_000_000}, 0, beyond},
		{pgtype.Interval{Microseconds: math.MinInt64, Days: -1}, 0, beyond},
	} {
		types := pgtype.NewMap()
		c.in.Valid = true
		one, err := types.Encode(pgtype.IntervalOID, pgtype.BinaryFormatCode, c.in, nil)
		if err != nil {
			t.Fatal(err)
		}
		many, err := types.Encode(pgtype.IntervalArrayOID, pgtype.BinaryFormatCode, []pgtype.Interval{c.in}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range []struct {
			dst any
			oid uint32
			raw []byte
			is  func(dst any) time.Duration
		}{
			{new(time.Duration), pgtype.IntervalOID, one, func(dst any) time.Duration { return *dst.(*time.Duration) }},
			{new(*time.Duration), pgtype.IntervalOID, one, func(dst any) time.Duration { return **dst.(**time.Duration) }},
			{new(sql.Null[time.Duration]), pgtype.IntervalOID, one, func(dst any) time.Duration { return dst.(*sql.Null[time.Duration]).V }},
			{new([]time.Duration), pgtype.IntervalArrayOID, many, func(dst any) time.Duration { return (*dst.(*[]time.Duration))[0] }},
		} {
			v := reflect.ValueOf(to.dst)
			column := decode.For(types, v.Type().Elem(), to.oid, pgtype.BinaryFormatCode)
			err := column.Decode(v.UnsafePointer(), to.raw, &decode.Arena{Types: types})
			switch {
			case c.fail == "" && err != nil, c.fail != "" && (err == nil || !strings.Contains(err.Error(), c.fail)):
				t.Errorf("%+v into %T: error %v, want %q", c.in, to.dst, err, c.fail)
			case c.fail == "" && to.is(to.dst) != c.want:
				t.Errorf("%+v into %T is %v, want %v", c.in, to.dst, to.is(to.dst), c.want)
			}
		}
	}
}

// TestEndlessTimes: infinity is no time of Go's.
func TestEndlessTimes(t *testing.T) {
	for oid, v := range map[uint32]any{
		pgtype.DateOID:        pgtype.Date{InfinityModifier: pgtype.Infinity, Valid: true},
		pgtype.TimestampOID:   pgtype.Timestamp{InfinityModifier: pgtype.NegativeInfinity, Valid: true},
		pgtype.TimestamptzOID: pgtype.Timestamptz{InfinityModifier: pgtype.Infinity, Valid: true},
	} {
		for _, format := range []int16{pgtype.BinaryFormatCode, pgtype.TextFormatCode} {
			types := pgtype.NewMap()
			raw, err := types.Encode(oid, format, v, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, to := range []reflect.Type{reflect.TypeFor[time.Time](), reflect.TypeFor[*time.Time](), reflect.TypeFor[sql.NullTime]()} {
				p := reflect.New(to)
				c := decode.For(types, to, oid, format)
				if err := c.Decode(p.UnsafePointer(), raw, &decode.Arena{Types: types}); err == nil {
					t.Errorf("%v is read into %s as %v", v, to, p.Elem())
				}
			}
		}
	}
}
