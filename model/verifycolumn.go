package model

import (
	"reflect"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// column compares a field's column with that of the table; nil: it is not there. Of a view nobody knows what is NULL and
// what has a default.
func (ds *differences) column(m *meta.Mapping, f *meta.Field, c *storedColumn, plain bool) {
	name := f.Column.Name
	if c == nil {
		ds.add(m, "column %s: the table has no such column", name)
		return
	}
	if why, ok := typeDiffers(f, c); ok {
		ds.add(m, "column %s: is %s in the database and %s in the mapping%s", name, c.Type, typeText(f.Column), why)
	}
	if !plain {
		return
	}
	if !f.Column.Nullable && !c.NotNull {
		ds.add(m, "column %s: may be NULL in the database and not in the mapping, so that a NULL cannot be read: "+
			"use a Null kind, or make it NOT NULL", name)
	}
	ds.given(m, f, c)
}

// given compares who gives a column its values.
func (ds *differences) given(m *meta.Mapping, f *meta.Field, c *storedColumn) {
	name := f.Column.Name
	left := f.Generated || f.Server != "" || f.Unwritten // to the database, where the object has no value
	switch {
	case f.Stored != nil && !c.Computed:
		ds.add(m, "column %s: is not computed by the database, and the mapping says model.Generated", name)
	case c.Computed && (!left || f.Default != nil || f.OnUpdate != nil || f.OnUpdateExpr != nil):
		ds.add(m, "column %s: is computed by the database (GENERATED ALWAYS AS), and the mapping writes it: say model.Generated, "+
			"and neither Default nor OnUpdate", name)
	case c.Identity == "a" && !left:
		ds.add(m, "column %s: is given by the database (GENERATED ALWAYS AS IDENTITY), and the mapping writes it: "+
			"leave out model.Given, or say model.ServerDefault", name)
	case f.Generated && !c.generates():
		ds.add(m, "column %s: has no identity and no default, and the mapping leaves its values to the database: "+
			"say model.Given, or make it an identity", name)
	case f.Server != "" && !c.generates():
		ds.add(m, "column %s: has no default, and the mapping says model.ServerDefault", name)
	}
}

// generates reports whether the database gives the column a value.
func (c *storedColumn) generates() bool { return c.HasDefault || c.Computed || c.Identity != "" }

// typeText returns the type of a column as the DDL has it, without a serial.
func typeText(c *ast.Column) string { return sqltype.Plain(columnType(c)) }

// typeDiffers reports whether a column cannot have the mapping's values, or the field the column's; why is the rest of a
// sentence.
func typeDiffers(f *meta.Field, c *storedColumn) (why string, differs bool) {
	mapped, stored := sqltype.Parse(f.Column.Type), c.sqlType()
	switch {
	case mapped.Kind == sqltype.Other:
		return "", !c.called(f.Column.Type)
	case !stored.Holds(mapped):
		return typeReason(mapped, stored), true
	case !fieldHolds(f.Type, stored, mapped):
		return ": field " + f.Column.Field + " is " + f.Type.String() + ", which does not hold all of its values", true
	case stored.Narrower(sqltype.Modifiers(c.Sized), sqltype.Modifiers(typeText(f.Column))):
		return ", which has room for more", true
	}
	return "", false
}

// called reports whether a name that the table of types does not have means the column's type: that of an enum, a domain,
// a type of an extension, without its schema.
func (c *storedColumn) called(name string) bool {
	name = strings.Join(strings.Fields(name), " ")
	if strings.EqualFold(name, c.Type) || strings.EqualFold(name, c.Sized) {
		return true
	}
	base := strings.TrimRight(name, "[]")
	array := base != name
	base, _, _ = strings.Cut(base, "(")
	base = strings.Trim(base[strings.LastIndexByte(base, '.')+1:], ` "`)
	return array == c.OwnArray && strings.EqualFold(base, c.Own) || array == c.Array && strings.EqualFold(base, c.Base)
}

// typeReason says what is wrong with a type, where that is not plain.
func typeReason(mapped, stored sqltype.Type) string {
	zoned := func(t sqltype.Type) bool { return t.Kind == sqltype.Timestamptz || t.Kind == sqltype.Timetz }
	time := func(t sqltype.Type) bool { return t.Kind == sqltype.Timestamp || t.Kind == sqltype.Time }
	switch {
	case mapped.Dims > 0 || stored.Dims > 0:
		return ""
	case zoned(mapped) && time(stored), time(mapped) && zoned(stored):
		return ": with and without a time zone, the same time of day is another moment"
	case mapped.Kind == stored.Kind && mapped.Wider != stored.Wider:
		return ": the two find different values equal"
	case mapped.Kind.Integer() && stored.Kind.Integer(), mapped.Kind.Float() && stored.Kind.Float():
		return ", which has room for more"
	}
	return ""
}

// fieldHolds reports whether a field of type t takes all numbers of a column that has room for more than the mapping says.
func fieldHolds(t reflect.Type, stored, mapped sqltype.Type) bool {
	if stored.Kind == mapped.Kind || stored.Dims > 0 || !stored.Kind.Integer() && !stored.Kind.Float() {
		return true
	}
	elem, _ := nullableOf(t)
	of := sqltype.Of(elem)
	return of.Kind == sqltype.None || of.Holds(stored)
}
