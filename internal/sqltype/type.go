package sqltype

import (
	"reflect"
	"strings"
)

// Type is a type as SQL text names it: "varchar(20)", "timestamp(3) with time zone", "bigint[]". Parse and Of make one; of
// an array, Info is the element's.
type Type struct {
	*Info
	Sized bool // with a size or a precision
	Dims  int  // how many times an array
}

// Xid is the type of the system column xmin.
const Xid = "xid"

var (
	none  = &Info{}
	other = &Info{Kind: Other}

	byName, bySerial = names()
	byGo, byGoKind   = goTypes()
)

func names() (names, serials map[string]*Info) {
	names, serials = map[string]*Info{}, map[string]*Info{}
	for i := range table {
		r := &table[i]
		names[r.Name] = r
		for _, a := range r.Aliases {
			names[a] = r
		}
		for _, s := range r.Serials {
			serials[s] = r
		}
	}
	return names, serials
}

// goTypes indexes the table by Go types; a named type goes by what it is made of, where that is not a slice or a struct.
func goTypes() (exact map[reflect.Type]*Info, kinds map[reflect.Kind]*Info) {
	exact, kinds = map[reflect.Type]*Info{}, map[reflect.Kind]*Info{}
	for i := range table {
		for _, t := range table[i].goes {
			exact[t] = &table[i]
			if k := t.Kind(); t.PkgPath() == "" && (k <= reflect.Complex128 || k == reflect.String) {
				kinds[k] = &table[i]
			}
		}
	}
	return exact, kinds
}

// Of returns the type that a Go type stands for unless a mapping says otherwise; its Kind is None where there is none.
func Of(t reflect.Type) Type {
	if r := byGo[t]; r != nil {
		return Type{Info: r}
	}
	if r := byGoKind[t.Kind()]; r != nil {
		return Type{Info: r}
	}
	switch {
	case t.Kind() == reflect.Array && t.Len() == 16 && t.Elem().Kind() == reflect.Uint8:
		return Type{Info: byName["uuid"]}
	case t.Kind() == reflect.Slice:
		if elem := Of(t.Elem()); elem.Kind != None {
			elem.Dims++
			return elem
		}
	}
	return Type{Info: none}
}

// Parse returns the type that SQL text names; its Kind is Other where the table does not have it, and None where the text
// is empty. A serial is the integer behind it.
func Parse(sql string) Type {
	base, sized, dims := split(sql)
	t := Type{Info: byName[base], Sized: sized, Dims: dims}
	switch {
	case t.Info != nil:
	case base == "":
		t.Info = none
	case bySerial[base] != nil:
		t.Info = bySerial[base]
	default:
		t.Info = other
	}
	return t
}

// split takes SQL text of a type apart: the name in lower case, without a size, whether there is one, the number of [].
func split(sql string) (base string, sized bool, dims int) {
	base = strings.ToLower(strings.TrimSpace(sql))
	for strings.HasSuffix(base, "[]") {
		base, dims = strings.TrimSpace(base[:len(base)-2]), dims+1
	}
	base, rest, sized := strings.Cut(base, "(")
	if sized {
		_, after, _ := strings.Cut(rest, ")")
		base = strings.TrimSpace(base) + after
	}
	return base, sized, dims
}

// String returns the type's name as Cupel writes it, without a size: "bigint[]". It is empty where the table has none.
func (t Type) String() string {
	if t.Dims == 0 {
		return t.Name
	}
	return t.Name + strings.Repeat("[]", t.Dims)
}

// Serial reports whether SQL text is not a type but an integer with a default that counts.
func Serial(sql string) bool {
	base, _, _ := split(sql)
	return bySerial[base] != nil
}

// Plain returns the type behind a serial, and any other SQL text as it is.
func Plain(sql string) string {
	if r := bySerial[strings.ToLower(sql)]; r != nil {
		return r.Name
	}
	return sql
}

// Element returns the type of elements of an array that takes values for sql as they are, without its size: a cast to a
// size would cut values silently, where storing them is to be an error.
func Element(sql string) string {
	base, sized, dims := split(sql)
	if dims == 0 {
		if r := byName[base]; r != nil && r.Free != "" {
			return r.Free
		}
		if sized {
			return base
		}
	}
	return sql
}
