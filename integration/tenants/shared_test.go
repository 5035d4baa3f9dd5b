package tenants_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// A table that all tenants share, whose objects know each tenant's, and back.
type (
	Region struct {
		ID    int64
		Name  string
		Shops model.Many[Shop]
	}
	Shop struct {
		ID       int64
		RegionID *int64
		Name     string
		Region   model.One[Region]
	}
	regions struct {
		model.Table[Region]
		ID    expr.Int
		Name  expr.Text
		Shops model.ToMany[Region, Shop]
	}
	shops struct {
		model.Table[Shop]
		ID       expr.Int
		RegionID expr.NullInt
		Name     expr.Text
		Region   model.ToOne[Shop, Region]
	}
)

var (
	Regions = model.Map("region", func(t *regions) model.Spec { return model.Spec{model.PrimaryKey(t.ID), model.InSchema("public")} })
	Shops   = model.Map("shop", func(t *shops) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.RegionID, Regions.ID)}
	})
)

// TestSharedObjects: an object of a table that all share goes from tenant to tenant, and leaves behind what it knows of one's.
func TestSharedObjects(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(Regions, Shops), session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	for _, name := range tenants {
		ok(t, eng.ExecAll(ctx, []string{"CREATE SCHEMA " + pgx.Identifier{name}.Sanitize()}))
		ok(t, eng.Schema().CreateAll(ctx, eng.In(name)))
	}
	r := &Region{Name: "Alps"}
	for i, name := range tenants {
		s := eng.In(name).Session()
		s.Add(r) // a new one the first time
		ok(t, s.Flush(ctx))
		list, err := r.Shops.All(ctx)
		ok(t, err)
		equal(t, "shops", len(list), 0)
		r.Shops.Add(&Shop{Name: name})
		if r.Name = "Alps of " + name; i == 1 {
			changes, err := s.Changes(r)
			ok(t, err)
			equal(t, "changes of a row that is there", len(changes) > 0, true)
		}
		ok(t, s.Commit(ctx))
		ok(t, s.Close(ctx))
		n, err := query.Select(Shops).Filter(Shops.Name.Eq(name)).Count(ctx, eng.In(name))
		ok(t, err)
		equal(t, "shops of "+name, n, 1)
	}
	equal(t, "regions", one[string](t, eng, "SELECT string_agg(name, ';') FROM region"), "Alps of "+tenants[1])

	list, _ := r.Shops.Peek()
	equal(t, "shops that it has", len(list), 1)
	s := eng.In("north").Session()
	r.Shops.Remove(list[0]) // the other tenant's
	s.Add(r)
	is(t, s.Commit(ctx), session.ErrAttach)
	ok(t, s.Close(ctx))
}

// TestRelationsOfAnotherSchema loads nothing of one tenant's into another's objects.
func TestRelationsOfAnotherSchema(t *testing.T) {
	t.Parallel()
	eng := crowd(t, session.Options{}, 2)
	s := eng.In("north").Session()
	c, err := session.Get(ctx, s, Clients, 1)
	ok(t, err)
	other := eng.In(tenants[1])
	is(t, session.LoadRelations(ctx, other, []*Client{c}, Clients.Tags), session.ErrOtherSession)
	s.Expunge(c)
	is(t, session.LoadRelations(ctx, other, []*Client{c}, Clients.Tags), session.ErrAttach)
	_, err = session.Lists(ctx, other, []*Client{c}, Clients.Tags.OrderBy(Tags.Name))
	is(t, err, session.ErrAttach)
	ok(t, session.LoadRelations(ctx, eng.In("north"), []*Client{c}, Clients.Tags))
	tags, err := c.Tags.All(ctx)
	ok(t, err)
	equal(t, "tags", len(tags), 1)
	equal(t, "tag", tags[0].Name, "n-a")
	ok(t, s.Close(ctx))
}
