// Package decode turns column values off the wire into Go values in place.
//
// The common pairs of SQL type and Go type have decoders of their own, for PostgreSQL's binary format. They give exactly
// what pgtype gives, but without its interfaces and allocations; whatever they do not expect (an infinite time, an
// integer that does not fit, a value cut short) they hand on to pgtype, so that its rules and its errors stand. Every
// other pair, and the text format, is pgtype's from the start.
package decode

import (
	"database/sql"
	"errors"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/mem"
)

// ErrNull is the error of NULL for a Go value that cannot hold it.
var ErrNull = errors.New("NULL where the Go type cannot hold it")

// Func decodes one column value, nil for NULL, into the Go value at dst. It keeps nothing of raw. It may be used by any
// number of goroutines, each with an Arena of its own.
type Func func(dst mem.Ptr, raw []byte, a *Arena) error

// For gives the decoder of a wire type into Go type t. Whether the two go together at all is found out by trying: a
// pair that does not is the error of the first value.
func For(types *pgtype.Map, t reflect.Type, oid uint32, format int16) Func {
	if scans(t) {
		return general(t, oid, format)
	}
	if t.Kind() == reflect.Pointer {
		return pointer(t.Elem(), For(types, t.Elem(), oid, format))
	}
	if elem, valid, ok := nullStruct(t); ok {
		return null(t, valid, For(types, elem, oid, format))
	}
	slow := general(t, oid, format)
	if !holdsNull(t) {
		slow = notNull(slow)
	}
	if f := special(t, wire{oid, format, codecOf(types, oid)}, slow); f != nil {
		return f
	}
	return slow
}

// Binary tells whether a value of Go type t is best sent as binary, whatever its type in the database: numbers, truth
// values and times do not depend on the server's settings then. Texts may be of types that have no binary form we know.
func Binary(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if elem, _, ok := nullStruct(t); ok {
		t = elem
	}
	switch t.Kind() {
	case reflect.Bool, reflect.Float32, reflect.Float64:
		return !scans(t)
	}
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 && !scans(t) || t == timeType
}

// wire is a column as the server sends it.
type wire struct {
	oid    uint32
	format int16
	codec  pgtype.Codec
}

func (w wire) binary() bool { return w.format == pgtype.BinaryFormatCode }

func codecOf(types *pgtype.Map, oid uint32) pgtype.Codec {
	if t, ok := types.TypeForOID(oid); ok {
		return t.Codec
	}
	return nil
}

// special gives the decoder that we have for a pair, nil when there is none. What it does not expect, NULL among it, it
// hands on to slow. A codec that the program has put in place of pgtype's own is left to do its work.
func special(t reflect.Type, w wire, slow Func) Func {
	switch {
	case t.Kind() == reflect.String:
		return text(w, slow)
	case t.Kind() == reflect.Bool:
		return boolean(w, slow)
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64:
		return integer(t.Kind(), w, slow)
	case t.Kind() == reflect.Float64:
		return float(w, slow)
	case t == timeType:
		return timestamp(w, slow)
	case t.Kind() == reflect.Array:
		return uuid(t, w, slow)
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return document(t, w, slow)
	}
	return nil
}

// general leaves the decoding to pgtype. The connection's types come with the Arena: what pgtype plans must not be
// shared between connections.
func general(t reflect.Type, oid uint32, format int16) Func {
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		return a.Types.Scan(oid, format, raw, reflect.NewAt(t, dst).Interface())
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

// pointer makes NULL a nil pointer, and anything else a pointer to a new value.
func pointer(elem reflect.Type, f Func) Func {
	fresh := fresh(elem)
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if raw == nil {
			*mem.As[mem.Ptr](dst) = nil
			return nil
		}
		p := fresh(a)
		if err := f(p, raw, a); err != nil {
			return err
		}
		*mem.As[mem.Ptr](dst) = p
		return nil
	}
}

// null fills sql.Null[T], sql.NullString and their like, whose first field is the value.
func null(t reflect.Type, valid uintptr, f Func) Func {
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if raw == nil {
			reflect.NewAt(t, dst).Elem().SetZero()
			return nil
		}
		if err := f(dst, raw, a); err != nil {
			return err
		}
		*mem.As[bool](mem.Add(dst, valid)) = true
		return nil
	}
}

func nullStruct(t reflect.Type) (elem reflect.Type, valid uintptr, ok bool) {
	if t.Kind() != reflect.Struct || t.PkgPath() != "database/sql" || !strings.HasPrefix(t.Name(), "Null") {
		return nil, 0, false
	}
	return t.Field(0).Type, t.Field(1).Offset, true
}

// holdsNull tells whether t has a nil of its own.
func holdsNull(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Interface:
		return true
	}
	return false
}

// scans tells whether t brings its own decoding, NULL included. The types of database/sql do too, but ours is the same.
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
