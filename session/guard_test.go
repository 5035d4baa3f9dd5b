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

// TestKeysInAnotherOrder: where nobody can tell which of the generated keys is whose the statement itself fails, so nothing is stored,
// however it was that the keys came about.
func TestKeysInAnotherOrder(t *testing.T) {
	t.Parallel()
	for what, sql := range map[string]string{
		"descending": "ALTER TABLE parent ALTER id SET INCREMENT BY -1 SET MINVALUE -100",
		"cycling":    "ALTER TABLE parent ALTER id SET MAXVALUE 3 SET CYCLE RESTART WITH 3",
		"random": "CREATE SEQUENCE odd; ALTER TABLE parent ALTER id DROP IDENTITY; " +
			"ALTER TABLE parent ALTER id SET DEFAULT abs(50 - nextval('odd') * 7 % 13)",
		"by a trigger": "CREATE FUNCTION down() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.id := 100 - NEW.id; RETURN NEW; END'; " +
			"CREATE TRIGGER down BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION down()",
	} {
		eng := openFamily(t)
		elsewhere(t, eng, sql)
		s := begin(t, eng)
		all := []*Parent{{Code: "a"}, {Code: "b"}, {Code: "c"}}
		for range 2 {
			s.Add(all[0], all[1], all[2])
			err := s.Commit(ctx)
			if !errors.Is(err, session.ErrKeyOrder) || errors.Is(err, session.ErrCommitted) || strings.Contains(err.Error(), "WITH added") {
				t.Errorf("%s: error is %v", what, err)
			}
			ok(t, s.Rollback(ctx))
			equal(t, what+": rows", count(t, eng, "parent"), 0)
		}
		is(t, session.BulkInsert(ctx, eng, Parents, all...), session.ErrKeyOrder)
		equal(t, what+": rows after BulkInsert", count(t, eng, "parent"), 0)
		for _, a := range all { // each by itself
			s.Add(a)
			ok(t, s.Flush(ctx))
		}
		ok(t, s.Commit(ctx))
		equal(t, what+": the last one's code", must[*Parent](t)(query.Select(Parents).Filter(Parents.ID.Eq(all[2].ID)).One(ctx, eng)).Code, "c")
	}
}

// TestRowsKeptOut: a trigger that keeps rows out fails an INSERT of several.
func TestRowsKeptOut(t *testing.T) {
	t.Parallel()
	eng := openFamily(t)
	elsewhere(t, eng, "CREATE FUNCTION keep_some() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF NEW.code LIKE 'no%' THEN RETURN NULL; END IF; RETURN NEW; END$$; "+
		"CREATE TRIGGER keep_some BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION keep_some()")
	s := begin(t, eng)
	for _, names := range [][]string{{"a", "no"}, {"no", "no"}} {
		s.Add(&Parent{Code: names[0]}, &Parent{Code: names[1]})
		err := s.Commit(ctx)
		if err == nil || errors.Is(err, session.ErrCommitted) || !strings.Contains(err.Error(), "the INSERT of 2 rows made") {
			t.Errorf("error is %v", err)
		}
		ok(t, s.Rollback(ctx))
		equal(t, "rows", count(t, eng, "parent"), 0)
	}
}
