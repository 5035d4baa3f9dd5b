// Package meta holds what a mapping knows: which struct field holds which column, how fields are read, compared and
// copied, which relationships there are. Package model makes mappings, package session works by them. A mapping does
// not change once its schema is made.
package meta

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
)

// Mapping connects a struct type to a table.
type Mapping struct {
	Table     *ast.Table
	Type      reflect.Type // the struct
	Fields    []Field      // Fields[i] holds Table.Columns[i]
	Key       []int        // positions of the primary key's columns
	Relations []*Relation
	Indexes   []Index
	Checks    []Check
	Given     []int    // key columns that the program gives
	Read      []int    // positions of the columns that a query of the objects reads: all but the deferred ones
	ReadKey   []int    // positions of the key's columns among those
	Deferred  []int    // positions of the others
	Ignored   []string // fields of the struct that are mapped to nothing, and meant to be
	Version   *Version // the column that every write changes; nil: none
	Kept      []int    // positions of the columns that a program must not change in an object with a row
	Errs      []error  // what is wrong with it
	Label     string   // what people call it; "": the struct's name
	Places    []int    // positions of the columns that have the places of objects in ordered lists
	Ends      []End    // references of link tables to it
	Hooks     *Hooks   // what is called with what happens to objects; nil: nothing
	Soft      *Soft    // how rows of deleted objects are kept; nil: they are deleted

	New       func(n int) mem.Ptr    // n zero structs in a row
	Snapshots *Snapshots             // see Prepare
	Assign    func(dst, src mem.Ptr) // copies a struct as an assignment does
}

// Index is an index or a unique constraint.
type Index struct {
	Name    string // "": made from the table's and the columns' names
	Columns []*ast.Column
	Unique  bool

	Deferrable bool // a constraint that is looked at when the transaction ends
}

// Check is a check constraint.
type Check struct {
	Name      string
	Condition ast.Node
}

// CupelTable returns the mapped table.
func (m *Mapping) CupelTable() *ast.Table { return m.Table }

// Name names the mapping for people: the struct's name, or that of a table without one.
func (m *Mapping) Name() string {
	if m.Label != "" {
		return m.Label
	}
	return m.Type.Name()
}

// Fail records a mistake in the mapping.
func (m *Mapping) Fail(format string, args ...any) {
	m.Errs = append(m.Errs, fmt.Errorf("%s: %w", m.Table, fmt.Errorf(format, args...)))
}

// Field returns the field of a column of the mapping's table or of an alias of it.
func (m *Mapping) Field(c *ast.Column) *Field { return &m.Fields[c.Index] }

// IsKey reports whether columns are the primary key, in any order.
func (m *Mapping) IsKey(columns []*ast.Column) bool {
	return len(columns) == len(m.Key) && !slices.ContainsFunc(m.Key, func(k int) bool {
		return !slices.Contains(columns, m.Fields[k].Column)
	})
}

// GeneratedKey returns the position of the key column that the database generates, -1 when there is none.
func (m *Mapping) GeneratedKey() int {
	for _, i := range m.Key {
		if m.Fields[i].Generated {
			return i
		}
	}
	return -1
}

// Describe names one object for people and error messages: "Account(acct_no=9999)". It reveals the key and nothing else.
func (m *Mapping) Describe(obj mem.Ptr) string {
	s := m.Name() + "("
	for n, i := range m.Key {
		if n > 0 {
			s += ", "
		}
		f := &m.Fields[i]
		if f.Access.IsZero(mem.Add(obj, f.Offset)) && f.Generated {
			s += f.Column.Name + " not set"
			continue
		}
		s += fmt.Sprintf("%s=%v", f.Column.Name, f.Value(obj))
	}
	return s + ")"
}

// Field is a struct field that holds a column.
type Field struct {
	Column                    *ast.Column
	Offset                    uintptr
	Type                      reflect.Type
	Access                    Access
	Generated                 bool                                    // the database generates it: an identity or a serial
	Default                   func() any                              // for a new object whose field is zero; nil: none
	OnUpdate                  func() any                              // for a changed object whose field was left alone; nil: none
	Server                    string                                  // SQL of the server's default; "": none
	DefaultExpr, OnUpdateExpr ast.Node                                // what the database computes instead of a Go function; nil: nothing
	ZeroIsUnset               bool                                    // the mapping says that zero is no value of a column with a default
	Stored                    ast.Node                                // what the database computes it from, GENERATED ALWAYS AS; nil: it does not
	Unwritten                 bool                                    // no statement writes it: the database computes it of every row
	ReadBack                  bool                                    // the database may change it whenever the row is written
	Slice                     func(n int, at func(i int) mem.Ptr) any // the fields of n objects as a slice; nil: by reflection
}

// Value returns the field's value as an argument.
func (f *Field) Value(obj mem.Ptr) any { return f.Access.Get(mem.Add(obj, f.Offset)) }

// Computed reports whether the database gives a new row its value of the column when the object has none.
func (f *Field) Computed() bool {
	return f.Generated || f.Server != "" || f.DefaultExpr != nil || f.Unwritten
}

// IsZero reports whether the field of obj has its zero value.
func (f *Field) IsZero(obj mem.Ptr) bool { return f.Access.IsZero(mem.Add(obj, f.Offset)) }

// Set stores v, a value of the operand's type, in the field of obj.
func (f *Field) Set(obj mem.Ptr, v any) { f.Access.Set(mem.Add(obj, f.Offset), v) }

// Source is a mapping as a statement uses it: under its own name or under an alias.
type Source struct {
	Mapping *Mapping
	Table   *ast.Table
	part    *Part // of its columns; nil: all but the deferred ones
}

// CupelTable returns the table or its alias.
func (s *Source) CupelTable() *ast.Table { return s.Table }

// CupelValue returns the value that a new row for obj has in the table's i-th column, as an argument; false where the database or
// the mapping gives it one, for the object has none.
func (s *Source) CupelValue(obj mem.Ptr, i int) (v any, given bool) {
	f := &s.Mapping.Fields[i]
	if f.Unwritten || (f.Computed() || f.Default != nil) && f.IsZero(obj) {
		return nil, false
	}
	return f.Value(obj), true
}

// Reads returns the mapped table, in a list of its own: what a query of the mapping's objects reads.
func (m *Mapping) Reads() []*ast.Table { return []*ast.Table{m.Table} }
