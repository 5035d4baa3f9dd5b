package pgproxy_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgproxy"
)

// flow returns the messages of one run in a direction.
func flow(messages []pgproxy.Message, to pgproxy.Direction) (kinds string, ends []int) {
	at := 0
	for _, m := range messages {
		if m.To == to {
			at += m.Size
			kinds, ends = kinds+string(m.Kind), append(ends, at)
		}
	}
	return kinds, ends
}

// TestCutAt cuts around the end of every message. The server did what came to it as a whole, and the client knows no more
// than what came to it.
func TestCutAt(t *testing.T) {
	t.Parallel()
	s := prepareMode(t, pgx.QueryExecModeExec)
	s.p.Reset()
	if err := insertBatch(t.Context(), s.through); err != nil {
		t.Fatal(err)
	}
	sent, outs := flow(s.p.Messages(), pgproxy.ToServer)
	got, ins := flow(s.p.Messages(), pgproxy.ToClient)
	if want := "PBDEPBDEPBDEPBDEPBDES"; sent != want {
		t.Fatalf("%q was sent, want %q", sent, want)
	}
	if want := "12nC12nC12nC12nC12TDCZ"; got != want {
		t.Fatalf("%q came, want %q", got, want)
	}
	if s.p.BytesOut() != int64(outs[len(outs)-1]) || s.p.BytesIn() < int64(ins[len(ins)-1]) {
		t.Errorf("messages of %d and %d bytes, %d and %d passed", outs[len(outs)-1], ins[len(ins)-1], s.p.BytesOut(), s.p.BytesIn())
	}
	const commit, sync = 11, 20 // of the messages to the server
	for i, end := range outs {
		for at := end - 1; at <= end+1 && at <= outs[sync]; at++ {
			rows := 0
			switch {
			case at == outs[sync]:
				rows = 2
			case at >= outs[commit]:
				rows = 1
			}
			s.checkCutAt(t, pgproxy.ToServer, i, at, rows, true)
		}
	}
	for i, end := range ins {
		for at := end - 1; at <= end+1; at++ {
			s.checkCutAt(t, pgproxy.ToClient, i, at, 2, at < ins[len(ins)-1])
		}
	}
}

// checkCutAt cuts at a byte of a batch, which fails or not, and looks at the rows.
func (s setup) checkCutAt(t *testing.T, to pgproxy.Direction, message, at, rows int, fails bool) {
	t.Helper()
	exec(t, s.direct, "TRUNCATE t")
	conn := connectMode(t, s.dsn, pgx.QueryExecModeExec)
	s.p.CutAt(to, at)
	err := insertBatch(t.Context(), conn)
	s.p.CutAt(to, -1)
	if (err != nil) != fails {
		t.Errorf("byte %d %s, of message %d: %v", at, to, message, err)
	}
	if got := s.count(t); got != rows {
		t.Errorf("byte %d %s, of message %d: %d rows, want %d", at, to, message, got, rows)
	}
	_ = conn.Close(t.Context())
}

// TestCutAtConnecting: the server's answer to a startup message can be cut.
func TestCutAtConnecting(t *testing.T) {
	t.Parallel()
	s := prepare(t)
	s.p.CutAt(pgproxy.ToClient, 20)
	if _, err := pgx.Connect(t.Context(), s.dsn); err == nil {
		t.Error("connected")
	}
	connect(t, s.dsn)
	s.p.CutAt(pgproxy.ToClient, 20)
	s.p.CutAt(pgproxy.ToClient, -1)
	connect(t, s.dsn)
}
