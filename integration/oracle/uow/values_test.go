package uow_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"

	"github.com/cupel-go/cupel/model"
)

// entityOf is an object of a scenario that the recordings write as class and key.
type entityOf interface {
	identity() (class string, key []any)
}

// plain returns a value in the form of the recordings, as JSON decodes it.
func plain(v any) any {
	text, err := json.Marshal(encoded(reflect.ValueOf(v)))
	if err != nil {
		return fmt.Sprintf("(%v)", err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		return fmt.Sprintf("(%v)", err)
	}
	return out
}

func encoded(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	switch v.Kind() {
	case reflect.Interface:
		return encoded(v.Elem())
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		if e, ok := v.Interface().(entityOf); ok {
			class, key := e.identity()
			return map[string]any{"entity": class, "identity": key}
		}
		return encoded(v.Elem())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = encoded(v.Index(i))
		}
		return list
	}
	if t, ok := v.Interface().(time.Time); ok {
		return t.Format("2006-01-02 15:04:05.999999")
	}
	return v.Interface()
}

// text returns a plain value for comparing and for people. Maps are written with sorted keys.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("(%v)", err)
	}
	return string(b)
}

// key returns a generated key as Python has it: none before there is one.
func key(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// loaded returns the names of the columns that an object has: all of them, since a field read cannot load.
func loaded(obj any) []string {
	t := reflect.TypeOf(obj).Elem()
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if strings.HasPrefix(f.Type.String(), "model.") && f.Type.PkgPath() == reflect.TypeFor[model.One[int]]().PkgPath() {
			continue
		}
		names = append(names, snake(f.Name))
	}
	return names
}

// snake returns the column of a field.
func snake(name string) string {
	var b strings.Builder
	for i, r := range strings.ReplaceAll(name, "ID", "Id") {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
