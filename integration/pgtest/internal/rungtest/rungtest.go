// Package rungtest is what the tests of pgtest's rungs have in common.
package rungtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
)

// Wanted reports whether this run is to exercise a rung: those that CUPEL_PGTEST_RUNGS names, by default those that need
// nothing but PostgreSQL's binaries. One that is named and does not work is a failure.
func Wanted(r pgtest.Rung) bool {
	list := "dsn,local"
	if named := os.Getenv("CUPEL_PGTEST_RUNGS"); named != "" {
		list = named
	}
	return slices.Contains(strings.Split(list, ","), string(r))
}

// Start starts a server that ends with the test. It returns what was logged, too.
func Start(t *testing.T, o pgtest.Options) (*pgtest.Server, string) {
	t.Helper()
	var log bytes.Buffer
	o.Log = &log
	srv, err := pgtest.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Stop(); err != nil {
			t.Error(err)
		}
	})
	return srv, log.String()
}

// Check starts a server and checks that databases can be made there, and that its one line of log says which rung it is.
func Check(t *testing.T, o pgtest.Options) {
	t.Helper()
	srv, log := Start(t, o)
	if said := "by " + string(o.Rung); !strings.Contains(log, said) || strings.Count(log, "\n") != 1 {
		t.Errorf("it said %q, want one line with %q", log, said)
	}
	place, err := srv.NewPlace(t.Context(), "rung")
	if err != nil {
		t.Fatal(err)
	}
	if got := CurrentDatabase(t, place.DSN); place.String() != "database "+got {
		t.Errorf("connected to %q, want %s", got, place)
	}
	if err := place.Drop(t.Context()); err != nil {
		t.Error(err)
	}
}

// CurrentDatabase returns the name of the database that a DSN leads to.
func CurrentDatabase(t *testing.T, dsn string) (name string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), "SELECT current_database()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	return name
}

// Exec runs statements on a connection of their own.
func Exec(dsn string, statements ...string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// Main is for TestMain: it runs the tests, or is the program that StartChild starts.
func Main(m *testing.M) int {
	if r := os.Getenv("PGTEST_CHILD"); r != "" {
		return child(pgtest.Rung(r))
	}
	return pgtest.Main(m)
}

// child starts a server, prints its DSN, and ends when its standard input does.
func child(r pgtest.Rung) int {
	srv, err := pgtest.Start(context.Background(), pgtest.Options{Rung: r})
	if err != nil {
		fmt.Println("error:", err)
		return 1
	}
	fmt.Println(srv.DSN)
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := srv.Stop(); err != nil {
		fmt.Println("error:", err)
		return 1
	}
	return 0
}

// Child is a process that started a server.
type Child struct {
	DSN string
	cmd *exec.Cmd
}

// StartChild runs this test binary as a process that starts a server; change may change the command, nil does not. The
// test's TestMain must call Main.
func StartChild(t *testing.T, r pgtest.Rung, change func(*exec.Cmd)) Child {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PGTEST_CHILD="+string(r))
	cmd.Stderr = os.Stderr
	if change != nil {
		change(cmd)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	line := make([]byte, 4096)
	n, err := out.Read(line)
	text := strings.TrimSpace(string(line[:n]))
	if err != nil || !strings.HasPrefix(text, "postgres") {
		t.Fatalf("the child says %q, %v", text, err)
	}
	return Child{text, cmd}
}

// Kill ends the process in a way that it cannot do anything about.
func (c Child) Kill(t *testing.T) {
	t.Helper()
	if err := c.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = c.cmd.Wait()
}

// WaitGone waits for the child's server to be gone.
func (c Child) WaitGone(t *testing.T) {
	t.Helper()
	for range 100 {
		if err := Exec(c.DSN, "SELECT 1"); err != nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("the server outlives the process that started it")
}
