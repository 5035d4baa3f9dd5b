package relations_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// A stop of a line knows the one before it, by its foreign key, and the one after it, which has that of this one.
type (
	Stop struct {
		ID      int64
		Name    string
		PrevID  *int64
		Version int64
		Prev    model.One[Stop] `json:",omitzero"`
		Next    model.One[Stop] `json:",omitzero"`
	}
	stops struct {
		model.Table[Stop]
		ID      expr.Int
		Name    expr.Text
		PrevID  expr.NullInt
		Version expr.Int
		Prev    model.ToOne[Stop, Stop]
		Next    model.ToOne[Stop, Stop]
	}
)

var (
	Stops = model.Map("stop", func(t *stops) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.PrevID, t.ID), model.Unique(t.PrevID), model.Version(t.Version), model.Inverse(t.Prev, t.Next)}
	})
	railway = model.MustSchema(Stops)
)

func chains(t testing.TB, eng *session.Engine) string {
	t.Helper()
	return rowsOf(t, eng, "SELECT s.name || coalesce('<' || p.name, '') FROM stop s LEFT JOIN stop p ON p.id = s.prev_id")
}

// chain makes the line a, b, c, d, stored, and reads it in a session.
func openChain(t testing.TB, eng *session.Engine) (*session.Session, []*Stop) {
	t.Helper()
	_, err := eng.Pool().Exec(ctx, "TRUNCATE stop RESTART IDENTITY")
	ok(t, err)
	_, err = eng.Pool().Exec(ctx, "INSERT INTO stop (name, prev_id, version) VALUES ('a', NULL, 1), ('b', 1, 1), ('c', 2, 1), ('d', 3, 1)")
	ok(t, err)
	s := eng.Session()
	return s, must[[]*Stop](t)(query.Select(Stops).OrderBy(Stops.ID).All(ctx, s))
}

func nameOf(t testing.TB, o *model.One[Stop]) string {
	t.Helper()
	if s := must[*Stop](t)(o.Get(ctx)); s != nil {
		return s.Name
	}
	return "-"
}

// TestChain: a one-to-one of a table with itself, set from either side, loaded or not.
func TestChain(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, railway)
	for _, tc := range []struct {
		name string
		do   func(s *session.Session, x []*Stop)
		want string
		c    string // what c has before and after it
	}{
		{"nothing", func(*session.Session, []*Stop) {}, "(a) (b<a) (c<b) (d<c)", "b d"},
		{"next", func(_ *session.Session, x []*Stop) { x[2].Next.Set(nil) }, "(a) (b<a) (c<b) (d)", "b -"},
		{"prev", func(_ *session.Session, x []*Stop) { x[3].Prev.Set(nil) }, "(a) (b<a) (c<b) (d)", "b -"},
		{"steal by next", func(_ *session.Session, x []*Stop) { x[0].Next.Set(x[2]) }, "(a) (b) (c<a) (d<c)", "a d"},
		{"steal by prev", func(_ *session.Session, x []*Stop) { x[3].Prev.Set(x[1]) }, "(a) (b<a) (c) (d<b)", "- -"},
		{"a new one in between", func(_ *session.Session, x []*Stop) {
			n := &Stop{Name: "n"}
			x[1].Next.Set(n)
			n.Next.Set(x[2])
		}, "(a) (b<a) (c<n) (d<c) (n<b)", "n d"},
		{"a new one in between, by its references", func(s *session.Session, x []*Stop) {
			n := &Stop{Name: "n"}
			n.Prev.Set(x[1])
			s.Add(n)
			x[2].Prev.Set(n)
		}, "(a) (b<a) (c<n) (d<c) (n<b)", "n d"},
		{"out of the chain", func(s *session.Session, x []*Stop) {
			x[0].Next.Set(x[2])
			s.Delete(x[1])
		}, "(a) (c<a) (d<c)", "a d"},
		{"deleted", func(s *session.Session, x []*Stop) { s.Delete(x[1]) }, "(a) (c) (d<c)", "- d"},
		{"all deleted", func(s *session.Session, x []*Stop) { s.Delete(x[0], x[1], x[3]) }, "(c)", "- -"},
	} {
		for _, loaded := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/loaded %t", tc.name, loaded), func(t *testing.T) {
				for _, end := range []string{"commit", "rollback"} {
					s, x := openChain(t, eng)
					if loaded {
						rec.take()
						equal(t, "c", nameOf(t, &x[2].Prev)+" "+nameOf(t, &x[2].Next), "b d")
						sent(t, rec, "SELECT stop.id, stop.name, stop.prev_id, stop.version FROM stop WHERE stop.prev_id = ANY($1)")
					}
					tc.do(s, x)
					ok(t, s.Flush(ctx))
					want, c := tc.want, tc.c
					if end == "rollback" {
						ok(t, s.Rollback(ctx))
						want, c = "(a) (b<a) (c<b) (d<c)", "b d"
					}
					ok(t, s.Commit(ctx))
					equal(t, end, chains(t, eng), want)
					equal(t, end+", c", nameOf(t, &x[2].Prev)+" "+nameOf(t, &x[2].Next), c)
					ok(t, s.Close(ctx))
				}
			})
		}
	}
}

// TestNewChain: a chain of new rows is written in its order, one that ends where it begins is an error, and JSON and Merge go down it.
func TestNewChain(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, railway)
	s := begin(t, eng)
	first := &Stop{Name: "0"}
	last := first
	for i := range 9 {
		n := &Stop{Name: fmt.Sprint(i + 1)}
		if i%2 == 0 {
			last.Next.Set(n)
		} else {
			n.Prev.Set(last)
			s.Add(n)
		}
		last = n
	}
	s.Add(first, last)
	ok(t, s.Commit(ctx))
	equal(t, "rows", chains(t, eng), "(0) (1<0) (2<1) (3<2) (4<3) (5<4) (6<5) (7<6) (8<7) (9<8)")
	first.Prev.Set(last) // of rows that are there a circle is what was asked for
	ok(t, s.Flush(ctx))
	ok(t, s.Rollback(ctx))

	a, b := &Stop{Name: "a"}, &Stop{Name: "b"}
	a.Next.Set(b)
	b.Next.Set(a)
	s.Add(a)
	is(t, s.Flush(ctx), session.ErrCircle)
	ok(t, s.Rollback(ctx))

	var given Stop
	ok(t, json.Unmarshal([]byte(`{"Name": "x", "Next": {"Name": "y", "Next": {"Name": "z"}}}`), &given))
	x := must[*Stop](t)(session.Merge(ctx, s, &given))
	ok(t, s.Commit(ctx))
	equal(t, "y", nameOf(t, &x.Next), "y")
	ok(t, second(x.Next.Get(ctx)))
	out := string(must[[]byte](t)(json.Marshal(x)))
	if !strings.Contains(out, `"Name":"y"`) || strings.Contains(out, `"Prev":{`) {
		t.Errorf("JSON is %s", out)
	}
	next := model.Alias(Stops, "next")
	got := must[[]string](t)(query.Select(Stops.Name).Filter(Stops.Next.To(next).Has(next.Name.Eq("z"))).All(ctx, s))
	equal(t, "before z", strings.Join(got, " "), "y")
}
