package session_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// openWith is open with options.
func openWith(t *testing.T, o session.Options) (*session.Engine, *recorder) {
	t.Helper()
	rec := &recorder{}
	o.Logger = slog.New(rec)
	eng, err := session.Open(ctx, pgtest.Database(t), library, o)
	ok(t, err)
	closing(t, eng)
	ok(t, library.CreateAll(ctx, eng))
	rec.take()
	return eng, rec
}

// verbs returns the first words of the statements sent.
func verbs(rec *recorder) string {
	var vs []string
	for _, sql := range rec.take() {
		vs = append(vs, strings.Fields(sql)[0])
	}
	return strings.Join(vs, " ")
}

// TestBegin looks where transactions begin: not with what only reads.
func TestBegin(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	seed := begin(t, eng)
	a := &Author{Name: "Ann"}
	seed.Add(a, &Book{Title: "One", AuthorID: 1})
	ok(t, seed.Commit(ctx))
	_, err := eng.Pool().Exec(ctx, "CREATE FUNCTION shout(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)'")
	ok(t, err)
	au, b := Authors, Books
	all := func(q interface {
		All(ctx context.Context, r query.Runner) ([]*Author, error)
	},
	) func(s *session.Session) error {
		return func(s *session.Session) error { return second(q.All(ctx, s)) }
	}
	for name, c := range map[string]struct {
		do   func(s *session.Session) error
		want string
	}{
		"query": {all(query.Select(au).Filter(expr.Lower(au.Name).Eq("ann"))), "SELECT"},
		"get":   {func(s *session.Session) error { return second(session.Get(ctx, s, au, a.ID)) }, "SELECT"},
		"count": {func(s *session.Session) error { return second(query.Select(au).Count(ctx, s)) }, "SELECT"},
		"functions": {func(s *session.Session) error {
			return second(query.Select2(expr.Max(b.Price), expr.Count(b.ID)).All(ctx, s))
		}, "SELECT"},
		"prepared": {func(s *session.Session) error {
			q := query.Prepare1(func(n expr.Text) query.Query[*Author] { return query.Select(au).Filter(au.Name.EqExpr(n)) })
			return second(q.With("Ann").All(ctx, s))
		}, "SELECT"},
		"list": {func(s *session.Session) error {
			a, err := session.Get(ctx, s, au, a.ID)
			ok(t, err)
			return second(a.Books.All(ctx))
		}, "SELECT SELECT"},
		"refresh": {func(s *session.Session) error {
			a, err := session.Get(ctx, s, au, a.ID)
			ok(t, err)
			return s.Refresh(ctx, a)
		}, "SELECT SELECT"},
		"untracked": {func(s *session.Session) error { return second(query.Select(au).NoTracking().All(ctx, s)) }, "SELECT"},
		"lock":      {all(query.Select(au).ForUpdate()), "BEGIN SELECT ROLLBACK"},
		"lock of objects": {func(s *session.Session) error {
			a, err := session.Get(ctx, s, au, a.ID)
			ok(t, err)
			return s.Lock(ctx, a)
		}, "SELECT BEGIN SELECT ROLLBACK"},
		"now":               {all(query.Select(au).Filter(expr.Now().IsNotNull())), "BEGIN SELECT ROLLBACK"},
		"current_timestamp": {all(query.Select(au).Filter(expr.CurrentTimestamp().IsNotNull())), "BEGIN SELECT ROLLBACK"},
		"own function":      {all(query.Select(au).Filter(expr.Func[expr.Text]("shout", au.Name).Eq("ANN"))), "BEGIN SELECT ROLLBACK"},
		"in a subquery": {all(query.Select(au).Filter(au.ID.InRows(b.AuthorID, query.Select(b.AuthorID).Filter(
			expr.Func[expr.Text]("shout", b.Title).Eq("ONE"))))), "BEGIN SELECT ROLLBACK"},
		"raw":       {all(query.Select(au).Filter(expr.Raw[expr.Bool]("true"))), "BEGIN SELECT ROLLBACK"},
		"raw whole": {func(s *session.Session) error { return second(query.Exec(ctx, s, squirrel.Expr("SELECT 1"))) }, "BEGIN SELECT ROLLBACK"},
		"write": {func(s *session.Session) error {
			return second(query.Update(au).Set(au.Name.To("x")).Everywhere().Exec(ctx, s))
		}, "BEGIN UPDATE ROLLBACK"},
		"after a write": {func(s *session.Session) error {
			_, err := query.Update(au).Set(au.Name.To("x")).Everywhere().Exec(ctx, s)
			return errors.Join(err, second(query.Select(au).All(ctx, s)))
		}, "BEGIN UPDATE SELECT ROLLBACK"},
	} {
		rec.take()
		s := eng.Session()
		if err := c.do(s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		ok(t, s.Close(ctx))
		if got := verbs(rec); got != c.want {
			t.Errorf("%s: sent %s, want %s", name, got, c.want)
		}
	}
}

// TestReadHoldsNothing reads in a session: no connection is held after it, and its loss is no matter.
func TestReadHoldsNothing(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "Ann"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	_, err := query.Select(Authors).One(ctx, s)
	ok(t, err)
	equal(t, "InTransaction", s.InTransaction(), false)
	idle(t, eng, 0)
	eng.Pool().Reset()
	rec.take()
	a.Name = "Bea"
	ok(t, s.Flush(ctx))
	equal(t, "InTransaction after a write", s.InTransaction(), true)
	equal(t, "sent", verbs(rec), "BEGIN UPDATE")
	idle(t, eng, 1)
	ok(t, s.Rollback(ctx))
	equal(t, "name", a.Name, "Ann")
}

// TestLevels has connections whose transactions are not READ COMMITTED begin one with their first statement.
func TestLevels(t *testing.T) {
	t.Parallel()
	read := func(eng *session.Engine) {
		s := eng.Session()
		ok(t, second(query.Select(Authors).All(ctx, s)))
		ok(t, s.Close(ctx))
	}
	const free, bound, asking = "SELECT", "BEGIN SELECT ROLLBACK", "BEGIN SELECT SELECT ROLLBACK"
	for name, c := range map[string]struct {
		o    session.Options
		want string
	}{
		"default":         {session.Options{}, free},
		"read committed":  {session.Options{Tx: pgx.TxOptions{IsoLevel: pgx.ReadCommitted}}, free},
		"read only":       {session.Options{Tx: pgx.TxOptions{AccessMode: pgx.ReadOnly}}, free},
		"repeatable read": {session.Options{Tx: pgx.TxOptions{IsoLevel: pgx.RepeatableRead}}, bound},
		"serializable":    {session.Options{Tx: pgx.TxOptions{IsoLevel: pgx.Serializable}}, bound},
		"at once":         {session.Options{BeginAtOnce: true}, bound},
		"connection's": {session.Options{Configure: func(c *pgxpool.Config) error {
			c.ConnConfig.RuntimeParams["default_transaction_isolation"] = "repeatable read"
			return nil
		}}, bound},
	} {
		eng, rec := openWith(t, c.o)
		read(eng)
		if got := verbs(rec); got != c.want {
			t.Errorf("%s: sent %s, want %s", name, got, c.want)
		}
	}
	for _, set := range []string{
		"SET default_transaction_isolation = 'serializable'",
		"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ",
		"SELECT set_config('default_transaction_isolation', 'serializable', false)",
		"DO $$ BEGIN PERFORM set_config('default_transaction_isolation', 'serializable', false); END $$",
	} {
		eng, rec := openWith(t, session.Options{MaxConns: 1})
		_, err := query.Exec(ctx, eng, squirrel.Expr(set))
		ok(t, err)
		rec.take()
		read(eng)
		equal(t, "first after "+set, verbs(rec), asking)
		read(eng)
		equal(t, "second after "+set, verbs(rec), bound)
		_, err = query.Exec(ctx, eng, squirrel.Expr("RESET default_transaction_isolation"))
		ok(t, err)
		rec.take()
		read(eng)
		read(eng)
		equal(t, "reset after "+set, verbs(rec), asking+" "+free)
	}
}

// TestConnectionIsKept reads twice in a session of a pool that does something to the connections that it gives out.
func TestConnectionIsKept(t *testing.T) {
	t.Parallel()
	given := 0
	eng, rec := openWith(t, session.Options{Configure: func(c *pgxpool.Config) error {
		c.PrepareConn = func(context.Context, *pgx.Conn) (bool, error) { given++; return true, nil }
		return nil
	}})
	given = 0
	s := begin(t, eng)
	for range 3 {
		ok(t, second(query.Select(Authors).All(ctx, s)))
	}
	equal(t, "connections given out", given, 1)
	equal(t, "sent", verbs(rec), "SELECT SELECT SELECT")
}

// TestLoneStatement commits what is one statement without BEGIN and COMMIT, and takes it back where it fails.
func TestLoneStatement(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	a := &Author{Name: "Ann"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	equal(t, "INSERT", verbs(rec), "INSERT")
	equal(t, "InTransaction", s.InTransaction(), false)
	a.Name = "Bea"
	ok(t, s.Commit(ctx))
	equal(t, "UPDATE", verbs(rec), "WITH")
	ok(t, session.BulkInsert(ctx, eng, Workers, &Worker{Name: "Cid"}, &Worker{Name: "Dan"}))
	equal(t, "BulkInsert", verbs(rec), "WITH")
	s.Add(&Author{Name: "Eve"}, &Worker{Name: "Fay"})
	ok(t, s.Commit(ctx))
	equal(t, "two statements", verbs(rec), "BEGIN WITH WITH COMMIT")

	_, err := eng.Pool().Exec(ctx, `ALTER TABLE author ADD CONSTRAINT late UNIQUE (name) DEFERRABLE INITIALLY DEFERRED`)
	ok(t, err)
	twice := &Author{Name: "Eve"}
	s.Add(twice)
	var unique *session.UniqueError
	if err := s.Commit(ctx); !errors.As(err, &unique) || unique.Constraint != "late" {
		t.Fatalf("deferred constraint: %v", err)
	}
	is(t, s.Flush(ctx), session.ErrFailed)
	rec.take()
	ok(t, s.Rollback(ctx))
	equal(t, "sent by Rollback", verbs(rec), "")
	equal(t, "key after Rollback", twice.ID, int64(0))
	equal(t, "in the session", s.Contains(twice), false)
	equal(t, "rows", count(t, eng, "author"), 2)

	_, err = eng.Pool().Exec(ctx, "DELETE FROM author WHERE name = 'Bea'")
	ok(t, err)
	a.Name = "Zoe"
	is(t, s.Commit(ctx), session.ErrStale)
	ok(t, s.Rollback(ctx))
	equal(t, "name after Rollback", a.Name, "Bea")
}

// TestPlainFunctions compares the functions that are taken for harmless with what the server says of them.
func TestPlainFunctions(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	rows, err := eng.Pool().Query(ctx, `SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND provolatile = 'v'`)
	ok(t, err)
	volatile, err := pgx.CollectRows(rows, pgx.RowTo[string])
	ok(t, err)
	told := []string{"random", "clock_timestamp", "gen_random_uuid", "uuidv4", "uuidv7", "array_shuffle", "array_sample"} // they only give another value each time
	for _, name := range volatile {
		if ast.PlainFunction(name) && !slices.Contains(told, name) {
			t.Errorf("%s is volatile", name)
		}
	}
	for _, name := range []string{"now", "transaction_timestamp", "nextval", "currval", "set_config", "pg_advisory_lock", "txid_current", "pg_sleep", "lo_create", "shout"} {
		if ast.PlainFunction(name) {
			t.Errorf("%s is taken for harmless", name)
		}
	}
}
