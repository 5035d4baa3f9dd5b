package model

import (
	"reflect"
	"strings"
	"unicode"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
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
			m.Fail("column %s: field %s of the table struct is not exported", snake(f.name), f.name)
			continue
		}
		c := &ast.Column{
			Table: m.Table, Index: len(m.Table.Columns), Name: snake(f.name), Field: f.name,
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

// snake returns a Go name in snake_case: FirstName is first_name, CustID is cust_id, HTTPPort is http_port.
func snake(name string) string {
	rs := []rune(name)
	var b strings.Builder
	for i, r := range rs {
		if unicode.IsUpper(r) && i > 0 {
			afterLower := !unicode.IsUpper(rs[i-1]) && rs[i-1] != '_'
			endsAcronym := unicode.IsUpper(rs[i-1]) && i+1 < len(rs) && unicode.IsLower(rs[i+1])
			if afterLower || endsAcronym {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
