package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestDeleteReturning: the objects that a DELETE returns leave the session, and are back after Rollback.
func TestDeleteReturning(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, by := seedWorkers(t, eng)
	s.Expunge(by["dan"])
	gone := query.Delete(Workers).Filter(Workers.Name.In("bob", "cid", "dan"))
	got := must[[]*Worker](t)(query.Returning(gone, Workers).All(ctx, s))
	equal(t, "objects given", len(got), 3)
	equal(t, "bob", got[0], by["bob"])
	for _, w := range got {
		equal(t, w.Name+" is in the session", s.Contains(w), false)
	}
	equal(t, "objects", s.Len(), 1)
	_, err := session.Get(ctx, s, Workers, by["bob"].ID)
	is(t, err, query.ErrNoRows)
	by["bob"].Name = "bobby"
	ok(t, s.Flush(ctx)) // it is nobody's
	ok(t, s.Rollback(ctx))
	equal(t, "objects after Rollback", s.Len(), 4)
	equal(t, "bob is back", must[*Worker](t)(session.Get(ctx, s, Workers, by["bob"].ID)), by["bob"])
	equal(t, "his name", by["bob"].Name, "bob")

	must[*Worker](t)(query.Returning(query.Delete(Workers).Filter(Workers.Name.Eq("bob")), Workers).One(ctx, s))
	ok(t, s.Commit(ctx))
	equal(t, "objects after Commit", s.Len(), 3)
	s.Add(&Worker{ID: by["bob"].ID, Name: "new"})
	ok(t, s.Commit(ctx))
}
