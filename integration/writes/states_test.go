package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestVersionsOfDetachedObjects: an object that comes back, is merged, or was read in part has the version that was read, and is refused
// where somebody else has written its row since.
func TestVersionsOfDetachedObjects(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, versionSchema, byTrigger)
	s := eng.Session()
	s.Add(&Doc[int64]{Title: "a", Body: "b"})
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
	read := func() *Doc[int64] {
		return must[*Doc[int64]](t)(query.Select(ByCount).One(ctx, eng))
	}
	write := func(title string) {
		s := eng.Session()
		must[*Doc[int64]](t)(session.Get(ctx, s, ByCount, 1)).Title = title
		ok(t, s.Commit(ctx))
		ok(t, s.Close(ctx))
	}
	old := read()
	s = eng.Session()
	old.Body = "merged"
	got := must[*Doc[int64]](t)(session.Merge(ctx, s, old))
	ok(t, s.Commit(ctx))
	equal(t, "version", got.Version, 2)
	_, err := session.Merge(ctx, s, old)
	is(t, err, session.ErrStale)
	old.Version = 0
	_ = must[*Doc[int64]](t)(session.Merge(ctx, s, old))
	ok(t, s.Close(ctx))

	old = read()
	write("other")
	s = eng.Session()
	s.Attach(old)
	old.Title = "lost"
	is(t, s.Commit(ctx), session.ErrStale)
	ok(t, s.Close(ctx))

	s = eng.Session()
	part := must[*Doc[int64]](t)(query.Select(ByCount).Only(ByCount.Title).One(ctx, s))
	equal(t, "version read", part.Version, 3)
	part.Title = "mine"
	ok(t, s.Commit(ctx))
	equal(t, "version written", read().Version, 4)
	equal(t, "what was not read", read().Body, "merged")
	part.Title = "lost"
	write("other")
	is(t, s.Commit(ctx), session.ErrStale)
	ok(t, s.Close(ctx))
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		ok(t, err)
		return v
	}
}
