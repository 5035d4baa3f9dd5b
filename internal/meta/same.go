package meta

import (
	"math/big"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/sqltype"
)

// sameValue reports whether two values of a type are one for the database: as reflect.DeepEqual does, but that NaN is NaN, and
// that a moment is the same in every time zone.
func sameValue(a, b reflect.Value) bool { return asGo.same(a, b) }

// asGo is of a column of which nothing else is known.
var asGo = &storage{}

// same reports whether two values of a type are stored as one.
func (s *storage) same(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		if s.real {
			return sqltype.SameFloat(float64(float32(a.Float())), float64(float32(b.Float())))
		}
		return sqltype.SameFloat(a.Float(), b.Float())
	case reflect.String:
		return a.String() == b.String() || s.text != nil && s.text(a.String()) == s.text(b.String())
	case reflect.Int64:
		if x := a.Int(); s.span != nil && a.Type() == reflect.TypeFor[time.Duration]() {
			return s.span(time.Duration(x)) == s.span(time.Duration(b.Int()))
		}
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		if a.Kind() == reflect.Interface && a.Elem().Type() != b.Elem().Type() {
			return false
		}
		return s.same(a.Elem(), b.Elem())
	case reflect.Slice:
		return a.IsNil() == b.IsNil() && s.sameElements(a, b)
	case reflect.Array:
		return s.sameElements(a, b)
	case reflect.Map:
		return a.IsNil() == b.IsNil() && s.sameMaps(a, b)
	case reflect.Struct:
		return s.sameStructs(a, b)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return a.Pointer() == b.Pointer()
	}
	return a.Equal(b)
}

func (s *storage) sameElements(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !s.same(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}

func (s *storage) sameMaps(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	for _, k := range a.MapKeys() {
		if v := b.MapIndex(k); !v.IsValid() || !s.same(a.MapIndex(k), v) {
			return false
		}
	}
	return true
}

func (s *storage) sameStructs(a, b reflect.Value) bool {
	if a.CanInterface() {
		switch x := a.Interface().(type) {
		case time.Time:
			y := b.Interface().(time.Time)
			if s.moment != nil {
				return s.moment(x) == s.moment(y)
			}
			return x.Equal(y)
		case big.Int:
			y := b.Interface().(big.Int)
			return x.Cmp(&y) == 0
		}
	}
	for i := range a.NumField() {
		if !s.same(a.Field(i), b.Field(i)) {
			return false
		}
	}
	return true
}
