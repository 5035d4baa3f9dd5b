package main

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
)

// TestMain is also the command that run runs.
func TestMain(m *testing.M) {
	if os.Getenv("PGTEST_COMMAND") != "" {
		os.Exit(ping())
	}
	os.Exit(pgtest.Main(m))
}

// ping returns 7 where CUPEL_DSN leads to a server.
func ping() int {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, os.Getenv("CUPEL_DSN"))
	if err != nil || os.Getenv("CUPEL_PG") != "dsn" || conn.Ping(ctx) != nil {
		return 1
	}
	return 7
}

func TestRun(t *testing.T) {
	t.Setenv("PGTEST_COMMAND", "1")
	status, err := run("", []string{os.Args[0]})
	if status != 7 || err != nil {
		t.Errorf("the command ends with %d, %v; want its own status, 7", status, err)
	}
	status, err = run("", []string{"/no/such/command"})
	if status != 1 || err == nil {
		t.Errorf("a command that is not there: %d, %v", status, err)
	}
	status, err = run("nonsense", []string{os.Args[0]})
	if status != 1 || err == nil {
		t.Errorf("a rung that is none: %d, %v", status, err)
	}
}
