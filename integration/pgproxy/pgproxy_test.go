package pgproxy_test

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/integration/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// setup is a database with table t, a proxy before it, and a connection each through the proxy and direct.
type setup struct {
	p               *pgproxy.Proxy
	dsn             string // through the proxy
	through, direct *pgx.Conn
}

func prepare(t *testing.T) setup {
	t.Helper()
	return prepareMode(t, pgx.QueryExecModeCacheStatement)
}

// prepareMode is prepare for a mode of the connection through the proxy.
func prepareMode(t *testing.T, mode pgx.QueryExecMode) setup {
	t.Helper()
	dsn := pgtest.Database(t)
	p := start(t, dsn)
	through, err := p.DSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	s := setup{p: p, dsn: through, through: connectMode(t, through, mode), direct: connect(t, dsn)}
	exec(t, s.direct, "CREATE TABLE t (a int PRIMARY KEY, b text)")
	return s
}

func start(t *testing.T, dsn string) *pgproxy.Proxy {
	t.Helper()
	target, err := pgproxy.Target(dsn)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pgproxy.Start(target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	return connectMode(t, dsn, pgx.QueryExecModeCacheStatement)
}

func connectMode(t *testing.T, dsn string, mode pgx.QueryExecMode) *pgx.Conn {
	t.Helper()
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.DefaultQueryExecMode = mode
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func exec(t *testing.T, conn *pgx.Conn, sql string, args ...any) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func (s setup) count(t *testing.T) int {
	t.Helper()
	var n int
	if err := s.direct.QueryRow(t.Context(), "SELECT count(*) FROM t").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s setup) wantTrips(t *testing.T, what string, want int) {
	t.Helper()
	if got := s.p.Trips(); got != want {
		t.Errorf("%s: %d trips, want %d", what, got, want)
	}
	s.p.Reset()
}

func (s setup) wantConns(t *testing.T, want int) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d connections", want), func() bool { return s.p.Conns() == want })
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not in time: %s", what)
		}
	}
}

func TestTrips(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	if s.p.Trips() != 0 || s.p.Connects() != 1 || s.p.Conns() != 1 {
		t.Errorf("at first %d trips, %d connects, %d conns", s.p.Trips(), s.p.Connects(), s.p.Conns())
	}
	exec(t, s.through, "SELECT 1")
	s.wantTrips(t, "simple query", 1)
	exec(t, s.through, "SELECT $1::int", 7)
	s.wantTrips(t, "prepared query, first time", 2)
	exec(t, s.through, "SELECT $1::int", 8)
	s.wantTrips(t, "prepared query, second time", 1)
	exec(t, s.through, "SELECT $1::int + 1", pgx.QueryExecModeExec, 8)
	s.wantTrips(t, "unnamed statement", 1)
	rows, err := s.through.Query(t.Context(), "SELECT repeat('x', 1000) FROM generate_series(1, 5000)")
	if err != nil {
		t.Fatal(err)
	}
	rows.Close()
	if rows.Err() != nil || s.p.BytesIn() < 5e6 || s.p.BytesOut() == 0 {
		t.Errorf("%v, %d bytes in, %d out", rows.Err(), s.p.BytesIn(), s.p.BytesOut())
	}
	s.wantTrips(t, "large result, to be prepared", 2)
	exec(t, s.through, "SELECT length($1::text)", pgx.QueryExecModeExec, strings.Repeat("y", 3<<20))
	s.wantTrips(t, "large parameter", 1)
}

func TestTripsOfBatch(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	batch := func(n, from int) {
		t.Helper()
		b := &pgx.Batch{}
		for i := range n {
			b.Queue("INSERT INTO t VALUES ($1, $2)", from+i, strings.Repeat("z", 1000))
			b.Queue("SELECT b FROM t WHERE a = $1", from+i)
		}
		if err := s.through.SendBatch(t.Context(), b).Close(); err != nil {
			t.Fatal(err)
		}
	}
	batch(1, 1)
	s.wantTrips(t, "batch, first time", 2)
	batch(3, 10)
	if got := len(s.p.Statements()); got != 6 {
		t.Errorf("%d statements, want 6", got)
	}
	s.wantTrips(t, "batch, second time", 1)
	batch(2000, 100)
	s.wantTrips(t, "batch of megabytes", 1)
	rows := pgx.CopyFromRows([][]any{{10000, "a"}, {10001, "b"}})
	if _, err := s.through.CopyFrom(t.Context(), pgx.Identifier{"t"}, []string{"a", "b"}, rows); err != nil {
		t.Fatal(err)
	}
	s.wantTrips(t, "copy, described before", 2)
}

func TestTransaction(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	err := pgx.BeginFunc(t.Context(), s.through, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), "INSERT INTO t VALUES ($1, $2)", pgx.QueryExecModeExec, 1, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got := s.p.Statements()
	want := []pgproxy.Statement{
		{SQL: "begin", Conn: 1, Kind: "BEGIN"},
		{
			SQL: "INSERT INTO t VALUES ($1, $2)", Conn: 1, Kind: "INSERT",
			Params: [][]byte{[]byte("1"), nil}, Formats: []int16{0, 0},
		},
		{SQL: "commit", Conn: 1, Kind: "COMMIT"},
	}
	if len(got) > 1 && len(got[1].Params) > 0 && got[1].Formats[0] == 1 {
		want[1].Params[0], want[1].Formats = []byte{0, 0, 0, 1}, got[1].Formats
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("statements\n%v, want\n%v", got, want)
	}
	s.wantTrips(t, "transaction", 3)
}

func TestStatements(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	second := connect(t, s.dsn)
	exec(t, s.through, "SELECT $1::text", "one")
	s.p.Reset()
	exec(t, s.through, "SELECT $1::text", "two")
	exec(t, second, "/* a /* nested */ comment */ -- and a line\n (select 1)")
	if _, err := second.Prepare(t.Context(), "named", "UPDATE t SET b = $1"); err != nil {
		t.Fatal(err)
	}
	exec(t, second, "named", "three")
	exec(t, second, "-- ping")
	var got []string
	for _, st := range s.p.Statements() {
		got = append(got, fmt.Sprintf("%d %s %s %q", st.Conn, st.Kind, st.SQL, st.Params))
	}
	want := []string{
		`1 SELECT SELECT $1::text ["two"]`,
		"2 SELECT /* a /* nested */ comment */ -- and a line\n (select 1) []",
		`2 UPDATE UPDATE t SET b = $1 ["three"]`,
		`2  -- ping []`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("statements\n%q, want\n%q", got, want)
	}
}

func TestDSN(t *testing.T) {
	t.Parallel()
	p, err := pgproxy.Start("127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	_, port, _ := strings.Cut(p.Addr(), ":")
	for dsn, want := range map[string]string{
		"postgresql://u:p@h:1/db?a=b":                   "postgresql://u:p@" + p.Addr() + "/db?a=b&sslmode=disable",
		"postgres://u@/db?host=/s&port=2&sslmode=allow": "postgres://u@" + p.Addr() + "/db?sslmode=disable",
		"host=h dbname=db":                              "host=h dbname=db host=127.0.0.1 port=" + port + " sslmode=disable",
	} {
		if got, err := p.DSN(dsn); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", dsn, got, err, want)
		}
	}
	if _, err := p.DSN("postgres://u:secret@h:x/db"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
	dsn, err := p.DSN("postgres://u@h/db")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pgx.Connect(t.Context(), dsn); err == nil {
		t.Error("connected to nothing")
	}
	if _, err := pgproxy.Start("nothing"); err == nil || !strings.HasPrefix(err.Error(), "pgproxy: ") {
		t.Errorf("got %v for a bad target", err)
	}
	for dsn, want := range map[string]string{
		"postgres://u@h:1/db": "h:1", "postgres://u@/db?host=/s&port=2": "/s/.s.PGSQL.2",
	} {
		if got, err := pgproxy.Target(dsn); err != nil || got != want {
			t.Errorf("%s: got target %s, %v, want %s", dsn, got, err, want)
		}
	}
}
