package session_test

import (
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// changes returns what changed of an object, for people.
func changes(t testing.TB, s *session.Session, obj any) string {
	t.Helper()
	return fmt.Sprint(must[[]session.Change](t)(s.Changes(obj)))
}

func TestChanges(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A"}
	s.Add(a)
	equal(t, "of a new object", changes(t, s, a), "[name: NULL -> 'A']")
	ok(t, s.Commit(ctx))
	rec.take()
	equal(t, "of what was not changed", changes(t, s, a), "[]")
	a.Name, a.Email, a.Notes = "O'Hara", ptr("o@home.co"), append(a.Notes, "x")
	cs := must[[]session.Change](t)(s.Changes(a))
	equal(t, "changes", fmt.Sprint(cs), "[name: 'A' -> 'O''Hara' email: NULL -> 'o@home.co' notes: ARRAY[] -> ARRAY['x']]")
	equal(t, "a change", fmt.Sprintf("%s %q %q", cs[0].Column, cs[0].Old, cs[0].New), `name "A" "O'Hara"`)
	a.Notes[0] = "y"
	equal(t, "a change after the next one", fmt.Sprint(cs[2]), "notes: ARRAY[] -> ARRAY['x']")
	sent(t, rec)
	ok(t, s.Flush(ctx))
	equal(t, "after the flush", changes(t, s, a), "[]")
	a.Email = nil
	equal(t, "NULL", changes(t, s, a), "[email: 'o@home.co' -> NULL]")
	a.Email = ptr("o@home.co")
	equal(t, "after changing back", changes(t, s, a), "[]")
	s.Delete(a)
	ok(t, s.Flush(ctx))
	for _, o := range []any{a, &Author{}} {
		_, err := s.Changes(o)
		is(t, err, session.ErrNotInSession)
	}
	_, err := s.Changes("no object")
	is(t, err, session.ErrNotMapped)
}

// TestChangesOfForeignKeys: a relationship that was set is a change of the column that it goes by.
func TestChangesOfForeignKeys(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 2, 1)
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
	b := must[*Book](t)(query.Select(Books).Filter(Books.AuthorID.Eq(all[0].ID)).One(ctx, s))
	b.Author.Set(all[1])
	equal(t, "another author", changes(t, s, b), fmt.Sprintf("[author_id: %d -> %d]", all[0].ID, all[1].ID))
	b.Author.Set(all[0])
	equal(t, "the same author", changes(t, s, b), "[]")
	fresh := &Author{Name: "new"}
	fresh.Books.Add(b)
	s.Add(fresh)
	cs := must[[]session.Change](t)(s.Changes(b))
	equal(t, "a new author", fmt.Sprint(cs), fmt.Sprintf("[author_id: %d -> Author(id not set)]", all[0].ID))
	equal(t, "the new author", cs[0].New.(*Author), fresh)
	b.Publisher.Set(&Publisher{Code: "p"})
	equal(t, "and a publisher", changes(t, s, b), fmt.Sprintf("[author_id: %d -> Author(id not set) publisher_id: NULL -> 'p']", all[0].ID))
	equal(t, "the field itself", b.AuthorID, all[0].ID)
	other := &Book{Title: "T"}
	other.Author.Set(fresh)
	s.Add(other)
	equal(t, "a new book", changes(t, s, other), "[title: NULL -> 'T' price: NULL -> 0 in_print: NULL -> false author_id: NULL -> Author(id not set)]")
	ok(t, s.Flush(ctx))
	b.Publisher.Set(nil)
	equal(t, "no publisher", changes(t, s, b), "[publisher_id: 'p' -> NULL]")
}
