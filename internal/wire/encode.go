package wire

import (
	"encoding/binary"
	"math"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/codec"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// params are the encoded arguments of a statement.
type params struct {
	values  [][]byte
	formats []int16
	buf     []byte
}

// newParams returns memory for arguments. Its buffer is not nil: an empty text would be NULL.
func newParams() params { return params{buf: make([]byte, 0, 64)} }

// reset forgets the arguments, and memory that is too much to be kept.
func (p *params) reset() {
	const keep = 64 << 10
	if cap(p.buf) > keep {
		*p = newParams()
		return
	}
	clear(p.values)
	p.values, p.formats, p.buf = p.values[:0], p.formats[:0], p.buf[:0]
}

// param is what a statement's parameter takes, as the server described it.
type param struct {
	oid     uint32
	element uint32       // of an array: its element's type
	kind    sqltype.Kind // Other: of no type that common Go values are encoded for here, exactly as pgtype would
	array   bool
}

// describeParam finds the kind of a parameter; of an array, its elements'.
func describeParam(types *pgtype.Map, oid uint32) param {
	if element, ok := codec.ElementOf(types, oid); ok {
		return param{oid: oid, element: element, array: true, kind: codec.KindOf(types, element)}
	}
	return param{oid: oid, kind: codec.KindOf(types, oid)}
}

// encode encodes the arguments of a statement whose types are known. p is empty.
func (p *params) encode(types *pgtype.Map, ps []param, args []any) error {
	if len(ps) != len(args) {
		return errCount
	}
	for i, a := range args {
		from := len(p.buf)
		if buf, ok := ps[i].append(p.buf, a); ok {
			p.buf = buf
			p.values, p.formats = append(p.values, buf[from:len(buf):len(buf)]), append(p.formats, pgtype.BinaryFormatCode)
			continue
		}
		if err := p.general(types, &ps[i], i, arg.Plain(a)); err != nil {
			return err
		}
	}
	return nil
}

// general leaves an argument to pgtype, in the format that it prefers or else in the other.
func (p *params) general(types *pgtype.Map, to *param, i int, a any) error {
	if a == nil {
		p.values, p.formats = append(p.values, nil), append(p.formats, pgtype.TextFormatCode)
		return nil
	}
	if to.kind == sqltype.Float4 && beyondReal(reflect.ValueOf(a)) {
		return newEncodeError(i, to, a, errBeyondReal)
	}
	format := types.FormatCodeForOID(to.oid)
	switch a.(type) {
	case string, *string:
		format = pgtype.TextFormatCode
	}
	from := len(p.buf)
	buf, err := types.Encode(to.oid, format, a, p.buf)
	if err != nil {
		format = 1 - format
		var other error
		if buf, other = types.Encode(to.oid, format, a, p.buf); other != nil {
			return newEncodeError(i, to, a, err)
		}
	}
	p.formats = append(p.formats, format)
	if buf == nil {
		p.values = append(p.values, nil)
		return nil
	}
	p.buf = buf
	p.values = append(p.values, buf[from:len(buf):len(buf)])
	return nil
}

// beyondReal reports whether a float64, or one of many, is finite and has no place in a real; pgtype would send Infinity.
func beyondReal(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Float64:
		return !math.IsInf(v.Float(), 0) && math.IsInf(float64(float32(v.Float())), 0)
	case reflect.Pointer:
		return !v.IsNil() && beyondReal(v.Elem())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if beyondReal(v.Index(i)) {
				return true
			}
		}
	}
	return false
}

// append encodes an argument in binary form; false where that is left to pgtype.
func (p *param) append(b []byte, a any) ([]byte, bool) {
	if p.array {
		return p.appendArray(b, arg.Plain(a))
	}
	switch x := a.(type) {
	case int64:
		return p.appendInteger(b, x)
	case arg.Ref[int64]:
		return p.appendInteger(b, x.Value())
	case int32:
		return p.appendInteger(b, int64(x))
	case arg.Ref[int32]:
		return p.appendInteger(b, int64(x.Value()))
	case int16:
		return p.appendInteger(b, int64(x))
	case arg.Ref[int16]:
		return p.appendInteger(b, int64(x.Value()))
	case int:
		return p.appendInteger(b, int64(x))
	case arg.Ref[int]:
		return p.appendInteger(b, int64(x.Value()))
	case string:
		return p.appendText(b, x)
	case arg.Ref[string]:
		return p.appendText(b, x.Value())
	case float64:
		return p.appendFloat(b, x)
	case arg.Ref[float64]:
		return p.appendFloat(b, x.Value())
	case bool:
		return p.appendTruth(b, x)
	case arg.Ref[bool]:
		return p.appendTruth(b, x.Value())
	case time.Time:
		return p.appendTime(b, x)
	case arg.Ref[time.Time]:
		return p.appendTime(b, x.Value())
	case [16]byte:
		return p.appendUUID(b, x)
	case arg.Ref[[16]byte]:
		return p.appendUUID(b, x.Value())
	}
	return nil, false
}

// appendInteger encodes an integer; one that does not fit is left to pgtype, which says so.
func (p *param) appendInteger(b []byte, x int64) ([]byte, bool) {
	switch {
	case p.kind == sqltype.Int8:
		return binary.BigEndian.AppendUint64(b, uint64(x)), true
	case p.kind == sqltype.Int4 && x == int64(int32(x)):
		return binary.BigEndian.AppendUint32(b, uint32(x)), true
	case p.kind == sqltype.Int2 && x == int64(int16(x)):
		return binary.BigEndian.AppendUint16(b, uint16(x)), true
	}
	return nil, false
}

func appendBool(b []byte, x bool) []byte {
	if x {
		return append(b, 1)
	}
	return append(b, 0)
}

// epoch is 2000-01-01, from which PostgreSQL counts, in Unix microseconds.
const epoch = 946684800 * 1_000_000

// appendTime encodes an instant, or the wall clock where the parameter has no time zone.
func (p *param) appendTime(b []byte, t time.Time) ([]byte, bool) {
	switch p.kind {
	case sqltype.Timestamptz:
	case sqltype.Date:
		return binary.BigEndian.AppendUint32(b, uint32(days(t))), true
	case sqltype.Timestamp:
		if t.Location() != time.UTC {
			t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		}
	default:
		return nil, false
	}
	return binary.BigEndian.AppendUint64(b, uint64(microseconds(t))), true
}

// days returns a day as the server counts it; of one that is too far away one that the server refuses.
func days(t time.Time) int32 {
	s := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() - epoch/1_000_000
	return int32(min(max(s/86400, math.MinInt32+1), math.MaxInt32-1)) // one more is infinity
}

// microseconds returns a time as the server counts it. Of one that is too far away for its microseconds to be counted it
// returns a time that the server refuses, as it refuses those that are a little nearer.
func microseconds(t time.Time) int64 {
	const most = math.MaxInt64/1_000_000 - 2*epoch/1_000_000 // seconds
	switch s := t.Unix(); {
	case s > most:
		return math.MaxInt64 - 1 // one more is infinity
	case s < -most:
		return math.MinInt64 + 1
	default:
		return s*1_000_000 + int64(t.Nanosecond())/1000 - epoch
	}
}
