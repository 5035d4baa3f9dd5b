package decode

import (
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/codec"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// pgtype forgets how many digits behind the point a numeric zero has: 0.00 is read as 0, where 1.00 is 1.00. Values among which there is
// such a zero are given to it as the text that the server would have sent.

// Signs of a numeric in binary format.
const (
	numericNegative         = 0x4000
	numericNaN              = 0xC000
	numericInfinity         = 0xD000
	numericNegativeInfinity = 0xF000
)

// numericHeader has the number of digits to the base of 10,000, the weight of the first one, the sign, and the digits behind the point.
const numericHeader = 8

// scaledZero reports whether a numeric in binary format is a zero with digits behind the point.
func scaledZero(raw []byte) bool {
	return len(raw) == numericHeader && raw[0]|raw[1] == 0 && binary.BigEndian.Uint16(raw[4:])&^numericNegative == 0 && raw[6]|raw[7] != 0
}

// appendNumeric writes a numeric in binary format as the server writes its text; false where it is none.
func appendNumeric(b, raw []byte) ([]byte, bool) {
	if len(raw) < numericHeader {
		return nil, false
	}
	n, weight := int(binary.BigEndian.Uint16(raw)), int(int16(binary.BigEndian.Uint16(raw[2:])))
	scale, digits := int(binary.BigEndian.Uint16(raw[6:])), raw[numericHeader:]
	switch binary.BigEndian.Uint16(raw[4:]) {
	case 0:
	case numericNegative:
		b = append(b, '-')
	case numericNaN:
		return append(b, "NaN"...), true
	case numericInfinity:
		return append(b, "Infinity"...), true
	case numericNegativeInfinity:
		return append(b, "-Infinity"...), true
	default:
		return nil, false
	}
	if len(digits) != 2*n {
		return nil, false
	}
	at := func(i int) uint16 { // the digit of the weight -i
		if i += weight; i < 0 || i >= n {
			return 0
		}
		return binary.BigEndian.Uint16(digits[2*i:])
	}
	if weight < 0 {
		b = append(b, '0')
	} else {
		b = strconv.AppendUint(b, uint64(at(-weight)), 10)
	}
	for w := weight - 1; w >= 0; w-- {
		b = appendFour(b, at(-w))
	}
	if scale > 0 {
		b = append(b, '.')
		end := len(b) + scale
		for i := 1; len(b) < end; i++ {
			b = appendFour(b, at(i))
		}
		b = b[:end]
	}
	return b, true
}

// appendFour writes a digit to the base of 10,000 as four.
func appendFour(b []byte, d uint16) []byte {
	return append(b, '0'+byte(d/1000%10), '0'+byte(d/100%10), '0'+byte(d/10%10), '0'+byte(d%10))
}

// hasNumerics reports whether values of an OID are numerics, or arrays of them.
func hasNumerics(types *pgtype.Map, oid uint32) bool {
	if element, ok := codec.ElementOf(types, oid); ok {
		oid = element
	}
	return codec.KindOf(types, oid) == sqltype.Numeric
}

// numericText returns a numeric, or an array of them, in text format where one of the values is a zero with digits behind the point.
func numericText(types *pgtype.Map, oid uint32, raw []byte) ([]byte, bool) {
	if codec.KindOf(types, oid) == sqltype.Numeric {
		if !scaledZero(raw) {
			return nil, false
		}
		return appendNumeric(nil, raw)
	}
	a, ok := numericArray(raw)
	if !ok || !a.zero {
		return nil, false
	}
	return a.appendText(nil)
}

// array is an array of numerics in binary format.
type array struct {
	lengths, lower []int
	elements       [][]byte // nil is NULL
	zero           bool     // one of them is a zero with digits behind the point
}

// numericArray takes an array in binary format apart; false where it is none, or empty.
func numericArray(raw []byte) (a array, ok bool) {
	const header, dimension = 12, 8
	if len(raw) < header {
		return a, false
	}
	dims := int(binary.BigEndian.Uint32(raw))
	raw = raw[header:]
	if dims < 1 || dims > 6 || len(raw) < dims*dimension {
		return a, false
	}
	total := 1
	for range dims {
		n := int(int32(binary.BigEndian.Uint32(raw)))
		a.lengths, a.lower = append(a.lengths, n), append(a.lower, int(int32(binary.BigEndian.Uint32(raw[4:]))))
		if n < 1 || n > len(raw) {
			return a, false
		}
		total, raw = total*n, raw[dimension:]
	}
	for range total {
		if len(raw) < 4 {
			return a, false
		}
		n := int(int32(binary.BigEndian.Uint32(raw)))
		if raw = raw[4:]; n < 0 {
			a.elements = append(a.elements, nil)
			continue
		}
		if len(raw) < n {
			return a, false
		}
		a.elements, a.zero, raw = append(a.elements, raw[:n:n]), a.zero || scaledZero(raw[:n]), raw[n:]
	}
	return a, len(raw) == 0
}

// appendText writes the array as the server writes its text: "[0:1]={0.00,NULL}".
func (a *array) appendText(b []byte) (text []byte, ok bool) {
	var bounds strings.Builder
	moved := false
	for i, n := range a.lengths {
		moved = moved || a.lower[i] != 1
		bounds.WriteString("[" + strconv.Itoa(a.lower[i]) + ":" + strconv.Itoa(a.lower[i]+n-1) + "]")
	}
	if moved {
		b = append(append(b, bounds.String()...), '=')
	}
	next := 0
	var dim func(d int) bool
	dim = func(d int) bool {
		b = append(b, '{')
		for i := range a.lengths[d] {
			if i > 0 {
				b = append(b, ',')
			}
			ok := true
			switch {
			case d < len(a.lengths)-1:
				ok = dim(d + 1)
			case a.elements[next] == nil:
				b, next = append(b, "NULL"...), next+1
			default:
				b, ok = appendNumeric(b, a.elements[next])
				next++
			}
			if !ok {
				return false
			}
		}
		b = append(b, '}')
		return true
	}
	ok = dim(0)
	return b, ok
}
