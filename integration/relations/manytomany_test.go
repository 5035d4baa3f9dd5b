package relations_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// pairs returns the rows of article_topic.
func pairs(t testing.TB, eng *session.Engine) string {
	t.Helper()
	return rowsOf(t, eng, "TABLE article_topic")
}

// names returns the names of a list, which is loaded where it is not.
func topicNames(t testing.TB, m *model.Many[Topic]) string {
	t.Helper()
	var ns []string
	for _, x := range must[[]*Topic](t)(m.All(ctx)) {
		ns = append(ns, x.Name)
	}
	slices.Sort(ns)
	return strings.Join(ns, " ")
}

func articleNames(t testing.TB, m *model.Many[Article]) string {
	t.Helper()
	var ns []string
	for _, x := range must[[]*Article](t)(m.All(ctx)) {
		ns = append(ns, x.Name)
	}
	slices.Sort(ns)
	return strings.Join(ns, " ")
}

// seedMarket stores articles p1 to p3 and topics a to c: p1 has a and b, p2 has b.
func seedMarket(t testing.TB, eng *session.Engine) *session.Session {
	t.Helper()
	s := begin(t, eng)
	a, b, c := &Topic{Name: "a"}, &Topic{Name: "b"}, &Topic{Name: "c"}
	p1, p2, p3 := &Article{Name: "p1"}, &Article{Name: "p2"}, &Article{Name: "p3"}
	p1.Topics.Add(a, b)
	p2.Topics.Add(b)
	s.Add(p1, p2, p3, c)
	ok(t, s.Commit(ctx))
	return begin(t, eng)
}

func TestManyToManyDDL(t *testing.T) {
	t.Parallel()
	ddl := market.DDL()
	want := "CREATE TABLE article_topic (\n\tarticle_id bigint NOT NULL,\n\ttopic_name text NOT NULL,\n\tPRIMARY KEY (article_id, topic_name)," +
		"\n\tFOREIGN KEY (article_id) REFERENCES article (id),\n\tFOREIGN KEY (topic_name) REFERENCES topic (name)\n)"
	if !slices.Contains(ddl, want) {
		t.Errorf("DDL is\n%s", strings.Join(ddl, "\n"))
	}
	eng, _ := openOn(t, market)
	ok(t, market.Verify(ctx, eng))
	ok(t, market.DropAll(ctx, eng))
	equal(t, "tables", rowsOf(t, eng, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"), "")
}

func TestManyToManyInsertAndLoad(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, market)
	s := begin(t, eng)
	a, b := &Topic{Name: "a"}, &Topic{Name: "b"}
	p1, p2 := &Article{Name: "p1"}, &Article{Name: "p2"}
	p1.Topics.Add(a, b, a)
	s.Add(p1)
	b.Articles.Add(p2)
	equal(t, "p2's topics", topicNames(t, &p2.Topics), "b")
	equal(t, "b's articles", articleNames(t, &b.Articles), "p1 p2")
	ok(t, s.Commit(ctx))
	equal(t, "pairs", pairs(t, eng), "(1,a) (1,b) (2,b)")
	sent(t, rec, "INSERT INTO article (name) SELECT …", "INSERT INTO topic (name, rank) SELECT …",
		"WITH changed AS (INSERT INTO article_topic (article_id, topic_name) SELECT cupel.article_id, cupel.topic_name FROM unnest(…")

	s = begin(t, eng)
	all := must[[]*Article](t)(query.Select(Articles).OrderBy(Articles.ID).All(ctx, s))
	equal(t, "p1's topics", topicNames(t, &all[0].Topics), "a b")
	equal(t, "p2's topics", topicNames(t, &all[1].Topics), "b")
	sent(t, rec, "SELECT article.id, article.name FROM article ORDER BY article.id",
		"SELECT cupel.ord, topic.name, topic.rank FROM topic JOIN article_topic ON article_topic.topic_name = topic.name "+
			"JOIN unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) ON article_topic.article_id = cupel.k1 ORDER BY topic.rank ASC, topic.name ASC")
	p := must[*Article](t)(session.Get(ctx, begin(t, eng), Articles, 1))
	equal(t, "p1's topics", topicNames(t, &p.Topics), "a b")
	sent(t, rec, "SELECT article.id, …",
		"SELECT topic.name, topic.rank FROM topic JOIN article_topic ON article_topic.topic_name = topic.name WHERE article_topic.article_id = $1 ORDER BY topic.rank ASC, topic.name ASC")
}

func TestManyToManyQueries(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, market)
	s := seedMarket(t, eng)
	rec.take()
	names := func(q query.Query[string]) string {
		t.Helper()
		return strings.Join(must[[]string](t)(q.All(ctx, s)), " ")
	}
	p := query.Select(Articles.Name).OrderBy(Articles.ID)
	equal(t, "any", names(p.Filter(Articles.Topics.Any(Topics.Name.Eq("a")))), "p1")
	equal(t, "none", names(p.Filter(Articles.Topics.None())), "p3")
	equal(t, "count", names(p.Filter(Articles.Topics.Count().Eq(2))), "p1")
	b := must[*Topic](t)(session.Get(ctx, s, Topics, "b"))
	equal(t, "contains", names(p.Filter(Articles.Topics.Contains(b))), "p1 p2")
	equal(t, "join", names(p.Join(Articles.Topics).Filter(Topics.Name.Eq("b"))), "p1 p2")
	equal(t, "join with a condition", names(p.Join(Articles.Topics, Topics.Name.Eq("a"))), "p1")
	equal(t, "left join", names(p.LeftJoin(Articles.Topics, Topics.Name.Eq("a"))), "p1 p2 p3")
	equal(t, "from the topic", strings.Join(must[[]string](t)(query.Select(Topics.Name).Filter(Topics.Articles.Any(Articles.Name.Eq("p2"))).All(ctx, s)), " "), "b")
	other := model.Alias(Topics, "other")
	equal(t, "both", names(p.Join(Articles.Topics).Join(Articles.Topics.To(other)).Filter(Topics.Name.Eq("a"), other.Name.Eq("b"))), "p1")
	equal(t, "right join", len(must[[]*string](t)(query.Select(Articles.Name.OrNull()).RightJoin(Articles.Topics, Topics.Name.Eq("b")).All(ctx, s))), 4)
	_, err := query.Select2(Articles.Name, Topics.Name).LeftJoin(Articles.Topics).All(ctx, s)
	if err == nil || !strings.Contains(err.Error(), "OrNull") {
		t.Errorf("a column that may be NULL: %v", err)
	}
	_, err = p.FullJoin(Articles.Topics).All(ctx, s)
	if err == nil || !strings.Contains(err.Error(), "FullJoin along a many-to-many") {
		t.Errorf("FULL JOIN: %v", err)
	}
	sent(t, rec, "BEGIN",
		"SELECT article.name FROM article WHERE EXISTS (SELECT 1 FROM topic, article_topic WHERE article_topic.article_id = article.id AND article_topic.topic_name = topic.name AND topic.name = $1) ORDER BY article.id",
		"SELECT article.name FROM article WHERE NOT EXISTS (SELECT 1 FROM topic, article_topic WHERE article_topic.article_id = article.id AND article_topic.topic_name = topic.name) ORDER BY article.id",
		"SELECT article.name FROM article WHERE (SELECT count(*) FROM topic, article_topic WHERE article_topic.article_id = article.id AND article_topic.topic_name = topic.name) = $1 ORDER BY article.id",
		"SELECT topic.name, topic.rank FROM topic WHERE topic.name = $1",
		"SELECT article.name FROM article WHERE EXISTS (SELECT 1 FROM article_topic WHERE article_topic.article_id = article.id AND article_topic.topic_name = $1) ORDER BY article.id",
		"SELECT article.name FROM article JOIN article_topic ON article_topic.article_id = article.id JOIN topic ON article_topic.topic_name = topic.name WHERE topic.name = $1 ORDER BY article.id",
		"SELECT article.name FROM article JOIN article_topic ON article_topic.article_id = article.id JOIN topic ON article_topic.topic_name = topic.name AND topic.name = $1 ORDER BY article.id",
		"SELECT article.name FROM article LEFT OUTER JOIN (article_topic JOIN topic ON article_topic.topic_name = topic.name) ON article_topic.article_id = article.id AND topic.name = $1 ORDER BY article.id",
		"SELECT topic.name FROM topic WHERE EXISTS (SELECT 1 FROM article, article_topic WHERE article_topic.topic_name = topic.name AND article_topic.article_id = article.id AND article.name = $1)",
		"SELECT article.name FROM article JOIN article_topic ON article_topic.article_id = article.id JOIN topic ON article_topic.topic_name = topic.name "+
			"JOIN article_topic AS other_article_topic ON other_article_topic.article_id = article.id JOIN topic AS other ON other_article_topic.topic_name = other.name WHERE topic.name = $1 AND other.name = $2 ORDER BY article.id",
		"SELECT article.name FROM article JOIN article_topic ON article_topic.article_id = article.id RIGHT OUTER JOIN topic ON article_topic.topic_name = topic.name AND topic.name = $1")
}
