package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestReadsBetweenWritesOfOthers: what others write between reads that are in no transaction is seen when an object is stale, locked or
// refreshed, and not written over.
func TestReadsBetweenWritesOfOthers(t *testing.T) {
	t.Parallel()
	eng, s, f := filed(t)
	other := func(sql string) { _, err := eng.Pool().Exec(ctx, sql); ok(t, err) }
	sh := must[*Sheet](t)(session.Get(ctx, s, Sheets, 1))
	equal(t, "tx", s.InTransaction(), false)
	other("UPDATE sheet SET text = 'other', folder_id = NULL WHERE id = 1")
	must[[]*Sheet](t)(query.Select(Sheets).All(ctx, s))
	equal(t, "text", sh.Text, "a")
	sh.Text = "mine"
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, "SELECT text||coalesce(folder_id,0)::text FROM sheet WHERE id=1"), "mine0")
	equal(t, "text", sh.Text, "mine")
	equal(t, "stale", s.IsStale(sh), true)
	must[*Sheet](t)(session.Get(ctx, s, Sheets, 1))
	equal(t, "fk", sh.FolderID == nil, true)
	equal(t, "sheets", len(must[[]*Sheet](t)(f.Sheets.All(ctx))), 1)
	other("INSERT INTO sheet (id, text, folder_id) VALUES (8, '', 1)")
	ok(t, s.Lock(ctx, f))
	equal(t, "sheets", len(must[[]*Sheet](t)(f.Sheets.All(ctx))), 2)
	ok(t, s.Rollback(ctx))
	sh8 := must[*Sheet](t)(session.Get(ctx, s, Sheets, 8))
	other("DELETE FROM sheet WHERE id = 8")
	sh8.Text = "x"
	n := &Sheet{ID: 9}
	s.Add(n)
	is(t, s.Commit(ctx), session.ErrStale)
	equal(t, "rows", one[int64](t, eng, "SELECT count(*) FROM sheet WHERE id = 9"), 0)
	ok(t, s.Rollback(ctx))
	equal(t, "contains", s.Contains(sh8), true)
	_, err := session.Get(ctx, s, Sheets, 8)
	is(t, err, query.ErrNoRows)
	equal(t, "contains", s.Contains(sh8), false)
	f = must[*Folder](t)(session.Get(ctx, s, Folders, 1))
	must[[]*Note](t)(f.Notes.All(ctx))
	other("UPDATE folder SET version = version + 1")
	f.Size++
	is(t, s.Commit(ctx), session.ErrStale)
	ok(t, s.Rollback(ctx))
	ok(t, s.Refresh(ctx, f))
	f.Size++
	ok(t, s.Commit(ctx))
}
