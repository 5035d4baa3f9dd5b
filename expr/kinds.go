package expr

//go:generate go run ../internal/kindgen/gen

import (
	"encoding/json"
	"time"
)

// Columns of integer, floating-point and decimal types. The Go type of the struct's field may also be a named type of
// the one given, and sql.Null of it where the column may be NULL.
type (
	Int     = IntOf[int64, int64]       // bigint; maps an existing integer or smallint column too
	Int32   = IntOf[int32, int32]       // integer
	Int16   = IntOf[int16, int16]       // smallint
	Float   = FloatOf[float64, float64] // double precision
	Float32 = FloatOf[float32, float32] // real
	Decimal = DecimalOf[string, string] // numeric, as its text; for other Go types see DecimalOf

	NullInt     = IntOf[int64, *int64]
	NullInt32   = IntOf[int32, *int32]
	NullInt16   = IntOf[int16, *int16]
	NullFloat   = FloatOf[float64, *float64]
	NullFloat32 = FloatOf[float32, *float32]
	NullDecimal = DecimalOf[string, *string]
)

// Columns of text.
type (
	Text     = TextOf[string, string] // text; varchar(n) with model.Size
	NullText = TextOf[string, *string]

	Enum[V ~string]     = TextOf[V, V] // a named string type; text unless model.Type names an enum of the database
	NullEnum[V ~string] = TextOf[V, *V]
)

// Columns of truth values.
type (
	Bool     = BoolOf[bool] // boolean
	NullBool = BoolOf[*bool]
)

// Columns of time. A column "timestamp" without time zone maps to Time as well; name it with model.Type. It then holds
// the wall clock of the value given, and returns it as UTC.
type (
	Time     = TimeOf[time.Time] // timestamptz
	NullTime = TimeOf[*time.Time]
	Date     = DateOf[time.Time] // date
	NullDate = DateOf[*time.Time]
)

// Columns of further types.
type (
	UUID     = Value[[16]byte, [16]byte] // uuid
	NullUUID = Value[[16]byte, *[16]byte]

	UUIDOf[V ~[16]byte]     = Value[V, V] // uuid in another package's type: UUIDOf[uuid.UUID]
	NullUUIDOf[V ~[16]byte] = Value[V, *V]

	Bytes     = Value[[]byte, []byte]                    // bytea
	NullBytes = Null[[]byte]                             // bytea; nil bytes are empty bytes, a nil pointer is NULL
	JSON      = JSONOf[json.RawMessage, json.RawMessage] // jsonb
	NullJSON  = JSONOf[json.RawMessage, *json.RawMessage]
)

// Columns of arrays. The elements of Array and NullArray have comparisons and no more; those of the others have the operators
// of a kind, and so have those of any array whose kind is written in full: ArrayOf[NullDate, time.Time, []time.Time,
// []time.Time] is date[]. A Sparse array is one with elements that may be NULL.
type (
	Array[V any]           = ArrayOf[Null[V], V, []V, []V]
	NullArray[V any]       = ArrayOf[Null[V], V, []V, *[]V]
	SparseArray[V any]     = ArrayOf[Null[V], V, []*V, []*V]
	NullSparseArray[V any] = ArrayOf[Null[V], V, []*V, *[]*V]

	TextArray     = ArrayOf[NullText, string, []string, []string] // text[]
	NullTextArray = ArrayOf[NullText, string, []string, *[]string]
	IntArray      = ArrayOf[NullInt, int64, []int64, []int64] // bigint[]
	NullIntArray  = ArrayOf[NullInt, int64, []int64, *[]int64]

	EnumArray[V ~string]     = ArrayOf[NullEnum[V], V, []V, []V] // text[] unless model.Type names an array of an enum of the database
	NullEnumArray[V ~string] = ArrayOf[NullEnum[V], V, []V, *[]V]
)

// Col is a column of any other Go type that pgx can encode and decode: a slice for an array, a pgtype type, a type
// registered with the connection. Where V does not tell the SQL type, name it with model.Type.
type Col[V any] = Value[V, V]

// Null is Col for a column that may be NULL.
type Null[V any] = Value[V, *V]
