package decode

import (
	"encoding/binary"
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// integerWidth returns the bytes of int2, int4 and int8 in binary format; 0 for any other wire type.
func integerWidth(w wire) int {
	if !w.binary() {
		return 0
	}
	switch w.kind {
	case sqltype.Int2:
		return 2
	case sqltype.Int4:
		return 4
	case sqltype.Int8:
		return 8
	}
	return 0
}

// integerKind returns the kind of an integer that always fits.
func integerKind(k reflect.Kind, w wire) kind {
	if k == reflect.Int {
		k = reflect.Int64
	}
	switch width := integerWidth(w); {
	case k == reflect.Int64 && width == 8:
		return int8Int64
	case k == reflect.Int64 && width == 4:
		return int4Int64
	case k == reflect.Int64 && width == 2:
		return int2Int64
	case k == reflect.Int32 && width == 4:
		return int4Int32
	case k == reflect.Int16 && width == 2:
		return int2Int16
	}
	return other
}

// integer decodes int2, int4 and int8 into any other integer of Go; slow is its result for other wire types.
func integer(k reflect.Kind, w wire, slow Func) Func {
	width := integerWidth(w)
	if width == 0 {
		return slow
	}
	switch k {
	case reflect.Int64:
		return integerOf[int64](width, slow)
	case reflect.Int32:
		return integerOf[int32](width, slow)
	case reflect.Int16:
		return integerOf[int16](width, slow)
	case reflect.Int:
		return integerOf[int](width, slow)
	case reflect.Int8:
		return integerOf[int8](width, slow)
	case reflect.Uint64:
		return integerOf[uint64](width, slow)
	case reflect.Uint32:
		return integerOf[uint32](width, slow)
	case reflect.Uint16:
		return integerOf[uint16](width, slow)
	case reflect.Uint:
		return integerOf[uint](width, slow)
	case reflect.Uint8:
		return integerOf[uint8](width, slow)
	}
	return slow
}

type anyInteger interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

func integerOf[G anyInteger](width int, slow Func) Func {
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if len(raw) != width {
			return slow(dst, raw, a)
		}
		var v int64
		switch width {
		case 2:
			v = int64(int16(binary.BigEndian.Uint16(raw)))
		case 4:
			v = int64(int32(binary.BigEndian.Uint32(raw)))
		default:
			v = int64(binary.BigEndian.Uint64(raw))
		}
		g := G(v)
		if int64(g) != v || (g < 0) != (v < 0) { // it does not fit
			return slow(dst, raw, a)
		}
		*mem.As[G](dst) = g
		return nil
	}
}

// floatKind returns the kind of float8 and float4 into float64.
func floatKind(w wire) kind {
	if !w.binary() {
		return other
	}
	switch w.kind {
	case sqltype.Float8:
		return float8Float
	case sqltype.Float4:
		return float4Float
	}
	return other
}

// boolKind returns the kind of bool.
func boolKind(w wire) kind {
	if w.kind != sqltype.Bool || !w.binary() {
		return other
	}
	return boolBool
}
