package session_test

import (
	"slices"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func (v *voyage) bulkUpdate() {
	few := pick(v.r, shorts)
	sync := pick(v.r, []query.Sync{query.SyncFetch, query.SyncEvaluate, query.SyncNone})
	v.logf("	%v where small <= %d", sync, few)
	n := must[int64](v.t)(query.Update(Sailors).Set(Sailors.Wage.ToExpr(Sailors.Wage.Plus(1)), Sailors.Bonus.ToNull()).
		Filter(Sailors.Small.Le(few)).Sync(sync).Exec(ctx, v.s))
	want := int64(0)
	for _, r := range v.recs {
		if r.kind == sailorRec && r.facts.Small <= few {
			want++
			r.facts.Wage++
			r.facts.Bonus = nil
		}
	}
	equal(v.t, "rows updated", n, want)
	if v.some(sailorRec, func(r *rec) bool { return r.obj == nil || v.s.IsStale(r.obj) }) != nil {
		v.behind = true // one that is read now for the first time has not what its row was when the transaction began, nor do stale ones
	}
	if sync == query.SyncNone {
		v.behind = true
	}
	if v.behind {
		v.fresh()
		v.known() // what was not read since has an old version
	}
}

func (v *voyage) bulkDelete() {
	r := v.some(dutyRec, nil)
	if r == nil {
		return
	}
	sync := pick(v.r, []query.Sync{query.SyncFetch, query.SyncEvaluate})
	v.flush()
	equal(v.t, "rows deleted", must[int64](v.t)(query.Delete(Duties).Filter(Duties.Name.Eq(r.uid)).Sync(sync).Exec(ctx, v.s)), 1)
	v.drop(r)
	v.fresh()
}

func (v *voyage) insert() {
	var objs []*Sailor
	for range 1 + v.r.IntN(3) {
		r := &rec{kind: sailorRec, uid: v.name(), crew: v.some(crewRec, nil)}
		o := v.randomSailor(r.uid)
		if r.crew != nil {
			o.CrewCode = ptr(r.crew.uid)
		}
		r.facts = &Sailor{}
		copyFacts(r.facts, o)
		v.add(r)
		objs = append(objs, o)
	}
	v.ok(session.BulkInsert(ctx, v.s, Sailors, objs...))
	v.fresh()
}

func (v *voyage) update() {
	v.flush()
	var objs []*Sailor
	for range 1 + v.r.IntN(3) {
		r := v.some(sailorRec, nil)
		if r == nil || slices.ContainsFunc(objs, func(o *Sailor) bool { return o.Name == r.uid }) {
			continue
		}
		o := v.randomSailor(r.uid)
		now := object[Sailor](v, r)
		o.ID, o.Version = now.ID, now.Version
		r.facts.Motto, r.facts.Age, r.facts.Notes, r.facts.Joined = o.Motto, o.Age, o.Notes, o.Joined
		objs = append(objs, o)
	}
	v.ok(session.BulkUpdate(ctx, v.s, Sailors, objs, Sailors.Motto, Sailors.Age, Sailors.Notes, Sailors.Joined))
	for _, o := range objs {
		changeInPlace(&Sailor{Motto: clonePtr(o.Motto)}) // theirs is theirs
	}
}

func clonePtr[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return ptr(*p)
}

func (v *voyage) set() {
	if r := v.some(sailorRec, nil); r != nil {
		v.flush()
		v.s.Set(object[Sailor](v, r), Sailors.Wage.ToExpr(Sailors.Wage.Plus(7)))
		r.facts.Wage += 7
		v.flush()
		if o := object[Sailor](v, r); o.Wage != r.facts.Wage {
			v.t.Fatalf("%s: wage is %d, not %d", r, o.Wage, r.facts.Wage)
		}
	}
}
