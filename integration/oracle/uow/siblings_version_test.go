package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var versionSiblings = group{
	"version.two_updates": same(func(r *run) {
		d := r.doc(1)
		d.Title = ptr("a")
		r.flush()
		d.Title = ptr("b")
		r.commit()
		r.note("v", d.Version)
	}).but(keepsValues),

	"version.rollback_version": same(func(r *run) {
		d := r.doc(1)
		d.Title = ptr("a")
		r.flush()
		r.rollback()
		r.note("v", d.Version)
		d.Title = ptr("b")
		r.commit()
		r.note("v", d.Version)
	}).but(restoresValues),

	"version.savepoint_rollback": same(func(r *run) {
		d := r.doc(1)
		n := r.savepoint()
		d.Title = ptr("a")
		r.flush()
		r.check(n.Rollback(ctx))
		d.Title = ptr("b")
		r.commit()
		r.note("v", d.Version)
	}).but(restoresValues),

	"version.stale_then_refresh": same(func(r *run) {
		d := r.doc(1)
		r.otherSQL("update doc set title = 'x', version = 2 where id = 1")
		d.Title = ptr("mine")
		r.commitFails()
		r.check(r.s.Refresh(ctx, d))
		d.Title = ptr("mine")
		r.commit()
		r.note("v", []any{d.Title, d.Version})
	}).but(keepsValues, guardsItself),

	"version.one_stale_of_two": same(func(r *run) {
		a, b := r.doc(1), r.doc(2)
		r.otherSQL("update doc set version = 9 where id = 2")
		a.Title, b.Title = ptr("a"), ptr("b")
		r.commitFails()
	}).but(manyRows, guardsItself),

	"version.gone_row": same(func(r *run) {
		d := r.doc(1)
		r.otherSQL("delete from doc where id = 1")
		d.Title = ptr("x")
		r.commitFails()
	}).but(guardsItself),

	"version.insert_explicit": byDesign(
		"a version given on a new object is stored, so that rows can be copied with theirs; SQLAlchemy begins at 1 whatever is given",
		func(r *run) {
			d := &Doc{Title: ptr("n"), Version: 7}
			r.s.Add(d)
			r.commit()
			r.want("version", d.Version, 7)
			r.sent("BEGIN", "INSERT doc", "COMMIT")
			r.wantRows("doc WHERE id > 2", "id, version", `{"id":3,"version":7}`)
		}),

	"version.delete_in_savepoint": same(func(r *run) {
		d := r.doc(1)
		n := r.savepoint()
		r.s.Delete(d)
		r.flush()
		r.check(n.Rollback(ctx))
		d.Title = ptr("back")
		r.commit()
		r.note("doc", []any{d.Title, d.Version})
	}).but(keepsValues),

	"version.failed_flush_keeps_version": same(func(r *run) {
		a, b := r.doc(1), r.doc(2)
		a.Title, b.Title = ptr("a"), ptr("bbbbbbbbbbbbbbbbbbbbb")
		r.flushFails("flush")
		r.rollback()
		r.note("versions", []any{a.Version, b.Version})
		a.Title, b.Title = ptr("a"), ptr("b")
		r.commit()
		r.note("versions", []any{a.Version, b.Version})
	}).but(rollbackWaits, restoresValues, manyRows),

	"version.row_taken_over": same(func(r *run) {
		d := r.doc(2)
		r.s.Delete(d)
		n := &Doc{ID: 2, Title: ptr("again")}
		r.s.Add(n)
		r.commit()
		r.note("doc", []any{n.Title, n.Version})
	}).but(keepsValues),

	"version.other_seen_by_refresh": same(func(r *run) {
		d := r.doc(1)
		r.otherSQL("update doc set title = 'theirs', version = 2 where id = 1")
		r.check(r.s.Refresh(ctx, d))
		d.Title = ptr("mine")
		r.commit()
		r.note("doc", []any{d.Title, d.Version})
	}).but(keepsValues),

	"version.new_fails_and_is_added_again": same(func(r *run) {
		d := &Doc{Title: ptr("xxxxxxxxxxxxxxxxxxxxx")}
		r.s.Add(d)
		r.flushFails("flush")
		r.rollback()
		d.Title = ptr("x")
		r.s.Add(d)
		r.commit()
		r.note("version", d.Version)
	}).but(rollbackWaits, keepsValues),

	"version.stale_inside_savepoint": same(func(r *run) {
		d, e := r.doc(1), r.doc(2)
		e.Title = ptr("kept")
		n := r.savepoint()
		r.otherSQL("update doc set version = 9 where id = 1")
		d.Title = ptr("lost")
		r.flushFails("flush")
		r.check(n.Rollback(ctx))
		r.commit()
		r.note("titles", []any{d.Title, e.Title})
	}).but(rollbackWaits, keepsValues),

	"version.deleted_stale_in_savepoint": same(func(r *run) {
		d, e := r.doc(1), r.doc(2)
		e.Title = ptr("kept")
		n := r.savepoint()
		r.otherSQL("update doc set version = 9 where id = 1")
		r.s.Delete(d)
		r.flushFails("flush")
		r.check(n.Rollback(ctx))
		r.note("in", r.s.Contains(d))
		r.commit()
		r.note("title", e.Title)
	}).but(rollbackWaits, keepsValues),

	"version.merge_old_after_own_update": same(func(r *run) {
		d := r.doc(1)
		d.Title = ptr("a")
		r.flush()
		old, err := session.Merge(ctx, r.s, &Doc{ID: 1, Title: ptr("b"), Version: 1})
		r.errOf("merge", old, err)
		m := val(session.Merge(ctx, r.s, &Doc{ID: 1, Title: ptr("c"), Version: 2}))
		r.commit()
		r.note("doc", []any{m.Title, m.Version})
	}).but(keepsValues),

	"version.bulk_delete_then_new": same(func(r *run) {
		r.doc(1)
		val(query.Delete(r.Docs).Filter(r.Docs.ID.Eq(1)).Exec(ctx, r.s))
		n := &Doc{ID: 1, Title: ptr("new")}
		r.s.Add(n)
		r.commit()
		r.note("doc", []any{n.Title, n.Version})
		n.Title = ptr("newer")
		r.commit()
		r.note("doc", []any{n.Title, n.Version})
	}).but(keepsValues),
}
