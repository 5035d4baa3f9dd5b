package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestRowSwitch: a new object with the key of a deleted one takes over its row, by an UPDATE of what differs.
func TestRowSwitch(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	old := &Publisher{Code: "a", Name: "one"}
	s.Add(old, &Publisher{Code: "b", Name: "b"})
	ok(t, s.Commit(ctx))
	s.Delete(old)
	fresh := &Publisher{Code: "a", Name: "two"}
	s.Add(fresh)
	rec.take()
	ok(t, s.Flush(ctx))
	sent(t, rec, "BEGIN", "SELECT book.id, …", "UPDATE publisher SET name = $1 WHERE publisher.code = $2")
	equal(t, "in the session", s.Contains(fresh) && !s.Contains(old), true)
	equal(t, "by key", must[*Publisher](t)(session.Get(ctx, s, Publishers, "a")), fresh)
	ok(t, s.Rollback(ctx))
	equal(t, "in the session after rollback", !s.Contains(fresh) && s.Contains(old), true)
	equal(t, "by key after rollback", must[*Publisher](t)(session.Get(ctx, s, Publishers, "a")), old)
	equal(t, "name after rollback", old.Name+fresh.Name, "onetwo")

	s.Delete(old)
	same := &Publisher{Code: "a", Name: "one"}
	s.Add(same)
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec, "SELECT book.id, …", "COMMIT") // nothing differs
	same.Name = "three"
	ok(t, s.Commit(ctx))
	equal(t, "objects", s.Len(), 2)
	equal(t, "name", must[*Publisher](t)(session.Get(ctx, begin(t, eng), Publishers, "a")).Name, "three")

	s.Delete(same)
	ok(t, s.Flush(ctx))
	s.Add(&Publisher{Code: "a", Name: "after the flush"})
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "publisher"), 2)
}

// TestRowSwitchComputed: what the database made of the old row stays where the new object has nothing.
func TestRowSwitchComputed(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, b := seedBook(t, eng)
	s.Delete(b)
	again := &Book{ID: b.ID, Title: "again", AuthorID: b.AuthorID, Pages: nil}
	s.Add(again)
	ok(t, s.Commit(ctx))
	got := must[*Book](t)(session.Get(ctx, begin(t, eng), Books, b.ID))
	equal(t, "title", got.Title, "again")
	equal(t, "pages", got.Pages, nil)
	equal(t, "created", got.CreatedAt.Equal(b.CreatedAt) && again.CreatedAt.Equal(b.CreatedAt), true)
	equal(t, "default", got.UpdatedAt.Equal(again.UpdatedAt), true)
}

// TestStaleAfterFlush: a flush of a stale object does not make the rest of it fresh.
func TestStaleAfterFlush(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, by := seedWorkers(t, eng)
	ok(t, s.Commit(ctx))
	_, err := eng.Pool().Exec(ctx, "UPDATE worker SET boss_id = 2")
	ok(t, err)
	ann := by["ann"]
	ann.Name = "x"
	ok(t, s.Flush(ctx))
	equal(t, "object", must[*Worker](t)(session.Get(ctx, s, Workers, ann.ID)), ann)
	equal(t, "boss", *ann.BossID, 2)
	equal(t, "name", ann.Name, "x")
	equal(t, "dirty", len(s.Dirty()), 0)
	ok(t, s.Rollback(ctx))
	equal(t, "name after rollback", ann.Name, "ann")
}

// TestBulkUpdateOfKeys: objects are known by the keys that an Update gives their rows.
func TestBulkUpdateOfKeys(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s, by := seedWorkers(t, eng)
	w := Workers
	shift := query.Update(w).Set(w.ID.ToExpr(w.ID.Plus(100))).Everywhere()
	_, err := shift.Exec(ctx, s)
	is(t, err, session.ErrKeyFetch)
	ann, id := by["ann"], by["ann"].ID
	equal(t, "rows", must[int64](t)(shift.Sync(query.SyncEvaluate).Exec(ctx, s)), 4)
	equal(t, "key", ann.ID, id+100)
	equal(t, "by its new key", must[*Worker](t)(session.Get(ctx, s, w, id+100)), ann)
	_, err = session.Get(ctx, s, w, id)
	is(t, err, query.ErrNoRows)
	ann.Name = "changed"
	ok(t, s.Flush(ctx))
	ok(t, s.Rollback(ctx))
	equal(t, "by its old key", must[*Worker](t)(session.Get(ctx, s, w, id)), ann)
	equal(t, "name", ann.Name, "ann")
}
