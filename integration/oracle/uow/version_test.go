package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Doc has a version that counts.
type Doc struct {
	ID      int64
	Title   *string
	Version int32
}

type docs struct {
	model.Table[Doc]
	ID      expr.Int
	Title   expr.NullText
	Version expr.Int32
}

type versioned struct{ Docs *docs }

func newVersioned() *versioned {
	return &versioned{Docs: model.Map("doc", func(t *docs) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.Size(20, t.Title), model.Version(t.Version),
		}
	})}
}

func (r *run) doc(id int) *Doc { return val(session.Get(ctx, r.s, r.Docs, id)) }

var version = group{
	"version.insert_update": same(func(r *run) {
		d := &Doc{Title: ptr("x")}
		r.s.Add(d)
		r.commit()
		r.note("version", d.Version)
		d.Title = ptr("y")
		r.commit()
		r.note("version", d.Version)
	}).but(keepsValues),

	"version.stale_update": same(func(r *run) {
		d := r.doc(1)
		r.otherSQL("update doc set title = 'other', version = 2 where id = 1")
		d.Title = ptr("mine")
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
		d = r.doc(1)
		r.note("title", d.Title)
		r.note("version", d.Version)
	}).but(guardsItself, saysGet),

	"version.stale_delete": same(func(r *run) {
		d := r.doc(1)
		r.otherSQL("update doc set version = 9 where id = 1")
		r.s.Delete(d)
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
	}).but(guardsItself),

	"version.no_change_no_bump": same(func(r *run) {
		d := r.doc(2)
		d.Title = ptr("two")
		r.commit()
		r.note("version", d.Version)
	}).but(keepsValues),

	"version.delete_ok": same(func(r *run) {
		r.s.Delete(r.doc(2))
		r.commit()
	}),
}
