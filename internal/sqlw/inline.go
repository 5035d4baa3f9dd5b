package sqlw

import (
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/cupel-go/cupel/internal/arg"
)

// inline writes v as a literal: whole for DDL, for people to read a long array only in part.
func (w *Writer) inline(v any) {
	switch x := arg.Plain(v).(type) {
	case nil:
		w.buf = append(w.buf, "NULL"...)
	case *arg.Param:
		w.buf = append(w.buf, '$')
		w.Int(x.At + 1)
	case string:
		w.quote(x)
	case json.RawMessage:
		w.quote(string(x))
	case []byte:
		w.quote(`\x` + hex.EncodeToString(x))
	case [16]byte:
		w.quote(fmt.Sprintf("%x-%x-%x-%x-%x", x[:4], x[4:6], x[6:8], x[8:10], x[10:]))
	case time.Time:
		w.quote(x.Format("2006-01-02 15:04:05.999999Z07:00"))
	case time.Duration:
		w.quote(x.String())
	case driver.Valuer:
		w.inlineValuer(x)
	case fmt.Stringer:
		w.inlineStringer(x)
	default:
		w.inlineKind(reflect.ValueOf(x))
	}
}

func (w *Writer) inlineValuer(x driver.Valuer) {
	if rv := reflect.ValueOf(x); rv.Kind() == reflect.Pointer && rv.IsNil() {
		w.buf = append(w.buf, "NULL"...)
		return
	}
	v, err := x.Value()
	if _, again := v.(driver.Valuer); err != nil || again {
		v = fmt.Sprint(x)
	}
	w.inline(v)
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

// inlineSlice writes an array; for reading, at most the first 20 elements.
func (w *Writer) inlineSlice(v reflect.Value) {
	shown := v.Len()
	if w.mode == Inline {
		shown = min(shown, 20)
	}
	if v.IsNil() {
		w.buf = append(w.buf, "NULL"...)
		return
	}
	w.buf = append(w.buf, "ARRAY["...)
	for i := range shown {
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

// ErrNUL is found by errors.Is in the error of a text that PostgreSQL cannot have.
var ErrNUL = errors.New("text holds NUL, which PostgreSQL cannot store")

func (w *Writer) quote(s string) {
	if w.mode == Literal && strings.IndexByte(s, 0) >= 0 {
		w.Fail(ErrNUL)
	}
	w.Quote(s)
}

// Quote writes text as a literal, with quotes doubled; text with a backslash as E'…', which means the same whatever
// standard_conforming_strings is.
func (w *Writer) Quote(s string) {
	s = strings.ReplaceAll(s, "'", "''")
	if strings.IndexByte(s, '\\') >= 0 {
		w.Byte('E')
		s = strings.ReplaceAll(s, `\`, `\\`)
	}
	w.Byte('\'')
	w.Text(s)
	w.Byte('\'')
}
