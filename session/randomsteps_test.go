package session_test

import (
	"errors"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// step does one random thing.
func (v *voyage) step() {
	steps := []struct {
		weight int
		name   string
		do     func()
	}{
		{4, "add crew", v.addCrew},
		{3, "add bunk", v.addBunk},
		{12, "add sailor", v.addSailor},
		{8, "add duty", v.addDuty},
		{8, "add medal", v.addMedal},
		{20, "change", v.change},
		{14, "refer", v.refer},
		{6, "move duty", v.moveDuty},
		{5, "move medal", v.moveMedal},
		{4, "take medal", v.takeMedal},
		{7, "delete", v.delete},
		{2, "keep", v.keep},
		{3, "replace", v.replace},
		{2, "rename crew", v.renameCrew},
		{8, "flush", v.flush},
		{8, "commit", v.commit},
		{4, "rollback", v.rollback},
		{3, "expire all", v.fresh},
		{5, "discard", v.discard},
		{6, "look", v.look},
		{6, "get", v.get},
		{8, "lists", v.lists},
		{6, "refs", v.refs},
		{4, "bulk update", v.bulkUpdate},
		{2, "bulk delete", v.bulkDelete},
		{3, "insert", v.insert},
		{3, "update", v.update},
		{4, "set", v.set},
		{3, "expunge", v.expunge},
		{1, "new session", v.again},
		{3, "leave and return", v.leaveAndReturn},
		{1, "new session with objects", v.againWith},
		{5, "merge", v.merge},
	}
	total := 0
	for _, s := range steps {
		total += s.weight
	}
	n := v.r.IntN(total)
	for _, s := range steps {
		if n -= s.weight; n < 0 {
			v.logf("%s", s.name)
			s.do()
			return
		}
	}
}

func (v *voyage) addCrew() {
	r := &rec{kind: crewRec, uid: v.name()}
	o := &Crew{Code: r.uid}
	if v.chance(50) {
		r.text = "m" + v.name()
		o.Motto = ptr(r.text)
	}
	r.obj = o
	if s := v.some(sailorRec, nil); s != nil && v.chance(30) {
		o.Sailors.Add(object[Sailor](v, s))
		s.crew = r
	}
	v.s.Add(o)
	v.add(r)
}

func (v *voyage) addBunk() {
	r := &rec{kind: bunkRec, uid: v.name()}
	o := &Bunk{ID: [16]byte{byte(v.n), byte(v.n >> 8), 15: byte(v.r.IntN(256))}, Name: r.uid}
	r.obj = o
	v.s.Add(o)
	v.add(r)
}

func (v *voyage) addSailor() {
	for range 1 + v.r.IntN(3) {
		r := &rec{kind: sailorRec, uid: v.name()}
		o := v.randomSailor(r.uid)
		r.facts = &Sailor{}
		copyFacts(r.facts, o)
		r.obj = o
		first := v.chance(50)
		if first {
			v.s.Add(o)
		}
		v.add(r)
		for range v.r.IntN(3) {
			v.referTo(r, o)
		}
		if !first {
			v.s.Add(o)
		}
	}
}

// referTo changes a reference of a sailor, from either side.
func (v *voyage) referTo(r *rec, o *Sailor) {
	switch v.r.IntN(3) {
	case 0:
		now := v.some(crewRec, nil)
		switch {
		case now == nil || v.chance(25):
			if r.crew != nil && v.chance(50) && v.s.Contains(o) {
				object[Crew](v, r.crew).Sailors.Remove(o)
			} else {
				o.Crew.Set(nil)
			}
			now = nil
		case v.chance(50):
			object[Crew](v, now).Sailors.Add(o)
		default:
			o.Crew.Set(object[Crew](v, now))
		}
		r.crew = now
	case 1:
		if now := v.some(bunkRec, nil); now != nil && v.chance(75) {
			o.Bunk.Set(object[Bunk](v, now))
			r.bunk = now
		} else {
			o.Bunk.Set(nil)
			r.bunk = nil
		}
	case 2:
		now := v.some(sailorRec, func(b *rec) bool {
			for ; b != nil; b = b.boss {
				if b == r {
					return false
				}
			}
			return true
		})
		switch {
		case now == nil || v.chance(25):
			o.Boss.Set(nil)
			now = nil
		case v.chance(50):
			object[Sailor](v, now).Mates.Add(o)
		default:
			o.Boss.Set(object[Sailor](v, now))
		}
		r.boss = now
	}
}

func (v *voyage) refer() {
	if r := v.some(sailorRec, nil); r != nil {
		v.referTo(r, object[Sailor](v, r))
	}
}

func (v *voyage) addDuty() {
	owner := v.some(sailorRec, nil)
	if owner == nil {
		return
	}
	s := object[Sailor](v, owner)
	for range 1 + v.r.IntN(3) {
		r := &rec{kind: dutyRec, uid: v.name(), owner: owner}
		o := &Duty{Name: r.uid}
		r.obj = o
		switch {
		case v.chance(50):
			s.Tasks.Add(o)
		case s.ID != 0 && v.chance(30):
			o.SailorID = s.ID
			v.s.Add(o)
			s.Tasks.Expire()
			v.deletes = true // nobody knows of it
		default:
			o.Sailor.Set(s)
			v.s.Add(o)
		}
		v.add(r)
	}
}

func (v *voyage) moveDuty() {
	r, to := v.some(dutyRec, nil), v.some(sailorRec, nil)
	if r == nil {
		return
	}
	o := object[Duty](v, r)
	if v.chance(50) {
		o.Sailor.Set(object[Sailor](v, to))
	} else {
		object[Sailor](v, to).Tasks.Add(o)
	}
	r.owner = to
}

func (v *voyage) label(owner *rec) string {
	label := pick(v.r, []string{"", "gold", "tin", "zinc"})
	if v.some(medalRec, func(m *rec) bool { return m.owner == owner && m.text == label }) != nil {
		return ""
	}
	return label
}

func (v *voyage) addMedal() {
	owner := v.some(sailorRec, nil)
	if owner == nil {
		return
	}
	s := object[Sailor](v, owner)
	r := &rec{kind: medalRec, uid: v.name(), owner: owner, text: v.label(owner)}
	if r.text == "" {
		return
	}
	o := &Medal{Label: r.text, Name: r.uid}
	r.obj = o
	if v.chance(50) {
		s.Won.Add(o)
	} else {
		o.Sailor.Set(s)
		v.s.Add(o)
	}
	v.add(r)
}

func (v *voyage) moveMedal() {
	r, to := v.some(medalRec, nil), v.some(sailorRec, nil)
	if r == nil || r.owner == to || v.some(medalRec, func(m *rec) bool { return m.owner == to && m.text == r.text }) != nil {
		return
	}
	v.flush() // a deleted medal may have the key that it gets
	object[Medal](v, r).Sailor.Set(object[Sailor](v, to))
	r.owner = to
}

func (v *voyage) takeMedal() {
	if r := v.some(medalRec, nil); r != nil {
		o := object[Medal](v, r)
		object[Sailor](v, r.owner).Won.Remove(o)
		v.drop(r)
	}
}

func (v *voyage) change() {
	switch r := pick(v.r, append(v.recs, &rec{kind: -1})); r.kind {
	case crewRec:
		r.text = "m" + v.name()
		object[Crew](v, r).Motto = ptr(r.text)
	case sailorRec:
		v.changeSailor(object[Sailor](v, r), r.facts)
	}
}

// changeSailor changes some columns, others in place.
func (v *voyage) changeSailor(o, want *Sailor) {
	from := v.randomSailor(o.Name)
	for _, s := range []*Sailor{o, want} {
		part := &Sailor{}
		copyFacts(part, from)
		switch from.Token[0] {
		case 0:
			s.Age, s.Wage, s.Motto, s.Born, s.Nick, s.Photo = part.Age, part.Wage, part.Motto, part.Born, part.Nick, part.Photo
		case 1:
			s.Rating, s.Second, s.Sworn, s.Joined, s.Extra, s.Skills, s.Scan = part.Rating, part.Second, part.Sworn, part.Joined, part.Extra, part.Skills, part.Scan
		default:
			copyFacts(s, from)
		}
		if from.Token[15] == 0 {
			changeInPlace(s)
		}
	}
}

func changeInPlace(s *Sailor) {
	if s.Motto != nil {
		*s.Motto += "!"
	}
	if s.Age != nil {
		*s.Age /= 2
	}
	if s.Left != nil {
		*s.Left = s.Left.AddDate(0, 0, 1)
	}
	if len(s.Photo) > 0 {
		s.Photo[0]++
	}
	if s.Scan != nil && len(*s.Scan) > 0 {
		(*s.Scan)[0]++
	}
	if len(s.Skills) > 0 {
		s.Skills[0] += "+"
	}
	if s.Notes != nil {
		*s.Notes = []byte("[" + string(*s.Notes) + "]")
	}
}

func (v *voyage) deletable(r *rec) bool {
	return r.kind != bunkRec || v.some(sailorRec, func(s *rec) bool { return s.bunk == r }) == nil
}

func (v *voyage) objectOf(r *rec) any {
	switch r.kind {
	case crewRec:
		return object[Crew](v, r)
	case bunkRec:
		return object[Bunk](v, r)
	case sailorRec:
		return object[Sailor](v, r)
	case dutyRec:
		return object[Duty](v, r)
	}
	return object[Medal](v, r)
}

func (v *voyage) delete() {
	if len(v.recs) == 0 {
		return
	}
	if r := pick(v.r, v.recs); v.deletable(r) {
		v.logf("	%s", r)
		v.s.Delete(v.objectOf(r))
		v.drop(r)
	}
}

// keep deletes an object and takes that back.
func (v *voyage) keep() {
	if r := v.some(dutyRec, nil); r != nil {
		v.flush() // a new one would leave, and be added without what it refers to
		o := object[Duty](v, r)
		v.s.Delete(o)
		v.s.Add(o)
	}
}

// replace puts a new object in the place of a deleted one, with its key.
func (v *voyage) replace() {
	if v.chance(50) {
		if r := v.some(crewRec, nil); r != nil {
			v.s.Delete(object[Crew](v, r))
			v.drop(r)
			n := &rec{kind: crewRec, uid: r.uid, text: "m" + v.name()}
			o := &Crew{Code: r.uid, Motto: ptr(n.text)}
			n.obj = o
			v.s.Add(o)
			v.add(n)
		}
		return
	}
	if r := v.some(medalRec, nil); r != nil {
		old, s := object[Medal](v, r), object[Sailor](v, r.owner)
		s.Won.Remove(old)
		v.drop(r)
		n := &rec{kind: medalRec, uid: v.name(), owner: r.owner, text: r.text}
		o := &Medal{Label: r.text, Name: n.uid}
		n.obj = o
		s.Won.Add(o)
		v.add(n)
	}
}

func (v *voyage) renameCrew() {
	v.flush() // those who left it are to have left it
	r := v.some(crewRec, func(c *rec) bool { return v.some(sailorRec, func(s *rec) bool { return s.crew == c }) == nil })
	if r != nil {
		o := object[Crew](v, r)
		r.uid = v.name()
		o.Code = r.uid
	}
}

// discard makes changes and takes them back.
func (v *voyage) discard() {
	r := v.some(sailorRec, nil)
	if r == nil {
		return
	}
	v.flush()
	o := object[Sailor](v, r)
	v.changeSailor(o, &Sailor{})
	switch v.r.IntN(3) {
	case 0:
		if v.s.Expire(o); v.behind {
			v.ok(v.s.Refresh(ctx, o))
		}
	case 1:
		v.ok(v.s.Refresh(ctx, o))
	case 2:
		v.ok(v.s.Lock(ctx, o))
	}
	v.sameText(r, facts(o), facts(r.facts))
}

func (v *voyage) look() {
	q := query.Select(Sailors)
	if v.chance(30) {
		q = q.Filter(Sailors.Wage.Ge(0)).OrderBy(Sailors.ID)
	}
	var names []string
	for _, o := range must[[]*Sailor](v.t)(q.All(ctx, v.s)) {
		names = append(names, o.Name)
		for _, r := range v.recs {
			if r.kind == sailorRec && r.uid == o.Name {
				if known, _ := r.obj.(*Sailor); known != nil && v.s.Contains(known) && known != o {
					v.t.Fatalf("%s is two objects", r)
				}
				r.obj = o
				v.sameText(r, facts(o), facts(r.facts))
			}
		}
	}
	slices.Sort(names)
	v.same("sailors", names, v.all(sailorRec, nil))
}

func (v *voyage) get() {
	r := v.some(sailorRec, nil)
	if r == nil {
		return
	}
	v.flush()
	o := object[Sailor](v, r)
	equal(v.t, "Get", must[*Sailor](v.t)(session.Get(ctx, v.s, Sailors, o.ID)), o)
	if _, err := session.Get(ctx, v.s, Sailors, -o.ID); !errors.Is(err, query.ErrNoRows) {
		v.t.Fatal(err)
	}
}

func (v *voyage) lists() {
	if v.deletes {
		v.fresh()
	}
	if r := v.some(sailorRec, nil); r != nil {
		o := object[Sailor](v, r)
		var tasks, won, mates []string
		for _, d := range must[[]*Duty](v.t)(o.Tasks.All(ctx)) {
			tasks = append(tasks, d.Name)
		}
		for _, m := range must[[]*Medal](v.t)(o.Won.All(ctx)) {
			won = append(won, m.Name)
		}
		for _, m := range must[[]*Sailor](v.t)(o.Mates.All(ctx)) {
			mates = append(mates, m.Name)
		}
		v.same("tasks of "+r.uid, tasks, v.all(dutyRec, func(d *rec) bool { return d.owner == r }))
		v.same("medals of "+r.uid, won, v.all(medalRec, func(m *rec) bool { return m.owner == r }))
		v.same("mates of "+r.uid, mates, v.all(sailorRec, func(s *rec) bool { return s.boss == r }))
	}
	if r := v.some(crewRec, nil); r != nil {
		var names []string
		for _, s := range must[[]*Sailor](v.t)(object[Crew](v, r).Sailors.All(ctx)) {
			names = append(names, s.Name)
		}
		v.same("sailors of "+r.uid, names, v.all(sailorRec, func(s *rec) bool { return s.crew == r }))
	}
}

func (v *voyage) refs() {
	if v.deletes {
		v.fresh()
	}
	if r := v.some(sailorRec, nil); r != nil {
		o := object[Sailor](v, r)
		crew, bunk, boss := "none", "none", "none"
		if c := must[*Crew](v.t)(o.Crew.Get(ctx)); c != nil {
			crew = c.Code
		}
		if b := must[*Bunk](v.t)(o.Bunk.Get(ctx)); b != nil {
			bunk = b.Name
		}
		if b := must[*Sailor](v.t)(o.Boss.Get(ctx)); b != nil {
			boss = b.Name
		}
		v.sameText(r, strings.Join([]string{crew, bunk, boss}, "|"), strings.Join([]string{uidOf(r.crew), uidOf(r.bunk), uidOf(r.boss)}, "|"))
	}
	if r := v.some(dutyRec, nil); r != nil {
		v.sameText(r, must[*Sailor](v.t)(object[Duty](v, r).Sailor.Get(ctx)).Name, uidOf(r.owner))
	}
}

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
		v.fresh()
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
		o.ID = object[Sailor](v, r).ID
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
