package relations_test

import (
	"encoding/json"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestMergeManyToMany: a given list of a many-to-many is all there is, a changed one that was not loaded is changed.
func TestMergeManyToMany(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, market)
	s := seedMarket(t, eng)
	var given Article
	ok(t, json.Unmarshal([]byte(`{"ID": 1, "Name": "p1", "Topics": [{"Name": "b"}, {"Name": "new"}], "Similar": [{"ID": 3, "Name": "p3"}]}`), &given))
	got := must[*Article](t)(session.Merge(ctx, s, &given))
	ok(t, s.Commit(ctx))
	equal(t, "pairs", pairs(t, eng), "(1,b) (1,new) (2,b)")
	equal(t, "graph", rowsOf(t, eng, "TABLE similar_article"), "(1,3)")
	equal(t, "topics", topicNames(t, &got.Topics), "b new")
	_ = must[*Article](t)(session.Merge(ctx, s, &given))
	equal(t, "dirty", len(s.Dirty())+len(s.New()), 0)
	ok(t, s.Commit(ctx))
	equal(t, "the same again", pairs(t, eng), "(1,b) (1,new) (2,b)")

	from := begin(t, eng)
	a, b := must[*Article](t)(session.Get(ctx, from, Articles, 2)), must[*Topic](t)(session.Get(ctx, from, Topics, "b"))
	c := must[*Topic](t)(session.Get(ctx, from, Topics, "c"))
	ok(t, from.Close(ctx))
	a.Topics.Add(c)
	a.Topics.Remove(b)
	_ = must[*Article](t)(session.Merge(ctx, s, a))
	ok(t, s.Commit(ctx))
	equal(t, "changed without being loaded", pairs(t, eng), "(1,b) (1,new) (2,c)")

	spot := &Spot{X: 1, Y: 2, Name: "s"}
	spot.Next.Add(&Spot{X: 2, Y: 2, Name: "t"}, &Spot{X: 1, Y: 1, Name: "u"})
	_ = must[*Spot](t)(session.Merge(ctx, s, spot))
	ok(t, s.Commit(ctx))
	equal(t, "edges", rowsOf(t, eng, "TABLE edge"), "(1,2,1,1) (1,2,2,2)")
}

// TestReturnOfManyToMany: changes of lists that were made in no session come back into one, loaded or not.
func TestReturnOfManyToMany(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, market)
	s := seedMarket(t, eng)
	q := query.Select(Articles).OrderBy(Articles.ID)
	as := must[[]*Article](t)(q.Load(Articles.Topics).All(ctx, s))
	ts := must[[]*Topic](t)(query.Select(Topics).OrderBy(Topics.Name).All(ctx, s))
	ok(t, s.Close(ctx))
	as[0].Topics.Remove(ts[0])
	as[0].Topics.Add(ts[2], &Topic{Name: "new"})
	s = begin(t, eng)
	s.Add(as[0])
	ok(t, s.Commit(ctx))
	equal(t, "pairs", pairs(t, eng), "(1,b) (1,c) (1,new) (2,b)")
	equal(t, "topics", topicNames(t, &as[0].Topics), "b c new")

	s.Expunge(as[0])
	as[0].Topics.Remove(ts[2])
	s.Add(as[0])
	ok(t, s.Commit(ctx))
	equal(t, "pairs", pairs(t, eng), "(1,b) (1,new) (2,b)")

	free := must[[]*Article](t)(q.All(ctx, eng))
	ok(t, session.LoadRelations(ctx, eng, free, Articles.Topics.Load(Topics.Articles)))
	equal(t, "loaded outside", topicNames(t, &free[1].Topics), "b")
	n := 0
	for batch, err := range query.Batches(ctx, s, q.Load(Articles.Topics), 2) {
		ok(t, err)
		for _, a := range batch {
			list, loaded := a.Topics.Peek()
			equal(t, "loaded", loaded, true)
			n += len(list)
		}
	}
	equal(t, "in batches", n, 3)
}

// TestMergeOneToOne: the side without the foreign key is merged as a list of one.
func TestMergeOneToOne(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, office)
	seedOffice(t, eng)
	s := begin(t, eng)
	given := []*User{{ID: 1, Name: "u1"}, {ID: 2, Name: "u2"}, {ID: 3, Name: "u3"}}
	given[0].Desk.Set(&Desk{ID: 3, Room: "r3"})
	given[1].Profile.Set(&Profile{Bio: "new"})
	given[2].Desk.Set(&Desk{ID: 2, Room: "moved"})
	us := must[[]*User](t)(session.MergeAll(ctx, s, given))
	ok(t, s.Commit(ctx))
	equal(t, "desks", rowsOf(t, eng, "TABLE desk"), "(1,r1,) (2,moved,3) (3,r3,1)")
	equal(t, "profiles", rowsOf(t, eng, "TABLE profile"), "(1,b1,1) (3,new,2)")
	equal(t, "room", roomOf(t, us[2]), "moved")

	ok(t, s.Close(ctx))
	us[0].Desk.Set(nil)
	s = begin(t, eng)
	s.Add(us[0])
	ok(t, s.Commit(ctx))
	equal(t, "desks", rowsOf(t, eng, "TABLE desk"), "(1,r1,) (2,moved,3) (3,r3,)")
	_ = must[*User](t)(session.Merge(ctx, s, &User{ID: 3, Name: "u3"}))
	ok(t, s.Commit(ctx))
	equal(t, "what is not given stays", rowsOf(t, eng, "TABLE desk"), "(1,r1,) (2,moved,3) (3,r3,)")
}
