package writes_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestSoftDeleteTakenBack: an object that is taken back in the transaction of its deletion is in the lists again that it has left, and
// what was changed of it before the deletion, relationships too, is as its row is.
func TestSoftDeleteTakenBack(t *testing.T) {
	t.Parallel()
	eng, s, f := filed(t)
	n, l := must[[]*Note](t)(f.Notes.All(ctx))[0], must[[]*Mark](t)(f.Marks.All(ctx))[0]
	equal(t, "folders of the mark", numbers(t, &l.Folders), "1")
	n.Folder.Set(nil)
	n.Text = "never"
	s.Set(n, Notes.Text.ToExpr(Notes.Text.Concat("!")))
	s.Delete(n, l)
	ok(t, s.Flush(ctx))
	equal(t, "notes", numbers(t, &f.Notes), "2")
	equal(t, "marks", numbers(t, &f.Marks), "2")
	s.Add(n, l)
	for _, when := range []string{"before the flush", "after it"} {
		equal(t, "notes "+when, numbers(t, &f.Notes), "1,2")
		equal(t, "marks "+when, numbers(t, &f.Marks), "1,2")
		equal(t, "folder "+when, must[*Folder](t)(n.Folder.Get(ctx)), f)
		ok(t, s.Flush(ctx))
	}
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, "SELECT concat_ws(' ', id, text, folder_id, gone) FROM note WHERE id = 1"), "1 a 1 f")
	equal(t, "text", n.Text, "a")
	equal(t, "notes at last", numbers(t, &f.Notes), "1,2")
}

// TestSoftDeleteIsOneObject: the row of a deleted object may still be read, and is that object until the transaction ends.
func TestSoftDeleteIsOneObject(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"rollback", "savepoint", "taken back", "commit"} {
		t.Run(how, func(t *testing.T) {
			_, s, f := filed(t)
			n := must[[]*Note](t)(f.Notes.All(ctx))[0]
			sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
			s.Delete(f)
			ok(t, s.Flush(ctx))
			equal(t, "by reference", must[*Folder](t)(n.Folder.Get(ctx)), f)
			equal(t, "by a query", must[*Folder](t)(query.Select(Folders).Unfiltered().One(ctx, s)), f)
			_, err := session.Get(ctx, s, Folders, 1)
			is(t, err, query.ErrNoRows)
			switch how {
			case "rollback":
				ok(t, s.Rollback(ctx))
			case "savepoint":
				ok(t, sp.Rollback(ctx))
			case "taken back":
				s.Add(f)
			case "commit":
				ok(t, s.Commit(ctx))
				equal(t, "in the session", s.Contains(f), false)
				g := must[*Folder](t)(query.Select(Folders).Unfiltered().One(ctx, s))
				equal(t, "another object of the session", g != f && s.Contains(g), true)
				return
			}
			equal(t, "in the session", s.Contains(f), true)
			equal(t, "by key", must[*Folder](t)(session.Get(ctx, s, Folders, 1)), f)
			equal(t, "by reference", must[*Folder](t)(n.Folder.Get(ctx)), f)
			f.Name = "g"
			ok(t, s.Commit(ctx))
			equal(t, "objects", s.Len(), 5)
		})
	}
}

// TestSoftDeleteKeepsKey: a new object does not take the row of one whose row is kept. The unique values of the row are free where the
// index is of the others only.
func TestSoftDeleteKeepsKey(t *testing.T) {
	t.Parallel()
	eng, s, f := filed(t, `ALTER TABLE folder DROP CONSTRAINT uq_folder_name; CREATE UNIQUE INDEX ON folder (name) WHERE deleted_at IS NULL`)
	s.Delete(f)
	s.Add(&Folder{ID: 1, Name: "g"})
	var unique *session.UniqueError
	if err := s.Commit(ctx); !errors.As(err, &unique) {
		t.Fatal(err)
	}
	ok(t, s.Rollback(ctx))
	s.Delete(f)
	s.Add(&Folder{ID: 2, Name: "f"}, &Folder{ID: 3, Name: "g"})
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, "SELECT string_agg(concat_ws(' ', id, name, deleted_at IS NULL), ', ' ORDER BY id) FROM folder"), "1 f f, 2 f t, 3 g t")
}

// TestSoftDeleteOfPairs: link rows of an object whose row is kept can be written in the flush that deletes it.
func TestSoftDeleteOfPairs(t *testing.T) {
	t.Parallel()
	eng, s, f := filed(t)
	ls := must[[]*Mark](t)(f.Marks.All(ctx))
	n := &Folder{ID: 3, Name: "three"}
	f.Marks.Remove(ls[0])
	n.Marks.Add(ls[1])
	s.Add(n)
	s.Delete(ls[0], ls[1])
	ok(t, s.Flush(ctx))
	equal(t, "marks of three", numbers(t, &n.Marks), "")
	s.Add(ls[0], ls[1])
	equal(t, "marks", numbers(t, &f.Marks)+" "+numbers(t, &n.Marks), "2 2")
	equal(t, "folders", numbers(t, &ls[0].Folders)+" "+numbers(t, &ls[1].Folders), " 1,3")
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, "SELECT string_agg(folder_id || ':' || mark_id, ' ' ORDER BY 1) FROM folder_mark"), "1:2 3:2")
}

// TestSoftDeleteAlone: what the database was to compute of an object is not written with its deletion.
func TestSoftDeleteAlone(t *testing.T) {
	t.Parallel()
	eng, s, f := filed(t)
	s.Set(f, Folders.Size.ToExpr(Folders.Size.Plus(1)))
	s.Set(f, Folders.DeletedAt.ToNull())
	s.Delete(f)
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, "SELECT concat_ws(' ', size, version, deleted_at IS NULL) FROM folder"), "7 2 f")
}

// TestRowSwitchOfUnknown: a new object with the key of a deleted one has all its columns written where nobody knows what the row has: it was
// read in part, or others may have written it since.
func TestRowSwitchOfUnknown(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"in part", "stale"} {
		t.Run(how, func(t *testing.T) {
			eng, s, f := filed(t)
			old, n := must[*Sheet](t)(session.Get(ctx, s, Sheets, 1)), &Sheet{ID: 1, Text: "a"}
			if how == "in part" {
				s.Expunge(old)
				old = must[*Sheet](t)(query.Select(Sheets).Only(Sheets.ID).Filter(Sheets.ID.Eq(1)).One(ctx, s))
				n.Text = ""
			} else {
				ok(t, s.Commit(ctx))
				_, err := eng.Pool().Exec(ctx, "UPDATE sheet SET text = 'other'")
				ok(t, err)
			}
			s.Delete(old)
			n.Folder.Set(f)
			s.Add(n)
			ok(t, s.Commit(ctx))
			equal(t, "stored", one[string](t, eng, "SELECT text FROM sheet WHERE id = 1"), n.Text)
			n.Text = "more"
			ok(t, s.Commit(ctx))
			equal(t, "stored", one[string](t, eng, "SELECT text FROM sheet WHERE id = 1"), "more")
		})
	}
}

// TestSoftDeletedRowsAreChanged: what else is done to a row that was deleted in the same transaction is in its object when that is taken
// back; Merge finds it, and takes it back where that is what it copies.
func TestSoftDeletedRowsAreChanged(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"fetched", "evaluated", "bulk", "upsert", "merge", "merge of columns", "merge of a stale one"} {
		t.Run(how, func(t *testing.T) {
			eng, s, f := filed(t)
			if how == "merge of a stale one" {
				ok(t, s.Commit(ctx))
			}
			s.Delete(f)
			ok(t, s.Flush(ctx))
			given, want := &Folder{ID: 1, Name: "f", Size: 8, Version: f.Version}, "8 t"
			switch how {
			case "fetched":
				_, err := query.Update(Folders).Set(Folders.Size.To(8)).Everywhere().Unfiltered().Exec(ctx, s)
				ok(t, err)
			case "evaluated":
				_, err := query.Update(Folders).Set(Folders.Size.To(8)).Everywhere().Unfiltered().Sync(query.SyncEvaluate).Exec(ctx, s)
				ok(t, err)
				must[*Folder](t)(query.Select(Folders).Unfiltered().One(ctx, s))
			case "bulk":
				ok(t, session.BulkUpdate(ctx, s, Folders, []*Folder{given}, Folders.Size))
			case "upsert":
				_, err := session.Upsert(ctx, s, Folders, []*Folder{given}, session.Conflict{})
				ok(t, err)
			case "merge of columns":
				equal(t, "merged", must[*Folder](t)(session.Merge(ctx, s, given, Folders.Size)), f)
				want = "8 f"
			default:
				equal(t, "merged", must[*Folder](t)(session.Merge(ctx, s, given)), f)
			}
			if want == "8 t" {
				s.Add(f)
			}
			equal(t, "size", f.Size, 8)
			equal(t, "in the session", s.Contains(f), true)
			ok(t, s.Commit(ctx))
			equal(t, "stored", one[string](t, eng, "SELECT concat_ws(' ', size, deleted_at IS NULL) FROM folder"), want)
		})
	}
}
