package writes_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

const pairRows = "SELECT coalesce(string_agg(folder_id || ':' || mark_id, ' ' ORDER BY 1), '') FROM folder_mark"

// TestSavepointOfPairs: link rows go back with a savepoint, and what the server refuses within one leaves lists as the rows are.
func TestSavepointOfPairs(t *testing.T) {
	t.Parallel()
	eng, s, f := filed(t, "INSERT INTO mark (id, gone) VALUES (3, false)")
	ms := must[[]*Mark](t)(f.Marks.All(ctx))
	third := must[*Mark](t)(session.Get(ctx, s, Marks, 3))
	equal(t, "folders", numbers(t, &third.Folders), "")
	sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
	f.Marks.Remove(ms[0])
	third.Folders.Add(f)
	fresh := &Mark{ID: 4}
	f.Marks.Add(fresh)
	ok(t, s.Flush(ctx))
	fresh.Folders.Remove(f)
	f.Marks.Add(ms[0])
	inner := must[*session.Savepoint](t)(s.Savepoint(ctx))
	s.Delete(ms[1])
	f.Marks.Remove(ms[1])
	ok(t, inner.Release(ctx))
	ok(t, sp.Rollback(ctx))
	equal(t, "marks", numbers(t, &f.Marks), "1,2")
	equal(t, "folders", numbers(t, &third.Folders)+numbers(t, &ms[1].Folders), "1")
	equal(t, "in the session", s.Contains(ms[1]) && !s.Contains(fresh), true)
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, pairRows), "1:1 1:2")

	_, err := eng.Pool().Exec(ctx, "INSERT INTO folder_mark (folder_id, mark_id) VALUES (1, 3)")
	ok(t, err)
	f.Size = 8
	var unique *session.UniqueError
	err = s.Nested(ctx, func() error {
		f.Marks.Add(third)
		f.Marks.Remove(ms[0])
		f.Size = 9
		return nil
	})
	if !errors.As(err, &unique) {
		t.Fatal(err)
	}
	equal(t, "size", f.Size, 8)
	equal(t, "marks", numbers(t, &f.Marks), "1,2,3")
	equal(t, "folders", numbers(t, &third.Folders), "1")
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, pairRows), "1:1 1:2 1:3")
	equal(t, "size", one[int64](t, eng, "SELECT size FROM folder"), 8)
	equal(t, "count", must[int64](t)(query.Select(Marks).Count(ctx, s)), 3)
}
