package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/session"
)

// TestRowSwitchLeftToTheDatabase: where a new object takes over the row of a deleted one, what the database would have deleted with
// the row goes, but for what the new one was given.
func TestRowSwitchLeftToTheDatabase(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, treeSchema)
	s, a, _ := planted(t, eng)
	l := must[*Log](t)(session.Get(ctx, s, Logs, 1))
	s.Delete(a)
	n := &Top{ID: 1, Name: "n"}
	s.Add(n)
	l.Top.Set(n)
	ok(t, s.Flush(ctx))
	equal(t, "logs", len(must[[]*Log](t)(n.Logs.All(ctx))), 1)
	ok(t, s.Commit(ctx))
	equal(t, "logs after the commit", len(must[[]*Log](t)(n.Logs.All(ctx))), 1)
	equal(t, "stored", one[string](t, eng, treeRows), "1n 2t | 11:2v1 12:2v1 | 101:11 102:11 111:12 112:12 | 1:1 11:2 12:2 | 2:2")
}

// TestMemberMoves: to give a member another owner is one UPDATE, in whatever way it is said, and what goes with the old owner does not take it.
func TestMemberMoves(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, treeSchema)
	for _, loaded := range []bool{true, false} {
		for name, do := range map[string]func(s *session.Session, a, b *Top, m *Mid){
			"add":         func(s *session.Session, a, b *Top, m *Mid) { b.Mids.Add(m) },
			"set":         func(s *session.Session, a, b *Top, m *Mid) { m.Top.Set(b) },
			"remove add":  func(s *session.Session, a, b *Top, m *Mid) { a.Mids.Remove(m); b.Mids.Add(m) },
			"add remove":  func(s *session.Session, a, b *Top, m *Mid) { b.Mids.Add(m); a.Mids.Remove(m) },
			"nil set":     func(s *session.Session, a, b *Top, m *Mid) { m.Top.Set(nil); m.Top.Set(b) },
			"fk":          func(s *session.Session, a, b *Top, m *Mid) { m.TopID = ptr[int64](2) },
			"delete move": func(s *session.Session, a, b *Top, m *Mid) { s.Delete(a); m.Top.Set(b) },
			"move delete": func(s *session.Session, a, b *Top, m *Mid) { b.Mids.Add(m); s.Delete(a) },
			"fk delete":   func(s *session.Session, a, b *Top, m *Mid) { m.TopID = ptr[int64](2); s.Delete(a) },
		} {
			t.Run(name, func(t *testing.T) {
				s, a, b := planted(t, eng)
				m := must[*Mid](t)(session.Get(ctx, s, Mids, 1))
				if loaded {
					must[[]*Mid](t)(a.Mids.All(ctx))
					must[[]*Mid](t)(b.Mids.All(ctx))
					must[[]*Low](t)(m.Lows.All(ctx))
				}
				do(s, a, b, m)
				rec.take()
				ok(t, s.Flush(ctx))
				n := 0
				for _, x := range rec.take() {
					if len(x) > 10 && x[:10] == "UPDATE mid" {
						n++
					}
				}
				equal(t, "updates", n, 1)
				equal(t, "in b", len(must[[]*Mid](t)(b.Mids.All(ctx))), 3)
				equal(t, "top", must[*Top](t)(m.Top.Get(ctx)), b)
				ok(t, s.Commit(ctx))
				want := "1t 2t | 1:2v2 2:1v1 11:2v1 12:2v1 | 1:1 2:1 11:2 12:2 101:11 102:11 111:12 112:12 | 1:1 2:1 11:2 12:2 | 1:1 2:2"
				if !s.Contains(a) {
					want = "2t | 1:2v2 11:2v1 12:2v1 | 1:1 2:1 101:11 102:11 111:12 112:12 | 11:2 12:2 | 2:2"
				}
				equal(t, "stored", one[string](t, eng, treeRows), want)
			})
		}
	}
}

// TestOneToOneChanges: whatever is said of a one-to-one with orphans that go, from either side, loaded or not, rows and objects agree.
func TestOneToOneChanges(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, treeSchema)
	for _, loaded := range []bool{true, false} {
		for name, c := range map[string]struct {
			do   func(s *session.Session, a, b *Top, x, y *Badge)
			want string
		}{
			"swap":          {func(s *session.Session, a, b *Top, x, y *Badge) { a.Badge.Set(y); b.Badge.Set(x) }, "1:2 2:1"},
			"swap by child": {func(s *session.Session, a, b *Top, x, y *Badge) { y.Top.Set(a); x.Top.Set(b) }, "1:2 2:1"},
			"steal":         {func(s *session.Session, a, b *Top, x, y *Badge) { a.Badge.Set(y) }, "2:1"},
			"steal child":   {func(s *session.Session, a, b *Top, x, y *Badge) { y.Top.Set(a) }, "2:1"},
			"steal back":    {func(s *session.Session, a, b *Top, x, y *Badge) { a.Badge.Set(y); b.Badge.Set(y) }, "2:2"},
			"nil":           {func(s *session.Session, a, b *Top, x, y *Badge) { a.Badge.Set(nil) }, "2:2"},
			"nil and same":  {func(s *session.Session, a, b *Top, x, y *Badge) { a.Badge.Set(nil); a.Badge.Set(x) }, "1:1 2:2"},
			"new":           {func(s *session.Session, a, b *Top, x, y *Badge) { a.Badge.Set(&Badge{ID: 9}) }, "2:2 9:1"},
			"new same key":  {func(s *session.Session, a, b *Top, x, y *Badge) { a.Badge.Set(&Badge{ID: 1}) }, "1:1 2:2"},
			"new twice": {func(s *session.Session, a, b *Top, x, y *Badge) {
				a.Badge.Set(&Badge{ID: 9})
				a.Badge.Set(&Badge{ID: 8})
			}, "2:2 8:1"},
			"delete top":           {func(s *session.Session, a, b *Top, x, y *Badge) { s.Delete(a) }, "2:2"},
			"delete and move":      {func(s *session.Session, a, b *Top, x, y *Badge) { s.Delete(a); b.Badge.Set(x) }, "1:2"},
			"move and delete":      {func(s *session.Session, a, b *Top, x, y *Badge) { x.Top.Set(b); s.Delete(a) }, "1:2"},
			"delete badge and set": {func(s *session.Session, a, b *Top, x, y *Badge) { s.Delete(y); b.Badge.Set(x) }, "1:2"},
			"set and delete badge": {func(s *session.Session, a, b *Top, x, y *Badge) { b.Badge.Set(x); s.Delete(y) }, "1:2"},
			"fk by hand swap":      {func(s *session.Session, a, b *Top, x, y *Badge) { x.TopID, y.TopID = y.TopID, x.TopID }, "1:2 2:1"},
		} {
			t.Run(name, func(t *testing.T) {
				s, a, b := planted(t, eng)
				x, y := must[*Badge](t)(session.Get(ctx, s, Badges, 1)), must[*Badge](t)(session.Get(ctx, s, Badges, 2))
				if loaded {
					must[*Badge](t)(a.Badge.Get(ctx))
					must[*Badge](t)(b.Badge.Get(ctx))
				}
				c.do(s, a, b, x, y)
				ok(t, s.Flush(ctx))
				var before [2]*Badge
				for i, o := range []*Top{a, b} {
					if s.Contains(o) {
						before[i] = must[*Badge](t)(o.Badge.Get(ctx))
					}
				}
				ok(t, s.Commit(ctx))
				equal(t, "stored", one[string](t, eng, "SELECT coalesce(string_agg(id || ':' || coalesce(top_id, 0), ' ' ORDER BY id),'') FROM badge"), c.want)
				for i, o := range []*Top{a, b} {
					if !s.Contains(o) {
						continue
					}
					has := must[*Badge](t)(o.Badge.Get(ctx))
					equal(t, "badge as before the commit", has, before[i])
					if id := one[*int64](t, eng, "SELECT (SELECT id FROM badge WHERE top_id = $1)", o.ID); (id == nil) != (has == nil) || id != nil && *id != has.ID {
						t.Errorf("badge of %d is %v, and row %v", o.ID, has, id)
					}
				}
			})
		}
	}
}
