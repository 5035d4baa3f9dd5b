package meta

import (
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// Relation is one side of a relationship: the field Owner.Name that refers to rows of Target.
type Relation struct {
	Name          string
	Owner, Target *Mapping
	TargetType    reflect.Type
	Offset        uintptr       // of the field in the owner's struct
	Many          bool          // a list: the field is a relate.List; else many-to-one: a relate.Ref
	Single        bool          // with Many: a one-to-one, whose foreign key is the target's: the field is a relate.Ref with a list behind it
	Local, Remote []*ast.Column // the columns that join the owner's row to the target's, pairwise
	Inverse       *Relation     // the other side; nil when it is not mapped
	Second        bool          // Inverse names it second
	Via           []*ast.Column // the foreign key's columns, when the user named them
	OrderBy       []ast.Node    // order in which a list is loaded
	Position      *ast.Column   // of the target: an item's place in the list, which flushes write; nil: there is none
	First         int64         // the place of the first item
	Cascade       Cascade
	NoLazy        bool // it must not load by itself
	PostUpdate    bool // the foreign key of a new row is written by an UPDATE of its own

	Through  *LinkSpec    // what the mapping says of the table of a many-to-many; nil: nothing
	Link     *LinkTable   // of a many-to-many, where Local and Remote are the keys of the two tables; nil: it is none
	ViewOnly bool         // it is read and never written
	Where    []ast.Node   // conditions that its targets meet; they mention columns of the target's table only
	Others   []*ast.Table // that statements within the conditions read; a nil stands for those that SQL text may read
}

// Cascade says what else happens to the objects of a list; see also Expunge and Refresh.
type Cascade struct {
	Delete  bool // they are deleted with their owner
	Orphan  bool // they are deleted when they leave the list
	Passive bool // the database does it: they are neither loaded nor changed
	Expunge bool // they leave the session with their owner; of references too
	Refresh bool // they are read again, and expired, with their owner; of references too
	NoAdd   bool // they do not come into a session with their owner; of references too
	NoMerge bool // a merge does not follow them; of references too
}

// String names r for people: Customer.Accounts.
func (r *Relation) String() string { return r.Owner.Name() + "." + r.Name }

// Child returns the mapping whose table has the foreign key.
func (r *Relation) Child() *Mapping {
	if r.Many {
		return r.Target
	}
	return r.Owner
}

// Parent returns the mapping whose table the foreign key refers to.
func (r *Relation) Parent() *Mapping {
	if r.Many {
		return r.Owner
	}
	return r.Target
}

// ForeignKey returns the foreign key's columns in the child's table, and the columns that they refer to.
func (r *Relation) ForeignKey() (child, parent []*ast.Column) {
	if r.Many {
		return r.Remote, r.Local
	}
	return r.Local, r.Remote
}

// Reads returns the tables that the loading of r reads.
func (r *Relation) Reads() []*ast.Table {
	tables := append([]*ast.Table{r.Target.Table}, r.Others...)
	if r.Link != nil {
		tables = append(tables, r.Link.Rows.Table)
	}
	return tables
}

// Shows reports whether the loading of r reads rows of a table; where SQL text may read any, it may.
func (r *Relation) Shows(t *ast.Table) bool {
	return slices.ContainsFunc(r.Reads(), func(read *ast.Table) bool {
		return read == nil || read.Real() == t || read.Name == t.Name && read.Schema == t.Schema // link tables have nodes of their own
	})
}

// Members reports whether the rows of the targets refer to the owner's: it is a one-to-many that writes.
func (r *Relation) Members() bool { return r.Many && r.Link == nil && !r.ViewOnly }

// Exact reports whether Go finds the keys that join the two tables equal exactly where the server does.
func (r *Relation) Exact() bool { return exact(r.Local) && exact(r.Remote) }

// ExactKey is Exact for a foreign key.
func ExactKey(fk *ast.ForeignKey) bool { return exact(fk.Columns) && exact(fk.RefColumns) }

func exact(columns []*ast.Column) bool {
	return !slices.ContainsFunc(columns, func(c *ast.Column) bool {
		return sqltype.Parse(c.Type).Equality(c.GoType) != sqltype.Exact
	})
}
