package relations_test

import (
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// The mapping of tables that are there already: in a schema, with a column that both ends of the link table have, rows that are hidden.
type (
	Tenant struct {
		ID int32
	}
	Member struct {
		TenantID int32
		Email    string
		Teams    model.Many[Team]
	}
	Team struct {
		TenantID int32
		No       int32
		Gone     *time.Time
		Members  model.Many[Member]
		Leaders  model.Many[Member]
	}
	tenants struct {
		model.Table[Tenant]
		ID expr.Int32
	}
	members struct {
		model.Table[Member]
		TenantID expr.Int32
		Email    expr.Text
		Teams    model.ToMany[Member, Team]
	}
	teams struct {
		model.Table[Team]
		TenantID expr.Int32
		No       expr.Int32
		Gone     expr.NullTime
		Members  model.ToMany[Team, Member]
		Leaders  model.ToMany[Team, Member]
	}
)

var (
	Tenants = model.Map("tenant", func(t *tenants) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.InSchema("club")}
	})
	Members = model.Map("Member of", func(t *members) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.TenantID, t.Email), model.ForeignKey(t.TenantID, Tenants.ID), model.Type("club.mail", t.Email), model.InSchema("club"),
		}
	})
	Teams = model.Map("team", func(t *teams) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.TenantID, t.No), model.ForeignKey(t.TenantID, Tenants.ID), model.InSchema("club"), model.Filter(t.Gone.IsNull()),
			model.ManyToMany(t.Members, `in "team"`).InSchema("club").OwnerColumns("tenant", "team").TargetColumns("tenant", "select"),
			model.ManyToMany(t.Leaders, "leader").InSchema("club").OwnerColumns("tenant", "team").TargetColumns("tenant", "leader").OnDelete("CASCADE"),
			model.Inverse(t.Members, Members.Teams), model.OrderBy(Members.Teams, t.No.Asc()),
		}
	})
	club = model.MustSchema(Tenants, Members, Teams)
)

func openClub(t *testing.T) (*session.Engine, *recorder) {
	t.Helper()
	dsn := pgtest.Database(t)
	eng, err := session.Open(ctx, dsn, club, session.Options{})
	ok(t, err)
	_, err = eng.Pool().Exec(ctx, `CREATE EXTENSION IF NOT EXISTS citext; CREATE SCHEMA club; CREATE DOMAIN club.mail AS citext`)
	ok(t, err)
	eng.Close()
	return openDSN(t, dsn, club)
}

func TestLinkTableThatShares(t *testing.T) {
	t.Parallel()
	eng, rec := openClub(t)
	ok(t, club.Verify(ctx, eng))
	s := begin(t, eng)
	a, b := &Member{TenantID: 1, Email: "a@x"}, &Member{TenantID: 1, Email: "b@x"}
	t1, t2 := &Team{TenantID: 1, No: 1}, &Team{TenantID: 1, No: 2}
	s.Add(&Tenant{ID: 1}, &Tenant{ID: 2}, t2)
	t1.Members.Add(a, b)
	t1.Leaders.Add(a)
	b.Teams.Add(t2)
	s.Add(t1)
	ok(t, s.Commit(ctx))
	equal(t, "rows", rowsOf(t, eng, `TABLE club."in ""team"""`), "(1,1,a@x) (1,1,b@x) (1,2,b@x)")
	equal(t, "leaders", rowsOf(t, eng, `TABLE club.leader`), "(1,1,a@x)")

	x := &Member{TenantID: 2, Email: "x@x"}
	t1.Members.Add(x)
	is(t, s.Flush(ctx), session.ErrSharedColumn)
	ok(t, s.Rollback(ctx))

	s = begin(t, eng)
	rec.take()
	ms := must[[]*Member](t)(query.Select(Members).OrderBy(Members.Email).All(ctx, s))
	for i, want := range []int{1, 2} {
		equal(t, "teams of "+ms[i].Email, len(must[[]*Team](t)(ms[i].Teams.All(ctx))), want)
	}
	sent(t, rec, "SELECT …", `SELECT cupel.ord, club.team.tenant_id, club.team.no, club.team.gone FROM club.team JOIN club."in ""team""" ON club."in ""team""".tenant = club.team.tenant_id `+
		`AND club."in ""team""".team = club.team.no JOIN unnest($1::integer[], nullif($2, ARRAY[(NULL::club."in ""team""")."select"])) WITH ORDINALITY AS cupel (k1, k2, ord) `+
		`ON club."in ""team""".tenant = cupel.k1 AND club."in ""team"""."select" = cupel.k2 AND club.team.gone IS NULL ORDER BY club.team.no ASC`)
	got := must[[]string](t)(query.Select(Members.Email).Filter(Members.Teams.Any(Teams.No.Eq(2))).All(ctx, s))
	equal(t, "in team 2", strings.Join(got, " "), "b@x")

	// A team that is hidden is not in a list, and its rows go with its member all the same.
	must[[]*Team](t)(ms[1].Teams.All(ctx))[1].Gone = ptr(time.Now())
	ok(t, s.Commit(ctx))
	equal(t, "teams of b", len(must[[]*Team](t)(ms[1].Teams.All(ctx))), 1)
	got = must[[]string](t)(query.Select(Members.Email).Filter(Members.Teams.Count().Eq(1)).OrderBy(Members.Email).All(ctx, s))
	equal(t, "in one team", strings.Join(got, " "), "a@x b@x")
	own := model.Alias(Teams, "own")
	got = must[[]string](t)(query.Select(Members.Email).LeftJoin(Members.Teams.To(own), own.No.Eq(2)).OrderBy(Members.Email).All(ctx, s))
	equal(t, "left join", strings.Join(got, " "), "a@x b@x")
	s.Delete(ms[1])
	ok(t, s.Commit(ctx))
	equal(t, "rows", rowsOf(t, eng, `TABLE club."in ""team"""`), "(1,1,a@x)")
	team := must[*Team](t)(query.Select(Teams).One(ctx, s))
	ms[0].Email = "A@X" // for the database it is the same key
	ok(t, s.Flush(ctx))
	equal(t, "members", len(must[[]*Member](t)(team.Members.All(ctx))), 1)
	s.Delete(team, ms[0])
	ok(t, s.Commit(ctx))
	equal(t, "rows", rowsOf(t, eng, `TABLE club."in ""team"""`)+rowsOf(t, eng, "TABLE club.leader"), "")
}

// TestLinkTableWithoutKey: a table of pairs that has none of the constraints that the mapping would make.
func TestLinkTableWithoutKey(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, market)
	s := seedMarket(t, eng)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE article_topic DROP CONSTRAINT article_topic_pkey; INSERT INTO article_topic VALUES (1, 'a'); ALTER TABLE article_topic ADD made timestamptz DEFAULT now()")
	ok(t, err)
	if err := market.Verify(ctx, eng); err == nil || !strings.Contains(err.Error(), "article_topic: PrimaryKey (article_id, topic_name)") {
		t.Errorf("Verify says %v", err)
	}
	p := must[[]*Article](t)(query.Select(Articles).OrderBy(Articles.ID).All(ctx, s))
	equal(t, "p1", topicNames(t, &p[0].Topics), "a b")
	a := must[[]*Topic](t)(p[0].Topics.All(ctx))[0]
	p[0].Topics.Remove(a)
	is(t, s.Flush(ctx), session.ErrKeyNotUnique)
	ok(t, s.Rollback(ctx))
	p[1].Topics.Add(a)
	ok(t, s.Commit(ctx))
	s.Delete(p[0])
	ok(t, s.Commit(ctx))
	equal(t, "rows", rowsOf(t, eng, "SELECT article_id, topic_name FROM article_topic"), "(2,a) (2,b)")
}

// TestTriggerKeepsPairOut: a pair that makes no row is an error, and nothing is half written.
func TestTriggerKeepsPairOut(t *testing.T) {
	t.Parallel()
	m := openStall(t)
	_, err := m.eng.Pool().Exec(ctx, `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`)
	ok(t, err)
	ok(t, m.Rollback(ctx))
	_, err = m.eng.Pool().Exec(ctx, `CREATE TRIGGER no BEFORE INSERT ON article_topic FOR EACH ROW WHEN (NEW.topic_name = 'c') EXECUTE FUNCTION no()`)
	ok(t, err)
	m.p[0].Topics.Add(m.c)
	m.p[1].Topics.Add(m.a)
	if err := m.Commit(ctx); err == nil || !strings.Contains(err.Error(), "trigger") {
		t.Errorf("error is %v", err)
	}
	ok(t, m.Rollback(ctx))
	equal(t, "rows", pairs(t, m.eng), "(1,a) (1,b) (2,b)")
}
