package model

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/cupel-go/cupel/internal/meta"
)

// Ignore says of exported fields of the struct, by their Go names, that they are mapped to nothing: they are neither stored
// nor loaded. Without it a field that has no column and no relationship in the table struct is a mistake, since what a
// program puts there would be lost silently. The fields of an embedded struct go by their own names, or all of them by its
// name; one that another field hides goes by both: "Base.ID". A name of no such field is a mistake, and so is one that the
// table struct has.
func Ignore(fields ...string) Option {
	return option(func(m *meta.Mapping) {
		if len(fields) == 0 {
			m.Fail("Ignore: names no field")
		}
		m.Ignored = append(m.Ignored, fields...)
	})
}

// unmapped looks for the fields of a struct that are mapped to nothing.
type unmapped struct {
	m      *meta.Mapping
	mapped [][]int         // where the fields with a column or a relationship are
	used   map[string]bool // names given to Ignore that mean a field
}

// checkUnmapped reports exported fields that the table struct does not have and Ignore does not name.
func checkUnmapped(m *meta.Mapping) {
	u := unmapped{m: m, used: map[string]bool{}}
	for _, c := range m.Table.Columns {
		u.add(c.Field)
	}
	for _, r := range m.Relations {
		u.add(r.Name)
	}
	u.walk(m.Type, "", nil)
	for i, name := range m.Ignored {
		switch {
		case slices.Contains(m.Ignored[:i], name):
			m.Fail("Ignore: %q is said twice", name)
		case !u.used[name]:
			m.Fail("Ignore: %s", u.whyNot(name))
		}
	}
}

func (u *unmapped) add(field string) {
	if sf, ok := u.m.Type.FieldByName(field); ok {
		u.mapped = append(u.mapped, sf.Index)
	}
}

func (u *unmapped) isMapped(at []int) bool {
	return slices.ContainsFunc(u.mapped, func(m []int) bool { return slices.Equal(m, at) })
}

// walk looks at the fields of t, a struct that is mapped or embedded; path is what names it within the mapped one.
func (u *unmapped) walk(t reflect.Type, path string, index []int) {
	for i := range t.NumField() {
		sf, at := t.Field(i), append(slices.Clip(index), i)
		full := path + sf.Name
		switch {
		case !sf.IsExported() && !sf.Anonymous, u.isMapped(at), u.ignored(sf.Name, full, at):
		case sf.Anonymous && sf.Type.Kind() == reflect.Struct && !value(sf.Type):
			u.walk(sf.Type, full+".", at)
		case sf.IsExported() || promotes(sf.Type):
			u.fail(sf, full, at)
		}
	}
}

// value reports whether a struct is one value, as a column holds it, and not a set of fields.
func value(t reflect.Type) bool { return t == reflect.TypeFor[time.Time]() || codec(t) }

// promotes reports whether an embedded field of type t, a pointer, gives the struct around it exported fields.
func promotes(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct &&
		slices.ContainsFunc(reflect.VisibleFields(t.Elem()), func(sf reflect.StructField) bool { return sf.IsExported() && !sf.Anonymous })
}

// ignored reports whether Ignore names a field: by its name, where that means it, or by its full name.
func (u *unmapped) ignored(name, full string, at []int) bool {
	for _, n := range []string{name, full} {
		if slices.Contains(u.m.Ignored, n) && (n == full || u.visible(n, at)) {
			u.used[n] = true
			return true
		}
	}
	return false
}

// visible reports whether name means the field at an index, and not one that hides it.
func (u *unmapped) visible(name string, at []int) bool {
	sf, ok := u.m.Type.FieldByName(name)
	return ok && slices.Equal(sf.Index, at)
}

// fail reports a field, by its full name, and says what to do.
func (u *unmapped) fail(sf reflect.StructField, full string, at []int) {
	owner, remedy, name := u.m.Type.Name(), "give the table struct a column "+sf.Name, sf.Name
	r, related := reflect.New(sf.Type).Interface().(relationField)
	switch {
	case !u.visible(sf.Name, at):
		remedy, name = fmt.Sprintf("another field %s hides it; rename it", sf.Name), full
	case related:
		kind := "ToOne"
		if _, many := r.related(); many {
			kind = "ToMany"
		}
		remedy = fmt.Sprintf("give the table struct a relationship %s model.%s[%s, %s]", sf.Name, kind, owner, r.target().Name())
	case sf.Anonymous && promotes(sf.Type):
		remedy = "embed the struct instead of a pointer to it"
	}
	u.m.Fail("field %s.%s is mapped to nothing: %s, or say model.Ignore(%q)", owner, full, remedy, name)
}

// whyNot says what is wrong with a name given to Ignore that means no field without a column.
func (u *unmapped) whyNot(name string) string {
	sf, ok := u.m.Type.FieldByName(name)
	switch {
	case !ok || !sf.IsExported():
		return fmt.Sprintf("struct %s has no exported field %q", u.m.Type.Name(), name)
	case u.isMapped(sf.Index):
		return fmt.Sprintf("%q is mapped: the table struct has it", name)
	}
	return fmt.Sprintf("%q is in an embedded struct that is ignored", name)
}
