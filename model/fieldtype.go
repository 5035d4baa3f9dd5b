package model

import (
	"database/sql"
	"database/sql/driver"
	"reflect"
	"strings"

	"github.com/cupel-go/cupel/expr"
)

// mismatch says why a field of type t cannot hold a column of kind k; "" when it can. Whether a pointer may hold a
// column that is not null is decided later, when the defaults are known.
func mismatch(k expr.ColumnKind, t reflect.Type) string {
	elem, nullable := nullableOf(t)
	if k.Nullable && !nullable && !holdsNil(t) {
		return "which cannot hold NULL; use *" + t.String() + ", or a column kind without Null"
	}
	if holds(k.Operand, elem) || holds(k.Operand, t) || codec(elem) {
		return ""
	}
	return "but the column holds " + k.Operand.String()
}

// nullableOf returns T and true for *T and sql.Null[T], and t itself and false for anything else.
func nullableOf(t reflect.Type) (reflect.Type, bool) {
	if t.Kind() == reflect.Pointer {
		return t.Elem(), true
	}
	if t.PkgPath() == "database/sql" && strings.HasPrefix(t.Name(), "Null") && t.Kind() == reflect.Struct {
		return t.Field(0).Type, true
	}
	return t, false
}

// holdsNil reports whether a value of type t can be NULL by itself.
func holdsNil(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Interface:
		return true
	}
	return codec(t)
}

// holds reports whether a field of type t holds operands of type v: the same type, a named type of it, or an integer of
// another size, which is checked when it is read.
func holds(v, t reflect.Type) bool {
	if v == t || integer(v) && integer(t) || float(v) && float(t) {
		return true
	}
	return v.Kind() == t.Kind() && v.ConvertibleTo(t) && v.Kind() != reflect.Struct
}

func integer(t reflect.Type) bool {
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64
}

func float(t reflect.Type) bool {
	return t.Kind() == reflect.Float32 || t.Kind() == reflect.Float64
}

// codec reports whether t brings its own encoding and decoding: pgtype's types, and those of database/sql.
func codec(t reflect.Type) bool {
	if strings.HasSuffix(t.PkgPath(), "/pgtype") {
		return true
	}
	scans := reflect.PointerTo(t).Implements(reflect.TypeFor[sql.Scanner]())
	return scans && (t.Implements(reflect.TypeFor[driver.Valuer]()) ||
		reflect.PointerTo(t).Implements(reflect.TypeFor[driver.Valuer]()))
}
