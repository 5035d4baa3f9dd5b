package meta

import (
	"math/big"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/sqltype"
)

// sameValue reports whether two values of a type are one for the database: as reflect.DeepEqual does, but that NaN is NaN, and
// that a moment is the same in every time zone.
func sameValue(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		return sqltype.SameFloat(a.Float(), b.Float())
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		if a.Kind() == reflect.Interface && a.Elem().Type() != b.Elem().Type() {
			return false
		}
		return sameValue(a.Elem(), b.Elem())
	case reflect.Slice:
		return a.IsNil() == b.IsNil() && sameElements(a, b)
	case reflect.Array:
		return sameElements(a, b)
	case reflect.Map:
		return a.IsNil() == b.IsNil() && sameMaps(a, b)
	case reflect.Struct:
		return sameStructs(a, b)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return a.Pointer() == b.Pointer()
	}
	return a.Equal(b)
}

func sameElements(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !sameValue(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}

func sameMaps(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	for _, k := range a.MapKeys() {
		if v := b.MapIndex(k); !v.IsValid() || !sameValue(a.MapIndex(k), v) {
			return false
		}
	}
	return true
}

func sameStructs(a, b reflect.Value) bool {
	if a.CanInterface() {
		switch x := a.Interface().(type) {
		case time.Time:
			return x.Equal(b.Interface().(time.Time))
		case big.Int:
			y := b.Interface().(big.Int)
			return x.Cmp(&y) == 0
		}
	}
	for i := range a.NumField() {
		if !sameValue(a.Field(i), b.Field(i)) {
			return false
		}
	}
	return true
}
