package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Pilots and planes, which refer to each other by two columns.
type (
	Pilot struct {
		Org, Code     string
		FavOrg, FavNo *string
		Fav           model.One[Plane]
		Planes        model.Many[Plane]
	}
	Plane struct {
		Org, No             string
		OwnerOrg, OwnerCode string
		Owner               model.One[Pilot]
	}
	pilots struct {
		model.Table[Pilot]
		Org, Code     expr.Text
		FavOrg, FavNo expr.NullText
		Fav           model.ToOne[Pilot, Plane]
		Planes        model.ToMany[Pilot, Plane]
	}
	planes struct {
		model.Table[Plane]
		Org, No, OwnerOrg, OwnerCode expr.Text
		Owner                        model.ToOne[Plane, Pilot]
	}
)

// TestPostUpdateOfEqualKeys: a foreign key that only the server finds equal is taken away, too, before what it refers to is deleted.
func TestPostUpdateOfEqualKeys(t *testing.T) {
	t.Parallel()
	for _, k := range []struct{ sqlType, key, same string }{{"citext", "A", "a"}, {"char(4)", "a", "a"}, {"numeric", "1.0", "1.00"}} {
		var ps *planes
		owners := model.Map("pilot", func(p *pilots) model.Spec {
			ps = model.Map("plane", func(t *planes) model.Spec {
				return model.Spec{
					model.PrimaryKey(t.Org, t.No), model.Type(k.sqlType, t.Org, t.No, t.OwnerOrg, t.OwnerCode),
					model.ForeignKeys(model.Refer[string](t.OwnerOrg, p.Org), model.Refer[string](t.OwnerCode, p.Code)),
				}
			})
			return model.Spec{
				model.PrimaryKey(p.Org, p.Code), model.Type(k.sqlType, p.Org, p.Code, p.FavOrg, p.FavNo),
				model.ForeignKeys(model.Refer[string](p.FavOrg, ps.Org), model.Refer[string](p.FavNo, ps.No)),
				model.PostUpdate(p.Fav), model.DeleteMembers(p.Planes),
			}
		})
		schema := model.MustSchema(owners, ps)
		eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
		ok(t, err)
		t.Cleanup(eng.Close)
		must[int64](t)(query.ExecRaw(ctx, eng, "CREATE EXTENSION citext"))
		ok(t, schema.CreateAll(ctx, eng))
		s := begin(t, eng)
		p := &Pilot{Org: k.key, Code: k.same}
		for _, no := range []string{k.key, "7"} {
			plane := &Plane{Org: k.key, No: no}
			p.Planes.Add(plane)
			p.Fav.Set(plane)
		}
		s.Add(p)
		ok(t, s.Commit(ctx))
		s.Delete(p) // as it was added
		ok(t, s.Flush(ctx))
		equal(t, k.sqlType+": planes", must[int64](t)(query.Select(ps).Count(ctx, s)), 0)
		ok(t, s.Rollback(ctx))

		must[int64](t)(query.ExecRaw(ctx, eng, "UPDATE pilot SET fav_org = ?, fav_no = ?", k.same, k.same))
		s = begin(t, eng)
		s.Delete(must[*Pilot](t)(query.Select(owners).One(ctx, s)))
		ok(t, s.Commit(ctx))
		equal(t, k.sqlType+": pilots", count(t, eng, "pilot")+count(t, eng, "plane"), 0)
	}
}
