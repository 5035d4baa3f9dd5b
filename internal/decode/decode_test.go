package decode_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
)

type (
	email string
	level int32
)

// source is a type on the wire and how to make values of it.
type source struct {
	name   string
	oid    uint32
	random func(r *rand.Rand) any
	goes   []reflect.Type // what it is decoded into
}

var (
	integers = []reflect.Type{
		reflect.TypeFor[int64](), reflect.TypeFor[int32](), reflect.TypeFor[int16](), reflect.TypeFor[int](), reflect.TypeFor[int8](),
		reflect.TypeFor[uint64](), reflect.TypeFor[uint32](), reflect.TypeFor[uint16](), reflect.TypeFor[uint](), reflect.TypeFor[uint8](),
		reflect.TypeFor[level](), reflect.TypeFor[*int64](), reflect.TypeFor[sql.Null[int64]](), reflect.TypeFor[pgtype.Int8](),
		reflect.TypeFor[string](),
	}
	times = []reflect.Type{
		reflect.TypeFor[time.Time](), reflect.TypeFor[*time.Time](), reflect.TypeFor[sql.Null[time.Time]](), reflect.TypeFor[string](),
	}
	texts = []reflect.Type{
		reflect.TypeFor[string](), reflect.TypeFor[*string](), reflect.TypeFor[email](), reflect.TypeFor[*email](),
		reflect.TypeFor[sql.Null[string]](), reflect.TypeFor[sql.NullString](), reflect.TypeFor[pgtype.Text](), reflect.TypeFor[[]byte](),
	}
)

func sources() []source {
	return []source{
		{"int2", pgtype.Int2OID, func(r *rand.Rand) any { return int16(edge(r)) }, integers},
		{"int4", pgtype.Int4OID, func(r *rand.Rand) any { return int32(edge(r)) }, integers},
		{"int8", pgtype.Int8OID, func(r *rand.Rand) any { return edge(r) }, integers},
		{"numeric", pgtype.NumericOID, func(r *rand.Rand) any { return strconv.FormatInt(edge(r), 10) }, []reflect.Type{
			reflect.TypeFor[int64](), reflect.TypeFor[*float64](), reflect.TypeFor[float64](), reflect.TypeFor[pgtype.Numeric](),
		}},
		{"float4", pgtype.Float4OID, func(r *rand.Rand) any { return float32(double(r)) }, []reflect.Type{reflect.TypeFor[float64](), reflect.TypeFor[float32](), reflect.TypeFor[*float64]()}},
		{"float8", pgtype.Float8OID, func(r *rand.Rand) any { return double(r) }, []reflect.Type{reflect.TypeFor[float64](), reflect.TypeFor[*float64](), reflect.TypeFor[sql.NullFloat64]()}},
		{"bool", pgtype.BoolOID, func(r *rand.Rand) any { return r.IntN(2) == 0 }, []reflect.Type{reflect.TypeFor[bool](), reflect.TypeFor[*bool](), reflect.TypeFor[sql.NullBool]()}},
		{"text", pgtype.TextOID, func(r *rand.Rand) any { return word(r) }, texts},
		{"varchar", pgtype.VarcharOID, func(r *rand.Rand) any { return word(r) }, texts},
		{"bpchar", pgtype.BPCharOID, func(r *rand.Rand) any { return word(r) }, texts[:4]},
		{"name", pgtype.NameOID, func(r *rand.Rand) any { return word(r) }, texts[:4]},
		{"uuid", pgtype.UUIDOID, func(r *rand.Rand) any { return [16]byte([]byte(fmt.Sprintf("%016x", r.Uint64()))) }, []reflect.Type{
			reflect.TypeFor[[16]byte](), reflect.TypeFor[*[16]byte](), reflect.TypeFor[string](), reflect.TypeFor[pgtype.UUID](),
		}},
		{"bytea", pgtype.ByteaOID, func(r *rand.Rand) any { return []byte(word(r)) }, []reflect.Type{reflect.TypeFor[[]byte](), reflect.TypeFor[*[]byte]()}},
		{"timestamptz", pgtype.TimestamptzOID, func(r *rand.Rand) any { return moment(r) }, times},
		{"timestamp", pgtype.TimestampOID, func(r *rand.Rand) any { return moment(r) }, times},
		{"date", pgtype.DateOID, func(r *rand.Rand) any { return moment(r) }, times},
		{"json", pgtype.JSONOID, func(r *rand.Rand) any { return " " + string(document(r)) + "\n" }, []reflect.Type{reflect.TypeFor[json.RawMessage](), reflect.TypeFor[[]byte](), reflect.TypeFor[string](), reflect.TypeFor[map[string]any]()}},
		{"jsonb", pgtype.JSONBOID, func(r *rand.Rand) any { return document(r) }, []reflect.Type{reflect.TypeFor[json.RawMessage](), reflect.TypeFor[*json.RawMessage](), reflect.TypeFor[[]byte](), reflect.TypeFor[string]()}},
		{"interval", pgtype.IntervalOID, func(r *rand.Rand) any { return time.Duration(edge(r) / 1000 * 1000) }, []reflect.Type{reflect.TypeFor[pgtype.Interval](), reflect.TypeFor[*pgtype.Interval]()}},
		{"int8[]", pgtype.Int8ArrayOID, func(r *rand.Rand) any { return []int64{edge(r), edge(r)} }, []reflect.Type{reflect.TypeFor[[]int64](), reflect.TypeFor[[]*int64]()}},
		{"text[]", pgtype.TextArrayOID, func(r *rand.Rand) any { return []string{word(r), word(r)} }, []reflect.Type{reflect.TypeFor[[]string]()}},
	}
}

// edge returns a number, often one at the end of a range.
func edge(r *rand.Rand) int64 {
	ends := []int64{0, 1, -1, 127, 128, 255, 256, -128, 32767, 32768, -32768, 65535, math.MaxInt32, math.MinInt32, math.MaxUint32, math.MaxInt64, math.MinInt64}
	if r.IntN(2) == 0 {
		return ends[r.IntN(len(ends))]
	}
	return int64(r.Uint64() >> r.IntN(64))
}

func double(r *rand.Rand) float64 {
	odd := []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, math.SmallestNonzeroFloat64, 0.1}
	if r.IntN(3) == 0 {
		return odd[r.IntN(len(odd))]
	}
	return math.Float64frombits(r.Uint64())
}

func word(r *rand.Rand) string {
	rs := make([]rune, r.IntN(40)*r.IntN(40))
	for i := range rs {
		rs[i] = rune(1 + r.IntN(0x2ff))
	}
	return string(rs)
}

func moment(r *rand.Rand) time.Time {
	t := time.Date(r.IntN(20000)-4700, 1+time.Month(r.IntN(12)), 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e6)*1000, time.UTC)
	if r.IntN(4) == 0 {
		t = t.Add(time.Duration(r.IntN(10)) * time.Hour * 24 * 365 * 250)
	}
	return t
}

func document(r *rand.Rand) json.RawMessage {
	b, _ := json.Marshal(map[string]any{"a": r.IntN(100), "b": "x  y", "c": nil})
	return b
}

// rounds is how many values of each kind are tried; CUPEL_DECODE_ROUNDS raises it.
func rounds(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("CUPEL_DECODE_ROUNDS"))
	if err != nil {
		return 300
	}
	t.Logf("%d rounds", n)
	return n
}

// TestAsPgtype: every decoder returns what pgtype does, in both formats, for good values, for values cut short or made
// longer, and for random bytes.
func TestAsPgtype(t *testing.T) {
	for _, s := range sources() {
		for _, format := range []int16{pgtype.BinaryFormatCode, pgtype.TextFormatCode} {
			for _, to := range s.goes {
				t.Run(fmt.Sprintf("%s/%d/%s", s.name, format, to), func(t *testing.T) {
					t.Parallel()
					r := rand.New(rand.NewPCG(uint64(s.oid), uint64(format)))
					p := newPair(t, s, format, to)
					for range rounds(t) {
						raw := p.encode(s.random(r))
						p.compare(raw)
						if len(raw) > 0 {
							p.compare(raw[:r.IntN(len(raw))])
						}
						p.compare(append(raw[:len(raw):len(raw)], byte(r.Uint32())))
						p.compare(noise(r))
					}
				})
			}
		}
	}
}

func noise(r *rand.Rand) []byte {
	b := make([]byte, r.IntN(20))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// pair decodes the same value with ours and with pgtype.
type pair struct {
	t      *testing.T
	types  *pgtype.Map
	oid    uint32
	format int16
	to     reflect.Type
	ours   decode.Column
	arena  decode.Arena
}

func newPair(t *testing.T, s source, format int16, to reflect.Type) *pair {
	types := pgtype.NewMap()
	return &pair{
		t: t, types: types, oid: s.oid, format: format, to: to,
		ours: decode.For(types, to, s.oid, format), arena: decode.Arena{Types: types},
	}
}

func (p *pair) encode(v any) []byte {
	p.t.Helper()
	raw, err := p.types.Encode(p.oid, p.format, v, []byte{})
	if err != nil { // a year that the type does not have
		return []byte{}
	}
	return raw
}

func (p *pair) compare(raw []byte) {
	p.t.Helper()
	theirs := reflect.New(p.to)
	want := p.types.Scan(p.oid, p.format, raw, theirs.Interface())
	given := append(make([]byte, 0, len(raw)), raw...)
	ours := reflect.New(p.to)
	got := p.ours.Decode(ours.UnsafePointer(), given, &p.arena)
	clear(given) // the decoder must not have kept it
	if (want == nil) != (got == nil) {
		p.t.Fatalf("%q: pgtype says %v, ours %v", raw, want, got)
	}
	if want == nil && !same(theirs.Elem().Interface(), ours.Elem().Interface()) {
		p.t.Fatalf("%q: pgtype gives %#v, ours %#v", raw, theirs.Elem().Interface(), ours.Elem().Interface())
	}
}

// same is equality where NaN equals NaN and a time its instant and zone.
func same(a, b any) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	return fmt.Sprintf("%T %v", a, deref(a)) == fmt.Sprintf("%T %v", b, deref(b))
}

func deref(v any) any {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && !rv.IsNil() {
		return rv.Elem().Interface()
	}
	return v
}

// TestNull: NULL is nil where the Go type has a nil, and ErrNull where it has none. Never a zero.
func TestNull(t *testing.T) {
	null := decode.ErrNull
	cases := []struct {
		to   any // pointer to a value that is not zero
		oid  uint32
		want error
	}{
		{ptr(int64(7)), pgtype.Int8OID, null},
		{ptr("x"), pgtype.TextOID, null},
		{ptr(email("x")), pgtype.TextOID, null},
		{ptr(true), pgtype.BoolOID, null},
		{ptr(1.5), pgtype.Float8OID, null},
		{ptr(time.Unix(1, 0)), pgtype.TimestamptzOID, null},
		{ptr(time.Minute), pgtype.IntervalOID, null},
		{ptr([16]byte{1}), pgtype.UUIDOID, null},
		{ptr(ptr("x")), pgtype.TextOID, nil},
		{ptr(ptr(time.Unix(1, 0))), pgtype.TimestamptzOID, nil},
		{&sql.Null[string]{V: "x", Valid: true}, pgtype.TextOID, nil},
		{&sql.NullInt64{Int64: 1, Valid: true}, pgtype.Int8OID, nil},
		{&pgtype.Text{String: "x", Valid: true}, pgtype.TextOID, nil},
		{ptr([]byte("x")), pgtype.ByteaOID, nil},
		{ptr(json.RawMessage("1")), pgtype.JSONBOID, nil},
		{ptr([]string{"x"}), pgtype.TextArrayOID, nil},
		{ptr(map[string]any{"x": 1}), pgtype.JSONBOID, nil},
	}
	for _, c := range cases {
		for _, format := range []int16{pgtype.BinaryFormatCode, pgtype.TextFormatCode} {
			v := reflect.ValueOf(c.to)
			t.Run(fmt.Sprintf("%s/%d", v.Type().Elem(), format), func(t *testing.T) {
				types := pgtype.NewMap()
				dst := reflect.New(v.Type().Elem())
				dst.Elem().Set(v.Elem())
				column := decode.For(types, v.Type().Elem(), c.oid, format)
				err := column.Decode(dst.UnsafePointer(), nil, &decode.Arena{Types: types})
				if !errors.Is(err, c.want) {
					t.Fatalf("error %v, want %v", err, c.want)
				}
				if err == nil && !dst.Elem().IsZero() {
					t.Errorf("NULL gives %v", dst.Elem())
				}
			})
		}
	}
}

func ptr[T any](v T) *T { return &v }

// TestArena: strings of one result do not overlap, whatever their sizes, and few allocations hold them.
func TestArena(t *testing.T) {
	types := pgtype.NewMap()
	f := decode.For(types, reflect.TypeFor[string](), pgtype.TextOID, pgtype.BinaryFormatCode)
	r := rand.New(rand.NewPCG(1, 2))
	arena := decode.Arena{Types: types}
	var want, got []string
	for range 5000 {
		w := word(r)
		var s string
		if err := f.Decode(mem.Of(&s), []byte(w), &arena); err != nil {
			t.Fatal(err)
		}
		want, got = append(want, w), append(got, s)
	}
	for i := range want {
		if want[i] != got[i] {
			t.Fatalf("string %d is %q, want %q", i, got[i], want[i])
		}
	}
	raw := []byte("sixteen bytes of")
	allocs := testing.AllocsPerRun(10, func() {
		a := decode.Arena{Types: types}
		var s string
		for range 1000 {
			_ = f.Decode(mem.Of(&s), raw, &a)
		}
	})
	if allocs > 10 {
		t.Errorf("1,000 strings of 16 bytes take %v allocations, want at most 10", allocs)
	}
}
