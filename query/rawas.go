package query

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
)

// RawAs is [Raw] whose rows are read into a struct of the program's by the names of their columns: a column last_name goes to the field
// LastName, or to the one with the tag `db:"last_name"`. Fields of embedded structs are the struct's own; `db:"-"` leaves a field out. A column
// without a field, a field without a column and two columns for one field are errors before the first row is read.
//
//	type Top struct {
//		LastName string
//		Total    *float64
//	}
//	tops, err := query.RawAs[Top]("SELECT last_name, sum(amount)::float8 AS total FROM … WHERE day > ? GROUP BY 1", day).All(ctx, s)
func RawAs[T any](text string, args ...any) Statement[T] { return namedOf[T](sqlText(text, args)) }

// SqlizerAs is [RawAs] of a squirrel builder.
func SqlizerAs[T any](s expr.SQLizer) Statement[T] { return namedOf[T](sqlizer(s)) }

func namedOf[T any](n ast.Node) Statement[T] {
	t := &stmt.Text{SQL: n}
	names := namesOf(reflect.TypeFor[T]())
	if names.err != nil {
		t.Fail(names.err)
	}
	return Statement[T]{rows[T]{text{t}, output{named: names}}}
}

// rowNames are the fields of a struct by the names of columns.
type rowNames struct {
	typ    reflect.Type
	fields []nameField
	err    error
}

type nameField struct {
	name, field string
	slot        run.Slot
}

// rowTypes are the rowNames of structs that were met. They depend on the type alone.
var rowTypes sync.Map

func namesOf(t reflect.Type) *rowNames {
	if known, ok := rowTypes.Load(t); ok {
		names, _ := known.(*rowNames)
		return names
	}
	n := &rowNames{typ: t}
	if t.Kind() == reflect.Struct {
		n.add(t, 0)
	} else {
		n.err = fmt.Errorf("query: RawAs of %s: %w", t, errNoStruct)
	}
	known, _ := rowTypes.LoadOrStore(t, n)
	names, _ := known.(*rowNames)
	return names
}

// add adds the fields of a struct at an offset.
func (n *rowNames) add(t reflect.Type, at uintptr) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("db")
		switch {
		case tag == "-":
		case f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct:
			n.add(f.Type, at+f.Offset)
		case f.IsExported():
			if tag == "" {
				tag = sqlw.Snake(f.Name)
			}
			n.fields = append(n.fields, nameField{tag, f.Name, run.Slot{Offset: at + f.Offset, Type: f.Type}})
		}
	}
}

// slots returns the places of columns.
func (n *rowNames) slots(columns []string) ([]run.Slot, error) {
	slots := make([]run.Slot, len(columns))
	met := make([]bool, len(n.fields))
	for i, c := range columns {
		at := -1
		for k := range n.fields {
			if n.fields[k].name == c {
				at = k
				break
			}
		}
		switch {
		case at < 0:
			return nil, fmt.Errorf("column %s has no field in %s", c, n.typ)
		case met[at]:
			return nil, fmt.Errorf("two columns are called %s, for field %s of %s", c, n.fields[at].field, n.typ)
		}
		met[at], slots[i] = true, n.fields[at].slot
	}
	for k, ok := range met {
		if !ok {
			return nil, fmt.Errorf("field %s of %s has no column %s", n.fields[k].field, n.typ, n.fields[k].name)
		}
	}
	return slots, nil
}
