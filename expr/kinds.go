package expr

import (
	"encoding/json"
	"time"
)

// Columns of integer, floating-point and decimal types. The Go type of the struct's field may also be a named type of
// the one given, and sql.Null of it where the column may be NULL.
type (
	Int   = NumberOf[int64, int64]     // bigint; maps an existing integer or smallint column too
	Int32 = NumberOf[int32, int32]     // integer
	Int16 = NumberOf[int16, int16]     // smallint
	Float = NumberOf[float64, float64] // double precision

	NullInt   = NumberOf[int64, *int64]
	NullInt32 = NumberOf[int32, *int32]
	NullInt16 = NumberOf[int16, *int16]
	NullFloat = NumberOf[float64, *float64]
)

// DecimalOf is an exact decimal, SQL's numeric, in a Go type V that pgx can carry without loss, such as
// pgtype.Numeric, or a string.
type DecimalOf[V, R any] struct{ NumberOf[V, R] }

func (d DecimalOf[V, R]) kind() Kind { return d.Value.kind().as("numeric") }

// Columns of text.
type (
	Text     = TextOf[string, string] // text; varchar(n) with model.Size
	NullText = TextOf[string, *string]

	Enum[V ~string]     = TextOf[V, V] // a named string type; text unless model.Type names an enum of the database
	NullEnum[V ~string] = TextOf[V, *V]
)

// BoolOf is a boolean column or expression. It is a condition itself: Filter(o.IsPaid).
type BoolOf[R any] struct{ Value[bool, R] }

// Columns of truth values.
type (
	Bool     = BoolOf[bool] // boolean
	NullBool = BoolOf[*bool]
)

// TimeOf is a point in time.
type TimeOf[R any] struct{ Value[time.Time, R] }

// DateOf is a day: the time of day of an operand is cut off.
type DateOf[R any] struct{ TimeOf[R] }

func (d DateOf[R]) kind() Kind { return d.Value.kind().as("date") }

// Columns of time. A column "timestamp" without time zone maps to Time as well; name it with model.Type. It then holds
// the wall clock of the value given, and gives it back as UTC.
type (
	Time     = TimeOf[time.Time] // timestamptz
	NullTime = TimeOf[*time.Time]
	Date     = DateOf[time.Time] // date
	NullDate = DateOf[*time.Time]

	Interval     = Value[time.Duration, time.Duration] // interval, without months
	NullInterval = Value[time.Duration, *time.Duration]
)

// Columns of further types.
type (
	UUID      = Value[[16]byte, [16]byte] // uuid
	NullUUID  = Value[[16]byte, *[16]byte]
	Bytes     = Value[[]byte, []byte]                   // bytea
	NullBytes = Null[[]byte]                            // bytea; nil bytes are empty bytes, a nil pointer is NULL
	JSON      = Value[json.RawMessage, json.RawMessage] // jsonb
	NullJSON  = Null[json.RawMessage]
)

// Col is a column of any other Go type that pgx can encode and decode: a slice for an array, a pgtype type, a type
// registered with the connection. Where V does not tell the SQL type, name it with model.Type.
type Col[V any] = Value[V, V]

// Null is Col for a column that may be NULL.
type Null[V any] = Value[V, *V]
