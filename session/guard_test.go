package session_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestOwnErrorIsNoStaleRow: what the program's own trigger does wrong in an UPDATE that travels with the COMMIT is not taken for the
// guard's finding that the row is gone.
func TestOwnErrorIsNoStaleRow(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 2, 0)
	for _, c := range []struct{ code, does string }{
		{"22012", "NEW.name := 1 / (length(NEW.name) - length(NEW.name))"},
		{"22P02", "NEW.name := (NEW.name || 'x')::integer"},
	} {
		elsewhere(t, eng, "CREATE OR REPLACE FUNCTION wrong() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "+c.does+"; RETURN NEW; END$$")
		elsewhere(t, eng, "CREATE OR REPLACE TRIGGER wrong BEFORE UPDATE ON author FOR EACH ROW EXECUTE FUNCTION wrong()")
		for _, n := range []int{1, 2} {
			for _, a := range must[[]*Author](t)(query.Select(Authors).All(ctx, s))[:n] {
				a.Name = "changed"
			}
			err := s.Commit(ctx)
			var e *session.DatabaseError
			if !errors.As(err, &e) || e.Code != c.code || errors.Is(err, session.ErrStale) || !strings.HasPrefix(e.Statement, "UPDATE author SET name") {
				t.Errorf("%d objects: error is %v", n, err)
			}
			ok(t, s.Rollback(ctx))
		}
	}
}

// TestGuardIsNotShown: an error shows the UPDATE as it is, not how it guards itself, and says how many rows were found.
func TestGuardIsNotShown(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 3, 0)
	for _, n := range []string{"0 of 1", "1 of 2"} {
		all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, s))
		elsewhere(t, eng, "DELETE FROM author WHERE id = (SELECT min(id) FROM author)")
		for _, a := range all[:n[len(n)-1]-'0'] {
			a.Name = "changed"
		}
		err := s.Commit(ctx)
		is(t, err, session.ErrStale)
		if text := err.Error(); !strings.Contains(text, n+" rows found") || !strings.Contains(text, ": UPDATE author SET name") || strings.Contains(text, "WITH") || strings.Contains(text, "cupel:") {
			t.Errorf("error is %v", err)
		}
		ok(t, s.Rollback(ctx))
		s.Expunge(all[0])
	}
}
