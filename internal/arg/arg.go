// Package arg passes the arguments of a statement to the encoder without boxing them: a value that is part of a node already
// goes as a pointer to it, which an interface takes without an allocation.
package arg

import (
	"database/sql/driver"
	"reflect"
	"slices"
	"time"
)

// Ref is an argument that lies elsewhere. It has one field, a pointer, so that an interface holds it without an allocation.
type Ref[V any] struct{ p *V }

// At returns *p as an argument. What p points to must not change while the argument is in use.
func At[V any](p *V) any { return Ref[V]{p} }

// Value returns the argument itself.
func (r Ref[V]) Value() V { return *r.p }

func (r Ref[V]) plain() any { return *r.p }

func (r Ref[V]) isSQL() bool { return isSQL(*r.p) }

// SQLizer is what expressions and statements are, ours and squirrel's.
type SQLizer interface {
	ToSql() (string, []any, error) //nolint:revive // the name is squirrel's
}

var (
	sqlizerType = reflect.TypeFor[SQLizer]()
	valuerType  = reflect.TypeFor[driver.Valuer]()
)

// IsSQL reports whether an argument is no value, but SQL: encoded as one, it would be its own text. A list of such is too.
func IsSQL(a any) bool {
	if r, ok := a.(interface{ isSQL() bool }); ok {
		return r.isSQL()
	}
	return isSQL(a)
}

func isSQL(v any) bool {
	switch x := v.(type) {
	case nil, string, int64, int32, int, bool, float64, time.Time, []string, []int64, []byte:
		return false
	case []any:
		return slices.ContainsFunc(x, isSQL)
	case SQLizer:
		_, value := v.(driver.Valuer)
		return !value
	}
	t := reflect.TypeOf(v)
	return t.Kind() == reflect.Slice && t.Elem().Implements(sqlizerType) && !t.Elem().Implements(valuerType)
}

// Plain returns an argument as a Go value: of a [Ref] what it refers to, anything else as it is.
func Plain(a any) any {
	if r, ok := a.(interface{ plain() any }); ok {
		return r.plain()
	}
	return a
}

// Plains returns arguments as Go values, in a slice of its own; nil of none.
func Plains(args []any) []any {
	if len(args) == 0 {
		return nil
	}
	plain := make([]any, len(args))
	for i, a := range args {
		plain[i] = Plain(a)
	}
	return plain
}
