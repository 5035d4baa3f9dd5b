package query

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// tuple prints values as SQL would write them: ('Plumber', NULL, 3).
func tuple(vs ...any) string {
	var b strings.Builder
	b.WriteByte('(')
	for i, v := range vs {
		if i > 0 {
			b.WriteString(", ")
		}
		writeValue(&b, v)
	}
	b.WriteByte(')')
	return b.String()
}

func writeValue(b *strings.Builder, v any) {
	switch x := v.(type) {
	case nil:
		b.WriteString("NULL")
		return
	case time.Time:
		b.WriteString("'" + x.Format("2006-01-02 15:04:05.999999") + "'")
		return
	case []byte:
		fmt.Fprintf(b, `'\x%x'`, x)
		return
	}
	rv := reflect.ValueOf(v)
	switch {
	case rv.Kind() == reflect.Pointer && rv.IsNil():
		b.WriteString("NULL")
	case isStringer(v):
		fmt.Fprint(b, v)
	case rv.Kind() == reflect.Pointer:
		writePointed(b, rv)
	case rv.Kind() == reflect.String:
		b.WriteString("'" + strings.ReplaceAll(rv.String(), "'", "''") + "'")
	default:
		fmt.Fprint(b, v)
	}
}

// writePointed writes what a pointer to a plain value points to; an entity without a String method by its type.
func writePointed(b *strings.Builder, rv reflect.Value) {
	if rv.Elem().Kind() == reflect.Struct && rv.Elem().Type() != reflect.TypeFor[time.Time]() {
		fmt.Fprintf(b, "%+v", rv.Interface())
		return
	}
	writeValue(b, rv.Elem().Interface())
}

func isStringer(v any) bool {
	_, ok := v.(fmt.Stringer)
	return ok
}
