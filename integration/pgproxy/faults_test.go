package pgproxy_test

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgproxy"
)

// insert is what the cuts are tried on, as statements of one connection.
func insert(ctx context.Context, conn *pgx.Conn) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO t VALUES ($1)", 1)
		return err
	})
}

func insertAlone(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "INSERT INTO t VALUES ($1)", 1)
	return err
}

// insertBatch commits with an Execute that has others behind it before the Sync.
func insertBatch(ctx context.Context, conn *pgx.Conn) error {
	b := &pgx.Batch{}
	for _, sql := range []string{"BEGIN", "INSERT INTO t VALUES (1)", "COMMIT", "INSERT INTO t VALUES (2)", "SELECT 1"} {
		b.Queue(sql)
	}
	return conn.SendBatch(ctx, b).Close()
}

func TestCutAtStatement(t *testing.T) {
	t.Parallel()
	before, after := (*pgproxy.Proxy).CutBefore, (*pgproxy.Proxy).CutAfter
	tests := []struct {
		name string
		cut  func(*pgproxy.Proxy, int)
		n    int
		do   func(context.Context, *pgx.Conn) error
		rows int // in the database at the end
		seen int // statements that the server got
	}{
		{"after COMMIT", after, 3, insert, 1, 3},
		{"before COMMIT", before, 3, insert, 0, 2},
		{"after INSERT", after, 2, insert, 0, 2},
		{"before BEGIN", before, 1, insert, 0, 0},
		{"after INSERT alone", after, 1, insertAlone, 1, 1},
		{"before INSERT alone", before, 1, insertAlone, 0, 0},
		{"after INSERT in a batch", after, 2, insertBatch, 0, 2},
		{"after COMMIT in a batch", after, 3, insertBatch, 1, 3},
		{"before COMMIT in a batch", before, 3, insertBatch, 0, 2},
		{"after the second INSERT in a batch", after, 4, insertBatch, 1, 4},
		{"after the last in a batch", after, 5, insertBatch, 2, 5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := prepareMode(t, pgx.QueryExecModeExec)
			test.cut(s.p, test.n)
			if err := test.do(t.Context(), s.through); err == nil {
				t.Error("no error")
			}
			if got := s.count(t); got != test.rows {
				t.Errorf("%d rows, want %d", got, test.rows)
			}
			if got := len(s.p.Statements()); got != test.seen {
				t.Errorf("%d statements, want %d", got, test.seen)
			}
			s.wantConns(t, 0)
			exec(t, s.direct, "TRUNCATE t")
			if err := insert(t.Context(), connect(t, s.dsn)); err != nil || s.count(t) != 1 {
				t.Errorf("then %v, %d rows", err, s.count(t))
			}
		})
	}
}

func TestCutTakenBack(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	s.p.CutAfter(1)
	s.p.CutAfter(0)
	s.p.CutBefore(1)
	s.p.CutBefore(-1)
	exec(t, s.through, "SELECT 1")
}

func TestCutOfBusyServer(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	s.p.CutAfter(1)
	begin := time.Now()
	if _, err := s.through.Exec(t.Context(), "SELECT pg_sleep(30)"); err == nil {
		t.Error("no error")
	}
	if took := time.Since(begin); took > 15*time.Second {
		t.Errorf("the client was cut after %s", took)
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	other := connect(t, s.dsn)
	s.p.Cut()
	if got := s.p.Conns(); got != 0 {
		t.Errorf("%d connections after Cut", got)
	}
	for _, conn := range []*pgx.Conn{s.through, other} {
		if _, err := conn.Exec(t.Context(), "SELECT 1"); err == nil {
			t.Error("a connection outlived Cut")
		}
	}
	exec(t, connect(t, s.dsn), "SELECT 1")
}

func TestStall(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	other := connect(t, s.dsn)
	s.p.Stall(true)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := s.through.Exec(ctx, "INSERT INTO t VALUES (1)"); err == nil || ctx.Err() == nil {
		t.Errorf("got %v, want the context's end", err)
	}
	eventually(t, "the INSERT", func() bool { return s.count(t) == 1 })
	s.wantTrips(t, "stalled", 0)
	done := make(chan error, 1)
	go func() {
		_, err := other.Exec(t.Context(), "SELECT 1")
		done <- err
	}()
	eventually(t, "the statement", func() bool { return len(s.p.Statements()) == 1 })
	select {
	case err := <-done:
		t.Errorf("got an answer from a stalled proxy: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	s.p.Stall(false)
	if err := <-done; err != nil {
		t.Error(err)
	}
	s.wantTrips(t, "no longer stalled", 1)
	s.wantConns(t, 1)
	select {
	case <-s.through.PgConn().CleanupDone():
	case <-time.After(5 * time.Second):
		t.Error("pgx still waits for the server after the stall")
	}
}

func TestCutWhileStalled(t *testing.T) {
	t.Parallel()
	s := prepareMode(t, pgx.QueryExecModeExec)
	s.p.Stall(true)
	s.p.CutAfter(3)
	done := make(chan error, 1)
	go func() { done <- insertBatch(t.Context(), s.through) }()
	if err := <-done; err == nil {
		t.Error("no error")
	}
	if got := s.count(t); got != 1 {
		t.Errorf("%d rows, want 1", got)
	}
}

func TestRefuse(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	s.p.Refuse(true)
	if conn, err := pgx.Connect(t.Context(), s.dsn); err == nil {
		t.Error("connected while refused")
		_ = conn.Close(t.Context())
	}
	exec(t, s.through, "SELECT 1")
	s.p.Refuse(false)
	connect(t, s.dsn)
	if got := s.p.Connects(); got != 2 {
		t.Errorf("%d connects, want 2", got)
	}
}

func TestCancelRequest(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	done := make(chan error, 1)
	go func() {
		_, err := s.through.Exec(t.Context(), "SELECT pg_sleep(60)")
		done <- err
	}()
	eventually(t, "the query on the server", func() bool {
		var n int
		const sql = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(60)'"
		return s.direct.QueryRow(t.Context(), sql).Scan(&n) == nil && n == 1
	})
	if err := s.through.PgConn().CancelRequest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err == nil || !strings.Contains(err.Error(), "57014") {
		t.Errorf("got %v, want query_canceled", err)
	}
	if s.p.Connects() != 1 || s.p.Conns() != 1 {
		t.Errorf("%d connects, %d connections, want 1 and 1", s.p.Connects(), s.p.Conns())
	}
}

func TestEncryptionIsTurnedDown(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	exec(t, connect(t, strings.Replace(s.dsn, "sslmode=disable", "sslmode=prefer", 1)), "SELECT 1")
	conn, err := pgx.Connect(t.Context(), strings.Replace(s.dsn, "sslmode=disable", "sslmode=require", 1))
	if err == nil {
		t.Error("connected with TLS")
		_ = conn.Close(t.Context())
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				conn, err := pgx.Connect(t.Context(), s.dsn)
				if err == nil {
					_, _ = conn.Exec(t.Context(), "SELECT $1::int", i)
					_ = conn.Close(t.Context())
				}
				switch {
				case i == 0 && j%5 == 0:
					s.p.Cut()
				case i == 1 && j%5 == 0:
					s.p.CutAfter(j)
				case i == 2:
					s.p.Stall(true)
					time.Sleep(time.Millisecond)
					s.p.Stall(false)
				case i == 3:
					s.p.Refuse(j%2 == 0)
				case i == 4:
					s.p.Reset()
				}
				_, _, _ = s.p.Trips(), s.p.Statements(), s.p.Conns()
			}
		})
	}
	wg.Wait()
	s.p.Cut()
	s.wantConns(t, 0)
}

// It does not run beside other tests, for it looks at the goroutines of all.
func TestClose(t *testing.T) {
	s := prepare(t)
	connect(t, s.dsn)
	s.p.Stall(true)
	done := make(chan error, 1)
	go func() {
		_, err := s.through.Exec(context.Background(), "SELECT pg_sleep(1)")
		done <- err
	}()
	eventually(t, "the statement", func() bool { return len(s.p.Statements()) == 1 })
	for range 2 {
		if err := s.p.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := <-done; err == nil {
		t.Error("a statement outlived Close")
	}
	if got := s.p.Conns(); got != 0 {
		t.Errorf("%d connections after Close", got)
	}
	if _, err := pgx.Connect(t.Context(), s.dsn); err == nil {
		t.Error("connected after Close")
	}
	eventually(t, "the end of the goroutines", func() bool {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		return !strings.Contains(string(stacks), "pgproxy.(*")
	})
}
