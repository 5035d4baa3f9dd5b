package decode

import (
	"encoding/binary"
	"math"
	"reflect"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/mem"
)

// integer decodes int2, int4 and int8 into any integer of Go; nil for other wire types.
func integer(k reflect.Kind, w wire, slow Func) Func {
	width := 0
	switch w.codec.(type) {
	case pgtype.Int2Codec:
		width = 2
	case pgtype.Int4Codec:
		width = 4
	case pgtype.Int8Codec:
		width = 8
	}
	if width == 0 || !w.binary() {
		return nil
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
	return nil
}

type anyInteger interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

func integerOf[G anyInteger](width int, slow Func) Func {
	store := func(dst mem.Ptr, v int64, raw []byte, a *Arena) error {
		g := G(v)
		if int64(g) != v || (g < 0) != (v < 0) { // it does not fit
			return slow(dst, raw, a)
		}
		*mem.As[G](dst) = g
		return nil
	}
	switch width {
	case 2:
		return func(dst mem.Ptr, raw []byte, a *Arena) error {
			if len(raw) != 2 {
				return slow(dst, raw, a)
			}
			return store(dst, int64(int16(binary.BigEndian.Uint16(raw))), raw, a)
		}
	case 4:
		return func(dst mem.Ptr, raw []byte, a *Arena) error {
			if len(raw) != 4 {
				return slow(dst, raw, a)
			}
			return store(dst, int64(int32(binary.BigEndian.Uint32(raw))), raw, a)
		}
	}
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if len(raw) != 8 {
			return slow(dst, raw, a)
		}
		return store(dst, int64(binary.BigEndian.Uint64(raw)), raw, a)
	}
}

// float decodes float8 and float4 into float64.
func float(w wire, slow Func) Func {
	if !w.binary() {
		return nil
	}
	switch w.codec.(type) {
	case pgtype.Float8Codec:
		return func(dst mem.Ptr, raw []byte, a *Arena) error {
			if len(raw) != 8 {
				return slow(dst, raw, a)
			}
			*mem.As[float64](dst) = math.Float64frombits(binary.BigEndian.Uint64(raw))
			return nil
		}
	case pgtype.Float4Codec:
		return func(dst mem.Ptr, raw []byte, a *Arena) error {
			if len(raw) != 4 {
				return slow(dst, raw, a)
			}
			*mem.As[float64](dst) = float64(math.Float32frombits(binary.BigEndian.Uint32(raw)))
			return nil
		}
	}
	return nil
}

// boolean decodes bool.
func boolean(w wire, slow Func) Func {
	if _, ok := w.codec.(pgtype.BoolCodec); !ok || !w.binary() {
		return nil
	}
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if len(raw) != 1 || raw[0] > 1 {
			return slow(dst, raw, a)
		}
		*mem.As[bool](dst) = raw[0] == 1
		return nil
	}
}
