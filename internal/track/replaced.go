package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Replaced is a one-to-one that was set when it was not loaded: the next flush must find out what it was.
type Replaced struct {
	Relation *meta.Relation
	Owner    *Entry
}

// ListReplaced notes that a one-to-one was set, and that what it was is not known, for package model. What the session has of that
// leaves it at once.
func (o *Objects) ListReplaced(h *relate.Handle, r *meta.Relation) {
	if r.ViewOnly {
		relate.ListOf(r, h.Object).Restore() // it was refused
		return
	}
	owner, list := entryOf(h), relate.ListOf(r, h.Object)
	o.replaced = append(o.replaced, Replaced{r, owner})
	var others []mem.Ptr // that are here
	for _, e := range o.Store(r.Target).Entries {
		if !e.Goes() && !slices.Contains(list.Added, e.Object) && o.belongs(r, e, owner) {
			others = append(others, e.Object)
		}
	}
	list.Remove(others)
}

// TakeReplaced returns what was set and is to be loaded, of one relationship: those that are left; nil: none are.
func (o *Objects) TakeReplaced() (*meta.Relation, []*Entry) {
	o.replaced = slices.DeleteFunc(o.replaced, func(x Replaced) bool {
		return !x.Owner.HasRow() || x.Owner.Loader == nil || !relate.ListOf(x.Relation, x.Owner.Object).Replaced()
	})
	if len(o.replaced) == 0 {
		return nil, nil
	}
	r := o.replaced[0].Relation
	var owners []*Entry
	for _, x := range o.replaced {
		if x.Relation == r && !slices.Contains(owners, x.Owner) {
			owners = append(owners, x.Owner)
		}
	}
	return r, owners
}

// replaces reports whether a flush would write to one of the tables since a one-to-one was set.
func (o *Objects) replaces(tables []*ast.Table) bool {
	return slices.ContainsFunc(o.replaced, func(x Replaced) bool {
		return slices.ContainsFunc(tables, func(t *ast.Table) bool { return t == nil || t.Real() == x.Relation.Target.Table })
	})
}
