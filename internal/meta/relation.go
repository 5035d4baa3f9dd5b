package meta

import (
	"context"
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
)

// Relation is one side of a relationship: the field Owner.Name that refers to rows of Target.
type Relation struct {
	Name          string
	Owner, Target *Mapping
	TargetType    reflect.Type
	Offset        uintptr       // of the field in the owner's struct
	Many          bool          // one-to-many: the field is a List; else many-to-one: a Ref
	Local, Remote []*ast.Column // the columns that join the owner's row to the target's, pairwise
	Inverse       *Relation     // the other side; nil when it is not mapped
	Via           []*ast.Column // the foreign key's columns, when the user named them
	OrderBy       []ast.Node    // order in which a list is loaded
	Cascade       Cascade
	NoLazy        bool // it must not load by itself
	PostUpdate    bool // the foreign key of a new row is written by an UPDATE of its own
}

// Cascade says what else happens to the objects of a list.
type Cascade struct {
	Delete  bool // they are deleted with their owner
	Orphan  bool // they are deleted when they leave the list
	Passive bool // the database does it: they are neither loaded nor changed
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

// Handle ties an object to the session that it is in.
type Handle struct {
	Object mem.Ptr
	*Home
}

// Home is what the handles of a mapping's objects in a session share.
type Home struct {
	Mapping *Mapping
	Loader  Loader // nil: the objects with this home have left their session
	Owner   any    // what the session keeps them in
}

// Loader is a session as relationships see it.
type Loader interface {
	// LoadRelation fills the field r of h's object, and of all objects that were loaded with it.
	LoadRelation(ctx context.Context, h *Handle, r *Relation) error
	// Epoch grows with every commit and rollback.
	Epoch() uint32
	// RefChanged is told that the many-to-one r of h's object was set, from old to now; either may be nil.
	RefChanged(h *Handle, r *Relation, old, now mem.Ptr)
	// ListChanged is told that items joined and left the one-to-many r of h's object.
	ListChanged(h *Handle, r *Relation, added, removed []mem.Ptr)
}

// relationAt returns the relation whose field is at address field of h's object; nil when the object was copied, so that
// the field is not where it belongs.
func (h *Handle) relationAt(field mem.Ptr) *Relation {
	for _, r := range h.Mapping.Relations {
		if mem.Add(h.Object, r.Offset) == field {
			return r
		}
	}
	return nil
}
