package session_test

import "github.com/cupel-go/cupel/session"

// nested does random things within a savepoint, and often goes back to it.
func (v *voyage) nested() {
	if v.depth > 2 {
		return
	}
	v.logf("savepoint")
	sp := must[*session.Savepoint](v.t)(v.s.Savepoint(ctx))
	saved, behind := v.keeping(), v.behind
	v.depth++
	for range v.r.IntN(8) {
		v.step()
	}
	v.depth--
	if v.chance(40) {
		v.logf("release")
		v.ok(sp.Release(ctx))
		return
	}
	v.logf("back to the savepoint")
	v.ok(sp.Rollback(ctx))
	v.backTo(saved)
	v.deletes = true // lists may be older than what is back
	for _, r := range v.recs {
		if r.obj != nil && contains(v.s, r.obj) && !v.s.IsStale(r.obj) && !behind {
			v.sameObject(r)
		}
	}
	equal(v.t, "new objects", len(v.s.New()), 0)
	equal(v.t, "deleted objects", len(v.s.Deleted()), 0)
	equal(v.t, "changed objects", len(v.s.Dirty()), 0)
	if v.behind || v.chance(50) {
		v.fresh()
		v.known()
	}
	v.same("tables after going back", v.rows(v.s), v.wanted())
}
