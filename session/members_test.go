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
