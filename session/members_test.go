package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
)

// TestRowSwitchOfMember: a new member that takes its key from its owner takes over the row of the one that it replaces, as
// an object does whose key the program gives.
func TestRowSwitchOfMember(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	b := &Book{Title: "a"}
	b.Author.Set(&Author{Name: "x"})
	old := &Review{By: "ann", Stars: 1}
	b.Reviews.Add(old)
	s.Add(b)
	ok(t, s.Commit(ctx))
	equal(t, "reviews", len(must[[]*Review](t)(b.Reviews.All(ctx))), 1)
	rec.take()
	b.Reviews.Remove(old)
	fresh := &Review{By: "ann", Stars: 5}
	b.Reviews.Add(fresh)
	ok(t, s.Flush(ctx))
	sent(t, rec, "UPDATE review SET stars = $1 WHERE review.book_id = $2 AND review.by = $3")
	ok(t, s.Rollback(ctx))
	equal(t, "stars of the row", must[*Review](t)(query.Select(Reviews).One(ctx, eng)).Stars, 1)
	equal(t, "the old one is back", must[*Review](t)(query.Select(Reviews).One(ctx, s)), old)
	s.Delete(old)
	fresh.Book.Set(b)
	s.Add(fresh)
	ok(t, s.Commit(ctx))
	equal(t, "stars of the row", must[*Review](t)(query.Select(Reviews).One(ctx, eng)).Stars, 5)
	equal(t, "the object", must[*Review](t)(query.Select(Reviews).One(ctx, s)), fresh)
}

// TestDeleteWithUnflushedMembers: members whose foreign key the program wrote itself go with their owner too, though their
// rows do not have it yet.
func TestDeleteWithUnflushedMembers(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, by := seedWorkers(t, eng)
	stays := &Worker{Name: "stays", BossID: ptr(by["bob"].ID)}
	s.Add(stays)
	by["ann"].BossID = ptr(by["bob"].ID)
	s.Delete(by["bob"])
	ok(t, s.Commit(ctx))
	for _, w := range []*Worker{stays, by["ann"]} {
		equal(t, "boss of "+w.Name, w.BossID, nil)
	}

	a := &Author{Name: "x"}
	b := &Book{Title: "b"}
	b.Author.Set(a)
	s.Add(b)
	ok(t, s.Commit(ctx))
	s.Add(&Review{BookID: b.ID, By: "ann"})
	s.Delete(b)
	ok(t, s.Commit(ctx))
	equal(t, "reviews", count(t, eng, "review"), 0)
	equal(t, "books", count(t, eng, "book"), 0)
}

// TestDeleteSeveral: rows with a composite key go in one statement, and so do those that refer to each other.
func TestDeleteSeveral(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	b := &Book{Title: "a"}
	b.Author.Set(&Author{Name: "x"})
	b.Reviews.Add(&Review{By: "ann"}, &Review{By: "bob"}, &Review{By: "cid"})
	s.Add(b)
	ok(t, s.Flush(ctx))
	rs := must[[]*Review](t)(b.Reviews.All(ctx))
	rec.take()
	s.Delete(rs[0], rs[2])
	ok(t, s.Flush(ctx))
	sent(t, rec, "WITH changed AS (DELETE FROM review USING unnest($1::bigint[], nullif($2, ARRAY[(NULL::review).by])) AS cupel (v1, v2) WHERE review.book_id = cupel.v1 AND review.by = cupel.v2 "+
		"RETURNING review.book_id AS k1, review.by AS k2) SELECT CASE WHEN count(*) = count(DISTINCT (k1, k2)) …")
	equal(t, "the one that is left", must[*Review](t)(query.Select(Reviews).One(ctx, s)), rs[1])
}

// TestExpungeMany: several leave at once, one of them named twice, with one that was never there.
func TestExpungeMany(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, by := seedWorkers(t, eng)
	s.Expunge(by["ann"], by["cid"], by["ann"], &Worker{})
	equal(t, "objects", s.Len(), 2)
	equal(t, "bob", must[*Worker](t)(query.Select(Workers).Filter(Workers.Name.Eq("bob")).One(ctx, s)), by["bob"])
	if must[*Worker](t)(query.Select(Workers).Filter(Workers.Name.Eq("ann")).One(ctx, s)) == by["ann"] {
		t.Error("ann was expunged and is there")
	}
}

// TestListOfChangedKey: while a change of its key is not flushed, an object has the list that its row has.
func TestListOfChangedKey(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	authors := []*Author{{Name: "x"}, {Name: "y"}}
	for _, a := range authors {
		a.Books.Add(&Book{Title: "of " + a.Name})
		s.Add(a)
	}
	ok(t, s.Commit(ctx))
	must[[]*Author](t)(query.Select(Authors).All(ctx, s))
	x, y := authors[0], authors[1]
	x.ID, y.ID = y.ID, x.ID
	for _, a := range authors {
		books := must[[]*Book](t)(a.Books.All(ctx))
		if len(books) != 1 || books[0].Title != "of "+a.Name {
			t.Errorf("%s has %v", a.Name, books)
		}
	}
	x.ID, y.ID = y.ID, x.ID
	ok(t, s.Commit(ctx))
}
