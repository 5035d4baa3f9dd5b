package session_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// with returns a connection string with a further parameter.
func with(dsn, parameter string) string {
	if !strings.Contains(dsn, "://") {
		return dsn + " " + parameter
	}
	if strings.Contains(dsn, "?") {
		return dsn + "&" + parameter
	}
	return dsn + "?" + parameter
}

// TestEncoding: on a connection whose text is not UTF8 nothing is sent, whoever made it, and whenever its encoding was changed.
func TestEncoding(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	latin := with(dsn, "client_encoding=LATIN1")
	refused := func(err error) {
		t.Helper()
		is(t, err, session.ErrEncoding)
		if !strings.Contains(err.Error(), "client_encoding=UTF8 in the connection string), not LATIN1") {
			t.Error(err)
		}
	}
	refused(second(session.Open(ctx, latin, library, session.Options{})))
	pool := must[*pgxpool.Pool](t)(pgxpool.New(ctx, latin))
	eng := session.NewEngine(pool, library, session.Options{})
	t.Cleanup(eng.Close)
	refused(library.CreateAll(ctx, eng))
	refused(second(query.Select(Authors).All(ctx, eng)))
	s := begin(t, eng)
	refused(second(query.Select(Authors).All(ctx, s)))
	s.Add(&Author{Name: "Müller"})
	refused(s.Commit(ctx))
	conn := must[*pgx.Conn](t)(pgx.Connect(ctx, latin))
	t.Cleanup(func() { ok(t, conn.Close(ctx)) })
	refused(second(query.Select(Authors).All(ctx, session.Wrap(conn))))
	ok(t, second(conn.Exec(ctx, "SET client_encoding = 'UTF8'")))
	equal(t, "a wrapped connection", must[string](t)(query.Select(expr.Val("ü")).One(ctx, session.Wrap(conn))), "ü")
}

// TestEncodingSetLater: an encoding that a program sets is met by the next statement, and Rollback works.
func TestEncodingSetLater(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	s.Add(&Author{Name: "Müller"})
	ok(t, s.Flush(ctx))
	ok(t, second(query.ExecRaw(ctx, s, "SET LOCAL client_encoding = 'LATIN1'")))
	s.Add(&Author{Name: "Märchen"})
	rec.take()
	is(t, s.Commit(ctx), session.ErrEncoding)
	sent(t, rec)
	ok(t, s.Rollback(ctx))
	equal(t, "rows", count(t, eng, "author"), 0)
	s.Add(&Author{Name: "Märchen"})
	ok(t, s.Commit(ctx))
	equal(t, "name", must[string](t)(query.Select(Authors.Name).One(ctx, eng)), "Märchen")
}
