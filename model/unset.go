package model

import (
	"database/sql/driver"
	"reflect"
	"slices"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// ZeroIsUnset says of columns with Default, DefaultExpr or ServerDefault that their field's zero value (false, 0, "") is never
// meant: an object that has it has not set the field, and gets the default. Without it such a column is a mistake, since a zero
// that a program meant would be replaced silently. Where zero is a value like any other, make the field a pointer instead:
// nil is what is not set, and zero is stored. It says nothing of query.Insert, query.Update and session.Session.Set, which store
// what they are given.
//
// Some fields need neither: times and UUIDs, of which zero is none; those with a value that is NULL or nil, as slices, sql.Null and
// pgtype's types have; and the column of a primary key that has no others, of which zero means that there is no key yet.
func ZeroIsUnset(cols ...expr.Expression) Option {
	return columns("ZeroIsUnset", cols, func(m *meta.Mapping, c *ast.Column) { m.Fields[c.Index].ZeroIsUnset = true })
}

// checkUnset reports a field of which nobody can tell whether its zero value is to be stored or replaced by the default.
func checkUnset(m *meta.Mapping, f *meta.Field) {
	c, option := f.Column, ""
	switch {
	case f.Default != nil:
		option = "Default"
	case f.DefaultExpr != nil:
		option = "DefaultExpr"
	case f.Server != "":
		option = "ServerDefault"
	}
	zero, value := meant(f.Type)
	key := slices.Equal(m.Key, []int{c.Index}) && !slices.Contains(m.Given, c.Index)
	switch {
	case f.ZeroIsUnset && option == "":
		m.Fail("ZeroIsUnset: column %s has no default: say model.Default, model.DefaultExpr or model.ServerDefault", c.Name)
	case f.ZeroIsUnset && !value:
		m.Fail("ZeroIsUnset: column %s: field %s.%s is %s, of which nothing but %s is not set", c.Name, m.Type.Name(), c.Field, f.Type, zero)
	case option != "" && value && !key && !f.ZeroIsUnset:
		m.Fail("%s: column %s: nothing tells whether %s in field %s.%s is meant or not set: make the field *%s, or say model.ZeroIsUnset(t.%s)",
			option, c.Name, zero, m.Type.Name(), c.Field, f.Type, c.Field)
	}
}

// meant returns what the zero value of a type is called, and reports whether it may be a value that a program means to store.
func meant(t reflect.Type) (zero string, value bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return "nil", false
	case reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 && t.Len() == 16 {
			return "the zero UUID", false
		}
	case reflect.Struct:
		if t.ConvertibleTo(reflect.TypeFor[time.Time]()) {
			return "the zero time", false
		}
		if valid, ok := t.FieldByName("Valid"); ok && valid.Type.Kind() == reflect.Bool || null(t) {
			return "NULL", false
		}
	case reflect.Bool:
		return "false", true
	case reflect.String:
		return `""`, true
	}
	if t.Comparable() && t.Kind() < reflect.Array {
		return "0", true
	}
	return "the zero value", true
}

// null reports whether the zero value of a type is NULL for the database, or says that it is no value.
func null(t reflect.Type) bool {
	switch zero := reflect.Zero(t).Interface().(type) {
	case driver.Valuer:
		v, err := zero.Value()
		return v == nil && err == nil
	case interface{ IsValid() bool }: // netip.Addr
		return !zero.IsValid()
	}
	return false
}
