package wire_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/internal/wire"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

var ctx = context.Background()

// facts are what all the tests' connections know; the databases differ, so what is known may be wrong.
var facts = &wire.Facts{}

// connect returns a connection through a proxy that counts.
func connect(t *testing.T, change func(*pgx.ConnConfig)) (*pgx.Conn, *pgproxy.Proxy) {
	t.Helper()
	dsn := pgtest.Database(t)
	target, err := pgproxy.Target(dsn)
	ok(t, err)
	proxy, err := pgproxy.Start(target)
	ok(t, err)
	t.Cleanup(func() { _ = proxy.Close() })
	dsn, err = proxy.DSN(dsn)
	ok(t, err)
	config, err := pgx.ParseConfig(dsn)
	ok(t, err)
	if change != nil {
		change(config)
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	ok(t, err)
	t.Cleanup(func() { _ = conn.Close(ctx) })
	proxy.Reset()
	return conn, proxy
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// column reads the first column of each row as text or number, whatever its format.
type column struct {
	formats []int16
	values  []string
}

// ReadRows collects the values.
func (c *column) ReadRows(rows *wire.Rows) error {
	for rows.Next() {
		f := rows.Fields()[0]
		c.formats = append(c.formats, f.Format)
		var s string
		if err := rows.TypeMap().Scan(f.DataTypeOID, f.Format, rows.Values()[0], &s); err != nil {
			var n int64
			if err := rows.TypeMap().Scan(f.DataTypeOID, f.Format, rows.Values()[0], &n); err != nil {
				return err
			}
			s = fmt.Sprint(n)
		}
		c.values = append(c.values, s)
	}
	return nil
}

func run(t *testing.T, conn *pgx.Conn, stmts ...*wire.Stmt) {
	t.Helper()
	ok(t, wire.Of(conn, facts).Run(ctx, stmts))
}

func trips(t *testing.T, proxy *pgproxy.Proxy, want int) {
	t.Helper()
	if got := proxy.Trips(); got != want {
		t.Errorf("%d round trips, want %d", got, want)
	}
	proxy.Reset()
}

// TestOneTrip: a statement takes one trip, alone and in a batch, and one more the first time that an engine meets it; on
// another connection it is known. Its values are binary from the first time on.
func TestOneTrip(t *testing.T) {
	t.Parallel()
	shared := &wire.Facts{}
	for c := range 2 {
		conn, proxy := connect(t, nil)
		for i := range 4 {
			first := 0
			if c == 0 && i == 0 {
				first = 1
			}
			var got column
			alone := &wire.Stmt{SQL: "SELECT $1::bigint + 1", Args: []any{int64(i)}, Read: &got}
			ok(t, wire.Of(conn, shared).Run(ctx, []*wire.Stmt{alone}))
			trips(t, proxy, 1+first)
			if len(got.values) != 1 || got.values[0] != fmt.Sprint(i+1) {
				t.Errorf("values are %v", got.values)
			}
			if got.formats[0] != 1 {
				t.Errorf("execution %d gives format %d", i, got.formats[0])
			}
			batch := []*wire.Stmt{
				{SQL: "BEGIN"},
				{SQL: "SELECT 2", Read: &got},
				{SQL: "SELECT 2", Read: &got},
				{SQL: fmt.Sprint("SELECT ", 3), Read: &got},
				{SQL: "COMMIT", Once: true},
			}
			ok(t, wire.Of(conn, shared).Run(ctx, batch))
			trips(t, proxy, 1+first)
		}
		if first, again := wire.Of(conn, shared), wire.Of(conn, shared); first != again {
			t.Error("a connection has two wire sides")
		}
	}
}

// TestForgottenStatement: a statement that the server dropped, or whose result changed, is prepared again by itself where
// nothing was lost, and is an error inside a transaction.
func TestForgottenStatement(t *testing.T) {
	t.Parallel()
	conn, _ := connect(t, nil)
	const sql = "SELECT * FROM (SELECT 1) AS x"
	var got column
	for range 2 {
		run(t, conn, &wire.Stmt{SQL: sql, Read: &got})
	}
	_, err := conn.Exec(ctx, "DEALLOCATE ALL")
	ok(t, err)
	run(t, conn, &wire.Stmt{SQL: sql, Read: &got})

	_, err = conn.Exec(ctx, "CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
	ok(t, err)
	all := &wire.Stmt{SQL: "SELECT * FROM t", Read: &got}
	for range 2 {
		run(t, conn, all)
	}
	_, err = conn.Exec(ctx, "ALTER TABLE t ADD b int")
	ok(t, err)
	run(t, conn, all)

	_, err = conn.Exec(ctx, "ALTER TABLE t ADD c int; BEGIN")
	ok(t, err)
	var we *wire.Error
	if err := wire.Of(conn, facts).Run(ctx, []*wire.Stmt{all}); !errors.As(err, &we) || we.SQL != all.SQL {
		t.Errorf("in a transaction: %v", err)
	}
	_, err = conn.Exec(ctx, "ROLLBACK")
	ok(t, err)
	run(t, conn, all)
}

// TestLimit: the least recently used statements are dropped, here and on the server, and come back when they are used.
func TestLimit(t *testing.T) {
	t.Parallel()
	conn, _ := connect(t, func(c *pgx.ConnConfig) { c.StatementCacheCapacity = 3 })
	for round := range 3 {
		var batch []*wire.Stmt
		for i := range 6 {
			sql := fmt.Sprintf("SELECT %d", i)
			run(t, conn, &wire.Stmt{SQL: sql})
			batch = append(batch, &wire.Stmt{SQL: sql})
		}
		run(t, conn, batch...) // more than the limit
		run(t, conn, &wire.Stmt{SQL: "SELECT 0"})
		var n int
		ok(t, conn.QueryRow(ctx, "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'cupel%'", pgx.QueryExecModeExec).Scan(&n))
		if n > 4 {
			t.Errorf("round %d: the server has %d statements", round, n)
		}
	}
}

// TestErrors: the statement that failed is named, those before it count as done, and the connection goes on.
func TestErrors(t *testing.T) {
	t.Parallel()
	conn, proxy := connect(t, nil)
	for range 2 {
		err := wire.Of(conn, facts).Run(ctx, []*wire.Stmt{{SQL: "SELECT 1"}, {SQL: "SELECT 1/0 -- x"}, {SQL: "SELECT 3"}})
		var we *wire.Error
		var pg *pgconn.PgError
		if !errors.As(err, &we) || we.Index != 1 || we.SQL != "SELECT 1/0 -- x" || !errors.As(err, &pg) || pg.Code != "22012" {
			t.Fatalf("error is %v", err)
		}
	}
	run(t, conn, &wire.Stmt{SQL: "SELECT $1::int + 0", Args: []any{1}})
	proxy.Reset()
	err := wire.Of(conn, facts).Run(ctx, []*wire.Stmt{{SQL: "SELECT 1"}, {SQL: "SELECT $1::int + 0", Args: []any{struct{}{}}}})
	var bad *wire.EncodeError
	if !errors.As(err, &bad) || bad.Parameter != 1 {
		t.Fatalf("error is %v", err)
	}
	if len(proxy.Statements()) > 0 {
		t.Errorf("something was sent before a value that cannot be: %v", proxy.Statements())
	}
	err = wire.Of(conn, facts).Run(ctx, []*wire.Stmt{{SQL: "SELECT generate_series(1, 1000)", Read: wire.ReadFunc(func(*wire.Rows) error {
		return errors.New("no more")
	})}})
	var re *wire.ReadError
	if !errors.As(err, &re) {
		t.Errorf("error is %v", err)
	}
	err = wire.Of(conn, facts).Run(ctx, []*wire.Stmt{{SQL: "SELECT generate_series(1, 1000)", Read: wire.ReadFunc(func(r *wire.Rows) error {
		r.Next()
		return wire.ErrStop
	})}})
	ok(t, err)
	var got column
	run(t, conn, &wire.Stmt{SQL: "SELECT 'still here'", Read: &got})
}

// TestEmptyIsNotNull: a value of no bytes is sent as one, whatever was sent before.
func TestEmptyIsNotNull(t *testing.T) {
	t.Parallel()
	conn, _ := connect(t, nil)
	for range 3 {
		var got column
		run(t, conn, &wire.Stmt{SQL: "SELECT ($1::text IS NULL)::text || ($2::bytea IS NULL)::text", Args: []any{"", []byte{}}, Read: &got})
		if len(got.values) != 1 || got.values[0] != "falsefalse" {
			t.Errorf("values are %v", got.values)
		}
	}
}

// TestValueWhoseTypeMustBeKnown: the form of a value may depend on the parameter's type.
func TestValueWhoseTypeMustBeKnown(t *testing.T) {
	t.Parallel()
	conn, _ := connect(t, nil)
	for range 2 {
		var got column
		run(t, conn, &wire.Stmt{SQL: "SELECT ($1::jsonb)->>'a'", Args: []any{map[string]any{"a": "b"}}, Read: &got})
		if len(got.values) != 1 || got.values[0] != "b" {
			t.Errorf("values are %v", got.values)
		}
	}
}

// TestModes: pgx's other modes of execution prepare nothing, as a pooler between wants it.
func TestModes(t *testing.T) {
	t.Parallel()
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeCacheDescribe} {
		conn, _ := connect(t, func(c *pgx.ConnConfig) { c.DefaultQueryExecMode = mode })
		for range 3 {
			var got column
			run(t, conn, &wire.Stmt{SQL: "SELECT $1::bigint", Args: []any{int64(7)}, Read: &got})
			if len(got.values) != 1 || got.values[0] != "7" {
				t.Errorf("%v: values are %v", mode, got.values)
			}
		}
		var n int
		ok(t, conn.QueryRow(ctx, "SELECT count(*) FROM pg_prepared_statements", pgx.QueryExecModeExec).Scan(&n))
		if n != 0 {
			t.Errorf("%v: %d statements are prepared", mode, n)
		}
	}
}

// tracer keeps what it is told.
type tracer struct{ lines []string }

// TraceQueryStart notes the statement.
func (tr *tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	tr.lines = append(tr.lines, "start "+d.SQL)
	return ctx
}

// TraceQueryEnd notes the outcome.
func (tr *tracer) TraceQueryEnd(_ context.Context, _ *pgx.Conn, d pgx.TraceQueryEndData) {
	tr.lines = append(tr.lines, fmt.Sprintf("end %s %v", d.CommandTag, d.Err != nil))
}

func TestTracer(t *testing.T) {
	t.Parallel()
	tr := &tracer{}
	conn, _ := connect(t, func(c *pgx.ConnConfig) { c.Tracer = tr })
	tr.lines = nil
	_ = wire.Of(conn, facts).Run(ctx, []*wire.Stmt{{SQL: "SELECT 1"}, {SQL: "SELECT 1/0"}, {SQL: "SELECT 2"}})
	want := "start SELECT 1; start SELECT 1/0; start SELECT 2; end SELECT 1 false; end  true; end  true"
	if got := strings.Join(tr.lines, "; "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestCancelled: a context that ends while a statement runs closes the connection, within moments.
func TestCancelled(t *testing.T) {
	t.Parallel()
	conn, _ := connect(t, nil)
	run(t, conn, &wire.Stmt{SQL: "SELECT pg_sleep($1)::text", Args: []any{0.0}})
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	err := wire.Of(conn, facts).Run(short, []*wire.Stmt{{SQL: "SELECT pg_sleep($1)::text", Args: []any{30.0}}})
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 5*time.Second || !conn.IsClosed() {
		t.Errorf("error %v after %v, closed %v", err, time.Since(start), conn.IsClosed())
	}
	if err := wire.Of(conn, facts).Run(short, []*wire.Stmt{{SQL: "SELECT 1"}}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v", err)
	}
}
