package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestSavepointOfStatements: what statements past the objects do is taken back in these too, and else the objects are as the rows.
func TestSavepointOfStatements(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, treeSchema)
	for name, do := range map[string]func(s *session.Session, a, b *Top, x *Badge) error{
		"insert": func(s *session.Session, a, b *Top, x *Badge) error {
			return session.BulkInsert(ctx, s, Lows, &Low{ID: 7, MidID: ptr[int64](1)})
		},
		"update": func(s *session.Session, a, b *Top, x *Badge) error {
			return session.BulkUpdate(ctx, s, Mids, []*Mid{{ID: 1, TopID: ptr[int64](2), Version: 1}}, Mids.TopID)
		},
		"upsert": func(s *session.Session, a, b *Top, x *Badge) error {
			_, err := session.Upsert(ctx, s, Mids, []*Mid{{ID: 1, Name: "up", TopID: ptr[int64](2)}, {ID: 99, Name: "up", TopID: ptr[int64](1)}}, session.Conflict{})
			return err
		},
		"evaluated": func(s *session.Session, a, b *Top, x *Badge) error {
			_, err := query.Update(Mids).Set(Mids.TopID.To(2)).Filter(Mids.TopID.Eq(1)).Sync(query.SyncEvaluate).Exec(ctx, s)
			return err
		},
		"fetched": func(s *session.Session, a, b *Top, x *Badge) error {
			_, err := query.Update(Mids).Set(Mids.TopID.To(2)).Filter(Mids.TopID.Eq(1)).Exec(ctx, s)
			return err
		},
		"deleted": func(s *session.Session, a, b *Top, x *Badge) error {
			_, err := query.Delete(Badges).Filter(Badges.ID.Eq(1)).Exec(ctx, s)
			return err
		},
		"deleted evaluated": func(s *session.Session, a, b *Top, x *Badge) error {
			_, err := query.Delete(Badges).Filter(Badges.ID.Eq(1)).Sync(query.SyncEvaluate).Exec(ctx, s)
			return err
		},
		"merge": func(s *session.Session, a, b *Top, x *Badge) error {
			g := &Top{ID: 1, Name: "merged"}
			g.Mids.Add(&Mid{ID: 2, Name: "mm"}, &Mid{ID: 77, Name: "new"})
			g.Badge.Set(&Badge{ID: 5, Name: "five"})
			_, err := session.Merge(ctx, s, g)
			return err
		},
		"steal": func(s *session.Session, a, b *Top, x *Badge) error { b.Badge.Set(x); return nil },
	} {
		for _, how := range []string{"rollback", "release", "inner then outer"} {
			t.Run(name+" "+how, func(t *testing.T) {
				s, a, b := planted(t, eng)
				x := must[*Badge](t)(a.Badge.Get(ctx))
				must[*Badge](t)(b.Badge.Get(ctx))
				mids := append(must[[]*Mid](t)(a.Mids.All(ctx)), must[[]*Mid](t)(b.Mids.All(ctx))...)
				equal(t, "lows", len(must[[]*Low](t)(mids[0].Lows.All(ctx))), 2)
				before := one[string](t, eng, treeRows)
				outer := must[*session.Savepoint](t)(s.Savepoint(ctx))
				a.Name = "o"
				inner := must[*session.Savepoint](t)(s.Savepoint(ctx))
				ok(t, do(s, a, b, x))
				ok(t, s.Flush(ctx))
				switch how {
				case "rollback":
					ok(t, inner.Rollback(ctx))
					ok(t, outer.Rollback(ctx))
				case "inner then outer":
					ok(t, inner.Release(ctx))
					ok(t, outer.Rollback(ctx))
				}
				if how != "release" {
					equal(t, "name", a.Name, "t")
					equal(t, "badge", must[*Badge](t)(a.Badge.Get(ctx)), x)
					equal(t, "mids", len(must[[]*Mid](t)(a.Mids.All(ctx))), 2)
					equal(t, "mids", len(must[[]*Mid](t)(b.Mids.All(ctx))), 2)
					equal(t, "lows", len(must[[]*Low](t)(mids[0].Lows.All(ctx))), 2)
					equal(t, "top", must[*Top](t)(mids[0].Top.Get(ctx)), a)
					equal(t, "mid", *mids[0].TopID, 1)
					for _, m := range mids {
						equal(t, "version", m.Version, 1)
						equal(t, "contains", s.Contains(m), true)
					}
					ok(t, s.Commit(ctx))
					equal(t, "stored", one[string](t, eng, treeRows), before)
				}
				nm, nb := len(must[[]*Mid](t)(a.Mids.All(ctx))), len(must[[]*Mid](t)(b.Mids.All(ctx)))
				nl := len(must[[]*Low](t)(mids[0].Lows.All(ctx)))
				ok(t, s.Commit(ctx))
				if !s.Contains(a) {
					return
				}
				equal(t, "mids of a", one[int64](t, eng, "SELECT count(*) FROM mid WHERE top_id = 1"), int64(nm))
				equal(t, "mids of b", one[int64](t, eng, "SELECT count(*) FROM mid WHERE top_id = 2"), int64(nb))
				if s.Contains(mids[0]) && name != "insert" { // which lists that are loaded know nothing of
					equal(t, "lows", one[int64](t, eng, "SELECT count(*) FROM low WHERE mid_id = $1", mids[0].ID), int64(nl))
				}
				for _, m := range mids {
					if !s.Contains(m) {
						continue
					}
					equal(t, "version", one[int64](t, eng, "SELECT version FROM mid WHERE id = $1", m.ID), m.Version)
					equal(t, "top", one[int64](t, eng, "SELECT top_id FROM mid WHERE id = $1", m.ID), *m.TopID)
				}
				for _, o := range []*Top{a, b} {
					z := must[*Badge](t)(o.Badge.Get(ctx))
					id := one[*int64](t, eng, "SELECT (SELECT id FROM badge WHERE top_id = $1)", o.ID)
					if (id == nil) != (z == nil) || id != nil && *id != z.ID {
						t.Errorf("badge of %d: %v %v", o.ID, z, id)
					}
				}
				for _, m := range mids {
					if s.Contains(m) {
						m.Name += "!"
					}
				}
				ok(t, s.Commit(ctx))
			})
		}
	}
}
