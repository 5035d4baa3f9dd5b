package session

import (
	"encoding/binary"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// key is a primary key's value. A lone integer is in i; anything else is written into s.
type key struct {
	i int64
	s string
}

// keyer reads the keys of a mapping's objects.
type keyer struct {
	m       *meta.Mapping
	integer reflect.Kind // of a lone integer key; Invalid otherwise
	text    bool         // a lone text key
}

func newKeyer(m *meta.Mapping) keyer {
	k := keyer{m: m}
	if len(m.Key) != 1 {
		return k
	}
	switch t := m.Fields[m.Key[0]].Type; t.Kind() {
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		k.integer = t.Kind()
	case reflect.String:
		k.text = true
	}
	return k
}

// of gives the key of an object.
func (k *keyer) of(obj mem.Ptr) key {
	f := &k.m.Fields[k.m.Key[0]]
	p := mem.Add(obj, f.Offset)
	switch {
	case k.integer == reflect.Int64:
		return key{i: *mem.As[int64](p)}
	case k.integer == reflect.Int:
		return key{i: int64(*mem.As[int](p))}
	case k.integer == reflect.Int32:
		return key{i: int64(*mem.As[int32](p))}
	case k.integer != reflect.Invalid:
		return key{i: reflect.ValueOf(f.Access.Get(p)).Int()}
	case k.text:
		return key{s: *mem.As[string](p)}
	}
	return k.written(func(i int) any { return k.m.Fields[i].Value(obj) })
}

// ofValues gives the key of arguments, in the order of the key's columns.
func (k *keyer) ofValues(vs []any) key {
	rv := reflect.ValueOf(vs[0])
	if k.integer != reflect.Invalid && rv.CanInt() {
		return key{i: rv.Int()}
	}
	if k.text && rv.Kind() == reflect.String {
		return key{s: rv.String()}
	}
	n := -1
	return k.written(func(int) any { n++; return vs[n] })
}

// written writes a key of several columns, or of another type, as text: each value with its length before it.
func (k *keyer) written(value func(i int) any) key {
	var b []byte
	for _, i := range k.m.Key {
		part := written(value(i))
		b = binary.AppendUvarint(b, uint64(len(part)))
		b = append(b, part...)
	}
	return key{s: string(b)}
}

func written(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case []byte:
		return string(x)
	case [16]byte:
		return string(x[:])
	case interface{ UTC() any }:
		return fmt.Sprint(x)
	}
	rv := reflect.ValueOf(v)
	switch {
	case rv.CanInt():
		return fmt.Sprint(rv.Int())
	case rv.CanUint():
		return fmt.Sprint(rv.Uint())
	case rv.Kind() == reflect.String:
		return rv.String()
	}
	return fmt.Sprint(v)
}
