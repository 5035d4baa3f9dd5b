package session_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestSerializationError: nothing is stored of a transaction that met another one, and all of it may be done again.
func TestSerializationError(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), family, session.Options{Tx: pgx.TxOptions{IsoLevel: pgx.RepeatableRead}})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, family.CreateAll(ctx, eng))
	s := begin(t, eng)
	s.Add(&Parent{Code: "a"})
	ok(t, s.Commit(ctx))
	for attempt := range 2 {
		p := must[*Parent](t)(query.Select(Parents).Filter(Parents.Code.Ne("new")).One(ctx, s))
		if attempt == 0 {
			elsewhere(t, eng, "UPDATE parent SET code = 'theirs'")
		}
		p.Code = "mine"
		s.Add(&Parent{Code: "new"})
		err := s.Commit(ctx)
		if attempt == 1 {
			ok(t, err)
			break
		}
		var e *session.SerializationError
		if !errors.As(err, &e) || errors.Is(err, session.ErrStale) {
			t.Fatalf("error is %v", err)
		}
		ok(t, s.Rollback(ctx))
		equal(t, "rows", count(t, eng, "parent"), 1)
	}
	equal(t, "rows at the end", count(t, eng, "parent WHERE code IN ('mine', 'new')"), 2)
}
