package decode

import (
	"database/sql"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/mem"
)

// Column decodes the values of one column of a result into Go values of one type.
type Column struct {
	kind  kind
	wrap  wrap
	exact bool           // see Row.Exact
	plain bool           // of a string: its type is string itself
	valid uintptr        // of sql.Null and its like: offset of Valid
	goes  reflect.Type   // of sql.Null and its like: the struct
	loc   *time.Location // of a time
	wall  bool           // of a time: it has no zone
	fresh func(a *Arena) mem.Ptr
	slow  Func // pgtype's way, for everything that kind does not expect
}

// Func decodes one column value, nil for NULL, into the Go value at dst. It keeps nothing of raw. It may be used by any
// number of goroutines, each with an Arena of its own.
type Func func(dst mem.Ptr, raw []byte, a *Arena) error

// wrap says how a Go type holds NULL.
type wrap uint8

const (
	bare    wrap = iota // not at all, or by a nil of its own
	pointer             // *T
	null                // sql.Null[T], sql.NullString and their like, whose first field is the value
)

// For returns the decoder of a wire type into Go type t. Whether the two go together at all is found out by trying: a
// pair that does not is the error of the first value.
func For(types *pgtype.Map, t reflect.Type, oid uint32, format int16) Column {
	if scans(t) {
		return Column{slow: general(types, t, oid, format)}
	}
	if t.Kind() == reflect.Pointer {
		c := For(types, t.Elem(), oid, format)
		if c.wrap != bare {
			return Column{slow: general(types, t, oid, format)}
		}
		c.wrap, c.fresh, c.plain = pointer, fresh(t.Elem()), t.Elem() == reflect.TypeFor[string]()
		return c
	}
	if elem, valid, ok := nullStruct(t); ok {
		c := For(types, elem, oid, format)
		if c.wrap != bare {
			return Column{slow: general(types, t, oid, format)}
		}
		c.wrap, c.valid, c.goes = null, valid, t
		return c
	}
	c := Column{slow: general(types, t, oid, format)}
	if !holdsNull(t) {
		c.slow = notNull(c.slow)
	}
	c.specialize(t, wireOf(types, oid, format))
	return c
}

// Decode decodes one column value, nil for NULL, into the Go value at dst. It keeps nothing of raw. It may
// be used by any number of goroutines, each with an Arena of its own.
func (c *Column) Decode(dst mem.Ptr, raw []byte, a *Arena) error {
	switch {
	case c.wrap == bare:
		return c.value(dst, raw, a)
	case raw == nil && c.wrap == pointer:
		*mem.As[mem.Ptr](dst) = nil
		return nil
	case raw == nil:
		reflect.NewAt(c.goes, dst).Elem().SetZero()
		return nil
	case c.wrap == pointer:
		p := c.fresh(a)
		if err := c.value(p, raw, a); err != nil {
			return err
		}
		*mem.As[mem.Ptr](dst) = p
		return nil
	}
	if err := c.value(dst, raw, a); err != nil {
		return err
	}
	*mem.As[bool](mem.Add(dst, c.valid)) = true
	return nil
}

// IsText reports whether a Go type is a string, or a pointer to one, or a sql.Null of one.
func IsText(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if elem, _, ok := nullStruct(t); ok {
		t = elem
	}
	return t.Kind() == reflect.String && !scans(t)
}

// general leaves the decoding to pgtype. The connection's types come with the Arena: what pgtype plans must not be
// shared between connections.
func general(types *pgtype.Map, t reflect.Type, oid uint32, format int16) Func {
	t = checked(types, t, oid)
	scaled := format == pgtype.BinaryFormatCode && hasNumerics(types, oid)
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		to := reflect.NewAt(t, dst).Interface()
		if scaled {
			if text, ok := numericText(a.types(), oid, raw); ok && a.types().Scan(oid, pgtype.TextFormatCode, text, to) == nil {
				return nil // an integer takes no such text
			}
		}
		if err := a.types().Scan(oid, format, raw, to); err != nil {
			return &hidden{err}
		}
		return nil
	}
}

// notNull refuses NULL.
func notNull(f Func) Func {
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if raw == nil {
			return ErrNull
		}
		return f(dst, raw, a)
	}
}

func nullStruct(t reflect.Type) (elem reflect.Type, valid uintptr, ok bool) {
	if t.Kind() != reflect.Struct || t.PkgPath() != "database/sql" || !strings.HasPrefix(t.Name(), "Null") {
		return nil, 0, false
	}
	return t.Field(0).Type, t.Field(1).Offset, true
}

// holdsNull reports whether t has a nil of its own.
func holdsNull(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Interface:
		return true
	}
	return false
}

// scans reports whether t brings its own decoding, NULL included. The types of database/sql do too, but ours is the same.
func scans(t reflect.Type) bool {
	if _, _, ok := nullStruct(t); ok {
		return false
	}
	p := reflect.PointerTo(t)
	for _, i := range scanners {
		if p.Implements(i) {
			return true
		}
	}
	return false
}

var scanners = []reflect.Type{
	reflect.TypeFor[sql.Scanner](),
	reflect.TypeFor[pgtype.TextScanner](), reflect.TypeFor[pgtype.BytesScanner](), reflect.TypeFor[pgtype.BoolScanner](),
	reflect.TypeFor[pgtype.Int64Scanner](), reflect.TypeFor[pgtype.Float64Scanner](), reflect.TypeFor[pgtype.NumericScanner](),
	reflect.TypeFor[pgtype.UUIDScanner](), reflect.TypeFor[pgtype.DateScanner](), reflect.TypeFor[pgtype.TimestampScanner](),
	reflect.TypeFor[pgtype.TimestamptzScanner](), reflect.TypeFor[pgtype.IntervalScanner](), reflect.TypeFor[pgtype.TimeScanner](),
}
