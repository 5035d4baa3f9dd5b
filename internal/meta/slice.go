package meta

import (
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/mem"
)

// sliceOf returns the function that collects fields of type t of many objects into a slice, as an array argument; nil where
// that is done by reflection. A named type is collected as the one that it is made of.
func sliceOf(t reflect.Type) func(n int, at func(i int) mem.Ptr) any {
	nullable := t.Kind() == reflect.Pointer
	if nullable {
		t = t.Elem()
	}
	if base, ok := plainKind(t); ok && t != reflect.TypeFor[time.Duration]() { // it is an interval
		t = base
	}
	switch t {
	case reflect.TypeFor[int64]():
		return collecting[int64](nullable)
	case reflect.TypeFor[string]():
		return collecting[string](nullable)
	case reflect.TypeFor[float64]():
		return collecting[float64](nullable)
	case reflect.TypeFor[bool]():
		return collecting[bool](nullable)
	case reflect.TypeFor[time.Time]():
		return collecting[time.Time](nullable)
	case reflect.TypeFor[[16]byte]():
		return collecting[[16]byte](nullable)
	}
	return nil
}

func collecting[T any](nullable bool) func(n int, at func(i int) mem.Ptr) any {
	if nullable {
		return collect[*T]
	}
	return collect[T]
}

func collect[T any](n int, at func(i int) mem.Ptr) any {
	s := make([]T, n)
	for i := range s {
		s[i] = *mem.As[T](at(i))
	}
	return s
}
