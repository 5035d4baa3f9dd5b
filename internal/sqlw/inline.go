package sqlw

import (
	"encoding/hex"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// inline writes v as a literal for people to read.
func (w *Writer) inline(v any) {
	switch x := v.(type) {
	case nil:
		w.buf = append(w.buf, "NULL"...)
	case string:
		w.quote(x)
	case []byte:
		w.quote(`\x` + hex.EncodeToString(x))
	case time.Time:
		w.quote(x.Format("2006-01-02 15:04:05.999999Z07:00"))
	case time.Duration:
		w.quote(x.String())
	case fmt.Stringer:
		w.inlineStringer(x)
	default:
		w.inlineKind(reflect.ValueOf(v))
	}
}

func (w *Writer) inlineStringer(x fmt.Stringer) {
	if rv := reflect.ValueOf(x); rv.Kind() == reflect.Pointer && rv.IsNil() {
		w.buf = append(w.buf, "NULL"...)
		return
	}
	w.quote(x.String())
}

func (w *Writer) inlineKind(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			w.buf = append(w.buf, "NULL"...)
			return
		}
		w.inline(v.Elem().Interface())
	case reflect.Bool:
		w.buf = strconv.AppendBool(w.buf, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.buf = strconv.AppendInt(w.buf, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		w.buf = strconv.AppendUint(w.buf, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		w.inlineFloat(v.Float())
	case reflect.String:
		w.quote(v.String())
	case reflect.Slice:
		w.inlineSlice(v)
	default:
		w.quote(fmt.Sprint(v.Interface()))
	}
}

func (w *Writer) inlineFloat(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		w.quote(strings.TrimPrefix(strconv.FormatFloat(f, 'g', -1, 64), "+"))
		return
	}
	w.buf = strconv.AppendFloat(w.buf, f, 'g', -1, 64)
}

// inlineSlice writes at most the first 20 elements: the text is for reading.
func (w *Writer) inlineSlice(v reflect.Value) {
	const shown = 20
	if v.IsNil() {
		w.buf = append(w.buf, "NULL"...)
		return
	}
	w.buf = append(w.buf, "ARRAY["...)
	for i := range min(v.Len(), shown) {
		if i > 0 {
			w.buf = append(w.buf, ", "...)
		}
		w.inline(v.Index(i).Interface())
	}
	if n := v.Len() - shown; n > 0 {
		w.buf = append(w.buf, ", … "...)
		w.Int(n)
		w.buf = append(w.buf, " more"...)
	}
	w.buf = append(w.buf, ']')
}

func (w *Writer) quote(s string) {
	w.buf = append(w.buf, '\'')
	w.buf = append(w.buf, strings.ReplaceAll(s, "'", "''")...)
	w.buf = append(w.buf, '\'')
}
