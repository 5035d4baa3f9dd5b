package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Officers, whose reference to their own table shares a column with their key.
type (
	Officer struct {
		Org, ID int64
		ChiefID *int64
		Name    string
		Chief   model.One[Officer]
		Staff   model.Many[Officer]
	}
	officers struct {
		model.Table[Officer]
		Org, ID expr.Int
		ChiefID expr.NullInt
		Name    expr.Text
		Chief   model.ToOne[Officer, Officer]
		Staff   model.ToMany[Officer, Officer]
	}
)

// TestKeysOfOneTableGoDown: rows whose keys change are written before those of their table that refer to them, or are to.
func TestKeysOfOneTableGoDown(t *testing.T) {
	t.Parallel()
	table := model.Map("officer", func(t *officers) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Org, t.ID),
			model.ForeignKeys(model.Refer[int64](t.Org, t.Org), model.Refer[int64](t.ChiefID, t.ID)).OnUpdate("CASCADE"),
		}
	})
	schema := model.MustSchema(table)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	must[int64](t)(query.ExecRaw(ctx, eng, "INSERT INTO officer VALUES (1, 1, NULL, 'a'), (1, 2, 1, 'b'), (1, 3, 2, 'c'), (2, 1, NULL, 'z')"))
	for _, c := range []struct {
		what, want string
		change     func(s *session.Session, a, b, c, z *Officer)
	}{
		{"org of a, b", "a:5/1 b:5/2^1 c:5/3^2 z:2/1", func(_ *session.Session, a, b, _, _ *Officer) { a.Org, b.Org = 5, 5 }},
		{"org of all", "a:5/1 b:5/2^1 c:5/3^2 z:2/1", func(_ *session.Session, a, b, c, _ *Officer) { a.Org, b.Org, c.Org = 5, 5, 5 }},
		{"id of all", "a:1/8 b:1/7^8 c:1/6^7 z:2/1", func(_ *session.Session, a, b, c, _ *Officer) { a.ID, b.ID, c.ID = 8, 7, 6 }},
		{"org of a, id of b, name of c", "a:5/1 b:5/7^1 n:5/3^7 z:2/1", func(_ *session.Session, a, b, c, _ *Officer) { a.Org, b.ID, c.Name = 5, 7, "n" }},
		{"org and id", "a:5/8 b:5/7^8 c:5/6^7 z:2/1", func(_ *session.Session, a, b, c, _ *Officer) {
			a.Org, b.Org, c.Org, a.ID, b.ID, c.ID = 5, 5, 5, 8, 7, 6
		}},
		{"org of a, c deleted", "a:5/1 b:5/2^1 z:2/1", func(s *session.Session, a, b, c, _ *Officer) {
			a.Org, b.Org = 5, 5
			s.Delete(c)
		}},
		{"to one that moves", "a:1/1 b:4/2^1 c:4/3^2 z:4/1", func(_ *session.Session, _, b, _, z *Officer) {
			b.Chief.Set(z)
			z.Org = 4
		}},
		{"to one that moves, by hand", "a:1/1 b:4/2^1 c:4/3^2 z:4/1", func(_ *session.Session, _, b, _, z *Officer) { b.Org, z.Org = 4, 4 }},
		{"between new rows", "a:1/7^10 b:1/2^7 c:1/3^2 n:1/11^7 u:1/10 z:2/1", func(s *session.Session, a, _, _, _ *Officer) {
			up, down := &Officer{Org: 1, ID: 10, Name: "u"}, &Officer{Org: 1, ID: 11, Name: "n"}
			a.ID = 7
			a.Chief.Set(up)
			down.Chief.Set(a)
			s.Add(down, up)
		}},
		{"a new chief, who refers to one that moves", "a:1/7 b:1/2^10 c:1/3^2 u:1/10^7 z:2/1", func(s *session.Session, a, b, _, _ *Officer) {
			up := &Officer{Org: 1, ID: 10, Name: "u"}
			a.ID = 7
			up.Chief.Set(a)
			b.Chief.Set(up)
			s.Add(up)
		}},
	} {
		for _, order := range []expr.Sortable{table.ID, table.ID.Desc()} {
			s, by := begin(t, eng), map[string]*Officer{}
			for _, o := range must[[]*Officer](t)(query.Select(table).OrderBy(order).All(ctx, s)) {
				by[o.Name] = o
			}
			c.change(s, by["a"], by["b"], by["c"], by["z"])
			if err := s.Flush(ctx); err != nil {
				t.Errorf("%s: %v", c.what, err)
			} else {
				equal(t, c.what, must[string](t)(query.Raw[string](`SELECT string_agg(name || ':' || org || '/' || id || coalesce('^' || chief_id, ''), ' '
					ORDER BY name) FROM officer`).One(ctx, s)), c.want)
				equal(t, c.what+": nothing is changed", len(s.Dirty()), 0)
				for _, o := range by {
					if s.Contains(o) {
						equal(t, c.what+": the object of the key", must[*Officer](t)(session.Get(ctx, s, table, o.Org, o.ID)), o)
					}
				}
			}
			ok(t, s.Rollback(ctx))
		}
	}
}
