package meta

import (
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// LinkTable is what one side of a many-to-many knows of the table that its pairs are in.
type LinkTable struct {
	Rows      *Mapping  // of the table's rows, which are no objects of the program; of a view-only relationship it may be a mapping that is
	Near, Far *Relation // references of a row: to the relationship's owner, and to its target
	Turned    bool      // the other side comes first where the two are told apart
}

// LinkSpec is what a mapping says of the table of a many-to-many.
type LinkSpec struct {
	Schema, Name                string
	OwnerColumns, TargetColumns []string // in the order of the keys that they refer to; nil: made from the names of tables and keys
	OnDelete, OnUpdate          string
}

// End is a reference of a link table's rows to the rows of a mapping.
type End struct {
	Ref  *Relation
	Side *Relation // the relationship that it is the near end of; nil: that side is not mapped
}

// Passive reports whether the database deletes the link rows of a row that is deleted.
func (e End) Passive() bool { return e.Side != nil && e.Side.Cascade.Passive }

// Ends returns the references of a row in the order that both sides have.
func (l *LinkTable) Ends() [2]*Relation {
	if l.Turned {
		return [2]*Relation{l.Far, l.Near}
	}
	return [2]*Relation{l.Near, l.Far}
}

// Repeats reports whether the table may have a pair twice: its key has other columns than those of the two references.
func (l *LinkTable) Repeats() bool {
	return slices.ContainsFunc(l.Rows.Key, func(k int) bool {
		c := l.Rows.Fields[k].Column
		return !slices.Contains(l.Near.Local, c) && !slices.Contains(l.Far.Local, c)
	})
}

// LinkRows returns a mapping of the rows of a link table: columns that refer to the keys of two tables. Columns of the same name are
// one.
func LinkRows(spec *LinkSpec, ends [2]*Mapping, names [2][]string) (rows *Mapping, refs [2]*Relation) {
	m := &Mapping{Table: &ast.Table{Schema: spec.Schema, Name: spec.Name}, Label: spec.Name}
	var fields []reflect.StructField
	for i, end := range ends {
		fk := &ast.ForeignKey{OnDelete: spec.OnDelete, OnUpdate: spec.OnUpdate}
		for n, k := range end.Key {
			c := m.linkColumn(&end.Fields[k], names[i][n])
			if c.Index == len(fields) {
				fields = append(fields, reflect.StructField{Name: c.Field, Type: end.Fields[k].Type})
			}
			fk.Columns, fk.RefColumns = append(fk.Columns, c), append(fk.RefColumns, end.Table.Columns[k])
		}
		m.Table.ForeignKeys = append(m.Table.ForeignKeys, fk)
		refs[i] = &Relation{Name: end.Name(), Owner: m, Target: end, TargetType: end.Type, Local: fk.Columns, Remote: fk.RefColumns}
	}
	m.Type = reflect.StructOf(fields)
	for i := range m.Fields {
		m.Fields[i].Offset = m.Type.Field(i).Offset
	}
	m.Table.PrimaryKey = slices.Clone(m.Table.Columns)
	slice := reflect.SliceOf(m.Type)
	m.New = func(n int) mem.Ptr { return reflect.MakeSlice(slice, n, n).UnsafePointer() }
	m.Assign = func(dst, src mem.Ptr) { reflect.NewAt(m.Type, dst).Elem().Set(reflect.NewAt(m.Type, src).Elem()) }
	m.Prepare()
	m.Table.Prepare()
	return m, refs
}

// linkColumn returns the column of a name, which holds the values of a field of a key.
func (m *Mapping) linkColumn(f *Field, name string) *ast.Column {
	for _, c := range m.Table.Columns {
		if c.Name == name {
			if other := m.Fields[c.Index]; other.Type != f.Type || other.Column.GoType != f.Column.GoType {
				m.Fail("column %s: it refers to %s, which is %s, and to a column whose field is %s", name, f.Column, f.Type, other.Type)
			}
			return c
		}
	}
	at := len(m.Fields)
	c := &ast.Column{
		Table: m.Table, Index: at, Name: name, Field: "Key" + string(rune('A'+at)),
		Type: sqltype.Plain(f.Column.Type), Size: f.Column.Size, GoType: f.Column.GoType,
	}
	m.Table.Columns = append(m.Table.Columns, c)
	m.Fields = append(m.Fields, Field{Column: c, Type: f.Type, Access: f.Access})
	m.Key = append(m.Key, at)
	return c
}
