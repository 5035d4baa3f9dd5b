package decode

import (
	"encoding/binary"
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
)

// Row decodes columns of a result that stand side by side into the fields of a struct.
type Row struct {
	fields []rowField
	exact  bool
}

type rowField struct {
	offset uintptr
	Column
}

// Add has the row's next column decoded into the field at offset.
func (r *Row) Add(offset uintptr, c Column) {
	r.exact = c.exact && (r.exact || len(r.fields) == 0)
	r.fields = append(r.fields, rowField{offset, c})
}

// Len gives the number of columns.
func (r *Row) Len() int { return len(r.fields) }

// Exact tells whether an object can be compared with the row's bytes as they came: each of its columns is of a kind that
// is decoded here, and of which two values are the same when [Row.Same] says so.
func (r *Row) Exact() bool { return r.exact }

// Alike tells whether two exact rows decode the same bytes into the same fields in the same way.
func (r *Row) Alike(o *Row) bool {
	return r.exact && o.exact && slices.EqualFunc(r.fields, o.fields, func(a, b rowField) bool {
		return a.offset == b.offset && a.kind == b.kind && a.wrap == b.wrap && a.valid == b.valid && a.loc == b.loc
	})
}

// Decode decodes the values of the row into the struct at obj. On an error it gives the position of the column too.
func (r *Row) Decode(obj mem.Ptr, values [][]byte, a *Arena) (int, error) {
	values = values[:len(r.fields)]
	for i := range r.fields {
		f := &r.fields[i]
		var err error
		if f.wrap == bare {
			err = f.value(mem.Add(obj, f.offset), values[i], a)
		} else {
			err = f.Decode(mem.Add(obj, f.offset), values[i], a)
		}
		if err != nil {
			return i, err
		}
	}
	return 0, nil
}

// Integer gives the integer of one column before anything is decoded; false where the column is of no such kind.
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

// An image is the values of a row as they came off the wire: of each, four bytes of length, all ones for NULL, and the
// bytes. It never changes, so strings may be parts of it, and it tells ever after what the row was.

const nullLength = 1<<32 - 1

// Image gives the image of the row's values, and the values as parts of it.
func (r *Row) Image(values [][]byte, a *Arena) (string, [][]byte) {
	values = values[:len(r.fields)]
	n := 4 * len(values)
	for _, v := range values {
		n += len(v)
	}
	b := a.bytes(n)
	a.values = a.values[:0]
	at := 0
	for _, v := range values {
		if v == nil {
			binary.BigEndian.PutUint32(b[at:], nullLength)
			at += 4
			a.values = append(a.values, nil)
			continue
		}
		binary.BigEndian.PutUint32(b[at:], uint32(len(v)))
		from := at + 4
		at = from + copy(b[from:], v)
		a.values = append(a.values, b[from:at:at])
	}
	return mem.String(b), a.values
}

// Same tells whether the columns of the struct at obj have the values of an image. The row must be exact.
func (r *Row) Same(obj mem.Ptr, image string) bool {
	b := mem.Bytes(image)
	for i := range r.fields {
		f := &r.fields[i]
		var v []byte
		v, b = nextValue(b)
		if !f.same(mem.Add(obj, f.offset), v) {
			return false
		}
	}
	return true
}

// Restore decodes an image into the struct at obj. Its strings are parts of the image; what it points to is new. The row
// must be exact: then nothing can fail, since it was decoded before.
func (r *Row) Restore(obj mem.Ptr, image string) {
	a := Arena{own: true}
	b := mem.Bytes(image)
	for i := range r.fields {
		f := &r.fields[i]
		var v []byte
		v, b = nextValue(b)
		_ = f.Decode(mem.Add(obj, f.offset), v, &a)
	}
}

// nextValue takes the first value off an image.
func nextValue(b []byte) (value, rest []byte) {
	n := binary.BigEndian.Uint32(b)
	b = b[4:]
	if n == nullLength {
		return nil, b
	}
	return b[:n:n], b[n:]
}
