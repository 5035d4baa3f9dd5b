package tenants_test

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

var ctx = context.Background()

// The mapping of a tenant: an enum and a trigger of its own, link table, composite and natural keys, and a table that all share.
type (
	Country struct {
		Code string
		Name string
	}
	Client struct {
		ID      int64
		Name    string
		Mood    string
		Code    *string
		Version int64
		Country model.One[Country]
		Orders  model.Many[Order]
		Tags    model.Many[Tag]
	}
	Order struct {
		ClientID int64
		No       int32
		Total    int64
		Note     string
		Client   model.One[Client]
	}
	Tag struct {
		Name    string
		Clients model.Many[Client]
	}
	countries struct {
		model.Table[Country]
		Code expr.Text
		Name expr.Text
	}
	clients struct {
		model.Table[Client]
		ID      expr.Int
		Name    expr.Text
		Mood    expr.Text
		Code    expr.NullText
		Version expr.Int
		Country model.ToOne[Client, Country]
		Orders  model.ToMany[Client, Order]
		Tags    model.ToMany[Client, Tag]
	}
	orders struct {
		model.Table[Order]
		ClientID expr.Int
		No       expr.Int32
		Total    expr.Int
		Note     expr.Text
		Client   model.ToOne[Order, Client]
	}
	tags struct {
		model.Table[Tag]
		Name    expr.Text
		Clients model.ToMany[Tag, Client]
	}
)

var (
	Countries = model.Map("country", func(t *countries) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code), model.InSchema("public")}
	})
	Clients = model.Map("client", func(t *clients) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("mood", t.Mood), model.Version(t.Version),
			model.ForeignKey(t.Code, Countries.Code), model.ManyToMany(t.Tags, "client_tag"),
		}
	})
	Orders = model.Map("order", func(t *orders) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ClientID, t.No), model.ForeignKey(t.ClientID, Clients.ID), model.OrderBy(Clients.Orders, t.No.Asc()),
			model.DeleteMembers(Clients.Orders), model.Deferred(t.Note),
		}
	})
	Tags = model.Map("tag", func(t *tags) model.Spec {
		return model.Spec{model.PrimaryKey(t.Name), model.Inverse(Clients.Tags, t.Clients)}
	})
	office = model.MustSchema(Countries, Clients, Orders, Tags)
)

// tenants are names of schemas.
var tenants = []string{"north", `So"uth /* 7`}

// open returns an engine on a database of which each tenant has the tables, and nobody else.
func open(t testing.TB, o session.Options) *session.Engine {
	t.Helper()
	o.MaxConns = 3
	eng, err := session.Open(ctx, pgtest.Database(t), office, o)
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, eng.ExecAll(ctx, []string{"CREATE TABLE country (code text PRIMARY KEY, name text NOT NULL)", "INSERT INTO country VALUES ('de', 'Germany'), ('fr', 'France')"}))
	for i, name := range tenants {
		make1(t, eng, name, i)
	}
	return eng
}

// make1 makes what a tenant has. The enum is another type with the same name in each, with its values in another order.
func make1(t testing.TB, eng *session.Engine, name string, i int) {
	t.Helper()
	quoted := pgx.Identifier{name}.Sanitize()
	ok(t, eng.ExecAll(ctx, []string{"CREATE SCHEMA " + quoted}))
	in := eng.In(name)
	moods := []string{"'calm', 'glad'", "'glad', 'calm'"}[i%2]
	ok(t, in.ExecAll(ctx, []string{"CREATE TYPE mood AS ENUM (" + moods + ")", "CREATE TABLE audit (what text)"}))
	ok(t, office.CreateAll(ctx, in))
	ok(t, in.ExecAll(ctx, []string{
		"CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO audit VALUES (TG_OP || ' ' || NEW.name); RETURN NEW; END$$",
		"CREATE TRIGGER told AFTER INSERT OR UPDATE ON client FOR EACH ROW EXECUTE FUNCTION told()",
	}))
	ok(t, office.Verify(ctx, in))
}
