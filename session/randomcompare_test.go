package session_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// compare holds the tables, and the session's objects, against the model.
func (v *voyage) compare() {
	v.t.Helper()
	v.same("tables", v.rows(v.eng), v.wanted())
	if v.behind || v.chance(30) {
		v.same("objects read again", v.rows(v.s), v.wanted())
	}
	v.deletes, v.behind = false, false
	v.versions()
	for _, r := range v.recs {
		if r.obj != nil && contains(v.s, r.obj) {
			v.sameObject(r)
		}
	}
	equal(v.t, "new objects", len(v.s.New()), 0)
	equal(v.t, "deleted objects", len(v.s.Deleted()), 0)
	for _, o := range v.s.Dirty() {
		cs, err := v.s.Changes(o)
		v.t.Errorf("%T is dirty: %v %v", o, cs, err)
	}
}

func contains(s *session.Session, o any) bool { return s.Contains(o) }

func (v *voyage) same(what string, got, want []string) {
	v.t.Helper()
	for _, g := range got {
		if !slices.Contains(want, g) {
			v.t.Errorf("%s: has  %.700s", what, g)
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			v.t.Errorf("%s: lack %.700s", what, w)
		}
	}
	if len(got) != len(want) {
		v.t.Errorf("%s: %d rows, not %d", what, len(got), len(want))
	}
	if v.t.Failed() {
		v.t.FailNow()
	}
}

// wanted returns what the tables must hold, a line a row.
func (v *voyage) wanted() (lines []string) {
	for _, r := range v.recs {
		lines = append(lines, r.line())
	}
	return lines
}

func uidOf(r *rec) string {
	if r == nil {
		return "none"
	}
	return r.uid
}

func (r *rec) line() string {
	switch r.kind {
	case crewRec, bunkRec:
		return fmt.Sprint(r.kind, r.uid, " ", r.text)
	case sailorRec:
		return fmt.Sprint(facts(r.facts), " crew ", uidOf(r.crew), " bunk ", uidOf(r.bunk), " boss ", uidOf(r.boss))
	}
	return fmt.Sprint(r.kind, r.uid, " of ", uidOf(r.owner), " ", r.text)
}

// rows reads all tables, a line a row, and puts names in the place of keys.
func (v *voyage) rows(in query.Runner) (lines []string) {
	v.t.Helper()
	bunkNames, sailorNames := map[[16]byte]string{}, map[int64]string{}
	for _, c := range must[[]*Crew](v.t)(query.Select(Crews).All(ctx, in)) {
		motto := ""
		if c.Motto != nil {
			motto = *c.Motto
		}
		lines = append(lines, fmt.Sprint(crewRec, c.Code, " ", motto))
	}
	for _, b := range must[[]*Bunk](v.t)(query.Select(Bunks).All(ctx, in)) {
		bunkNames[b.ID] = b.Name
		lines = append(lines, fmt.Sprint(bunkRec, b.Name, " "))
	}
	all := must[[]*Sailor](v.t)(query.Select(Sailors).All(ctx, in))
	for _, s := range all {
		sailorNames[s.ID] = s.Name
	}
	for _, s := range all {
		crew, bunk, boss := "none", "none", "none"
		if s.CrewCode != nil {
			crew = *s.CrewCode
		}
		if s.BunkID != nil {
			bunk = bunkNames[*s.BunkID]
		}
		if s.BossID != nil {
			boss = sailorNames[*s.BossID]
		}
		lines = append(lines, fmt.Sprint(facts(s), " crew ", crew, " bunk ", bunk, " boss ", boss))
	}
	for _, d := range must[[]*Duty](v.t)(query.Select(Duties).All(ctx, in)) {
		lines = append(lines, fmt.Sprint(dutyRec, d.Name, " of ", sailorNames[d.SailorID], " "))
	}
	for _, m := range must[[]*Medal](v.t)(query.Select(Medals).All(ctx, in)) {
		lines = append(lines, fmt.Sprint(medalRec, m.Name, " of ", sailorNames[m.SailorID], " ", m.Label))
	}
	return lines
}

// sameObject holds one object against the model.
func (v *voyage) sameObject(r *rec) {
	v.t.Helper()
	keyOf := func(x *rec) (id int64) {
		if s, known := x.obj.(*Sailor); known {
			return s.ID
		}
		return 0
	}
	switch o := r.obj.(type) {
	case *Crew:
		v.sameText(r, o.Code+" "+str(o.Motto), r.uid+" "+r.text)
	case *Bunk:
		v.sameText(r, o.Name, r.uid)
	case *Sailor:
		v.sameText(r, facts(o), facts(r.facts))
		crew := "none"
		if o.CrewCode != nil {
			crew = *o.CrewCode
		}
		v.sameText(r, crew, uidOf(r.crew))
		if (o.BossID != nil) != (r.boss != nil) || r.boss != nil && keyOf(r.boss) != 0 && *o.BossID != keyOf(r.boss) {
			v.t.Fatalf("%s: boss is %v", r, str(o.BossID))
		}
		if (o.BunkID != nil) != (r.bunk != nil) {
			v.t.Fatalf("%s: bunk is %v", r, str(o.BunkID))
		}
	case *Duty:
		v.sameText(r, o.Name, r.uid)
		if k := keyOf(r.owner); k != 0 && o.SailorID != k {
			v.t.Fatalf("%s: sailor is %d, not %d", r, o.SailorID, k)
		}
	case *Medal:
		v.sameText(r, o.Name+" "+o.Label, r.uid+" "+r.text)
		if k := keyOf(r.owner); k != 0 && o.SailorID != k {
			v.t.Fatalf("%s: sailor is %d, not %d", r, o.SailorID, k)
		}
	}
}

func (v *voyage) sameText(r *rec, got, want string) {
	v.t.Helper()
	if got != want {
		v.t.Fatalf("object %s is\n\t%.700s, not\n\t%.700s", r, got, want)
	}
}

func str[T any](p *T) string {
	if p == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprint(*p))
}
