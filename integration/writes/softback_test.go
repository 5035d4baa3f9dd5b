package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestSoftDeleteGoesBack: deletions that are taken back, by the program and by savepoints within each other, count on and go back.
func TestSoftDeleteGoesBack(t *testing.T) {
	t.Parallel()
	eng, s, f := filed(t)
	sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
	s.Delete(f)
	ok(t, s.Flush(ctx))
	in := must[*session.Savepoint](t)(s.Savepoint(ctx))
	s.Add(f)
	f.Size = 8
	ok(t, s.Flush(ctx))
	equal(t, "version", f.Version, 3)
	ok(t, in.Rollback(ctx))
	equal(t, "contains", s.Contains(f), false)
	equal(t, "size", f.Size, 7)
	equal(t, "deleted", f.DeletedAt != nil, true)
	equal(t, "one", must[*Folder](t)(query.Select(Folders).Unfiltered().One(ctx, s)), f)
	ok(t, sp.Rollback(ctx))
	equal(t, "deleted", f.DeletedAt == nil && s.Contains(f) && f.Version == 1, true)
	s.Delete(f)
	ok(t, s.Flush(ctx))
	s.Add(f)
	s.Delete(f)
	ok(t, s.Flush(ctx))
	s.Add(f)
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, "SELECT concat_ws(' ', version, deleted_at IS NULL) FROM folder"), "4 t")
	equal(t, "version", f.Version, 4)
	s.Delete(f)
	ok(t, s.Flush(ctx))
	s.Expunge(f)
	g := must[*Folder](t)(query.Select(Folders).Unfiltered().One(ctx, s))
	ok(t, s.Rollback(ctx))
	equal(t, "g", s.Contains(g), true)
	equal(t, "g.DeletedAt after rollback and read", must[*Folder](t)(session.Get(ctx, s, Folders, 1)).DeletedAt == nil, true)
}
