package decode_test

import (
	"database/sql"
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// everything has a field of each kind that a row can be known by its image for.
type everything struct {
	ID     int64
	Small  int16
	Medium int32
	Wide   int64 // of an int4
	Short  int64 // of an int2
	Plain  int
	Text   string
	Email  email
	TextN  *string
	EmailN *email
	NumN   *int64
	Null   sql.Null[int64]
	NullS  sql.NullString
	Float  float64
	Real   float64 // of a float4
	FloatN *float64
	Bool   bool
	BoolN  *bool
	At     time.Time
	AtN    *time.Time
	Wall   time.Time // of a timestamp
	Day    time.Time // of a date
	DayN   *time.Time
	UUID   [16]byte
	Bytes  []byte
	Doc    json.RawMessage
	DocB   []byte // of a jsonb
}

// columnsOf says what each field of everything is on the wire.
var columnsOf = []struct {
	oid    uint32
	random func(r *rand.Rand) any
}{
	{pgtype.Int8OID, func(r *rand.Rand) any { return edge(r) }},
	{pgtype.Int2OID, func(r *rand.Rand) any { return int16(edge(r)) }},
	{pgtype.Int4OID, func(r *rand.Rand) any { return int32(edge(r)) }},
	{pgtype.Int4OID, func(r *rand.Rand) any { return int32(edge(r)) }},
	{pgtype.Int2OID, func(r *rand.Rand) any { return int16(edge(r)) }},
	{pgtype.Int8OID, func(r *rand.Rand) any { return edge(r) }},
	{pgtype.TextOID, func(r *rand.Rand) any { return word(r) }},
	{pgtype.VarcharOID, func(r *rand.Rand) any { return word(r) }},
	{pgtype.TextOID, func(r *rand.Rand) any { return word(r) }},
	{pgtype.TextOID, func(r *rand.Rand) any { return word(r) }},
	{pgtype.Int8OID, func(r *rand.Rand) any { return edge(r) }},
	{pgtype.Int8OID, func(r *rand.Rand) any { return edge(r) }},
	{pgtype.TextOID, func(r *rand.Rand) any { return word(r) }},
	{pgtype.Float8OID, func(r *rand.Rand) any { return double(r) }},
	{pgtype.Float4OID, func(r *rand.Rand) any { return float32(double(r)) }},
	{pgtype.Float8OID, func(r *rand.Rand) any { return double(r) }},
	{pgtype.BoolOID, func(r *rand.Rand) any { return r.IntN(2) == 0 }},
	{pgtype.BoolOID, func(r *rand.Rand) any { return r.IntN(2) == 0 }},
	{pgtype.TimestamptzOID, func(r *rand.Rand) any { return moment(r) }},
	{pgtype.TimestamptzOID, func(r *rand.Rand) any { return moment(r) }},
	{pgtype.TimestampOID, func(r *rand.Rand) any { return moment(r) }},
	{pgtype.DateOID, func(r *rand.Rand) any { return moment(r) }},
	{pgtype.DateOID, func(r *rand.Rand) any { return moment(r) }},
	{pgtype.UUIDOID, func(r *rand.Rand) any { return [16]byte{byte(r.Uint32()), byte(r.Uint32())} }},
	{pgtype.ByteaOID, func(r *rand.Rand) any { return []byte(word(r)) }},
	{pgtype.JSONBOID, func(r *rand.Rand) any { return document(r) }},
	{pgtype.JSONBOID, func(r *rand.Rand) any { return document(r) }},
}

// row is the Row of everything, and what knows its fields otherwise.
type row struct {
	types   *pgtype.Map
	plan    decode.Row
	fields  []reflect.StructField
	formats []int16
	access  []meta.Access
}

func newRow(t *testing.T) *row {
	t.Helper()
	x := &row{types: pgtype.NewMap(), fields: reflect.VisibleFields(reflect.TypeFor[everything]())}
	for i, f := range x.fields {
		format := x.types.FormatCodeForOID(columnsOf[i].oid)
		x.formats = append(x.formats, format)
		x.access = append(x.access, meta.AccessOf(f.Type))
		x.plan.Add(f.Offset, decode.For(x.types, f.Type, columnsOf[i].oid, format))
		if !x.plan.Exact() {
			t.Fatalf("a row with %s is not exact", f.Name)
		}
	}
	return x
}

// values returns a random row on the wire; a column that may be NULL is, one time in three.
func (x *row) values(r *rand.Rand) [][]byte {
	vs := make([][]byte, len(x.fields))
	for i, f := range x.fields {
		k := f.Type.Kind()
		mayBeNull := k == reflect.Pointer || k == reflect.Slice || k == reflect.Struct && f.Type != reflect.TypeFor[time.Time]()
		for vs[i] == nil && (!mayBeNull || r.IntN(3) > 0) {
			vs[i], _ = x.types.Encode(columnsOf[i].oid, x.formats[i], columnsOf[i].random(r), []byte{})
			if x.types.Scan(columnsOf[i].oid, x.formats[i], vs[i], reflect.New(f.Type).Interface()) != nil {
				vs[i] = nil // a time that PostgreSQL does not have
			}
		}
	}
	return vs
}

// TestRow: a row is decoded as its columns are one by one, with and without an image, and from its image later on.
func TestRow(t *testing.T) {
	x := newRow(t)
	r := rand.New(rand.NewPCG(7, 8))
	a := decode.Arena{Types: x.types}
	for range rounds(t) {
		values := x.values(r)
		var want, got, imaged, restored everything
		for i, f := range x.fields {
			c := decode.For(x.types, f.Type, columnsOf[i].oid, x.formats[i])
			if err := c.Decode(mem.Add(mem.Of(&want), f.Offset), values[i], &a); err != nil {
				t.Fatal(f.Name, err)
			}
		}
		if _, err := x.plan.Decode(mem.Of(&got), values, &a); err != nil {
			t.Fatal(err)
		}
		image, _, err := x.plan.DecodeImage(mem.Of(&imaged), values, &a)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range values { // nothing may have been kept of them
			clear(v)
		}
		x.plan.Restore(mem.Of(&restored), image, &decode.Arena{})
		for name, other := range map[string]*everything{"Decode": &got, "DecodeImage": &imaged, "Restore": &restored} {
			x.alike(t, name, &want, other)
			if !x.plan.Same(mem.Of(other), image) {
				t.Fatalf("%s: not the same as its image: %+v", name, other)
			}
		}
	}
}

func (x *row) alike(t *testing.T, name string, want, got *everything) {
	t.Helper()
	for i, f := range x.fields {
		w, g := mem.Add(mem.Of(want), f.Offset), mem.Add(mem.Of(got), f.Offset)
		if !x.access[i].Equal(w, g) || x.access[i].IsZero(w) != x.access[i].IsZero(g) {
			t.Fatalf("%s: field %s differs: %+v, want %+v", name, f.Name, got, want)
		}
	}
}

// TestSame: an object is the same as another's image exactly when all of its fields are equal to the other's.
func TestSame(t *testing.T) {
	x := newRow(t)
	r := rand.New(rand.NewPCG(9, 10))
	a := decode.Arena{Types: x.types}
	differ := 0
	for range rounds(t) {
		values, others := x.values(r), x.values(r)
		var obj everything
		image, _, err := x.plan.DecodeImage(mem.Of(&obj), values, &a)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range x.fields {
			c := decode.For(x.types, f.Type, columnsOf[i].oid, x.formats[i])
			changed := obj
			p := mem.Add(mem.Of(&changed), f.Offset)
			if err := c.Decode(p, others[i], &a); err != nil {
				t.Fatal(f.Name, err)
			}
			equal := x.access[i].Equal(p, mem.Add(mem.Of(&obj), f.Offset))
			if got := x.plan.Same(mem.Of(&changed), image); got != equal {
				t.Fatalf("field %s: same is %v, equal %v: %+v", f.Name, got, equal, changed)
			}
			if !equal {
				differ++
			}
		}
	}
	if differ == 0 {
		t.Error("nothing differed")
	}
}

// TestSameAtTheEdges: what the database holds equal is the same, what it does not is not.
func TestSameAtTheEdges(t *testing.T) {
	x := newRow(t)
	a := decode.Arena{Types: x.types}
	values := x.values(rand.New(rand.NewPCG(1, 1)))
	at := time.Date(2024, 2, 29, 12, 0, 0, 5000, time.UTC)
	for i, v := range map[int]any{13: math.NaN(), 14: float32(math.Copysign(0, -1)), 18: at, 24: []byte{}} {
		values[i], _ = x.types.Encode(columnsOf[i].oid, x.formats[i], v, []byte{})
	}
	values[8] = []byte{} // TextN is ""
	var obj everything
	image, _, err := x.plan.DecodeImage(mem.Of(&obj), values, &a)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		change func(o *everything)
		same   bool
	}{
		{"nothing", func(*everything) {}, true},
		{"another NaN", func(o *everything) { o.Float = math.Float64frombits(0x7ff8000000000123) }, true},
		{"0 for -0", func(o *everything) { o.Real = 0 }, true},
		{"another zone", func(o *everything) { o.At = o.At.In(time.FixedZone("x", 3600)) }, true},
		{"a nanosecond", func(o *everything) { o.At = o.At.Add(1) }, true}, // which is not stored
		{"a microsecond", func(o *everything) { o.At = o.At.Add(-time.Microsecond) }, false},
		{"a copy of a text", func(o *everything) { o.Text = string([]byte(o.Text)) }, true},
		{"NULL for an empty text", func(o *everything) { o.TextN = nil }, false},
		{"another empty text", func(o *everything) { o.TextN = new(string) }, true},
		{"nil for empty bytes", func(o *everything) { o.Bytes = nil }, false},
		{"other bytes in place", func(o *everything) { o.UUID[15]++ }, false},
		{"not valid", func(o *everything) { o.Null = sql.Null[int64]{V: o.Null.V, Valid: !o.Null.Valid} }, false},
	} {
		o := obj
		c.change(&o)
		if got := x.plan.Same(mem.Of(&o), image); got != c.same {
			t.Errorf("%s: same is %v", c.name, got)
		}
	}
}
