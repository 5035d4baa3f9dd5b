package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// HasRow reports whether the object has a row that is there.
func (e *Entry) HasRow() bool { return e.State == Persistent || e.State == Doomed }

// Goes reports whether the object's row is deleted by the next flush or was by the last, or is never to be.
func (e *Entry) Goes() bool { return e.State == Doomed || e.State == Deleted || e.State == Leaving }

// rowStays reports whether the object has a row, or one that is kept as deleted.
func (e *Entry) rowStays() bool { return e.HasRow() || e.State == Deleted && e.Mapping.Soft != nil }

// rowGoes is Goes but for an object whose row is kept as deleted.
func (e *Entry) rowGoes() bool { return e.Goes() && (e.Mapping.Soft == nil || e.State == Leaving) }

// keep takes back the deletion of an object.
func (e *Entry) keep() {
	if e.State == Doomed {
		e.State = Persistent
	}
}

// renew makes an object new whose row was deleted in this transaction. Rollback gives it its row back.
func (e *Entry) renew() {
	e.keepState()
	if soft := e.Mapping.Soft; soft != nil {
		e.revive()
		e.Mapping.Fields[soft.Column].Clear(e.Object)
		return
	}
	e.Remember()
	e.State, e.image, e.Loaded, e.Defaulted = Pending, "", nil, false
}

// revive makes an object that of its row again, which is kept as deleted.
func (e *Entry) revive() {
	e.keepState()
	e.State = Persistent
	e.Store().Objects.Moves(e.Mapping).Back(e)
}

// expire gives the object the values of its row and makes it stale.
func (e *Entry) expire() {
	if e.Dirty() {
		CopyColumns(e.Mapping, e.Object, e.Row())
	}
	e.ExpireRelations()
	delete(e.Store().Objects.assigned, e)
	e.Distrust()
}

func (e *Entry) ExpireRelations() {
	for _, r := range e.Mapping.Relations {
		relate.Expire(r, e.Object)
	}
}

// HasKey reports whether the columns that others refer to have their values, or follow what has.
func (e *Entry) HasKey(refs []*ast.Column) bool {
	for _, c := range refs {
		if !e.sourceOf(c).known() {
			return false
		}
	}
	return true
}

// refers reports whether the row of an object refers to one by a many-to-one.
func (e *Entry) refers(r *meta.Relation) bool {
	return e.State == Persistent && !slices.ContainsFunc(r.Local, func(c *ast.Column) bool {
		return meta.IsNull(e.Mapping.Field(c).Value(e.Row()))
	})
}

// Unstamp takes back a key that the database generated.
func (e *Entry) Unstamp() {
	if !e.Stamped {
		return
	}
	if k := e.Mapping.GeneratedKey(); k >= 0 {
		f := &e.Mapping.Fields[k]
		f.Clear(e.Object)
	}
}
