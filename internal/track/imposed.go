package track

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// imposed is what a new object's foreign keys were given by what became of the rows that it refers to, not by the program: their
// keys changed, or they were deleted. A rollback takes that back, so that the object can be added again as it was.
type imposed struct {
	e        *Entry
	was, now mem.Ptr // copies of the object
}

// Imposed notes what the foreign keys of a new object are given: those that differ between two copies of it.
func (o *Objects) Imposed(e *Entry, was, now mem.Ptr) {
	if !e.Created && e.State != Pending {
		return
	}
	for _, fk := range e.Mapping.Table.ForeignKeys {
		if differ(e.Mapping, fk.Columns, was, now) {
			o.imposed = append(o.imposed, imposed{e, CopyOf(e.Mapping, was), CopyOf(e.Mapping, now)})
			return
		}
	}
}

// unimpose gives new objects the foreign keys that the program gave them, where they still have those that they were given since.
func (o *Objects) unimpose() { o.unimposeFrom(0) }

// unimposeFrom is unimpose but for the first ones.
func (o *Objects) unimposeFrom(first int) {
	for i := len(o.imposed) - 1; i >= first; i-- {
		x := o.imposed[i]
		for _, fk := range x.e.Mapping.Table.ForeignKeys {
			for _, c := range fk.Columns {
				if column := []*ast.Column{c}; differ(x.e.Mapping, column, x.was, x.now) && !differ(x.e.Mapping, column, x.e.Object, x.now) {
					f := x.e.Mapping.Field(c)
					f.Access.Copy(mem.Add(x.e.Object, f.Offset), mem.Add(x.was, f.Offset))
				}
			}
		}
	}
	o.imposed = o.imposed[:first]
}

// LetGo has a child whose parent is deleted refer to nothing.
func (o *Objects) LetGo(r *meta.Relation, child *Entry) {
	o.Link(r, child, nil)
	if child.Created || child.State == Pending {
		now := CopyOf(child.Mapping, child.Object)
		for _, c := range o.LinkOf(r, child).cleared() {
			child.Mapping.Field(c).Clear(now)
		}
		o.Imposed(child, child.Object, now)
	}
}
