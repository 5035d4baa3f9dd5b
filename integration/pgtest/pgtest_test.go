package pgtest_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/integration/pgtest/internal/rungtest"
)

func TestMain(m *testing.M) { os.Exit(rungtest.Main(m)) }

func TestLocal(t *testing.T) {
	if !rungtest.Wanted(pgtest.Local) {
		t.Skip("CUPEL_PGTEST_RUNGS does not name local")
	}
	t.Run("server", func(t *testing.T) { rungtest.Check(t, pgtest.Options{Rung: pgtest.Local}) })
	t.Run("killed", func(t *testing.T) {
		c := rungtest.StartChild(t, pgtest.Local, nil)
		c.Kill(t)
		c.WaitGone(t)
	})
}

// TestRestart: connections end, what was committed stays, and the server still ends with its process.
func TestRestart(t *testing.T) {
	t.Parallel()
	server, err := pgtest.Start(t.Context(), pgtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	}()
	place, err := server.NewPlace(t.Context(), "restart")
	if err != nil {
		t.Fatal(err)
	}
	if err := rungtest.Exec(place.DSN, "CREATE TABLE kept ()"); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), place.DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for range 2 {
		if err := server.Restart(t.Context()); errors.Is(err, pgtest.ErrNoRestart) && server.Rung != pgtest.Local {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if err := conn.Ping(t.Context()); err == nil {
		t.Error("a connection outlived the restart")
	}
	if err := rungtest.Exec(place.DSN, "TABLE kept"); err != nil {
		t.Error(err)
	}
}

func TestDSN(t *testing.T) {
	if !rungtest.Wanted(pgtest.DSN) {
		t.Skip("CUPEL_PGTEST_RUNGS does not name dsn")
	}
	rungtest.Check(t, pgtest.Options{Rung: pgtest.DSN, DSN: pgtest.Shared(t).DSN})
}

// TestRungsAreTheirOwnPackages: this test binary has neither the Docker nor the embedded rung.
func TestRungsAreTheirOwnPackages(t *testing.T) {
	for _, r := range []pgtest.Rung{pgtest.Docker, pgtest.Embedded} {
		want := "CUPEL_PG=" + string(r) + ` needs import _ "github.com/cupel-go/cupel/integration/pgtest/` + string(r) + `"`
		_, err := pgtest.Start(t.Context(), pgtest.Options{Rung: r})
		if !errors.Is(err, pgtest.ErrNoServer) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want ErrNoServer and %q", r, err, want)
		}
	}
}

func TestDatabasesAreApart(t *testing.T) {
	t.Parallel()
	build := func(dsn string) error {
		return rungtest.Exec(dsn, "CREATE TABLE t (x int)", "INSERT INTO t VALUES (1)")
	}
	one, two := pgtest.Clone(t, "apart", build), pgtest.Clone(t, "apart", build)
	if one == two {
		t.Fatal("two clones are one database")
	}
	if err := rungtest.Exec(one, "INSERT INTO t VALUES (2)"); err != nil {
		t.Fatal(err)
	}
	if err := rungtest.Exec(two, "CREATE UNIQUE INDEX ON t ((true))"); err != nil {
		t.Errorf("the second clone sees the first one's row: %v", err)
	}
	if err := rungtest.Exec(pgtest.Database(t), "SELECT * FROM t"); err == nil {
		t.Error("an empty database has a table")
	}
}

func TestNoServerSaysHowToGetOne(t *testing.T) {
	_, err := pgtest.Start(t.Context(), pgtest.Options{Rung: pgtest.Embedded}) // which this test binary does not have
	if !errors.Is(err, pgtest.ErrNoServer) {
		t.Fatalf("got %v, want ErrNoServer", err)
	}
	for _, want := range []string{"CUPEL_DSN", "apt-get", "Docker", "embedded-postgres"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %s", err, want)
		}
	}
	if _, err := pgtest.Start(t.Context(), pgtest.Options{Rung: "nonsense"}); !errors.Is(err, pgtest.ErrNoServer) {
		t.Errorf("a rung that is none gives %v", err)
	}
}
