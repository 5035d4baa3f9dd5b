package session_test

import (
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Gauge has a default for every column. The database may not have NULL in them.
type (
	Gauge[B, N, T, D any] struct {
		ID     int64
		On     B
		Level  N
		Label  T
		Period D
	}
	gauges[B, N, T, D any] struct {
		model.Table[Gauge[B, N, T, D]]
		ID     expr.Int
		On     expr.Bool
		Level  expr.Int
		Label  expr.Text
		Period expr.Interval
	}
	// pointers tell zero from not set, plain fields do not.
	pointerGauge = Gauge[*bool, *int64, *string, *time.Duration]
	plainGauge   = Gauge[bool, int64, string, time.Duration]
)

// mapGauges maps a table with defaults of one kind that are not zero.
func mapGauges[B, N, T, D any](table, kind string, zeroIsUnset bool) *gauges[B, N, T, D] {
	return model.Map(table, func(t *gauges[B, N, T, D]) model.Spec {
		spec := model.Spec{model.PrimaryKey(t.ID)}
		switch kind {
		case "Default":
			spec = append(spec, model.Default(t.On, func() bool { return true }), model.Default(t.Level, func() int64 { return 7 }),
				model.Default(t.Label, func() string { return "new" }), model.Default(t.Period, func() time.Duration { return time.Hour }))
		case "DefaultExpr":
			spec = append(spec, model.DefaultExpr(t.On, expr.Val(true)), model.DefaultExpr(t.Level, expr.Val(int64(7))),
				model.DefaultExpr(t.Label, expr.Lower(expr.Val("NEW"))), model.DefaultExpr(t.Period, expr.Val(time.Hour)))
		case "ServerDefault":
			spec = append(spec, model.ServerDefault(t.On, "true"), model.ServerDefault(t.Level, "7"),
				model.ServerDefault(t.Label, "'new'"), model.ServerDefault(t.Period, "'1 hour'"))
		}
		if zeroIsUnset {
			spec = append(spec, model.ZeroIsUnset(t.On, t.Level, t.Label, t.Period))
		}
		return spec
	})
}

const (
	zeros    = "false 0  00:00:00"
	defaults = "true 7 new 01:00:00"
)

// gauged checks what the row of an object holds.
func gauged(t *testing.T, eng *session.Engine, what string, id int64, want string) {
	t.Helper()
	var got string
	ok(t, eng.Pool().QueryRow(ctx, `SELECT concat_ws(' ', CASE WHEN "on" THEN 'true' ELSE 'false' END, level, label, period) FROM gauge WHERE id = $1`, id).Scan(&got))
	equal(t, what, got, want)
}

func gaugeEngine(t *testing.T, tables ...model.Mapped) *session.Engine {
	t.Helper()
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(tables...), session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, eng.Schema().CreateAll(ctx, eng))
	return eng
}

// TestZerosAreStored: of a pointer nil is not set and a zero is stored, whatever kind of default the column has, one row or many, in a
// session and without.
func TestZerosAreStored(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"Default", "DefaultExpr", "ServerDefault"} {
		g := mapGauges[*bool, *int64, *string, *time.Duration]("gauge", kind, false)
		eng := gaugeEngine(t, g)
		zero := func() *pointerGauge {
			return &pointerGauge{On: new(false), Level: new(int64(0)), Label: new(""), Period: new(time.Duration(0))}
		}
		s := begin(t, eng)
		alone := zero()
		s.Add(alone)
		ok(t, s.Commit(ctx))
		gauged(t, eng, kind, alone.ID, zeros)
		many := []*pointerGauge{zero(), {}, zero(), {}}
		s.Add(many[0], many[1], many[2], many[3])
		ok(t, s.Commit(ctx))
		for i, g := range many {
			gauged(t, eng, kind+", many", g.ID, []string{zeros, defaults}[i%2])
			equal(t, kind+", in the object", *g.On && *g.Level == 7 && *g.Label == "new" && *g.Period == time.Hour, i%2 == 1)
		}
		bulk := []*pointerGauge{zero(), {}, zero()}
		ok(t, session.BulkInsert(ctx, eng, g, bulk...))
		for i, g := range bulk {
			gauged(t, eng, kind+", BulkInsert", g.ID, []string{zeros, defaults}[i%2])
		}
	}
}

// TestZeroIsUnset: where the mapping says so, an object with zeros gets the defaults, and what is given outright is stored: by Set, by
// query.Insert and query.Update, by BulkUpdate, and by changing an object that has a row.
func TestZeroIsUnset(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"Default", "DefaultExpr", "ServerDefault"} {
		g := mapGauges[bool, int64, string, time.Duration]("gauge", kind, true)
		eng := gaugeEngine(t, g)
		given := []expr.Assignment{g.On.To(false), g.Level.To(0), g.Label.To(""), g.Period.To(0)}
		s := begin(t, eng)
		unset, set := &plainGauge{}, &plainGauge{}
		s.Add(unset, set)
		s.Set(set, given...)
		ok(t, s.Commit(ctx))
		gauged(t, eng, kind, unset.ID, defaults)
		gauged(t, eng, kind+", Set", set.ID, zeros)
		equal(t, kind+", Set, in the object", *set, plainGauge{ID: set.ID})

		unset.On, unset.Level, unset.Label, unset.Period = false, 0, "", 0
		ok(t, s.Commit(ctx))
		gauged(t, eng, kind+", changed", unset.ID, zeros)

		id := must[int64](t)(query.Returning(query.Insert(g).Values(given...), g.ID).One(ctx, eng))
		gauged(t, eng, kind+", query.Insert", id, zeros)
		id = must[int64](t)(query.Returning(query.Insert(g).DefaultValues(), g.ID).One(ctx, eng))
		gauged(t, eng, kind+", query.Insert of nothing", id, defaults)
		must[int64](t)(query.Update(g).Set(given...).Filter(g.ID.Eq(id)).Exec(ctx, eng))
		gauged(t, eng, kind+", query.Update", id, zeros)

		more := &plainGauge{}
		ok(t, session.BulkInsert(ctx, eng, g, more))
		gauged(t, eng, kind+", BulkInsert", more.ID, defaults)
		ok(t, session.BulkUpdate(ctx, eng, g, []*plainGauge{{ID: more.ID}}, g.On, g.Level, g.Label, g.Period))
		gauged(t, eng, kind+", BulkUpdate", more.ID, zeros)
	}
}

// TestOnUpdateKeepsZeros: a change to zero is a change, which OnUpdate and OnUpdateExpr leave alone.
func TestOnUpdateKeepsZeros(t *testing.T) {
	t.Parallel()
	g := model.Map("gauge", func(t *gauges[bool, int64, string, time.Duration]) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.OnUpdate(t.On, func() bool { return true }), model.OnUpdate(t.Level, func() int64 { return 7 }),
			model.OnUpdateExpr(t.Label, expr.Lower(expr.Val("NEW"))), model.OnUpdateExpr(t.Period, expr.Val(time.Hour)),
		}
	})
	eng := gaugeEngine(t, g)
	s := begin(t, eng)
	all := []*plainGauge{{On: true, Level: 1, Label: "a", Period: time.Second}, {On: true, Level: 1, Label: "b", Period: time.Second}}
	s.Add(all[0], all[1])
	ok(t, s.Commit(ctx))
	for _, o := range all {
		o.On, o.Level, o.Label, o.Period = false, 0, "", 0
	}
	ok(t, s.Commit(ctx))
	for _, o := range all {
		gauged(t, eng, "changed to zero", o.ID, zeros)
	}
	all[0].Level = 1
	ok(t, s.Commit(ctx))
	gauged(t, eng, "changed elsewhere", all[0].ID, "true 1 new 01:00:00")
}
