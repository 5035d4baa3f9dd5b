package relations_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

func spotNames(t testing.TB, m *model.Many[Spot]) string {
	t.Helper()
	var ns []string
	for _, x := range must[[]*Spot](t)(m.All(ctx)) {
		ns = append(ns, x.Name)
	}
	return strings.Join(ns, " ")
}

// TestGraph: rows of a table with a composite key are linked to each other, in a direction.
func TestGraph(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, market)
	s := begin(t, eng)
	var p [4]*Spot
	for i := range p {
		p[i] = &Spot{X: int32(i), Y: int32(10 * i), Name: fmt.Sprint("s", i)}
	}
	p[0].Next.Add(p[1], p[2], p[0])
	p[2].Next.Add(p[3])
	p[0].Prev.Add(p[3])
	s.Add(p[0])
	equal(t, "s3's next", spotNames(t, &p[3].Next), "s0")
	ok(t, s.Commit(ctx))
	equal(t, "edges", rowsOf(t, eng, "SELECT from_x, to_x FROM edge"), "(0,0) (0,1) (0,2) (2,3) (3,0)")

	s = begin(t, eng)
	rec.take()
	all := must[[]*Spot](t)(query.Select(Spots).OrderBy(Spots.X).Load(Spots.Next, Spots.Prev).All(ctx, s))
	sent(t, rec, "SELECT spot.x, spot.y, spot.name FROM spot ORDER BY spot.x",
		"SELECT cupel.ord, spot.x, spot.y, spot.name FROM spot JOIN edge ON edge.to_x = spot.x AND edge.to_y = spot.y JOIN unnest($1::integer[], $2::integer[]) "+
			"WITH ORDINALITY AS cupel (k1, k2, ord) ON edge.from_x = cupel.k1 AND edge.from_y = cupel.k2 ORDER BY spot.x ASC, spot.y ASC",
		"SELECT cupel.ord, spot.x, spot.y, spot.name FROM spot JOIN edge ON edge.from_x = spot.x AND edge.from_y = spot.y JOIN unnest($1::integer[], $2::integer[]) "+
			"WITH ORDINALITY AS cupel (k1, k2, ord) ON edge.to_x = cupel.k1 AND edge.to_y = cupel.k2 ORDER BY spot.x ASC, spot.y ASC")
	equal(t, "s0's next", spotNames(t, &all[0].Next), "s0 s1 s2")
	equal(t, "s0's prev", spotNames(t, &all[0].Prev), "s0 s3")
	equal(t, "s2's prev", spotNames(t, &all[2].Prev), "s0")

	to := model.Alias(Spots, "nearby")
	got := must[[]string](t)(query.Select(Spots.Name).Filter(Spots.Next.To(to).Any(to.Name.Eq("s2"))).All(ctx, s))
	equal(t, "before s2", strings.Join(got, " "), "s0")
	got = must[[]string](t)(query.Select(to.Name).From(Spots).Join(Spots.Next.To(to)).Filter(Spots.X.Eq(0)).OrderBy(to.X).All(ctx, s))
	equal(t, "after s0", strings.Join(got, " "), "s0 s1 s2")
	got = must[[]string](t)(query.Select(Spots.Name).Filter(Spots.Next.Contains(all[0])).OrderBy(Spots.X).All(ctx, s))
	equal(t, "before s0", strings.Join(got, " "), "s0 s3")
	rec.take()

	all[0].X = 7 // the database changes the edges with the key
	all[0].Next.Remove(all[1])
	all[0].Next.Add(all[3])
	all[0].Prev.Remove(all[0])
	ok(t, s.Commit(ctx))
	equal(t, "edges", rowsOf(t, eng, "SELECT from_x, to_x FROM edge"), "(2,3) (3,7) (7,2) (7,3)")
	all[2].Next.Remove(all[3])
	all[3].Prev.Remove(all[0])
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH changed AS (DELETE FROM edge USING unnest($1::integer[], $2::integer[], $3::integer[], $4::integer[]) AS cupel (v1, v2, v3, v4) "+
		"WHERE edge.from_x = cupel.v1 AND edge.from_y = cupel.v2 AND edge.to_x = cupel.v3 AND edge.to_y = cupel.v4 "+
		"RETURNING edge.from_x AS k1, edge.from_y AS k2, edge.to_x AS k3, edge.to_y AS k4) SELECT …")
	s.Delete(all[0]) // Next is the database's to delete, Prev is not
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec, "DELETE FROM edge WHERE edge.to_x = $1 AND edge.to_y = $2", "WITH changed AS (DELETE FROM spot WHERE …")
	equal(t, "edges", rowsOf(t, eng, "SELECT from_x, to_x FROM edge"), "")
	equal(t, "s3's next", spotNames(t, &all[3].Next), "")
}

// TestOneSided: a many-to-many of which one side only is mapped; objects of the other may go all the same.
func TestOneSided(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, market)
	s := seedMarket(t, eng)
	p := must[[]*Article](t)(query.Select(Articles).OrderBy(Articles.ID).All(ctx, s))
	p[0].Similar.Add(p[1], p[2])
	p[1].Similar.Add(p[2])
	ok(t, s.Commit(ctx))
	equal(t, "rows", rowsOf(t, eng, "TABLE similar_article"), "(1,2) (1,3) (2,3)")
	equal(t, "p1", articleNames(t, &p[0].Similar), "p2 p3")
	rec.take()
	s.Delete(p[2])
	ok(t, s.Flush(ctx))
	sent(t, rec, "DELETE FROM article_topic WHERE article_topic.article_id = $1", "DELETE FROM similar_article WHERE similar_article.article_id = $1",
		"DELETE FROM similar_article WHERE similar_article.similar_id = $1", "DELETE FROM article WHERE article.id = $1")
	equal(t, "p1", articleNames(t, &p[0].Similar), "p2")
	ok(t, s.Rollback(ctx))
	equal(t, "p1", articleNames(t, &p[0].Similar), "p2 p3")
	s.Delete(p[0], p[1])
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec, "DELETE FROM article_topic WHERE article_topic.article_id = ANY($1)", "DELETE FROM similar_article WHERE similar_article.article_id = ANY($1)",
		"DELETE FROM similar_article WHERE similar_article.similar_id = ANY($1)", "WITH changed AS (DELETE FROM article WHERE …")
	equal(t, "rows", rowsOf(t, eng, "TABLE similar_article"), "")
}

func TestReplace(t *testing.T) {
	t.Parallel()
	m := openStall(t)
	ok(t, m.p[0].Topics.Replace(ctx, m.c, nil, m.b, m.c))
	equal(t, "p1", m.p[0].Topics.String(), "(2)")
	all := must[[]*Topic](t)(m.p[0].Topics.All(ctx))
	equal(t, "the first", all[0], m.c)
	m.rec.take()
	ok(t, m.Commit(ctx))
	sent(t, m.rec, "WITH changed AS (DELETE FROM article_topic WHERE article_topic.article_id = $1 AND article_topic.topic_name = $2 RETURNING 1) SELECT …",
		"WITH changed AS (INSERT INTO article_topic (article_id, topic_name) VALUES ($1, $2) RETURNING 1) SELECT …")
	equal(t, "rows", pairs(t, m.eng), "(1,b) (1,c) (2,b)")
	ok(t, m.p[0].Topics.Replace(ctx))
	ok(t, m.Commit(ctx))
	equal(t, "rows", pairs(t, m.eng), "(2,b)")
	x := &Article{Name: "x"}
	ok(t, x.Topics.Replace(ctx, m.a))
	ok(t, x.Topics.Replace(ctx, m.b, m.c))
	m.Add(x)
	ok(t, m.Commit(ctx))
	equal(t, "rows", pairs(t, m.eng), "(2,b) (4,b) (4,c)")
	outside := must[*Article](t)(query.Select(Articles).Filter(Articles.ID.Eq(1)).One(ctx, m.eng))
	is(t, outside.Topics.Replace(ctx), model.ErrDetached)
}

// TestManyToManyFlushesBefore: a query that reads the link table, a list and a condition along the relationship see what is pending.
func TestManyToManyFlushesBefore(t *testing.T) {
	t.Parallel()
	m := openStall(t)
	m.p[2].Topics.Add(m.c)
	got := must[[]string](t)(query.Select(Articles.Name).Filter(Articles.Topics.Any(Topics.Name.Eq("c"))).All(ctx, m))
	equal(t, "with c", strings.Join(got, " "), "p3")
	m.p[1].Topics.Add(m.c)
	got = must[[]string](t)(query.Select(Articles.Name).Filter(Articles.Topics.Contains(m.c)).OrderBy(Articles.ID).All(ctx, m))
	equal(t, "with c", strings.Join(got, " "), "p2 p3")
	m.p[2].Topics.Remove(m.c)
	got = must[[]string](t)(query.Select(Articles.Name).Join(Articles.Topics).Filter(Topics.Name.Eq("c")).All(ctx, m))
	equal(t, "with c", strings.Join(got, " "), "p2")
	m.rec.take()
	m.p[2].Topics.Add(m.c)
	_ = must[[]string](t)(query.Select(Articles.Name).All(ctx, m)) // which does not read it
	sent(t, m.rec, "SELECT article.name FROM article")
	ok(t, m.Rollback(ctx))
	ok(t, m.Commit(ctx))
	equal(t, "rows", pairs(t, m.eng), "(1,a) (1,b) (2,b)")
}

func TestManyToManyOutsideSessions(t *testing.T) {
	t.Parallel()
	m := openStall(t)
	all := must[[]*Article](t)(query.Select(Articles).OrderBy(Articles.ID).Load(Articles.Topics.Load(Topics.Articles)).All(ctx, m.eng))
	equal(t, "p1", topicNames(t, &all[0].Topics), "a b")
	b := must[[]*Topic](t)(all[0].Topics.All(ctx))[1]
	equal(t, "b", articleNames(t, &b.Articles), "p1 p2")
	_, err := json.Marshal(all[0])
	is(t, err, model.ErrCircular)
	all = must[[]*Article](t)(query.Select(Articles).OrderBy(Articles.ID).Load(Articles.Topics).All(ctx, m.eng))
	text := must[[]byte](t)(json.Marshal(all[0]))
	equal(t, "JSON", string(text), `{"ID":1,"Name":"p1","Topics":[{"Name":"a","Rank":null,"Articles":null},{"Name":"b","Rank":null,"Articles":null}],"Similar":null}`)
	var read Article
	ok(t, json.Unmarshal([]byte(`{"Name":"p9","Topics":[{"Name":"x"}]}`), &read))
	m.Add(&read)
	ok(t, m.Commit(ctx))
	equal(t, "rows", rowsOf(t, m.eng, "SELECT topic_name FROM article_topic WHERE article_id > 3"), "(x)")
	is(t, func() error { _, err := all[0].Similar.All(ctx); return err }(), model.ErrDetached)
}
