// Package decode reads column values off the wire into Go values.
package decode

import (
	"errors"
	"reflect"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/mem"
)

// ErrNull is the error of NULL for a Go value that cannot hold it.
var ErrNull = errors.New("NULL where the Go type cannot hold it")

// Func decodes one column value, nil for NULL, into the Go value at dst.
type Func func(dst mem.Ptr, raw []byte, a *Arena) error

// Arena holds what decoded values point to.
type Arena struct{}

// For gives the decoder of a wire type into a Go type.
func For(m *pgtype.Map, t reflect.Type, oid uint32, format int16) (Func, error) {
	ptr := reflect.PointerTo(t)
	plan := m.PlanScan(oid, format, reflect.New(t).Interface())
	_ = ptr
	nullable := t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Struct || t.Kind() == reflect.Map
	return func(dst mem.Ptr, raw []byte, _ *Arena) error {
		if raw == nil && !nullable {
			return ErrNull
		}
		return plan.Scan(raw, reflect.NewAt(t, dst).Interface())
	}, nil
}
