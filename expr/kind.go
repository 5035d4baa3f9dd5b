package expr

import (
	"encoding/json"
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
)

// ColumnKind describes a column's kind, for package model.
type ColumnKind struct {
	Operand, Result reflect.Type
	Nullable        bool
	SQLType         string // "" when the Go type does not tell
}

func kindOf(operand, result reflect.Type) ColumnKind {
	nullable := operand != result && result.Kind() == reflect.Pointer && result.Elem() == operand
	return ColumnKind{Operand: operand, Result: result, Nullable: nullable, SQLType: sqlType(operand)}
}

func (k ColumnKind) as(sqlType string) ColumnKind {
	k.SQLType = sqlType
	return k
}

// sqlType gives the SQL type that a Go type stands for unless told otherwise.
func sqlType(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[time.Time]():
		return "timestamptz"
	case reflect.TypeFor[time.Duration]():
		return "interval"
	case reflect.TypeFor[json.RawMessage]():
		return "jsonb"
	case reflect.TypeFor[[]byte]():
		return "bytea"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Int8, reflect.Int16, reflect.Uint8:
		return "smallint"
	case reflect.Int32, reflect.Uint16:
		return "integer"
	case reflect.Int, reflect.Int64, reflect.Uint32:
		return "bigint"
	case reflect.Float32:
		return "real"
	case reflect.Float64:
		return "double precision"
	case reflect.String:
		return "text"
	case reflect.Array:
		if t.Len() == 16 && t.Elem().Kind() == reflect.Uint8 {
			return "uuid"
		}
	case reflect.Slice:
		if elem := sqlType(t.Elem()); elem != "" {
			return elem + "[]"
		}
	}
	return ""
}

type bindable interface {
	bind(ast.Node)
	kind() ColumnKind
}

// ColumnKindOf returns the kind of the column at field, a pointer to a field of a table struct; false when the field is no
// column. It is for package model.
func ColumnKindOf(field any) (ColumnKind, bool) {
	b, ok := field.(bindable)
	if !ok {
		return ColumnKind{}, false
	}
	return b.kind(), true
}

// Bind makes the column at field, a pointer to a field of a table struct, stand for c. It is for package model.
func Bind(field any, c *ast.Column) {
	if b, ok := field.(bindable); ok {
		b.bind(c)
	}
}
