package model

import (
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// columnField is a field of a table struct that is a column.
type columnField struct {
	name string
	kind expr.ColumnKind
	ptr  any
}

// columnFields returns the columns of a table struct in order, those of embedded structs in their place.
func columnFields(v reflect.Value) []columnField {
	var fs []columnField
	for i := range v.NumField() {
		sf, ptr := v.Type().Field(i), v.Field(i)
		if !sf.IsExported() && !sf.Anonymous {
			if k, ok := expr.ColumnKindOf(reflect.New(sf.Type).Interface()); ok {
				fs = append(fs, columnField{sf.Name, k, nil})
			}
			continue
		}
		if sf.IsExported() {
			if k, ok := expr.ColumnKindOf(ptr.Addr().Interface()); ok {
				fs = append(fs, columnField{sf.Name, k, ptr.Addr().Interface()})
				continue
			}
		}
		if sf.Anonymous && sf.Type.Kind() == reflect.Struct {
			fs = append(fs, columnFields(ptr)...)
		}
	}
	return fs
}

// declare finds the columns and relationships of the table struct v and the fields of m's type that hold them.
func declare(m *meta.Mapping, v reflect.Value) {
	if m.Type.Kind() != reflect.Struct {
		m.Fail("%s is no struct", m.Type)
		return
	}
	for _, f := range columnFields(v) {
		if f.ptr == nil {
			m.Fail("column %s: field %s of the table struct is not exported", sqlw.Snake(f.name), f.name)
			continue
		}
		c := &ast.Column{
			Table: m.Table, Index: len(m.Table.Columns), Name: sqlw.Snake(f.name), Field: f.name,
			Type: f.kind.SQLType, GoType: f.kind.Operand, Nullable: f.kind.Nullable,
		}
		expr.Bind(f.ptr, c)
		m.Table.Columns = append(m.Table.Columns, c)
		m.Fields = append(m.Fields, declareField(m, c, f.kind))
	}
	declareRelations(m, v)
}

func declareField(m *meta.Mapping, c *ast.Column, k expr.ColumnKind) meta.Field {
	sf, ok := m.Type.FieldByName(c.Field)
	switch {
	case !ok:
		m.Fail("column %s: struct %s has no field %s", c.Name, m.Type.Name(), c.Field)
		return meta.Field{Column: c}
	case !sf.IsExported():
		m.Fail("column %s: field %s.%s is not exported", c.Name, m.Type.Name(), c.Field)
	case len(sf.Index) > 1 && throughPointer(m.Type, sf.Index):
		m.Fail("column %s: field %s.%s is in an embedded pointer", c.Name, m.Type.Name(), c.Field)
	}
	if why := mismatch(k, sf.Type); why != "" {
		m.Fail("column %s: field %s.%s is %s, %s", c.Name, m.Type.Name(), c.Field, sf.Type, why)
	}
	return meta.Field{Column: c, Offset: fieldOffset(m.Type, sf.Index), Type: sf.Type, Access: meta.AccessOf(sf.Type)}
}

func throughPointer(t reflect.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		t = t.Field(i).Type
		if t.Kind() == reflect.Pointer {
			return true
		}
	}
	return false
}

func fieldOffset(t reflect.Type, index []int) uintptr {
	var off uintptr
	for _, i := range index {
		if t.Kind() == reflect.Pointer {
			return 0
		}
		f := t.Field(i)
		off += f.Offset
		t = f.Type
	}
	return off
}
