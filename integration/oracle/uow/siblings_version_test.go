package uow_test

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
}
