package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestSavepointOfLeft: objects that were written since a savepoint, and have left the session, know what became of their rows when it
// goes back.
func TestSavepointOfLeft(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"savepoint", "outer savepoint", "rollback"} {
		t.Run(how, func(t *testing.T) {
			eng, s, f := filed(t)
			sh := must[[]*Sheet](t)(f.Sheets.All(ctx))[0]
			sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
			inner := must[*session.Savepoint](t)(s.Savepoint(ctx))
			f.Size = 99
			n := &Folder{ID: 5, Name: "five"}
			s.Add(n)
			s.Delete(sh)
			ok(t, s.Flush(ctx))
			s.Expunge(f, n, sh)
			switch how {
			case "rollback":
				ok(t, s.Rollback(ctx))
			case "outer savepoint":
				ok(t, inner.Release(ctx))
				fallthrough
			default:
				ok(t, sp.Rollback(ctx))
			}
			s.Add(f, n, sh)
			sh.Text = "again"
			ok(t, s.Commit(ctx))
			equal(t, "stored", one[string](t, eng, "SELECT string_agg(concat_ws(' ', id, size, version), ', ' ORDER BY id) FROM folder"), "1 99 2, 5 0 1")
			equal(t, "sheets", one[string](t, eng, "SELECT string_agg(text, ' ' ORDER BY id) FROM sheet"), "again b")
		})
	}
}

// TestSavepointOfParts: an object of which some columns were read is one again after going back.
func TestSavepointOfParts(t *testing.T) {
	t.Parallel()
	_, s, f := filed(t)
	s.Expunge(f)
	f = must[*Folder](t)(query.Select(Folders).Only(Folders.Name).One(ctx, s))
	sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
	f.Name = "other"
	ok(t, s.Flush(ctx))
	must[*Folder](t)(session.Get(ctx, s, Folders, 1))
	equal(t, "size", f.Size, 7)
	ok(t, sp.Rollback(ctx))
	equal(t, "stale", s.IsStale(f), true)
	equal(t, "the object", must[*Folder](t)(session.Get(ctx, s, Folders, 1)), f)
	equal(t, "name", f.Name, "f")
	equal(t, "size", f.Size, 7)
}

// TestSavepointOfReadColumns: columns that were read of a row that a trigger has changed since the savepoint are what they were.
func TestSavepointOfReadColumns(t *testing.T) {
	t.Parallel()
	_, s, f := filed(t, `CREATE FUNCTION bump() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE folder SET size = size + 1; RETURN NEW; END $$;
		CREATE TRIGGER bump AFTER INSERT ON sheet FOR EACH ROW WHEN (NEW.id = 9) EXECUTE FUNCTION bump()`)
	for name, read := range map[string]func() error{
		"RefreshColumns": func() error { return session.RefreshColumns(ctx, s, Folders, []*Folder{f}, Folders.Size) },
		"Load":           func() error { return session.Load(ctx, s, Folders, []*Folder{f}, Folders.Size) },
		"Refresh":        func() error { return s.Refresh(ctx, f) },
		"query":          func() error { _, err := query.Select(Folders).Refresh().All(ctx, s); return err },
	} {
		sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
		s.Add(&Sheet{ID: 9})
		ok(t, s.Flush(ctx))
		ok(t, read())
		equal(t, "size by "+name, f.Size, 8)
		ok(t, sp.Rollback(ctx))
		must[*Folder](t)(session.Get(ctx, s, Folders, 1))
		equal(t, "size after "+name, f.Size, 7)
	}
}

// TestSavepointOfKeys: an object that was read with the key of one that is back is not the row's object.
func TestSavepointOfKeys(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"savepoint", "rollback"} {
		t.Run(how, func(t *testing.T) {
			eng, s, f := filed(t)
			old := must[[]*Sheet](t)(f.Sheets.All(ctx))[0]
			sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
			s.Delete(old)
			ok(t, s.Flush(ctx))
			_, err := query.Insert(Sheets).Values(Sheets.ID.To(1), Sheets.Text.To("second")).Exec(ctx, s)
			ok(t, err)
			second := must[*Sheet](t)(session.Get(ctx, s, Sheets, 1))
			equal(t, "text", second.Text, "second")
			if how == "rollback" {
				ok(t, s.Rollback(ctx))
			} else {
				ok(t, sp.Rollback(ctx))
			}
			equal(t, "in the session", s.Contains(old) && !s.Contains(second), true)
			second.Text, old.Text = "lost", "kept"
			ok(t, s.Commit(ctx))
			equal(t, "stored", one[string](t, eng, "SELECT text FROM sheet WHERE id = 1"), "kept")
		})
	}
}
