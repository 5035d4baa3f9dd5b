package session_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// leftOpen returns an engine that logs to out, and a session on it that has a connection.
func leftOpen(t *testing.T, out io.Writer) (*session.Engine, *session.Session) {
	t.Helper()
	ctx := context.Background()
	log := slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelWarn}))
	eng, err := session.Open(ctx, pgtest.Database(t), library, session.Options{Logger: log, BeginAtOnce: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := library.CreateAll(ctx, eng); err != nil {
		t.Fatal(err)
	}
	s := eng.Session()
	if _, err := query.Select(Authors).All(ctx, s); err != nil {
		t.Fatal(err)
	}
	return eng, s
}

func TestShutdown(t *testing.T) {
	t.Parallel()
	eng, s := leftOpen(t, io.Discard)
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	err := eng.Shutdown(short)
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "connections still in use: 1:") {
		t.Errorf("with a session open: %v", err)
	}
	if _, err := query.Select(Authors).All(t.Context(), eng); err == nil {
		t.Error("the engine still works")
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := eng.Shutdown(t.Context()); err != nil {
		t.Errorf("with all sessions closed: %v", err)
	}
}

// TestCloseSaysWhatItWaitsFor closes an engine, and the session that holds it up when the log tells of it.
func TestCloseSaysWhatItWaitsFor(t *testing.T) {
	t.Parallel()
	read, write := io.Pipe()
	eng, s := leftOpen(t, write)
	done := make(chan struct{})
	go func() {
		defer close(done)
		eng.Close()
	}()
	said := make([]byte, 1000)
	n, err := read.Read(said)
	if line := string(said[:n]); err != nil || !strings.Contains(line, "WARN") || !strings.Contains(line, "connections=1") {
		t.Errorf("it says %q, %v", line, err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
	<-done
}
