package decode

import (
	"encoding/binary"
	"math"
	"slices"
	"time"

	"github.com/cupel-go/cupel/internal/mem"
)

// Row decodes columns of a result that stand side by side into the fields of a struct.
type Row struct {
	fields []rowField
	exact  bool
}

type rowField struct {
	offset uintptr
	hot    hot
	Column
}

// hot names the commonest kinds, which a row decodes without a call for each value.
type hot uint8

const (
	cold hot = iota
	hotInt64
	hotText
	hotTextPointer
	hotTime
	hotFloat
	hotBool
)

func hotKind(c *Column) hot {
	if c.wrap == pointer && c.kind == textString && c.plain {
		return hotTextPointer
	}
	if c.wrap != bare {
		return cold
	}
	switch c.kind {
	case int8Int64:
		return hotInt64
	case textString:
		return hotText
	case microsTime:
		return hotTime
	case float8Float:
		return hotFloat
	case boolBool:
		return hotBool
	}
	return cold
}

// Add has the row's next column decoded into the field at offset.
func (r *Row) Add(offset uintptr, c Column) {
	r.exact = c.exact && (r.exact || len(r.fields) == 0)
	r.fields = append(r.fields, rowField{offset, hotKind(&c), c})
}

// Len returns the number of columns.
func (r *Row) Len() int { return len(r.fields) }

// Exact reports whether an object can be compared with the row's bytes as they came: each of its columns is of a kind that
// is decoded here, and of which two values are the same when [Row.Same] says so.
func (r *Row) Exact() bool { return r.exact }

// Alike reports whether two exact rows decode the same bytes into the same fields in the same way.
func (r *Row) Alike(o *Row) bool {
	return r.exact && o.exact && slices.EqualFunc(r.fields, o.fields, func(a, b rowField) bool {
		return a.offset == b.offset && a.kind == b.kind && a.wrap == b.wrap && a.valid == b.valid && a.loc == b.loc
	})
}

// Decode decodes the values of the row into the struct at obj. On an error it returns the position of the column too.
func (r *Row) Decode(obj mem.Ptr, values [][]byte, a *Arena) (int, error) {
	return r.decode(obj, values, "", a)
}

// decode is Decode; the strings of the struct are parts of the values' image, if there is one.
func (r *Row) decode(obj mem.Ptr, values [][]byte, image string, a *Arena) (int, error) {
	values = values[:len(r.fields)]
	at := 0 // of the next value in the image
	for i := range r.fields {
		f, raw := &r.fields[i], values[i]
		dst := mem.Add(obj, f.offset)
		at += headerSize(len(raw))
		from := at
		at += len(raw)
		switch f.hot {
		case hotInt64:
			if len(raw) == 8 {
				*mem.As[int64](dst) = int64(binary.BigEndian.Uint64(raw))
				continue
			}
		case hotText:
			if raw != nil {
				*mem.As[string](dst) = a.textOf(raw, image, from)
				continue
			}
		case hotTextPointer:
			if raw != nil {
				s := a.strings.next()
				*mem.As[string](s) = a.textOf(raw, image, from)
				*mem.As[mem.Ptr](dst) = s
				continue
			}
		case hotTime:
			if t, ok := momentOf(raw); ok {
				*mem.As[time.Time](dst) = t.In(f.loc)
				continue
			}
		case hotFloat:
			if len(raw) == 8 {
				*mem.As[float64](dst) = math.Float64frombits(binary.BigEndian.Uint64(raw))
				continue
			}
		case hotBool:
			if len(raw) == 1 && raw[0] <= 1 {
				*mem.As[bool](dst) = raw[0] == 1
				continue
			}
		}
		if err := f.Decode(dst, raw, a); err != nil {
			return i, err
		}
	}
	return 0, nil
}

// Integer returns the integer of one column before anything is decoded; false where the column is of no such kind.
func (r *Row) Integer(column int, raw []byte) (int64, bool) {
	f := &r.fields[column]
	if f.wrap != bare {
		return 0, false
	}
	switch {
	case f.kind == int8Int64 && len(raw) == 8:
		return int64(binary.BigEndian.Uint64(raw)), true
	case (f.kind == int4Int32 || f.kind == int4Int64) && len(raw) == 4:
		return int64(int32(binary.BigEndian.Uint32(raw))), true
	case (f.kind == int2Int16 || f.kind == int2Int64) && len(raw) == 2:
		return int64(int16(binary.BigEndian.Uint16(raw))), true
	}
	return 0, false
}

// An image is the values of a row as they came off the wire: of each its length and its bytes. A length is one byte; longCode
// says that four more bytes have it. An image never changes, so strings may be parts of it, and it tells ever after what the
// row was.

const (
	nullCode = 254
	longCode = 255
)

// headerSize returns the number of bytes that a length takes; that of NULL is 0.
func headerSize(length int) int {
	if length < nullCode {
		return 1
	}
	return 5
}

// cut returns where the value whose length is at at begins and ends, and whether it is NULL.
func cut(b []byte, at int) (from, to int, null bool) {
	switch n := int(b[at]); n {
	case nullCode:
		return at + 1, at + 1, true
	case longCode:
		return at + 5, at + 5 + int(binary.BigEndian.Uint32(b[at+1:])), false
	default:
		return at + 1, at + 1 + n, false
	}
}

// DecodeImage is Decode for an exact row, with its image. The object's strings are parts of the image.
func (r *Row) DecodeImage(obj mem.Ptr, values [][]byte, a *Arena) (image string, column int, err error) {
	image = r.image(values, a)
	column, err = r.decode(obj, values, image, a)
	return image, column, err
}

func (r *Row) image(values [][]byte, a *Arena) string {
	values = values[:len(r.fields)]
	n := 0
	for _, v := range values {
		n += headerSize(len(v)) + len(v)
	}
	b := a.bytes(n)
	at := 0
	for _, v := range values {
		switch {
		case v == nil:
			b[at] = nullCode
		case len(v) < nullCode:
			b[at] = byte(len(v))
		default:
			b[at] = longCode
			binary.BigEndian.PutUint32(b[at+1:], uint32(len(v)))
		}
		at += headerSize(len(v))
		at += copy(b[at:], v)
	}
	return mem.String(b)
}

// Same reports whether the columns of the struct at obj are stored as the values of an image; false where that is not known. The row must be exact.
func (r *Row) Same(obj mem.Ptr, image string) bool {
	b := mem.Bytes(image)
	at := 0
	for i := range r.fields {
		f := &r.fields[i]
		p := mem.Add(obj, f.offset)
		from, to, null := cut(b, at)
		at = to
		switch f.hot {
		case hotInt64, hotFloat: // floats with other bits may still be the same
			if to-from == 8 && *mem.As[uint64](p) == binary.BigEndian.Uint64(b[from:]) {
				continue
			}
		case hotText:
			if !null && *mem.As[string](p) == image[from:to] {
				continue
			}
		case hotTextPointer:
			if s := *mem.As[*string](p); s != nil && !null && *s == image[from:to] || s == nil && null {
				continue
			}
		case hotTime:
			if to-from == 8 && f.isMoment(*mem.As[time.Time](p), int64(binary.BigEndian.Uint64(b[from:]))) {
				continue
			}
		case hotBool:
			if to-from == 1 && *mem.As[bool](p) == (b[from] == 1) {
				continue
			}
		}
		if f.hot == hotInt64 || !f.same(p, valueAt(b, from, to, null)) {
			return false
		}
	}
	return true
}

// valueAt returns the value from from to to, nil for NULL.
func valueAt(b []byte, from, to int, null bool) []byte {
	if null {
		return nil
	}
	return b[from:to:to]
}

// Restore decodes an image into the struct at obj. The row must be exact: then nothing can fail, since it was decoded
// before.
func (r *Row) Restore(obj mem.Ptr, image string, a *Arena) {
	a.values = slices.Grow(a.values[:0], len(r.fields))[:len(r.fields)]
	b := mem.Bytes(image)
	at := 0
	for i := range a.values {
		from, to, null := cut(b, at)
		a.values[i] = valueAt(b, from, to, null)
		at = to
	}
	_, _ = r.decode(obj, a.values, image, a)
}
