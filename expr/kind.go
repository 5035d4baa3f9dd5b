package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqltype"
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

// sqlType returns the SQL type that a Go type stands for unless told otherwise; "" where it stands for none.
func sqlType(t reflect.Type) string { return sqltype.Of(t).String() }

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

// KindInfo describes the kind of an expression. It is for package query.
func KindInfo[K Kind[K]](x K) ColumnKind { return x.kind() }
