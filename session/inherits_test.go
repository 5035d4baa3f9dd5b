package session_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// guardedDelete returns a DELETE of one object as it travels with a COMMIT.
func guardedDelete(sql string) string {
	return "WITH changed AS (" + sql + " RETURNING 1) SELECT CASE WHEN count(*) <= 1 THEN 1 ELSE ('cupel: rows found: ' || count(*))::integer END FROM changed"
}

// TestKeyThatIsNotUnique: a table that inherits may have a row with the same key. What is done to an object is then not done to
// both, whether its statement travels with the COMMIT or not, alone or with others.
func TestKeyThatIsNotUnique(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	ok(t, second(eng.Pool().Exec(ctx, "CREATE TABLE former (PRIMARY KEY (id)) INHERITS (worker)")))
	ok(t, second(eng.Pool().Exec(ctx, "INSERT INTO worker (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')")))
	ok(t, second(eng.Pool().Exec(ctx, "INSERT INTO former (id, name) VALUES (1, 'x')")))
	ok(t, second(eng.Pool().Exec(ctx, "CREATE TABLE reviewed (PRIMARY KEY (book_id, by)) INHERITS (review)")))
	seed := eng.Session()
	a := &Author{Name: "A"}
	b := &Book{Title: "T"}
	b.Reviews.Add(&Review{By: "p", Stars: 1}, &Review{By: "q", Stars: 1})
	a.Books.Add(b)
	seed.Add(a)
	ok(t, seed.Commit(ctx))
	ok(t, seed.Close(ctx))
	ok(t, second(eng.Pool().Exec(ctx, "INSERT INTO reviewed SELECT * FROM ONLY review WHERE by = 'p'")))
	deleteOf := func(n int) func(s *session.Session) {
		return func(s *session.Session) {
			for _, w := range must[[]*Worker](t)(query.Select(Workers).OrderBy(Workers.ID).All(ctx, s))[:n] {
				s.Delete(w)
			}
		}
	}
	for name, change := range map[string]func(s *session.Session){
		"delete one": deleteOf(1), "delete two": deleteOf(2),
		"change one": func(s *session.Session) {
			must[*Worker](t)(query.Select(Workers).OrderBy(Workers.ID).First(ctx, s)).Name = "changed"
		},
		"change two": func(s *session.Session) {
			for _, w := range must[[]*Worker](t)(query.Select(Workers).All(ctx, s)) {
				w.Name += "changed"
			}
		},
		"delete of a composite key": func(s *session.Session) {
			for _, r := range must[[]*Review](t)(query.Select(Reviews).All(ctx, s)) {
				s.Delete(r)
			}
		},
	} {
		for _, finish := range []func(s *session.Session) error{
			func(s *session.Session) error { return s.Commit(ctx) },
			func(s *session.Session) error { return errors.Join(s.Flush(ctx), s.Commit(ctx)) },
		} {
			s := begin(t, eng)
			change(s)
			err := finish(s)
			is(t, err, session.ErrKeyNotUnique)
			if !strings.Contains(err.Error(), "rows found: ") || strings.Contains(err.Error(), "cupel: ") {
				t.Errorf("%s: error is %v", name, err)
			}
			ok(t, s.Close(ctx))
			equal(t, name+": workers", count(t, eng, "worker"), 4)
			equal(t, name+": changed", count(t, eng, "worker WHERE name LIKE '%changed'"), 0)
			equal(t, name+": reviews", count(t, eng, "review"), 3)
		}
	}
	s := begin(t, eng)
	all := must[[]*Worker](t)(query.Select(Workers).OrderBy(Workers.ID).All(ctx, s))
	ok(t, second(eng.Pool().Exec(ctx, "DELETE FROM worker WHERE id = 2")))
	s.Delete(all[len(all)-1], all[len(all)-2]) // one is gone already
	ok(t, s.Commit(ctx))
	equal(t, "workers", count(t, eng, "worker"), 2)
}

// TestKeyTwiceAndKeyGone: a row that is there twice does not make up for one that is gone, in a statement of many objects.
func TestKeyTwiceAndKeyGone(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	ok(t, second(eng.Pool().Exec(ctx, "CREATE TABLE former (PRIMARY KEY (id)) INHERITS (worker)")))
	ok(t, second(eng.Pool().Exec(ctx, "INSERT INTO worker (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')")))
	ok(t, second(eng.Pool().Exec(ctx, "INSERT INTO former (id, name) VALUES (1, 'x')")))
	for name, change := range map[string]func(s *session.Session, all []*Worker){
		"change": func(_ *session.Session, all []*Worker) {
			for _, w := range all {
				w.Name += "changed"
			}
		},
		"computed change": func(s *session.Session, all []*Worker) {
			for _, w := range all {
				s.Set(w, Workers.Name.ToExpr(expr.Upper(Workers.Name)))
			}
		},
		"delete": func(s *session.Session, all []*Worker) {
			for _, w := range all {
				s.Delete(w)
			}
		},
	} {
		for _, finish := range []func(s *session.Session) error{
			func(s *session.Session) error { return s.Commit(ctx) },
			func(s *session.Session) error { return errors.Join(s.Flush(ctx), s.Commit(ctx)) },
		} {
			for _, gone := range []string{"id = 2", "id IN (2, 3)"} {
				s := begin(t, eng)
				all := must[[]*Worker](t)(query.Select(Workers).Filter(Workers.Name.NotIn("x")).OrderBy(Workers.ID).All(ctx, s))
				ok(t, second(query.Delete(Workers).Filter(expr.Raw[expr.Bool](gone)).Sync(query.SyncNone).Exec(ctx, s)))
				change(s, all)
				err := finish(s)
				if !errors.Is(err, session.ErrKeyNotUnique) && !(gone != "id = 2" && errors.Is(err, session.ErrStale)) {
					t.Errorf("%s, %s: error is %v", name, gone, err)
				}
				ok(t, s.Close(ctx))
				equal(t, name+": workers", count(t, eng, "worker"), 5)
				equal(t, name+": changed", count(t, eng, "worker WHERE name IN ('A', 'B', 'C', 'D') OR name LIKE '%changed'"), 0)
			}
		}
	}
}
