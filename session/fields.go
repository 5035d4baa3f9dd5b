package session

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// clearField gives a field its zero value.
func clearField(f *meta.Field, p mem.Ptr) {
	reflect.NewAt(f.Type, p).Elem().SetZero()
}

var errWrongType = errors.New("value cannot be stored in the field")

// setChecked stores v in a field of obj when the types allow it.
func setChecked(f *meta.Field, obj mem.Ptr, v any) error {
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if vt := reflect.TypeOf(v); !vt.ConvertibleTo(t) && t.Kind() != reflect.Struct {
		return fmt.Errorf("%w: %s in %s", errWrongType, vt, f.Type)
	}
	if n, ok := v.(int64); ok && t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64 && reflect.Zero(t).OverflowInt(n) {
		return fmt.Errorf("%w: the field is %s", errWrongType, f.Type)
	}
	f.Set(obj, v)
	return nil
}
