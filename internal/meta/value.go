package meta

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/mem"
)

// IsNull reports whether a field's value is NULL.
func IsNull(v any) bool { return Plain(v) == nil }

// Plain returns a value as one of int64, string, time.Time, nil and whatever else a driver.Valuer returns. Values that
// a key may have are equal in Go when they are plain.
func Plain(v any) any {
	if valuer, ok := v.(driver.Valuer); ok {
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
			return nil
		}
		v, _ = valuer.Value()
	}
	switch x := v.(type) {
	case nil, int64, string, time.Time:
		return x
	case []byte:
		return string(x)
	}
	rv := reflect.ValueOf(v)
	switch {
	case rv.CanInt():
		return rv.Int()
	case rv.CanUint():
		return int64(rv.Uint())
	case rv.Kind() == reflect.String:
		return rv.String()
	case rv.Kind() == reflect.Array && rv.Type().Elem().Kind() == reflect.Uint8:
		b := make([]byte, rv.Len())
		reflect.Copy(reflect.ValueOf(b), rv)
		return string(b)
	}
	return v
}

// Clear stores the zero value in the field of obj.
func (f *Field) Clear(obj mem.Ptr) {
	reflect.NewAt(f.Type, mem.Add(obj, f.Offset)).Elem().SetZero()
}

var errWrongType = errors.New("value cannot be stored in the field")

// Store is Set for a value that was computed: an error where the field's type cannot hold it.
func (f *Field) Store(obj mem.Ptr, v any) error {
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if vt := reflect.TypeOf(v); !vt.ConvertibleTo(t) && t.Kind() != reflect.Struct {
		return fmt.Errorf("%w: %s in %s", errWrongType, vt, f.Type)
	}
	if n, ok := v.(int64); ok && t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64 && reflect.Zero(t).OverflowInt(n) {
		return fmt.Errorf("%w: the field is %s", errWrongType, f.Type)
	}
	f.Set(obj, v)
	return nil
}
