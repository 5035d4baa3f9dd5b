package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestRollbackOfReadded: an object that was deleted, and added again in the same transaction, has its row back after
// Rollback, and what is changed of it then is written.
func TestRollbackOfReadded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		then func(s *session.Session, w *Worker, p *Publisher)
	}{
		{"not flushed", func(*session.Session, *Worker, *Publisher) {}},
		{"flushed", func(s *session.Session, _ *Worker, _ *Publisher) { ok(t, s.Flush(ctx)) }},
		{"withdrawn", func(s *session.Session, w *Worker, p *Publisher) { s.Delete(w, p) }},
		{"deleted again", func(s *session.Session, w *Worker, p *Publisher) {
			ok(t, s.Flush(ctx))
			s.Delete(w, p)
			ok(t, s.Flush(ctx))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eng, _ := open(t)
			s := begin(t, eng)
			w, p := &Worker{Name: "ann"}, &Publisher{Code: "x", Name: "one"}
			s.Add(w, p)
			ok(t, s.Commit(ctx))
			s.Delete(w, p)
			ok(t, s.Flush(ctx))
			w.Name, p.Name = "new", "new"
			s.Add(w, p)
			c.then(s, w, p)
			ok(t, s.Rollback(ctx))
			equal(t, "name", w.Name+p.Name, "annone")
			equal(t, "objects", s.Len(), 2)
			equal(t, "worker", must[*Worker](t)(query.Select(Workers).One(ctx, s)), w)
			equal(t, "publisher", must[*Publisher](t)(session.Get(ctx, s, Publishers, "x")), p)
			w.Name, p.Name = "changed", "too"
			ok(t, s.Commit(ctx))
			equal(t, "worker's row", must[*Worker](t)(query.Select(Workers).One(ctx, eng)).Name, "changed")
			equal(t, "publisher's row", must[*Publisher](t)(query.Select(Publishers).One(ctx, eng)).Name, "too")
		})
	}
}

// TestReadded: an object that was deleted is new when it is added again; withdrawn, it is gone after Commit.
func TestReadded(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	w, p := &Worker{Name: "ann"}, &Publisher{Code: "x", Name: "one"}
	s.Add(w, p)
	ok(t, s.Commit(ctx))
	s.Delete(w, p)
	ok(t, s.Flush(ctx))
	s.Add(w, p)
	s.Delete(p)
	rec.take()
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH added AS (INSERT INTO worker (id, name, boss_id) VALUES ($1, $2, $3) RETURNING id) …", "COMMIT")
	equal(t, "objects", s.Len(), 1)
	w.Name = "bob"
	ok(t, s.Commit(ctx))
	equal(t, "row", must[*Worker](t)(query.Select(Workers).One(ctx, eng)).Name, "bob")
	equal(t, "publishers", count(t, eng, "publisher"), 0)
}
