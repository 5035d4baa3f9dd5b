package render_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// Values are encoded as the recorded ones are; what column a value is of decides how a time is written.

// row encodes a row of a result: a query.RowN, an entity as its columns, or a single value.
func row(v any, types []string) []any {
	var values []any
	place := func() string {
		if len(values) < len(types) {
			return types[len(values)]
		}
		return ""
	}
	for _, x := range items(reflect.ValueOf(v)) {
		if !entity(x) {
			values = append(values, value(x, place()))
			continue
		}
		for i := range x.Elem().NumField() {
			if f := x.Elem().Field(i); f.Type().PkgPath() != modelPath {
				values = append(values, value(f, place()))
			}
		}
	}
	return values
}

const (
	queryPath = "github.com/cupel-go/cupel/query"
	modelPath = "github.com/cupel-go/cupel/model"
)

// items returns the values of a query.RowN, or the value itself.
func items(v reflect.Value) []reflect.Value {
	if v.Kind() != reflect.Struct || v.Type().PkgPath() != queryPath {
		return []reflect.Value{v}
	}
	var vs []reflect.Value
	for i := range v.NumField() {
		vs = append(vs, v.Field(i))
	}
	return vs
}

// entity reports whether v is an object.
func entity(v reflect.Value) bool {
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return false
	}
	return v.Elem().Type().PkgPath() == reflect.TypeFor[Customer]().PkgPath()
}

// plain encodes a result of any shape, an entity as its name and key.
func plain(v any) any {
	x := reflect.ValueOf(v)
	switch {
	case !x.IsValid():
		return nil
	case entity(x):
		name := x.Elem().Type().Name()
		identity := []any{}
		fields := keys[name]
		if fields == nil {
			fields = []string{"ID"}
		}
		for _, f := range fields {
			identity = append(identity, value(x.Elem().FieldByName(f), ""))
		}
		return map[string]any{"entity": name, "identity": identity}
	case x.Kind() == reflect.Struct && x.Type().PkgPath() == queryPath:
		return list(items(x))
	case x.Kind() == reflect.Slice && x.Type() != reflect.TypeFor[json.RawMessage]() && x.Type().Elem().Kind() != reflect.Uint8:
		vs := make([]reflect.Value, x.Len())
		for i := range vs {
			vs[i] = x.Index(i)
		}
		return list(vs)
	}
	return value(x, "")
}

func list(vs []reflect.Value) []any {
	all := make([]any, len(vs))
	for i, v := range vs {
		all[i] = plain(v.Interface())
	}
	return all
}

// value encodes a value of a column of a type.
func value(v reflect.Value, pgType string) any {
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		return value(v.Elem(), pgType)
	}
	switch x := v.Interface().(type) {
	case time.Time:
		return instant(x, pgType)
	case time.Duration:
		s := strconv.FormatFloat(x.Seconds(), 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return "PT" + s + "S"
	case pgtype.Numeric:
		n, _ := x.Value()
		return n
	case json.RawMessage:
		return document(x)
	case []byte:
		return `\x` + hex.EncodeToString(x)
	case [16]byte:
		return fmt.Sprintf("%x-%x-%x-%x-%x", x[:4], x[4:6], x[6:8], x[8:10], x[10:])
	}
	if v.Kind() == reflect.Slice {
		all := make([]any, v.Len())
		for i := range all {
			all[i] = value(v.Index(i), strings.TrimSuffix(pgType, "[]"))
		}
		return all
	}
	return v.Interface()
}

func instant(t time.Time, pgType string) string {
	layout := "2006-01-02 15:04:05"
	if t.Nanosecond() != 0 {
		layout += ".000000"
	}
	switch pgType {
	case "date":
		layout = time.DateOnly
	case "timestamp with time zone":
		layout += "-07:00"
	}
	return t.Format(layout)
}

func document(text json.RawMessage) any {
	if text == nil {
		return nil
	}
	v, err := decode(text)
	if err != nil {
		return err.Error()
	}
	return v
}
