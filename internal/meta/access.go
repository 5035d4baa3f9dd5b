package meta

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// Access says how the values of one Go type are handled in place. It is made once per field, by reflection; the
// functions of the common types need none when they run.
type Access struct {
	Get    func(p mem.Ptr) any     // the value as an argument; NULL is nil
	Set    func(p mem.Ptr, v any)  // stores an operand
	Equal  func(p, q mem.Ptr) bool // same value, as the database sees it
	Copy   func(dst, src mem.Ptr)  // copies, with everything that is pointed to
	IsZero func(p mem.Ptr) bool    // zero value, nil or NULL
	Shares bool                    // a plain copy of the struct shares what is pointed to
}

// AccessOf returns the Access of a field of type t.
func AccessOf(t reflect.Type) Access {
	if a, ok := plainAccess(t); ok {
		return a
	}
	if t.Kind() == reflect.Pointer {
		if a, ok := pointerAccess(t.Elem()); ok {
			return a
		}
	}
	if a, ok := nullAccess(t); ok {
		return a
	}
	return reflectAccess(t)
}

// plainAccess handles the types that hold no pointer but a string's.
func plainAccess(t reflect.Type) (Access, bool) {
	switch t {
	case reflect.TypeFor[int64]():
		return same[int64](), true
	case reflect.TypeFor[int32]():
		return same[int32](), true
	case reflect.TypeFor[int16]():
		return same[int16](), true
	case reflect.TypeFor[int]():
		return same[int](), true
	case reflect.TypeFor[bool]():
		return same[bool](), true
	case reflect.TypeFor[string]():
		return same[string](), true
	case reflect.TypeFor[[16]byte]():
		return same[[16]byte](), true
	case reflect.TypeFor[time.Duration]():
		return same[time.Duration](), true
	case reflect.TypeFor[float64]():
		return equalBy(sqltype.SameFloat), true
	case reflect.TypeFor[float32]():
		return equalBy(func(a, b float32) bool { return sqltype.SameFloat(float64(a), float64(b)) }), true
	case reflect.TypeFor[time.Time]():
		return equalBy(time.Time.Equal), true
	case reflect.TypeFor[[]byte]():
		return bytesAccess[[]byte](), true
	case reflect.TypeFor[json.RawMessage]():
		return bytesAccess[json.RawMessage](), true
	}
	return Access{}, false
}

func same[T comparable]() Access {
	return equalBy(func(a, b T) bool { return a == b })
}

func equalBy[T comparable](equal func(a, b T) bool) Access {
	return Access{
		Get:    func(p mem.Ptr) any { return *mem.As[T](p) },
		Set:    func(p mem.Ptr, v any) { setAs[T](p, v) },
		Equal:  func(p, q mem.Ptr) bool { return equal(*mem.As[T](p), *mem.As[T](q)) },
		Copy:   func(dst, src mem.Ptr) { *mem.As[T](dst) = *mem.As[T](src) },
		IsZero: func(p mem.Ptr) bool { var zero T; return *mem.As[T](p) == zero },
	}
}

func bytesAccess[T ~[]byte]() Access {
	return Access{
		Get: func(p mem.Ptr) any {
			if v := *mem.As[T](p); v != nil {
				return v
			}
			return nil
		},
		Set: func(p mem.Ptr, v any) { setAs[T](p, v) },
		Equal: func(p, q mem.Ptr) bool {
			a, b := *mem.As[T](p), *mem.As[T](q)
			return (a == nil) == (b == nil) && bytes.Equal(a, b)
		},
		Copy:   func(dst, src mem.Ptr) { *mem.As[T](dst) = bytes.Clone(*mem.As[T](src)) },
		IsZero: func(p mem.Ptr) bool { return *mem.As[T](p) == nil },
		Shares: true,
	}
}

func setAs[T any](p mem.Ptr, v any) {
	if x, ok := v.(T); ok {
		*mem.As[T](p) = x
		return
	}
	t, from := reflect.TypeFor[T](), reflect.ValueOf(v)
	if !from.CanConvert(t) {
		id, _ := uuidOf(v)
		from = reflect.ValueOf(id)
	}
	if from.CanConvert(t) {
		reflect.NewAt(t, p).Elem().Set(from.Convert(t))
	}
}

// pointerAccess handles pointers to the plain types: nil is NULL.
func pointerAccess(elem reflect.Type) (Access, bool) {
	in, ok := plainAccess(elem)
	if !ok {
		return Access{}, false
	}
	deref := func(p mem.Ptr) mem.Ptr { return *mem.As[mem.Ptr](p) }
	fresh := func() mem.Ptr { return reflect.New(elem).UnsafePointer() }
	return Access{
		Get: func(p mem.Ptr) any {
			if q := deref(p); q != nil {
				return in.Get(q)
			}
			return nil
		},
		Set: func(p mem.Ptr, v any) {
			q := fresh()
			in.Set(q, v)
			*mem.As[mem.Ptr](p) = q
		},
		Equal: func(p, q mem.Ptr) bool {
			a, b := deref(p), deref(q)
			return a == b || a != nil && b != nil && in.Equal(a, b)
		},
		Copy: func(dst, src mem.Ptr) {
			var q mem.Ptr
			if s := deref(src); s != nil {
				q = fresh()
				in.Copy(q, s)
			}
			*mem.As[mem.Ptr](dst) = q
		},
		IsZero: func(p mem.Ptr) bool { return deref(p) == nil },
		Shares: true,
	}, true
}

// nullAccess handles sql.Null of the plain types.
func nullAccess(t reflect.Type) (Access, bool) {
	switch t {
	case reflect.TypeFor[sql.Null[string]]():
		return nullOf[string](), true
	case reflect.TypeFor[sql.Null[int64]]():
		return nullOf[int64](), true
	case reflect.TypeFor[sql.Null[bool]]():
		return nullOf[bool](), true
	case reflect.TypeFor[sql.Null[float64]]():
		return nullOf[float64](), true
	case reflect.TypeFor[sql.Null[time.Time]]():
		return nullOf[time.Time](), true
	}
	return Access{}, false
}

func nullOf[T any]() Access {
	in := AccessOf(reflect.TypeFor[T]())
	return Access{
		Get: func(p mem.Ptr) any {
			if n := mem.As[sql.Null[T]](p); n.Valid {
				return n.V
			}
			return nil
		},
		Set: func(p mem.Ptr, v any) {
			n := mem.As[sql.Null[T]](p)
			in.Set(mem.Of(&n.V), v)
			n.Valid = true
		},
		Equal: func(p, q mem.Ptr) bool {
			a, b := mem.As[sql.Null[T]](p), mem.As[sql.Null[T]](q)
			return a.Valid == b.Valid && (!a.Valid || in.Equal(mem.Of(&a.V), mem.Of(&b.V)))
		},
		Copy:   func(dst, src mem.Ptr) { *mem.As[sql.Null[T]](dst) = *mem.As[sql.Null[T]](src) },
		IsZero: func(p mem.Ptr) bool { return !mem.As[sql.Null[T]](p).Valid },
	}
}
