package relations_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// stall is what seedMarket stores, in a session.
type stall struct {
	*session.Session
	eng     *session.Engine
	p       []*Article // p1 to p3
	a, b, c *Topic
	rec     *recorder
}

func openStall(t testing.TB) *stall {
	t.Helper()
	eng, rec := openOn(t, market)
	m := &stall{Session: seedMarket(t, eng), eng: eng, rec: rec}
	m.read(t)
	return m
}

// read reads the objects in a new session, without lists.
func (m *stall) read(t testing.TB) {
	t.Helper()
	m.Session = begin(t, m.eng)
	m.p = must[[]*Article](t)(query.Select(Articles).OrderBy(Articles.ID).All(ctx, m))
	topics := must[[]*Topic](t)(query.Select(Topics).OrderBy(Topics.Name).All(ctx, m))
	m.a, m.b, m.c = topics[0], topics[1], topics[2]
	m.rec.take()
}

// TestManyToManySteps: changes of one side or both, with lists that are loaded or not, and what a rollback makes of them.
func TestManyToManySteps(t *testing.T) {
	t.Parallel()
	eng, rec := openOn(t, market)
	for _, tc := range []struct {
		name string
		do   func(m *stall)
		p1   string // what p1 has then
		b    string // what b has then
		rows string
		err  error
	}{
		{"nothing", func(*stall) {}, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"add", func(m *stall) { m.p[0].Topics.Add(m.c) }, "a b c", "p1 p2", "(1,a) (1,b) (1,c) (2,b)", nil},
		{"add from the other side", func(m *stall) { m.b.Articles.Add(m.p[2]) }, "a b", "p1 p2 p3", "(1,a) (1,b) (2,b) (3,b)", nil},
		{"add on both sides", func(m *stall) { m.b.Articles.Add(m.p[2]); m.p[2].Topics.Add(m.b) }, "a b", "p1 p2 p3", "(1,a) (1,b) (2,b) (3,b)", nil},
		{"add twice", func(m *stall) { m.p[2].Topics.Add(m.b, m.b); m.p[2].Topics.Add(m.b) }, "a b", "p1 p2 p3", "(1,a) (1,b) (2,b) (3,b)", nil},
		{"remove", func(m *stall) { m.p[0].Topics.Remove(m.b) }, "a", "p2", "(1,a) (2,b)", nil},
		{"remove on both sides", func(m *stall) { m.p[0].Topics.Remove(m.b); m.b.Articles.Remove(m.p[0]) }, "a", "p2", "(1,a) (2,b)", nil},
		{"remove all", func(m *stall) { m.p[0].Topics.Remove(m.a, m.b); m.b.Articles.Remove(m.p[1]) }, "", "", "", nil},
		{"add and remove", func(m *stall) { m.p[0].Topics.Add(m.c); m.p[0].Topics.Remove(m.c) }, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"add here, remove there", func(m *stall) { m.p[2].Topics.Add(m.b); m.b.Articles.Remove(m.p[2]) }, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"remove and add", func(m *stall) { m.p[0].Topics.Remove(m.b); m.p[0].Topics.Add(m.b) }, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"remove here, add there", func(m *stall) { m.p[0].Topics.Remove(m.b); m.b.Articles.Add(m.p[0]) }, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"add, remove, add", func(m *stall) { m.p[2].Topics.Add(m.b); m.p[2].Topics.Remove(m.b); m.p[2].Topics.Add(m.b) }, "a b", "p1 p2 p3", "(1,a) (1,b) (2,b) (3,b)", nil},
		{"remove, add, remove", func(m *stall) { m.p[0].Topics.Remove(m.b); m.p[0].Topics.Add(m.b); m.p[0].Topics.Remove(m.b) }, "a", "p2", "(1,a) (2,b)", nil},
		{"a new one", func(m *stall) { m.p[0].Topics.Add(&Topic{Name: "d"}) }, "a b d", "p1 p2", "(1,a) (1,b) (1,d) (2,b)", nil},
		{"a new one comes and goes", func(m *stall) { x := &Topic{Name: "d"}; m.p[0].Topics.Add(x); m.p[0].Topics.Remove(x) }, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"a new one deleted", func(m *stall) { x := &Topic{Name: "d"}; m.p[0].Topics.Add(x); m.Delete(x) }, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"expunged", func(m *stall) { m.p[0].Topics.Add(m.c); m.Expunge(m.c) }, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"delete", func(m *stall) { m.Delete(m.b) }, "a", "", "(1,a)", nil},
		{"delete of both", func(m *stall) { m.Delete(m.b, m.a, m.p[1]) }, "", "", "", nil},
		{"remove and delete", func(m *stall) { m.p[0].Topics.Remove(m.b); m.Delete(m.b) }, "a", "", "(1,a)", nil},
		{"add and delete", func(m *stall) { m.p[0].Topics.Add(m.c); m.Delete(m.c) }, "a b", "p1 p2", "(1,a) (1,b) (2,b)", nil},
		{"delete and keep", func(m *stall) { m.p[0].Topics.Add(m.c); m.Delete(m.c); m.Add(m.c) }, "a b c", "p1 p2", "(1,a) (1,b) (1,c) (2,b)", nil},
		{"the same key again", func(m *stall) {
			m.Delete(m.b)
			again := &Topic{Name: "b"}
			m.p[0].Topics.Add(again)
			m.p[2].Topics.Add(again)
			m.b = again
		}, "a b", "p1 p3", "(1,a) (1,b) (3,b)", nil},
		{"expired", func(m *stall) { m.p[0].Topics.Add(m.c); m.Expire(m.p[0]) }, "a b c", "p1 p2", "(1,a) (1,b) (1,c) (2,b)", nil},
		{"refreshed", func(m *stall) { m.p[0].Topics.Add(m.c); ok(t, m.Refresh(ctx, m.p[0])) }, "a b c", "p1 p2", "(1,a) (1,b) (1,c) (2,b)", nil},
		{"a key that changes", func(m *stall) { m.c.Name = "z"; m.p[0].Topics.Add(m.c) }, "a b z", "p1 p2", "(1,a) (1,b) (1,z) (2,b)", nil},
		{"both change", func(m *stall) { m.p[1].Topics.Remove(m.b); m.p[1].Topics.Add(m.a); m.p[1].Name = "q" }, "a b", "p1", "(1,a) (1,b) (2,a)", nil},
	} {
		for _, how := range []struct {
			name string
			load func(m *stall)
		}{
			{"unloaded", func(*stall) {}},
			{"articles' lists", func(m *stall) { topicNames(t, &m.p[0].Topics) }},
			{"topics' lists", func(m *stall) { articleNames(t, &m.b.Articles) }},
			{"loaded", func(m *stall) { topicNames(t, &m.p[0].Topics); articleNames(t, &m.b.Articles) }},
		} {
			t.Run(tc.name+"/"+how.name, func(t *testing.T) {
				m := &stall{eng: eng, rec: rec}
				reseed := func() {
					_, err := eng.Pool().Exec(ctx, "TRUNCATE article, topic, article_topic, similar_article RESTART IDENTITY")
					ok(t, err)
					seedMarket(t, eng)
				}
				reseed()
				m.read(t)
				how.load(m)
				tc.do(m)
				p1, b := m.p[0], m.b
				ok(t, m.Flush(ctx))
				if !m.deleted(b) {
					equal(t, "b", articleNames(t, &b.Articles), tc.b)
				}
				equal(t, "p1", topicNames(t, &p1.Topics), tc.p1)
				ok(t, m.Commit(ctx))
				equal(t, "rows", pairs(t, eng), tc.rows)
				equal(t, "p1, loaded", topicNames(t, &p1.Topics), tc.p1)
				ok(t, m.Close(ctx))
				reseed()
				m.read(t)
				how.load(m)
				p1 = m.p[0]
				tc.do(m)
				ok(t, m.Flush(ctx))
				ok(t, m.Rollback(ctx))
				equal(t, "rows after a rollback", pairs(t, eng), "(1,a) (1,b) (2,b)")
				equal(t, "p1 after a rollback", topicNames(t, &p1.Topics), "a b")
				ok(t, m.Commit(ctx))
				equal(t, "rows after a rollback and a commit", pairs(t, eng), "(1,a) (1,b) (2,b)")
				ok(t, m.Close(ctx))
			})
		}
	}
}

func (m *stall) deleted(x *Topic) bool { return !m.Contains(x) }

// TestManyToManyStale: a pair that is not there cannot be removed, and one that is there cannot be added.
func TestManyToManyStale(t *testing.T) {
	t.Parallel()
	m := openStall(t)
	m.p[2].Topics.Remove(m.b)
	err := m.Flush(ctx)
	is(t, err, session.ErrStale)
	t.Log(err)
	ok(t, m.Rollback(ctx))
	m.p[0].Topics.Add(m.b)
	err = m.Commit(ctx)
	var unique *session.UniqueError
	if !errors.As(err, &unique) || unique.Table != "article_topic" {
		t.Errorf("error is %v", err)
	}
	t.Log(err)
	ok(t, m.Rollback(ctx))
	equal(t, "p1", topicNames(t, &m.p[0].Topics), "a b")
	ok(t, m.Commit(ctx))
}
