package session_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestRandomWork does random work with a session and with a plain model of what the database must hold, and compares the
// two: the tables after each Commit and Rollback, the objects with them, and what queries and relationships give between.
// CUPEL_SESSION_STEPS sets the number of steps, CUPEL_SESSION_SEED where they begin.
func TestRandomWork(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), navy, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	randomWork(t, eng)
}

// TestRandomWorkInASchema is TestRandomWork where no table is where the server looks by itself.
func TestRandomWorkInASchema(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), navy, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, eng.ExecAll(ctx, []string{`CREATE SCHEMA "Home fleet"`}))
	randomWork(t, eng.In("Home fleet"))
}

func randomWork(t *testing.T, eng *session.Engine) {
	steps := number64("CUPEL_SESSION_STEPS", 1500)
	seed := uint64(number64("CUPEL_SESSION_SEED", 20261125))
	ok(t, navy.CreateAll(ctx, eng))
	v := &voyage{t: t, r: rand.New(rand.NewPCG(seed, seed)), eng: eng, s: eng.Session()}
	defer func() {
		_ = v.s.Close(ctx)
		if t.Failed() {
			t.Logf("CUPEL_SESSION_SEED=%d; the last steps:\n\t%s", seed, strings.Join(v.log[max(0, len(v.log)-40):], "\n\t"))
		}
	}()
	for i := int64(0); i < steps && !t.Failed(); i++ {
		v.step()
	}
	v.commit()
}

func number64(name string, standard int64) int64 {
	if n, err := strconv.ParseInt(os.Getenv(name), 10, 64); err == nil {
		return n
	}
	return standard
}

type kindOfRec int

const (
	crewRec kindOfRec = iota
	bunkRec
	sailorRec
	dutyRec
	medalRec
)

// rec is a row that the database must hold once all is flushed.
type rec struct {
	kind  kindOfRec
	uid   string // a crew's code, else the name
	text  string // a crew's motto, a medal's label
	facts *Sailor
	crew  *rec // of a sailor, as are bunk and boss; nil: none
	bunk  *rec
	boss  *rec
	owner *rec // of a duty or medal
	obj   any  // the session's object; nil: not known
}

func (r *rec) String() string { return fmt.Sprintf("%d:%s", r.kind, r.uid) }

// voyage is a run of the random test.
type voyage struct {
	t       *testing.T
	r       *rand.Rand
	eng     *session.Engine
	s       *session.Session
	recs    []*rec
	saved   []savedRec // as of the last commit
	log     []string
	n       int
	depth   int              // of savepoints
	last    map[string]int64 // versions by name, as they were stored last
	behind  bool             // objects do not have what an UPDATE did, until they are read again
	deletes bool             // something was deleted since relationships were read afresh, which loaded ones need not know
}

type savedRec struct {
	rec   *rec
	value rec
}

func (v *voyage) logf(format string, args ...any) {
	v.log = append(v.log, fmt.Sprintf(format, args...))
}

func (v *voyage) ok(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatalf("%v", err)
	}
}

func (v *voyage) chance(percent int) bool { return v.r.IntN(100) < percent }

func (v *voyage) name() string {
	v.n++
	return fmt.Sprintf("%s %d", pick(v.r, []string{"a", "ä'b", `c"d\`, "$1", "{,}"}), v.n)
}

// some returns a random row of a kind for which which is true; nil when there is none.
func (v *voyage) some(kind kindOfRec, which func(r *rec) bool) *rec {
	var rs []*rec
	for _, r := range v.recs {
		if r.kind == kind && (which == nil || which(r)) {
			rs = append(rs, r)
		}
	}
	if len(rs) == 0 {
		return nil
	}
	return pick(v.r, rs)
}

func (v *voyage) all(kind kindOfRec, which func(r *rec) bool) (names []string) {
	for _, r := range v.recs {
		if r.kind == kind && (which == nil || which(r)) {
			names = append(names, r.uid)
		}
	}
	slices.Sort(names)
	return names
}

// randomSailor returns a sailor with random columns but the keys.
func (v *voyage) randomSailor(name string) *Sailor {
	r := v.r
	moments := []time.Time{
		time.Date(2024, 2, 29, 12, 0, 0, 123456000, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 999999999, time.UTC),
		time.Date(2000, 1, 1, 0, 0, 0, 0, time.FixedZone("x", -5*3600)), time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 1000, time.UTC),
	}
	days := []time.Time{time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1888, 2, 29, 0, 0, 0, 0, time.UTC)}
	words := []string{"", "a", "NULL", "null", `\N`, `"`, "'", "日本", "long " + strings.Repeat("x", r.IntN(3000)), "{a,b}"}
	docs := []json.RawMessage{json.RawMessage(`{}`), json.RawMessage(`{"a": 1, "b": [null, "x"]}`), json.RawMessage(` [1,2] `), json.RawMessage(`null`), json.RawMessage(`"s"`)}
	blobs := [][]byte{{}, {0}, {1, 2, 255}, make([]byte, r.IntN(5000))}
	s := &Sailor{
		Name: name, Rating: pick(r, []rating{"", "able", "first"}), Small: pick(r, shorts), Wage: int64(r.IntN(1000)),
		Height: pick(r, floats), Fit: v.chance(50), Joined: pick(r, moments), Photo: pick(r, blobs), Token: [16]byte{byte(r.IntN(3)), 15: byte(r.IntN(3))},
		Extra: pick(r, docs), Skills: pick(r, [][]string{{}, {""}, {"a", "NULL", `x"y\z,{}`}, {"null"}}), Pay: pick(r, []string{"0", "10.5", "10.50", "-3.25", "1234567.891"}),
		Nap: pick(r, []time.Duration{0, time.Second, -90 * time.Minute, 3 * time.Microsecond}),
	}
	orNull(v, &s.Second, pick(r, []rating{"", "able"}))
	orNull(v, &s.Age, pick(r, mids))
	orNull(v, &s.Bonus, pick(r, ints))
	orNull(v, &s.Weight, pick(r, floats))
	orNull(v, &s.Sworn, v.chance(50))
	orNull(v, &s.Motto, pick(r, words))
	orNull(v, &s.Born, pick(r, days))
	orNull(v, &s.Left, pick(r, moments))
	orNull(v, &s.Scan, pick(r, blobs))
	orNull(v, &s.Notes, pick(r, docs))
	if v.chance(60) {
		s.Nick = sql.Null[string]{V: pick(r, words), Valid: true}
	}
	c := &Sailor{}
	copyFacts(c, s)
	return c
}

func orNull[T any](v *voyage, p **T, x T) {
	if v.chance(60) {
		*p = &x
	}
}

// drop takes a row out of the model, with what goes with it.
func (v *voyage) drop(gone *rec) {
	v.deletes = true
	for _, r := range slices.Clone(v.recs) {
		switch {
		case r.owner == gone:
			v.recs = slices.DeleteFunc(v.recs, func(x *rec) bool { return x == r })
		case r.crew == gone:
			r.crew = nil
		case r.boss == gone:
			r.boss = nil
		}
	}
	v.recs = slices.DeleteFunc(v.recs, func(x *rec) bool { return x == gone })
}

func (v *voyage) add(r *rec) { v.recs = append(v.recs, r) }

// object returns the session's object of a row.
func object[T any](v *voyage, r *rec) *T {
	v.t.Helper()
	if o, known := r.obj.(*T); known && v.s.Contains(o) {
		return o
	}
	var o any
	var err error
	switch r.kind {
	case crewRec:
		o, err = session.Get(ctx, v.s, Crews, r.uid)
	case bunkRec:
		o, err = query.Select(Bunks).Filter(Bunks.Name.Eq(r.uid)).One(ctx, v.s)
	case sailorRec:
		o, err = query.Select(Sailors).Filter(Sailors.Name.Eq(r.uid)).One(ctx, v.s)
	case dutyRec:
		o, err = query.Select(Duties).Filter(Duties.Name.Eq(r.uid)).One(ctx, v.s)
	case medalRec:
		o, err = query.Select(Medals).Filter(Medals.Name.Eq(r.uid)).One(ctx, v.s)
	}
	if err != nil {
		v.t.Fatalf("%s: %v", r, err)
	}
	r.obj = o
	return o.(*T)
}

// commit commits and compares everything.
func (v *voyage) commit() {
	v.logf("commit")
	v.ok(v.s.Commit(ctx))
	v.saved = v.keeping()
	v.compare()
}

// keeping returns the rows as they are to be now, for backTo.
func (v *voyage) keeping() (saved []savedRec) {
	for _, r := range v.recs {
		c := *r
		if r.facts != nil {
			c.facts = &Sailor{}
			copyFacts(c.facts, r.facts)
		}
		saved = append(saved, savedRec{r, c})
	}
	return saved
}

// backTo makes the rows what they were.
func (v *voyage) backTo(saved []savedRec) {
	v.recs = v.recs[:0]
	for _, s := range saved {
		obj := s.rec.obj
		*s.rec = s.value
		s.rec.obj = obj
		if s.value.facts != nil {
			s.rec.facts = &Sailor{}
			copyFacts(s.rec.facts, s.value.facts)
		}
		v.recs = append(v.recs, s.rec)
	}
}

// rollback rolls back and compares everything.
func (v *voyage) rollback() {
	v.logf("rollback")
	v.ok(v.s.Rollback(ctx))
	v.backTo(v.saved)
	v.compare()
}

// flush flushes, so that nothing is lost by what follows.
func (v *voyage) flush() {
	v.logf("flush")
	v.ok(v.s.Flush(ctx))
}

// fresh flushes and makes everything be read again.
func (v *voyage) fresh() {
	v.flush()
	v.s.ExpireAll()
	v.deletes = false
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

var (
	shorts = []int16{0, 1, -1, 2, 7, -7, 181, 182, math.MaxInt16, math.MinInt16}
	mids   = []int32{0, 1, -1, 2, 7, -7, 46340, 46341, math.MaxInt32, math.MinInt32}
	ints   = []int64{0, 1, -1, 2, 1000, math.MaxInt16, math.MinInt16, math.MaxInt64, math.MinInt64, 1 << 53, 1<<53 + 1}
	floats = []float64{0, math.Copysign(0, -1), 1, -1, 0.1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, 5e-324, 1 << 53}
)
