package session_test

import (
	"errors"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// rival has somebody else write the row of a sailor whom the session knows. What the session then writes of it is ErrStale, and nothing of
// the transaction is stored, or of the part of it.
func (v *voyage) rival() {
	v.commit() // else one would wait for the other
	r := v.some(sailorRec, func(r *rec) bool { o, known := r.obj.(*Sailor); return known && v.s.Contains(o) })
	if r == nil {
		return
	}
	o := r.obj.(*Sailor)
	theirs := func(wage int64) {
		equal(v.t, "rows of the rival", must[int64](v.t)(query.Update(Sailors).Set(Sailors.Wage.To(wage)).Filter(Sailors.Name.Eq(r.uid)).Exec(ctx, v.eng)), 1)
		r.facts.Wage = wage
		for _, s := range v.saved {
			if s.rec == r {
				s.value.facts.Wage = wage
			}
		}
	}
	way := v.r.IntN(6)
	v.logf("	way %d: %s", way, r)
	switch way {
	case 0, 1, 2:
		theirs(o.Wage + 1)
		v.others(r)
		if way == 2 {
			v.ok(v.s.Flush(ctx))
		}
		v.lose(r, o)
		v.rollback()
	case 3, 4:
		v.others(r)
		sp := must[*session.Savepoint](v.t)(v.s.Savepoint(ctx))
		saved := v.keeping()
		theirs(o.Wage + 1)
		for i := range saved {
			if saved[i].rec == r {
				saved[i].value.facts.Wage = r.facts.Wage
			}
		}
		v.others(r)
		v.lose(r, o)
		v.ok(sp.Rollback(ctx))
		v.backTo(saved)
		v.ok(v.s.Refresh(ctx, o))
		v.sameText(r, facts(o), facts(r.facts))
		if way == 4 {
			v.changeSailor(o, r.facts)
		}
		v.commit()
	default: // merged, or written past the session's objects
		theirs(o.Wage + 1)
		given := &Sailor{ID: o.ID, Version: o.Version}
		copyFacts(given, o)
		var err error
		if given.Wage += 2; v.chance(50) {
			if _, err = session.Merge(ctx, v.s, given); err == nil { // the session's object was read before the rival wrote
				err = v.s.Flush(ctx)
			}
		} else {
			err = session.BulkUpdate(ctx, v.s, Sailors, []*Sailor{given}, Sailors.Age)
		}
		v.stale(err)
		v.rollback()
	}
}

// others changes what somebody else does not: it is to be lost with the transaction, or to stay.
func (v *voyage) others(but *rec) {
	for range v.r.IntN(4) {
		r := v.some(sailorRec, func(r *rec) bool { o, known := r.obj.(*Sailor); return r != but && known && v.s.Contains(o) })
		switch {
		case r == nil || v.chance(30):
			v.addManned()
		case v.chance(50):
			v.changeSailor(r.obj.(*Sailor), r.facts)
		default:
			d := &rec{kind: dutyRec, uid: v.name(), owner: r}
			o := &Duty{Name: d.uid}
			d.obj = o
			r.obj.(*Sailor).Tasks.Add(o)
			v.add(d)
		}
	}
}

// addManned adds a crew with a new sailor.
func (v *voyage) addManned() {
	c := &rec{kind: crewRec, uid: v.name()}
	o, n := &Crew{Code: c.uid}, v.randomSailor(v.name())
	r := &rec{kind: sailorRec, uid: n.Name, facts: &Sailor{}, crew: c, obj: n}
	copyFacts(r.facts, n)
	c.obj = o
	o.Sailors.Add(n)
	v.s.Add(o)
	v.add(c)
	v.add(r)
}

// lose writes what somebody else has written.
func (v *voyage) lose(r *rec, o *Sailor) {
	if v.chance(20) {
		v.s.Delete(o)
	} else {
		o.Wage = r.facts.Wage + 1
	}
	switch v.r.IntN(3) {
	case 0:
		v.stale(v.s.Flush(ctx))
	case 1:
		v.stale(v.s.Commit(ctx))
	default:
		_, err := query.Select(Sailors).Count(ctx, v.s)
		v.stale(err)
	}
	if err := v.s.Flush(ctx); !errors.Is(err, session.ErrFailed) {
		v.t.Fatalf("error is %v, want %v", err, session.ErrFailed)
	}
}

func (v *voyage) stale(err error) {
	v.t.Helper()
	if !errors.Is(err, session.ErrStale) {
		v.t.Fatalf("error is %v, want %v", err, session.ErrStale)
	}
	v.behind = true
}

// known reads the rows of all sailors again.
func (v *voyage) known() {
	_, err := query.Select(Sailors).All(ctx, v.s)
	v.ok(err)
}

// versions holds the versions of the session's objects against those of the rows, which never go back.
func (v *voyage) versions() {
	v.t.Helper()
	stored := map[string]int64{}
	for _, s := range must[[]*Sailor](v.t)(query.Select(Sailors).All(ctx, v.eng)) {
		if stored[s.Name] = s.Version; s.Version < v.last[s.Name] || s.Version < 1 {
			v.t.Fatalf("version of %s is %d, and was %d", s.Name, s.Version, v.last[s.Name])
		}
	}
	for _, r := range v.recs {
		if o, known := r.obj.(*Sailor); known && v.s.Contains(o) && o.Version != stored[r.uid] {
			v.t.Fatalf("%s: version is %d, and the row's %d", r, o.Version, stored[r.uid])
		}
	}
	v.last = stored
}
