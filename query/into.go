package query

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Field is a field of a struct of the program's, and what fills it; see [Into] and [SelectAs].
type Field struct {
	place mem.Ptr
	size  uintptr
	put   func(s *ast.Shape, at uintptr)
}

// Into pairs a field with what is selected for it, an expression, a mapped table or several as a tuple. Both are of one Go type.
func Into[F any](field *F, item expr.Item[F]) Field {
	t := reflect.TypeFor[F]()
	return Field{mem.Of(field), t.Size(), func(s *ast.Shape, at uintptr) { putAt(s, at, t, item) }}
}

// Leave says of a field that nothing is selected for it: it stays zero.
func Leave[F any](field *F) Field {
	return Field{mem.Of(field), reflect.TypeFor[F]().Size(), nil}
}

// SelectAs reads rows into a struct of the program's. fields is called once, with a struct to name fields of:
//
//	type Stat struct {
//		Name     string `json:"name"`
//		Accounts int64  `json:"accounts"`
//		Last     *time.Time
//	}
//	q := query.SelectAs(func(r *Stat) []query.Field {
//		return []query.Field{
//			query.Into(&r.Name, c.LastName), query.Into(&r.Accounts, expr.Count(a.AcctNo)), query.Into(&r.Last, expr.Max(a.AcctOpenDt)),
//		}
//	}).LeftJoin(a).GroupBy(c.ID)
//	stats, err := q.All(ctx, s) // []Stat
//
// Fields of structs within the struct are filled in the same way, and a field of a mapped struct's pointer type takes the table. An exported
// field that is not named is an error of the statement, unless [Leave] says that it stays zero; a pointer that is not into the struct, and a
// field that is named twice, too. To read rows into a struct by the names of their columns, see [RawAs].
func SelectAs[T any](fields func(row *T) []Field) Query[T] {
	row := new(T)
	t := reflect.TypeFor[T]()
	q := Query[T]{}
	if t.Kind() != reflect.Struct {
		q.sel.Fail(fmt.Errorf("query: SelectAs of %s: %w", t, errNoStruct))
		return q
	}
	filled := make([]bool, t.Size()) // bytes
	shape := ast.NewShape(t.NumField())
	for _, f := range fields(row) {
		at, ok := mem.Within(mem.Of(row), t.Size(), f.place)
		switch {
		case f.place == nil || !ok || at+f.size > t.Size():
			q.sel.Fail(fmt.Errorf("query: SelectAs of %s: %w", t, errNotWithin))
			continue
		case f.size > 0 && filled[at]:
			q.sel.Fail(fmt.Errorf("query: SelectAs of %s: field %s is named twice", t, fieldAt(t, at)))
		}
		for i := range f.size {
			filled[at+i] = true
		}
		if f.put != nil {
			f.put(shape, at)
		}
	}
	if name := unfilled(t, 0, filled); name != "" {
		q.sel.Fail(fmt.Errorf("query: SelectAs of %s: nothing is selected for field %s; say so with query.Leave", t, name))
	}
	q.sel.List, q.out = stmt.List{Items: shape.Items, Shape: shape}, output{shape: shape}
	return q
}

var (
	errNoStruct  = errors.New("it is no struct")
	errNotWithin = errors.New("Into of what is no field of the row")
)

// unfilled returns an exported field nothing of which is filled; "" where there is none.
func unfilled(t reflect.Type, at uintptr, filled []bool) string {
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() || f.Type.Size() == 0 {
			continue
		}
		any, all := false, true
		for b := at + f.Offset; b < at+f.Offset+f.Type.Size(); b++ {
			any, all = any || filled[b], all && filled[b]
		}
		switch {
		case !any:
			return f.Name
		case !all && f.Type.Kind() == reflect.Struct:
			if name := unfilled(f.Type, at+f.Offset, filled); name != "" {
				return f.Name + "." + name
			}
		}
	}
	return ""
}

// fieldAt names the field at an offset.
func fieldAt(t reflect.Type, at uintptr) string {
	for i := range t.NumField() {
		if f := t.Field(i); at >= f.Offset && at < f.Offset+f.Type.Size() {
			if f.Type.Kind() == reflect.Struct && f.Type.NumField() > 0 {
				if name := fieldAt(f.Type, at-f.Offset); name != "" {
					return f.Name + "." + name
				}
			}
			return f.Name
		}
	}
	return ""
}
