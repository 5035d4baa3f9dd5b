package meta

import (
	"database/sql"
	"database/sql/driver"
	"math/big"
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
)

// reflectAccess handles every other type. A named type of a plain one is handled as that one; the rest by
// reflection.
func reflectAccess(t reflect.Type) Access {
	if base, ok := plainKind(t); ok {
		a, _ := plainAccess(base)
		inner := a.Get
		a.Get = func(p mem.Ptr) any { return inner(p) }
		return a
	}
	at := func(p mem.Ptr) reflect.Value { return reflect.NewAt(t, p).Elem() }
	return Access{
		Get: func(p mem.Ptr) any { return argument(at(p)) },
		Set: func(p mem.Ptr, v any) { assign(at(p), v) },
		Equal: func(p, q mem.Ptr) bool {
			return sameValue(at(p), at(q))
		},
		Copy:   func(dst, src mem.Ptr) { at(dst).Set(deepCopy(at(src))) },
		IsZero: func(p mem.Ptr) bool { return at(p).IsZero() },
		Shares: true,
	}
}

// plainKind returns the plain type that a named type is made of, when the two have the same layout and meaning.
func plainKind(t reflect.Type) (reflect.Type, bool) {
	if valuer := reflect.TypeFor[driver.Valuer](); t.Implements(valuer) || reflect.PointerTo(t).Implements(valuer) {
		return nil, false // it says itself how it is stored
	}
	switch t.Kind() {
	case reflect.Int64:
		return reflect.TypeFor[int64](), true
	case reflect.Int32:
		return reflect.TypeFor[int32](), true
	case reflect.Int16:
		return reflect.TypeFor[int16](), true
	case reflect.Int:
		return reflect.TypeFor[int](), true
	case reflect.Bool:
		return reflect.TypeFor[bool](), true
	case reflect.String:
		return reflect.TypeFor[string](), true
	case reflect.Float64:
		return reflect.TypeFor[float64](), true
	case reflect.Float32:
		return reflect.TypeFor[float32](), true
	}
	return nil, false
}

// argument returns v as pgx takes it: nil for NULL, a pointer's target instead of the pointer.
func argument(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return argument(v.Elem())
	case reflect.Slice, reflect.Map, reflect.Interface:
		if v.IsNil() {
			return nil
		}
	}
	return v.Interface()
}

func assign(dst reflect.Value, v any) {
	src := reflect.ValueOf(v)
	switch {
	case !src.IsValid():
		dst.SetZero()
	case scan(dst, v):
	case src.Type().AssignableTo(dst.Type()):
		dst.Set(src)
	case dst.Kind() == reflect.Pointer:
		p := reflect.New(dst.Type().Elem())
		assign(p.Elem(), v)
		dst.Set(p)
	case dst.Kind() == reflect.Struct && dst.NumField() == 2 && dst.Type().Field(0).Name == "V":
		assign(dst.Field(0), v) // sql.Null
		dst.Field(1).SetBool(true)
	case src.CanConvert(dst.Type()):
		dst.Set(src.Convert(dst.Type()))
	}
}

// scan stores v through the field's own sql.Scanner; false when it has none that takes v.
func scan(dst reflect.Value, v any) bool {
	scanner, ok := dst.Addr().Interface().(sql.Scanner)
	if !ok {
		return false
	}
	if id, isUUID := v.([16]byte); isUUID {
		v = UUIDText(id)
	}
	plain, err := driver.DefaultParameterConverter.ConvertValue(v)
	return err == nil && scanner.Scan(plain) == nil
}

// deepCopy copies v with what its pointers, slices and maps point to. What unexported fields point to is shared: nobody
// but the type itself can change it.
func deepCopy(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(deepCopy(v.Elem()))
		return p
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			s.Index(i).Set(deepCopy(v.Index(i)))
		}
		return s
	case reflect.Map:
		return copyMap(v)
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		return deepCopy(v.Elem())
	case reflect.Struct:
		return copyStruct(v)
	}
	return v
}

func copyMap(v reflect.Value) reflect.Value {
	if v.IsNil() {
		return v
	}
	m := reflect.MakeMapWithSize(v.Type(), v.Len())
	for it := v.MapRange(); it.Next(); {
		m.SetMapIndex(it.Key(), deepCopy(it.Value()))
	}
	return m
}

func copyStruct(v reflect.Value) reflect.Value {
	t := v.Type()
	if t == reflect.TypeFor[big.Int]() {
		n, _ := v.Interface().(big.Int)
		return reflect.ValueOf(*new(big.Int).Set(&n))
	}
	c := reflect.New(t).Elem()
	c.Set(v)
	for i := range t.NumField() {
		if t.Field(i).IsExported() {
			c.Field(i).Set(deepCopy(v.Field(i)))
		}
	}
	return c
}
