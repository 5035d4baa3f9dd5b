package session_test

import (
	"errors"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

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
