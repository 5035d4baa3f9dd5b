package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestParts: what is done to an object of which some columns were read knows nothing of the others, and writes nothing of them unless they were read
// since.
func TestParts(t *testing.T) {
	t.Parallel()
	eng, _, _ := filed(t)
	for name, do := range map[string]func(s *session.Session, f *Folder) string{
		"merge": func(s *session.Session, f *Folder) string {
			must[*Folder](t)(session.Merge(ctx, s, &Folder{ID: 1, Name: "m"}))
			return "m 0"
		},
		"merge named": func(s *session.Session, f *Folder) string {
			must[*Folder](t)(session.Merge(ctx, s, &Folder{ID: 1, Name: "m"}, Folders.Name))
			return "m 7"
		},
		"refresh": func(s *session.Session, f *Folder) string {
			ok(t, s.Refresh(ctx, f))
			equal(t, "size", f.Size, 7)
			return "f 7"
		},
		"refreshcolumns": func(s *session.Session, f *Folder) string {
			ok(t, session.RefreshColumns(ctx, s, Folders, []*Folder{f}, Folders.Size))
			equal(t, "size", f.Size, 7)
			f.Size = 0
			return "f 0"
		},
		"load": func(s *session.Session, f *Folder) string {
			ok(t, session.Load(ctx, s, Folders, []*Folder{f}, Folders.Size))
			equal(t, "size", f.Size, 7)
			f.Size = 0
			return "f 0"
		},
		"expire": func(s *session.Session, f *Folder) string {
			f.Name = "gone"
			s.ExpireColumns(f, Folders.Name)
			equal(t, "name", f.Name, "f")
			return "f 7"
		},
		"full": func(s *session.Session, f *Folder) string {
			f.Name = "x"
			must[*Folder](t)(query.Select(Folders).NoFlush().One(ctx, s))
			equal(t, "size", f.Size, 7)
			equal(t, "name", f.Name, "x")
			f.Size = 0
			return "x 0"
		},
		"other part": func(s *session.Session, f *Folder) string {
			f.Name = "x"
			must[*Folder](t)(query.Select(Folders).Only(Folders.Size).NoFlush().One(ctx, s))
			equal(t, "size", f.Size, 7)
			equal(t, "name", f.Name, "x")
			f.Size = 0
			return "x 0"
		},
		"both": func(s *session.Session, f *Folder) string {
			r := must[*Folder](t)(query.Select(Folders).Only(Folders.Size).One(ctx, s))
			equal(t, "size", r.Size, 7)
			equal(t, "name", r.Name, "f")
			return "f 7"
		},
		"flush then full": func(s *session.Session, f *Folder) string {
			f.Name = "x"
			ok(t, s.Flush(ctx))
			must[*Folder](t)(session.Get(ctx, s, Folders, 1))
			equal(t, "size", f.Size, 7)
			f.Size = 0
			return "x 0"
		},
		"rollback": func(s *session.Session, f *Folder) string {
			f.Name = "x"
			ok(t, s.Flush(ctx))
			must[*Folder](t)(session.Get(ctx, s, Folders, 1))
			ok(t, s.Rollback(ctx))
			equal(t, "stale", s.IsStale(f), true)
			must[*Folder](t)(session.Get(ctx, s, Folders, 1))
			equal(t, "size", f.Size, 7)
			return "f 7"
		},
		"evaluate": func(s *session.Session, f *Folder) string {
			must[int64](t)(query.Update(Folders).Set(Folders.Size.ToExpr(Folders.Size.Plus(1))).Filter(Folders.Size.Eq(7)).Sync(query.SyncEvaluate).Exec(ctx, s))
			must[*Folder](t)(session.Get(ctx, s, Folders, 1))
			equal(t, "size", f.Size, 8)
			return "f 8"
		},
		"fetch": func(s *session.Session, f *Folder) string {
			must[int64](t)(query.Update(Folders).Set(Folders.Size.ToExpr(Folders.Size.Plus(1))).Filter(Folders.Size.Eq(7)).Exec(ctx, s))
			equal(t, "size", f.Size, 8)
			return "f 8"
		},
		"attach": func(s *session.Session, f *Folder) string {
			s.Expunge(f)
			f.Name = "x"
			s.Add(f)
			ok(t, s.Flush(ctx))
			must[*Folder](t)(session.Get(ctx, s, Folders, 1))
			equal(t, "size", f.Size, 7)
			return "x 7"
		},
		"other session": func(s *session.Session, f *Folder) string {
			s2 := begin(t, eng)
			s.Expunge(f)
			f.Name = "x"
			s2.Add(f)
			ok(t, s2.Commit(ctx))
			must[*Folder](t)(session.Get(ctx, s2, Folders, 1))
			equal(t, "size", f.Size, 7)
			return "x 7"
		},
		"merge from partial": func(s *session.Session, f *Folder) string {
			s2 := begin(t, eng)
			f.Name = "x"
			s.Expunge(f)
			must[*Folder](t)(session.Merge(ctx, s2, f))
			ok(t, s2.Commit(ctx))
			return "x 7"
		},
		"upsert": func(s *session.Session, f *Folder) string {
			must[[]bool](t)(session.Upsert(ctx, s, Folders, []*Folder{{ID: 1, Name: "u", Size: 3}}, session.Conflict{}))
			equal(t, "size", f.Size, 3)
			return "u 3"
		},
		"delete": func(s *session.Session, f *Folder) string {
			s.Delete(f)
			ok(t, s.Flush(ctx))
			s.Add(f)
			ok(t, s.Flush(ctx))
			must[*Folder](t)(session.Get(ctx, s, Folders, 1))
			equal(t, "size", f.Size, 7)
			return "f 7"
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := eng.Pool().Exec(ctx, "UPDATE folder SET name = 'f', size = 7, deleted_at = NULL")
			ok(t, err)
			s := begin(t, eng)
			f := must[*Folder](t)(query.Select(Folders).Only(Folders.Name).One(ctx, s))
			want := do(s, f)
			ok(t, s.Commit(ctx))
			equal(t, "stored", one[string](t, eng, "SELECT name || ' ' || size FROM folder"), want)
		})
	}
}
