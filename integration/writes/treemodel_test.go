package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// The mapping of the tests of cascades: three levels, a one-to-one, and rows that the database deletes.
type Top struct {
	ID    int64
	Name  string
	Mids  model.Many[Mid]
	Logs  model.Many[Log]
	Badge model.One[Badge]
}
type Mid struct {
	ID      int64
	Name    string
	TopID   *int64
	Version int64
	Top     model.One[Top]
	Lows    model.Many[Low]
}
type Low struct {
	ID    int64
	Name  string
	MidID *int64
	Mid   model.One[Mid]
}
type Log struct {
	ID    int64
	TopID *int64
	Top   model.One[Top]
}
type Badge struct {
	ID    int64
	Name  string
	TopID *int64
	Top   model.One[Top]
}
type tops struct {
	model.Table[Top]
	ID    expr.Int
	Name  expr.Text
	Mids  model.ToMany[Top, Mid]
	Logs  model.ToMany[Top, Log]
	Badge model.ToOne[Top, Badge]
}
type mids struct {
	model.Table[Mid]
	ID      expr.Int
	Name    expr.Text
	TopID   expr.NullInt
	Version expr.Int
	Top     model.ToOne[Mid, Top]
	Lows    model.ToMany[Mid, Low]
}
type lows struct {
	model.Table[Low]
	ID    expr.Int
	Name  expr.Text
	MidID expr.NullInt
	Mid   model.ToOne[Low, Mid]
}
type logs struct {
	model.Table[Log]
	ID    expr.Int
	TopID expr.NullInt
	Top   model.ToOne[Log, Top]
}
type badges struct {
	model.Table[Badge]
	ID    expr.Int
	Name  expr.Text
	TopID expr.NullInt
	Top   model.ToOne[Badge, Top]
}

var (
	Tops = model.Map("top", func(t *tops) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.DeleteOrphans(t.Mids), model.DatabaseDeletes(t.Logs), model.DeleteOrphans(t.Badge)}
	})
	Mids = model.Map("mid", func(t *mids) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.ForeignKey(t.TopID, Tops.ID), model.Version(t.Version), model.DeleteMembers(t.Lows), model.OrderBy(Tops.Mids, t.ID.Asc())}
	})
	Lows = model.Map("low", func(t *lows) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.ForeignKey(t.MidID, Mids.ID), model.OrderBy(Mids.Lows, t.ID.Asc())}
	})
	Logs = model.Map("log", func(t *logs) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.ForeignKey(t.TopID, Tops.ID).OnDelete("CASCADE")}
	})
	Badges = model.Map("badge", func(t *badges) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.ForeignKey(t.TopID, Tops.ID), model.Unique(t.TopID)}
	})
	treeSchema = model.MustSchema(Tops, Mids, Lows, Logs, Badges)
)

// planted returns a session with two trees, of which the roots are read.
func planted(t *testing.T, eng *session.Engine) (*session.Session, *Top, *Top) {
	t.Helper()
	_, err := eng.Pool().Exec(ctx, "TRUNCATE top, mid, low, log, badge")
	ok(t, err)
	s := eng.Session()
	for i := range int64(2) {
		a := &Top{ID: i + 1, Name: "t"}
		for j := range int64(2) {
			m := &Mid{ID: 10*i + j + 1, Name: "m"}
			m.Lows.Add(&Low{ID: 100*i + 10*j + 1}, &Low{ID: 100*i + 10*j + 2})
			a.Mids.Add(m)
			a.Logs.Add(&Log{ID: 10*i + j + 1})
		}
		a.Badge.Set(&Badge{ID: i + 1, Name: "b"})
		s.Add(a)
	}
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
	s = begin(t, eng)
	return s, must[*Top](t)(session.Get(ctx, s, Tops, 1)), must[*Top](t)(session.Get(ctx, s, Tops, 2))
}

// treeRows is all there is.
const treeRows = `SELECT concat_ws(' | ', (SELECT string_agg(id || name, ' ' ORDER BY id) FROM top), (SELECT string_agg(id || ':' || coalesce(top_id, 0) || 'v' || version, ' ' ORDER BY id) FROM mid),
	(SELECT string_agg(id || ':' || coalesce(mid_id, 0), ' ' ORDER BY id) FROM low), (SELECT string_agg(id || ':' || coalesce(top_id, 0), ' ' ORDER BY id) FROM log), (SELECT string_agg(id || ':' || coalesce(top_id, 0), ' ' ORDER BY id) FROM badge))`
