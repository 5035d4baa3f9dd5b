package wire

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/cupel-go/cupel/internal/sqltype"
)

// appendArray encodes a slice of a common type as a one-dimensional array, without a call through an interface for each
// element; false where it is left to pgtype.
func (p *param) appendArray(b []byte, arg any) ([]byte, bool) {
	if p.kind == sqltype.Other {
		return nil, false
	}
	switch xs := arg.(type) {
	case []int64:
		return appendElements(p, b, xs, (*param).appendInteger)
	case []*int64:
		return appendNullable(p, b, xs, (*param).appendInteger)
	case []string:
		return appendElements(p, b, xs, (*param).appendText)
	case []*string:
		return appendNullable(p, b, xs, (*param).appendText)
	case []float64:
		return appendElements(p, b, xs, (*param).appendFloat)
	case []*float64:
		return appendNullable(p, b, xs, (*param).appendFloat)
	case []bool:
		return appendElements(p, b, xs, (*param).appendTruth)
	case []*bool:
		return appendNullable(p, b, xs, (*param).appendTruth)
	case []time.Time:
		return appendElements(p, b, xs, (*param).appendTime)
	case []*time.Time:
		return appendNullable(p, b, xs, (*param).appendTime)
	case [][16]byte:
		return appendElements(p, b, xs, (*param).appendUUID)
	}
	return nil, false
}

// appendElements encodes an array without NULLs. An empty one, and nil, which is NULL, are left to pgtype: there is no
// element to report whether the types go together.
func appendElements[T any](p *param, b []byte, xs []T, one func(*param, []byte, T) ([]byte, bool)) ([]byte, bool) {
	if len(xs) == 0 {
		return nil, false
	}
	b = p.appendHeader(b, len(xs))
	for _, x := range xs {
		var ok bool
		if b, ok = appendSized(p, b, x, one); !ok {
			return nil, false
		}
	}
	return b, true
}

// appendNullable encodes an array in which nil is NULL; one of nothing but NULLs is left to pgtype.
func appendNullable[T any](p *param, b []byte, xs []*T, one func(*param, []byte, T) ([]byte, bool)) ([]byte, bool) {
	at, some := len(b), false
	b = p.appendHeader(b, len(xs))
	for _, x := range xs {
		if x == nil {
			binary.BigEndian.PutUint32(b[at+4:], 1)
			b = append(b, 0xff, 0xff, 0xff, 0xff)
			continue
		}
		if b, some = appendSized(p, b, *x, one); !some {
			return nil, false
		}
	}
	return b, some
}

// appendHeader writes the number of dimensions, one, whether there are NULLs, the element's type, and of the dimension its
// length and lower bound.
func (p *param) appendHeader(b []byte, n int) []byte {
	b = binary.BigEndian.AppendUint32(b, 1)
	b = binary.BigEndian.AppendUint32(b, 0)
	b = binary.BigEndian.AppendUint32(b, p.element)
	b = binary.BigEndian.AppendUint32(b, uint32(n))
	return binary.BigEndian.AppendUint32(b, 1)
}

// appendSized writes the length of an element and the element.
func appendSized[T any](p *param, b []byte, x T, one func(*param, []byte, T) ([]byte, bool)) ([]byte, bool) {
	at := len(b)
	b, ok := one(p, append(b, 0, 0, 0, 0), x)
	if ok {
		binary.BigEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	}
	return b, ok
}

func (p *param) appendText(b []byte, x string) ([]byte, bool) {
	return append(b, x...), p.kind == sqltype.Text
}

func (p *param) appendFloat(b []byte, x float64) ([]byte, bool) {
	return binary.BigEndian.AppendUint64(b, math.Float64bits(x)), p.kind == sqltype.Float8
}

func (p *param) appendTruth(b []byte, x bool) ([]byte, bool) {
	return appendBool(b, x), p.kind == sqltype.Bool
}

func (p *param) appendUUID(b []byte, x [16]byte) ([]byte, bool) {
	return append(b, x[:]...), p.kind == sqltype.UUID
}
