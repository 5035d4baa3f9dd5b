package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Markets, whose rows have the market's code in their keys, as the stalls of rows have the row's.
type (
	Market struct {
		Code, Name string
		Lanes      model.Many[Lane]
	}
	Lane struct {
		Code   string
		No     int64
		Name   string
		Market model.One[Market]
		Stalls model.Many[Stall]
	}
	Stall struct {
		Code       string
		LaneNo, No int64
		Name       string
		Lane       model.One[Lane]
	}
	markets struct {
		model.Table[Market]
		Code, Name expr.Text
		Lanes      model.ToMany[Market, Lane]
	}
	lanes struct {
		model.Table[Lane]
		Code   expr.Text
		No     expr.Int
		Name   expr.Text
		Market model.ToOne[Lane, Market]
		Stalls model.ToMany[Lane, Stall]
	}
	stalls struct {
		model.Table[Stall]
		Code       expr.Text
		LaneNo, No expr.Int
		Name       expr.Text
		Lane       model.ToOne[Stall, Lane]
	}
	fair struct {
		markets *markets
		lanes   *lanes
		stalls  *stalls
	}
)

// openFair makes a market of two lanes with a stall each, and another with a lane, with keys of a type.
func openFair(t *testing.T, sqlType, code, same string) (*session.Engine, fair) {
	t.Helper()
	f := fair{}
	f.markets = model.Map("market", func(t *markets) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code), model.Type(sqlType, t.Code)}
	})
	f.lanes = model.Map("lane", func(t *lanes) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Code, t.No), model.Type(sqlType, t.Code), model.ForeignKey(t.Code, f.markets.Code).OnUpdate("CASCADE"),
			model.DeleteMembers(t.Stalls),
		}
	})
	f.stalls = model.Map("stall", func(t *stalls) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Code, t.LaneNo, t.No), model.Type(sqlType, t.Code),
			model.ForeignKeys(model.Refer[string](t.Code, f.lanes.Code), model.Refer[int64](t.LaneNo, f.lanes.No)).OnUpdate("CASCADE"),
		}
	})
	schema := model.MustSchema(f.markets, f.lanes, f.stalls)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	must[int64](t)(query.ExecRaw(ctx, eng, "CREATE EXTENSION citext"))
	must[int64](t)(query.ExecRaw(ctx, eng, "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"))
	ok(t, schema.CreateAll(ctx, eng))
	for _, sql := range []string{
		"INSERT INTO market VALUES ('" + code + "', 'm'), ('3', 'o')",
		"INSERT INTO lane VALUES ('" + same + "', 1, 'a'), ('" + same + "', 2, 'b'), ('3', 1, 'o')",
		"INSERT INTO stall VALUES ('" + code + "', 1, 1, 'x'), ('" + same + "', 2, 2, 'y')",
	} {
		must[int64](t)(query.ExecRaw(ctx, eng, sql))
	}
	return eng, f
}

const allOfFair = `SELECT coalesce(string_agg(at, ' ' ORDER BY at COLLATE "C"), '') FROM (SELECT name || ':' || code || '/' || no AS at FROM lane
	UNION ALL SELECT name || ':' || code || '/' || lane_no || '/' || no FROM stall) AS rows`

// TestKeyOfEqualChildChanges: the database changes the keys of rows that only it finds to refer to a changed key; what else the
// flush writes of them finds them.
func TestKeyOfEqualChildChanges(t *testing.T) {
	t.Parallel()
	for _, k := range []struct{ sqlType, code, same, to string }{
		{"citext", "WEST", "West", "9"}, {"numeric", "1.0", "1.00", "9"}, {"varchar(8) COLLATE loose", "WEST", "West", "9"}, {"char(4)", "w", "w", "9"},
	} {
		eng, f := openFair(t, k.sqlType, k.code, k.same)
		for _, c := range []struct {
			what, want string
			change     func(s *session.Session, l []*Lane, st []*Stall)
		}{
			{"lane deleted", "b:9/2 o:3/1 y:9/2/2", func(s *session.Session, l []*Lane, _ []*Stall) { s.Delete(l[0]) }},
			{"lanes deleted", "o:3/1", func(s *session.Session, l []*Lane, _ []*Stall) { s.Delete(l[0], l[1]) }},
			{"stall deleted", "a:9/1 b:9/2 o:3/1 y:9/2/2", func(s *session.Session, _ []*Lane, st []*Stall) { s.Delete(st[0]) }},
			{"stalls deleted", "a:9/1 b:9/2 o:3/1", func(s *session.Session, _ []*Lane, st []*Stall) { s.Delete(st[0], st[1]) }},
			{"lanes changed", "A:9/1 O:3/1 b:9/2 x:9/1/1 y:9/2/2", func(_ *session.Session, l []*Lane, _ []*Stall) { l[0].Name, l[2].Name = "A", "O" }},
			{"key changed", "a:9/7 b:9/2 o:3/1 x:9/7/1 y:9/2/2", func(_ *session.Session, l []*Lane, _ []*Stall) { l[0].No = 7 }},
			{"stalls changed", "X:9/1/1 Y:9/2/2 a:9/1 b:9/2 o:3/1", func(_ *session.Session, _ []*Lane, st []*Stall) { st[0].Name, st[1].Name = "X", "Y" }},
			{"after a flush", "A:9/1 X:9/1/1 b:9/2 o:3/1", func(s *session.Session, l []*Lane, st []*Stall) {
				ok(t, s.Flush(ctx))
				l[0].Name, st[0].Name = "A", "X"
				s.Delete(st[1])
			}},
		} {
			s := eng.Session()
			m := must[*Market](t)(query.Select(f.markets).Filter(f.markets.Name.Eq("m")).One(ctx, s))
			l := must[[]*Lane](t)(query.Select(f.lanes).OrderBy(f.lanes.Name).All(ctx, s))
			st := must[[]*Stall](t)(query.Select(f.stalls).OrderBy(f.stalls.Name).All(ctx, s))
			m.Code = k.to
			c.change(s, l, st)
			what := k.sqlType + ", " + c.what
			if err := s.Flush(ctx); err != nil {
				t.Errorf("%s: %v", what, err)
			} else {
				stored := must[string](t)(query.Raw[string](allOfFair).One(ctx, s))
				equal(t, what, stored, c.want)
				for _, lane := range l {
					if s.Contains(lane) {
						equal(t, what+": the market is m", must[*Market](t)(lane.Market.Get(ctx)) == m, lane != l[2])
					}
				}
				equal(t, what+": nothing is changed", len(s.Dirty()), 0)
			}
			ok(t, s.Rollback(ctx))
			equal(t, what+": the market is m again", must[*Market](t)(l[0].Market.Get(ctx)), m)
			ok(t, s.Close(ctx))
		}
	}
}

// TestDeleteOfLostKey: where a statement changed a key, a row that may have followed it is not taken for one that is gone.
func TestDeleteOfLostKey(t *testing.T) {
	t.Parallel()
	eng, _ := openFair(t, "citext", "WEST", "West")
	f := fair{}
	f.markets = model.Map("market", func(t *markets) model.Spec {
		return model.Spec{model.PrimaryKey(t.Name), model.Unique(t.Code), model.Type("citext", t.Code)}
	})
	f.lanes = model.Map("lane", func(t *lanes) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code, t.No), model.Type("citext", t.Code), model.ForeignKey(t.Code, f.markets.Code).OnUpdate("CASCADE")}
	})
	f.stalls = model.Map("stall", func(t *stalls) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Code, t.LaneNo, t.No), model.Type("citext", t.Code),
			model.ForeignKeys(model.Refer[string](t.Code, f.lanes.Code), model.Refer[int64](t.LaneNo, f.lanes.No)),
		}
	})
	other := session.NewEngine(eng.Pool(), model.MustSchema(f.markets, f.lanes, f.stalls), session.Options{})
	for _, many := range []bool{false, true} {
		for _, commit := range []bool{false, true} {
			s := begin(t, other)
			must[[]*Market](t)(query.Select(f.markets).All(ctx, s))
			l := must[[]*Lane](t)(query.Select(f.lanes).OrderBy(f.lanes.Name).All(ctx, s))
			must[int64](t)(query.Update(f.markets).Set(f.markets.Code.To("south")).Filter(f.markets.Name.Eq("m")).Exec(ctx, s))
			if s.Delete(l[0]); many {
				s.Delete(l[1])
			}
			write := s.Flush
			if commit {
				write = s.Commit
			}
			is(t, write(ctx), session.ErrStale)
			ok(t, s.Rollback(ctx))
			equal(t, "lanes", count(t, eng, "lane"), 3)
		}
	}
}

// TestRollbackOfImposedForeignKey: a new object whose foreign key followed a changed key, or a deletion, is after a rollback as the
// program made it, and can be added again.
func TestRollbackOfImposedForeignKey(t *testing.T) {
	t.Parallel()
	eng, _, _, _ := openCoast(t)
	for name, change := range map[string]func(s *session.Session, h *Harbor, d *Dock){
		"changed":          func(_ *session.Session, h *Harbor, _ *Dock) { h.Code = "z" },
		"changed by a row": func(_ *session.Session, _ *Harbor, d *Dock) { d.No = 9 },
		"changed by a statement": func(s *session.Session, _ *Harbor, _ *Dock) {
			must[int64](t)(query.Update(Harbors).Set(Harbors.Code.To("z")).Filter(Harbors.Code.Eq("a")).Sync(query.SyncEvaluate).Exec(ctx, s))
		},
		"deleted": func(s *session.Session, _ *Harbor, d *Dock) { s.Delete(d) },
	} {
		s := begin(t, eng)
		h := must[*Harbor](t)(session.Get(ctx, s, Harbors, "a"))
		d := must[*Dock](t)(session.Get(ctx, s, Docks, "a", int64(1)))
		b := &Boat{HarborCode: ptr("a"), DockNo: ptr(int64(1))}
		s.Add(b)
		ok(t, s.Flush(ctx))
		change(s, h, d)
		ok(t, s.Flush(ctx))
		equal(t, name+": the dock of the boat", b.DockNo == nil, name == "deleted")
		ok(t, s.Rollback(ctx))
		if b.HarborCode == nil || *b.HarborCode != "a" || b.DockNo == nil || *b.DockNo != 1 {
			t.Errorf("%s: the foreign key is %v, %v", name, b.HarborCode, b.DockNo)
		}
		s.Add(b)
		ok(t, s.Flush(ctx))
		equal(t, name+": boats", must[int64](t)(query.Select(Boats).Filter(Boats.HarborCode.Eq("a"), Boats.DockNo.Eq(1)).Count(ctx, s)), 3)
		ok(t, s.Rollback(ctx))
	}
}
