// Package decode turns column values off the wire into Go values in place.
//
// The common pairs of SQL type and Go type have decoders of their own, for PostgreSQL's binary format. They return exactly
// what pgtype returns, but without its interfaces and allocations; whatever they do not expect (an infinite time, an
// integer that does not fit, a value cut short) they hand on to pgtype, so that its rules and its errors stand. Every
// other pair, and the text format, is pgtype's from the start.
package decode

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/codec"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// ErrNull is the error of NULL for a Go value that cannot hold it.
var ErrNull = errors.New("NULL where the Go type cannot hold it; a column of an outer join, and a key of ROLLUP, says OrNull")

// kind is a pair of wire type and Go type that is decoded here. A switch over kinds costs less than a function value for
// each column.
type kind uint8

const (
	other       kind = iota // pgtype's
	int8Int64               // int8 into int64, and into int where that is the same
	int4Int64               // int4 into int64
	int2Int64               // int2 into int64
	int4Int32               // int4 into int32
	int2Int16               // int2 into int16
	float8Float             // float8 into float64
	float4Float             // float4 into float64
	boolBool                // bool into bool
	textString              // text in either format, and anything in text format, into a string
	microsTime              // timestamptz and timestamp into time.Time
	daysTime                // date into time.Time
	uuidArray               // uuid into [16]byte
	byteaBytes              // bytea into []byte
	jsonRaw                 // json and jsonb in text format into json.RawMessage
	jsonBytes               // the same into []byte
)

// wire is a column as the server sends it.
type wire struct {
	oid    uint32
	format int16
	kind   sqltype.Kind // Other: not one that is decoded here
	codec  pgtype.Codec
}

func wireOf(types *pgtype.Map, oid uint32, format int16) wire {
	w := wire{oid: oid, format: format, kind: codec.KindOf(types, oid)}
	if t, ok := types.TypeForOID(oid); ok {
		w.codec = t.Codec
	}
	return w
}

func (w wire) binary() bool { return w.format == pgtype.BinaryFormatCode }

// specialize finds the kind of a pair, or a decoder of ours that is no kind. A codec that the program has put in place of
// pgtype's own is left to do its work.
func (c *Column) specialize(t reflect.Type, w wire) {
	switch k := t.Kind(); {
	case k == reflect.String:
		c.kind, c.exact = textKind(w)
	case k == reflect.Bool:
		c.kind = boolKind(w)
	case k >= reflect.Int && k <= reflect.Uint64:
		if c.kind = integerKind(k, w); c.kind == other {
			c.slow = integer(k, w, c.slow)
		}
	case k == reflect.Float64:
		c.kind = floatKind(w)
	case t == timeType:
		c.kind, c.loc = timeKind(w)
		c.wall = wallTime(w)
	case k == reflect.Array:
		c.kind = uuidKind(t, w)
	case k == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		c.kind = bytesKind(t, w)
	}
	c.exact = c.exact || c.kind != other && c.kind != textString
}

// value decodes a value into dst, which is of the type that kind says; NULL is left to slow.
func (c *Column) value(dst mem.Ptr, raw []byte, a *Arena) error {
	switch c.kind {
	case int8Int64:
		if len(raw) == 8 {
			*mem.As[int64](dst) = int64(binary.BigEndian.Uint64(raw))
			return nil
		}
	case textString:
		if raw != nil {
			*mem.As[string](dst) = a.text(raw)
			return nil
		}
	case microsTime:
		if t, ok := momentOf(raw); ok {
			*mem.As[time.Time](dst) = t.In(c.loc)
			return nil
		}
	case float8Float:
		if len(raw) == 8 {
			*mem.As[float64](dst) = math.Float64frombits(binary.BigEndian.Uint64(raw))
			return nil
		}
	case boolBool:
		if len(raw) == 1 && raw[0] <= 1 {
			*mem.As[bool](dst) = raw[0] == 1
			return nil
		}
	case int4Int64:
		if len(raw) == 4 {
			*mem.As[int64](dst) = int64(int32(binary.BigEndian.Uint32(raw)))
			return nil
		}
	case int4Int32:
		if len(raw) == 4 {
			*mem.As[int32](dst) = int32(binary.BigEndian.Uint32(raw))
			return nil
		}
	case int2Int64:
		if len(raw) == 2 {
			*mem.As[int64](dst) = int64(int16(binary.BigEndian.Uint16(raw)))
			return nil
		}
	case int2Int16:
		if len(raw) == 2 {
			*mem.As[int16](dst) = int16(binary.BigEndian.Uint16(raw))
			return nil
		}
	case float4Float:
		if len(raw) == 4 {
			*mem.As[float64](dst) = float64(math.Float32frombits(binary.BigEndian.Uint32(raw)))
			return nil
		}
	default:
		if c.rare(dst, raw) {
			return nil
		}
	}
	return c.slow(dst, raw, a)
}

// rare decodes the kinds whose values are long or seldom; false where it does not expect the value.
func (c *Column) rare(dst mem.Ptr, raw []byte) bool {
	switch c.kind {
	case daysTime:
		if t, ok := dayOf(raw); ok {
			*mem.As[time.Time](dst) = t
			return true
		}
	case uuidArray:
		if len(raw) == 16 {
			copy(mem.As[[16]byte](dst)[:], raw)
			return true
		}
	case byteaBytes, jsonBytes:
		*mem.As[[]byte](dst) = copied(raw)
		return true
	case jsonRaw:
		if raw == nil || json.Valid(raw) {
			*mem.As[[]byte](dst) = copied(trimJSON(raw))
			return true
		}
	}
	return false
}

// same reports whether the value at p is stored as raw. It is asked only of kinds that are ours. Of what the mapping knows of the column's size
// it knows nothing, so of values that differ the mapping has the last word.
func (c *Column) same(p mem.Ptr, raw []byte) bool {
	switch c.wrap {
	case pointer:
		if p = *mem.As[mem.Ptr](p); p == nil || raw == nil {
			return p == nil && raw == nil
		}
	case null:
		if valid := *mem.As[bool](mem.Add(p, c.valid)); !valid || raw == nil {
			return !valid && raw == nil
		}
	}
	switch c.kind {
	case int8Int64:
		return len(raw) == 8 && *mem.As[int64](p) == int64(binary.BigEndian.Uint64(raw))
	case textString:
		return raw != nil && *mem.As[string](p) == string(raw)
	case microsTime:
		return len(raw) == 8 && c.isMoment(*mem.As[time.Time](p), int64(binary.BigEndian.Uint64(raw)))
	case float8Float:
		return len(raw) == 8 && sqltype.SameFloat(*mem.As[float64](p), math.Float64frombits(binary.BigEndian.Uint64(raw)))
	case boolBool:
		return len(raw) == 1 && *mem.As[bool](p) == (raw[0] == 1)
	case int4Int64:
		return len(raw) == 4 && *mem.As[int64](p) == int64(int32(binary.BigEndian.Uint32(raw)))
	case int4Int32:
		return len(raw) == 4 && *mem.As[int32](p) == int32(binary.BigEndian.Uint32(raw))
	case int2Int64:
		return len(raw) == 2 && *mem.As[int64](p) == int64(int16(binary.BigEndian.Uint16(raw)))
	case int2Int16:
		return len(raw) == 2 && *mem.As[int16](p) == int16(binary.BigEndian.Uint16(raw))
	case float4Float:
		return len(raw) == 4 && sqltype.SameFloat(float64(float32(*mem.As[float64](p))), float64(math.Float32frombits(binary.BigEndian.Uint32(raw))))
	case daysTime:
		return len(raw) == 4 && c.isDay(*mem.As[time.Time](p), int64(int32(binary.BigEndian.Uint32(raw))))
	case uuidArray:
		return len(raw) == 16 && string(mem.As[[16]byte](p)[:]) == string(raw)
	case byteaBytes, jsonBytes:
		b := *mem.As[[]byte](p)
		return (b == nil) == (raw == nil) && string(b) == string(raw)
	case jsonRaw:
		b := *mem.As[[]byte](p)
		return (b == nil) == (raw == nil) && string(b) == string(trimJSON(raw))
	}
	return false
}
