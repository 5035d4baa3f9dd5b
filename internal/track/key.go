package track

import (
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Key is a primary key's value. A lone integer is in Number; anything else is written into Text.
type Key struct {
	Number int64
	Text   string
}

// null is the key of a lone column that is NULL. It is no value's key: what refers to 0 or "" does not refer to it.
var null = Key{Number: 1, Text: "NULL"}

// Keyer reads some columns of a mapping's objects as a key: the primary key's, or those that a relationship joins by.
type Keyer struct {
	m       *meta.Mapping
	columns []int
	offset  uintptr      // of a lone column
	integer reflect.Kind // of a lone integer column; Invalid otherwise
	text    bool         // a lone text column
	pointer bool         // the integer or text is behind a pointer
}

func newKeyer(m *meta.Mapping, columns []int) Keyer {
	k := Keyer{m: m, columns: columns}
	if len(columns) != 1 {
		return k
	}
	f := &m.Fields[columns[0]]
	k.offset = f.Offset
	t := f.Type
	if k.pointer = t.Kind() == reflect.Pointer; k.pointer {
		t = t.Elem()
	}
	if t.Implements(reflect.TypeFor[driver.Valuer]()) {
		return k
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		k.integer = t.Kind()
	case reflect.String:
		k.text = true
	}
	return k
}

// KeyerOf is newKeyer for columns.
func KeyerOf(m *meta.Mapping, columns []*ast.Column) Keyer {
	positions := make([]int, len(columns))
	for i, c := range columns {
		positions[i] = c.Index
	}
	return newKeyer(m, positions)
}

// PlainNumber reports whether the key is a lone column whose field is an integer or a pointer to one.
func (k *Keyer) PlainNumber() bool { return k.integer != reflect.Invalid }

// Null reports whether one of the columns is NULL.
func (k *Keyer) Null(obj mem.Ptr) bool {
	if k.text || k.PlainNumber() {
		return k.pointer && *mem.As[mem.Ptr](mem.Add(obj, k.offset)) == nil
	}
	return slices.ContainsFunc(k.columns, func(i int) bool { return meta.IsNull(k.m.Fields[i].Value(obj)) })
}

// Of returns the key of an object.
func (k *Keyer) Of(obj mem.Ptr) Key {
	p := mem.Add(obj, k.offset)
	plain := k.text || k.integer != reflect.Invalid
	if plain && k.pointer {
		if p = *mem.As[mem.Ptr](p); p == nil {
			return null
		}
	}
	switch {
	case k.text:
		return Key{Text: *mem.As[string](p)}
	case plain:
		return Key{Number: integerAt(k.integer, p)}
	}
	return k.written(func(i int) any { return k.m.Fields[i].Value(obj) })
}

func integerAt(kind reflect.Kind, p mem.Ptr) int64 {
	switch kind {
	case reflect.Int64:
		return *mem.As[int64](p)
	case reflect.Int:
		return int64(*mem.As[int](p))
	case reflect.Int32:
		return int64(*mem.As[int32](p))
	case reflect.Int16:
		return int64(*mem.As[int16](p))
	}
	return int64(*mem.As[int8](p))
}

// OfValues returns the key of arguments, in the order of the key's columns.
func (k *Keyer) OfValues(vs []any) Key {
	n := -1
	return k.written(func(int) any { n++; return vs[n] })
}

// written returns the key of values: of a lone integer, or what stands for one, the number; anything else as text, each of
// several values with its length and one before it, 0 for NULL. Values that the database holds equal have the same key, whatever Go types
// carry them.
func (k *Keyer) written(value func(i int) any) Key {
	if len(k.columns) == 1 {
		switch v := k.plain(k.columns[0], value).(type) {
		case nil:
			return null
		case int64:
			return Key{Number: v}
		default:
			return Key{Text: written(v)}
		}
	}
	var b []byte
	for _, i := range k.columns {
		v := k.plain(i, value)
		if v == nil {
			b = append(b, 0)
			continue
		}
		part := written(v)
		b = binary.AppendUvarint(b, uint64(len(part))+1)
		b = append(b, part...)
	}
	return Key{Text: string(b)}
}

// plain returns a value as meta.Plain does; a uuid always as text.
func (k *Keyer) plain(column int, value func(i int) any) any {
	v := meta.Plain(value(column))
	if b, ok := v.(string); ok && len(b) == 16 && k.m.Fields[column].Column.Type == "uuid" {
		return meta.UUIDText([16]byte([]byte(b)))
	}
	return v
}

func written(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	case time.Time:
		return strconv.FormatInt(x.UnixMicro(), 10)
	case float64:
		return fmt.Sprint(x + 0) // -0 is 0
	case float32:
		return fmt.Sprint(x + 0)
	}
	return fmt.Sprint(v)
}
