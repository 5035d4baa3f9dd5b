package session_test

import "slices"

type randomStep struct {
	weight int
	name   string
	do     func()
}

// ending are the steps that end transactions.
var ending = map[string]bool{"commit": true, "rollback": true, "new session": true, "new session with objects": true, "rival": true}

// step does one random thing.
func (v *voyage) step() {
	steps := []randomStep{
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
		{5, "rival", v.rival},
		{6, "nested", v.nested},
	}
	if v.depth > 0 {
		steps = slices.DeleteFunc(steps, func(s randomStep) bool { return ending[s.name] })
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
