package session

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// hasRow tells whether the object has a row that is there.
func (e *entry) hasRow() bool { return e.state == persistent || e.state == doomed }

// goes reports whether the object's row is deleted by the next flush or was by the last, or is never to be.
func (e *entry) goes() bool { return e.state == doomed || e.state == deleted || e.state == leaving }

// keep takes back the deletion of an object.
func (e *entry) keep() {
	if e.state == doomed {
		e.state = persistent
	}
}

// renew makes an object new whose row was deleted in this transaction. Rollback gives it its row back.
func (e *entry) renew() {
	e.remember()
	e.state, e.image, e.loaded, e.defaulted = pending, "", nil, false
}

// withdraw takes a new object out of the session; one that was deleted before is deleted again.
func (e *entry) withdraw() {
	if e.before == nil {
		e.store().forget(e)
		return
	}
	e.rowIs(e.before)
	e.state = deleted
}

// expire gives the object the values of its row and makes it stale.
func (e *entry) expire() {
	if e.dirty() {
		copyColumns(e.Mapping, e.Object, e.row())
	}
	e.expireRelations()
	delete(e.store().objs.assigned, e)
	e.distrust()
}

func (e *entry) expireRelations() {
	for _, r := range e.Mapping.Relations {
		r.Expire(e.Object)
	}
}

// hasKey tells whether the columns that others refer to have their values: a generated one has after the insert.
func (e *entry) hasKey(refs []*ast.Column) bool {
	if e.state != pending {
		return true
	}
	for _, c := range refs {
		f := e.Mapping.Field(c)
		if f.Computed() && f.IsZero(e.Object) || e.computes(c.Index) {
			return false
		}
	}
	return true
}

// refers tells whether the row of an object refers to one by a many-to-one.
func (e *entry) refers(r *meta.Relation) bool {
	return e.state == persistent && !slices.ContainsFunc(r.Local, func(c *ast.Column) bool {
		return meta.IsNull(e.Mapping.Field(c).Value(e.row()))
	})
}

// unstamp takes back a key that the database generated.
func (e *entry) unstamp() {
	if !e.stamped {
		return
	}
	if k := e.Mapping.GeneratedKey(); k >= 0 {
		f := &e.Mapping.Fields[k]
		f.Clear(e.Object)
	}
}
