package model

import (
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Table makes the struct that embeds it the table struct of T. Its methods are for the other packages of this module.
type Table[T any] struct{ source *meta.Source }

// CupelSlot makes the table an item of a SELECT list: all its columns, read as a *T.
func (t Table[T]) CupelSlot() expr.Slot[*T] {
	if t.source == nil {
		return expr.Slot[*T]{Value: &ast.Bad{Err: expr.ErrUnmapped}}
	}
	return expr.Slot[*T]{Entity: t.source}
}

// CupelTable returns the table's columns, keys and foreign keys; nil when model.Map did not make it.
func (t Table[T]) CupelTable() *ast.Table {
	if t.source == nil {
		return nil
	}
	return t.source.Table
}

func (t Table[T]) mapped() *meta.Source { return t.source }

func (t *Table[T]) attach(s *meta.Source) { t.source = s }

// describe tells the mapping what it must know of T.
func (t *Table[T]) describe(m *meta.Mapping) {
	m.Type = reflect.TypeFor[T]()
	m.New = func(n int) mem.Ptr {
		slab := make([]T, n)
		return mem.Of(&slab[0])
	}
	m.Hooks = hooksOf[T]()
	m.Assign = func(dst, src mem.Ptr) { *mem.As[T](dst) = *mem.As[T](src) }
}

// Mapped is a table struct: a struct that embeds [Table].
type Mapped interface {
	expr.Entity
	mapped() *meta.Source
}

// tableStruct is a pointer to a table struct S.
type tableStruct[S any] interface {
	*S
	Mapped
	attach(*meta.Source)
	describe(*meta.Mapping)
	CupelAs(to any, table *ast.Table)
}

// Map maps a table struct to the table called name. spec is called once, with a table struct whose columns are ready to
// be named in it. What is wrong with the mapping is reported by NewSchema or MustSchema.
func Map[S any, P tableStruct[S]](name string, spec func(*S) Spec) *S {
	t := new(S)
	m := &meta.Mapping{Table: &ast.Table{Name: name}}
	P(t).describe(m)
	P(t).attach(&meta.Source{Mapping: m, Table: m.Table})
	declare(m, reflect.ValueOf(t).Elem())
	if spec != nil {
		for _, o := range spec(t) {
			o.apply(m)
		}
	}
	finish(m)
	return t
}

// CupelAs makes the table struct to, of the same type, one for another table that has the columns of this one, an alias or
// a derived table; for the other packages of this module.
func (t Table[T]) CupelAs(to any, table *ast.Table) {
	table.Take(t.source.Table.Real())
	table.Prepare()
	if s, ok := to.(interface{ attach(src *meta.Source) }); ok {
		s.attach(&meta.Source{Mapping: t.source.Mapping, Table: table})
	}
	for i, f := range columnFields(reflect.ValueOf(to).Elem()) {
		expr.Bind(f.ptr, table.Columns[i])
	}
	bindRelations(t.source.Mapping, reflect.ValueOf(to).Elem(), table)
}

// Alias returns another name for a table, to use it twice in one statement:
//
//	boss := model.Alias(Employees, "boss")
//	query.Select2(Employees.Name, boss.Name).Join(boss, Employees.ManagerID.EqExpr(boss.ID))
//
// It renders "employee AS boss" in FROM, and "boss.name" for its columns. An empty name gives a table struct that is not
// mapped, and statements that use it say so.
func Alias[S any, P tableStruct[S]](t P, name string) *S {
	a := new(S)
	src := t.mapped()
	if src == nil || name == "" {
		return a
	}
	t.CupelAs(a, src.Table.As(name))
	return a
}
