package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// Kind describes a column's kind, for package model.
type Kind struct {
	Operand, Result reflect.Type
	Nullable        bool
	SQLType         string // "" when the Go type does not tell
}

func kindOf(operand, result reflect.Type) Kind {
	nullable := operand != result && result.Kind() == reflect.Pointer && result.Elem() == operand
	return Kind{Operand: operand, Result: result, Nullable: nullable, SQLType: sqlType(operand)}
}

func (k Kind) as(sqlType string) Kind {
	k.SQLType = sqlType
	return k
}

// sqlType returns the SQL type that a Go type stands for unless told otherwise; "" where it stands for none.
func sqlType(t reflect.Type) string { return sqltype.Of(t).String() }

type bindable interface {
	bind(ast.Node)
	kind() Kind
}

// KindOf tells the kind of the column at field, a pointer to a field of a table struct; false when the field is no
// column. It is for package model.
func KindOf(field any) (Kind, bool) {
	b, ok := field.(bindable)
	if !ok {
		return Kind{}, false
	}
	return b.kind(), true
}

// Bind makes the column at field, a pointer to a field of a table struct, stand for c. It is for package model.
func Bind(field any, c *ast.Column) {
	if b, ok := field.(bindable); ok {
		b.bind(c)
	}
}
