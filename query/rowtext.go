package query

import (
	"encoding/json"
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
	case time.Duration:
		b.WriteString("'" + x.String() + "'")
		return
	case json.RawMessage:
		writeText(b, string(x))
		return
	case [16]byte:
		fmt.Fprintf(b, "'%x-%x-%x-%x-%x'", x[:4], x[4:6], x[6:8], x[8:10], x[10:])
		return
	}
	writeKind(b, v, reflect.ValueOf(v))
}

func writeKind(b *strings.Builder, v any, rv reflect.Value) {
	switch {
	case (rv.Kind() == reflect.Pointer || rv.Kind() == reflect.Slice) && rv.IsNil():
		b.WriteString("NULL")
	case rv.Kind() == reflect.Pointer && (rv.Elem().Kind() != reflect.Struct || rv.Elem().Type() == reflect.TypeFor[time.Time]()):
		writeValue(b, rv.Elem().Interface())
	case isStringer(v):
		fmt.Fprint(b, v)
	case rv.Kind() == reflect.Pointer: // an entity without a String method
		fmt.Fprintf(b, "%+v", v)
	case rv.Kind() == reflect.String:
		writeText(b, rv.String())
	case rv.Type() == reflect.TypeFor[[]byte]():
		fmt.Fprintf(b, `'\x%x'`, v)
	case rv.Kind() == reflect.Slice:
		b.WriteString("ARRAY[")
		for i := range rv.Len() {
			if i > 0 {
				b.WriteString(", ")
			}
			writeValue(b, rv.Index(i).Interface())
		}
		b.WriteByte(']')
	default:
		fmt.Fprint(b, v)
	}
}

func writeText(b *strings.Builder, s string) {
	b.WriteString("'" + strings.ReplaceAll(s, "'", "''") + "'")
}

func isStringer(v any) bool {
	_, ok := v.(fmt.Stringer)
	return ok
}
