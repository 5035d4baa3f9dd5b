package session_test

import "github.com/cupel-go/cupel/session"

// leaveAndReturn has a sailor leave the session, changes it while it is in none, and takes it back.
func (v *voyage) leaveAndReturn() {
	r := v.some(sailorRec, nil)
	if r == nil {
		return
	}
	v.flush()
	o := object[Sailor](v, r)
	v.s.Expunge(o)
	if v.chance(70) {
		v.changeSailor(o, r.facts)
	}
	if v.chance(60) {
		v.referTo(r, o)
	}
	if !v.s.Contains(o) { // a list may have brought it back
		if v.chance(50) {
			v.s.Add(o)
		} else {
			v.s.Attach(o)
		}
	}
	r.obj = o
}

// againWith goes on with a new session, to which objects of the old one come back, some of them changed.
func (v *voyage) againWith() {
	v.commit()
	v.ok(v.s.Close(ctx))
	v.s = v.eng.Session()
	var back []any
	for _, r := range v.recs {
		if s, known := r.obj.(*Sailor); known && v.chance(50) {
			v.changeSailor(s, r.facts)
			back = append(back, s)
		} else if r.obj != nil && v.chance(30) {
			back = append(back, r.obj)
		}
	}
	for _, o := range back {
		if b, plain := o.(*Bunk); plain { // it has no relationships, so it does not know
			v.s.Attach(b)
		} else {
			v.s.Add(o)
		}
	}
	for _, r := range v.recs {
		if r.obj != nil && !v.s.Contains(r.obj) {
			r.obj = nil
		}
	}
}

// merge copies a sailor from outside, with medals and a crew, to the session's.
func (v *voyage) merge() {
	r := v.some(sailorRec, nil)
	if r == nil {
		return
	}
	v.flush()
	o := object[Sailor](v, r)
	given := &Sailor{ID: o.ID}
	copyFacts(given, o)
	copyFacts(r.facts, o)
	v.changeSailor(given, r.facts)
	given.CrewCode, given.BunkID, given.BossID = clonePtr(o.CrewCode), clonePtr(o.BunkID), clonePtr(o.BossID)
	switch crew := v.some(crewRec, nil); {
	case crew != nil && v.chance(40):
		given.Crew.Set(&Crew{Code: crew.uid, Motto: ptr(crew.text)})
		r.crew = crew
	case v.chance(20):
		given.Crew.Set(nil)
		r.crew = nil
	}
	if v.chance(50) {
		v.mergeMedals(r, given)
	}
	var fresh *Duty
	if v.chance(30) {
		fresh = &Duty{Name: v.name()}
		v.mergeDuties(r, given, fresh)
	}
	merged, err := session.Merge(ctx, v.s, given)
	v.ok(err)
	if merged != o {
		v.t.Fatalf("%s: merged to another object", r)
	}
}

// mergeMedals gives the object some of its medals, which are all that it is to have.
func (v *voyage) mergeMedals(r *rec, given *Sailor) {
	kept := 0
	for _, m := range v.of(medalRec, r) {
		if kept > 0 && v.chance(30) {
			v.drop(m)
			continue
		}
		kept++
		m.uid = v.name()
		given.Won.Add(&Medal{Label: m.text, Name: m.uid})
	}
	if label := v.label(r); label != "" && (kept > 0 || v.chance(50)) {
		m := &rec{kind: medalRec, uid: v.name(), owner: r, text: label}
		given.Won.Add(&Medal{Label: label, Name: m.uid})
		v.add(m)
	}
}

// mergeDuties gives the object its duties and a new one.
func (v *voyage) mergeDuties(r *rec, given *Sailor, fresh *Duty) {
	for _, d := range v.of(dutyRec, r) {
		o := object[Duty](v, d)
		given.Tasks.Add(&Duty{ID: o.ID, Name: o.Name})
	}
	given.Tasks.Add(fresh)
	v.add(&rec{kind: dutyRec, uid: fresh.Name, owner: r})
}

// of returns what a sailor has.
func (v *voyage) of(kind kindOfRec, owner *rec) (rs []*rec) {
	for _, r := range v.recs {
		if r.kind == kind && r.owner == owner {
			rs = append(rs, r)
		}
	}
	return rs
}

func (v *voyage) expunge() {
	if len(v.recs) == 0 {
		return
	}
	v.flush()
	r := pick(v.r, v.recs)
	v.s.Expunge(v.objectOf(r))
	r.obj = nil
	v.behind = true // the object that comes in its place has not what the row was when the transaction began
	v.fresh()
}

// again goes on with a new session.
func (v *voyage) again() {
	v.commit()
	v.ok(v.s.Close(ctx))
	v.s = v.eng.Session()
	for _, r := range v.recs {
		r.obj = nil
	}
}
