package pgtest_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/integration/pgtest/internal/rungtest"
)

// TestRun: a program on a server that was named leaves nothing behind and touches nothing, whatever its role may do.
func TestRun(t *testing.T) {
	for _, c := range []struct{ role, place string }{{"CREATEDB", "database"}, {"NOCREATEDB", "schema"}} {
		t.Run(c.role, func(t *testing.T) {
			dsn := asRole(t, c.role, "CREATE")
			execute(t, dsn, "CREATE TABLE mine (x int)")
			before := contents(t, dsn)
			for _, fails := range []error{nil, errors.New("the program's")} {
				var log bytes.Buffer
				var inside string
				err := pgtest.Run(t.Context(), pgtest.Options{DSN: dsn, Log: &log}, "demo", func(_ context.Context, own string) error {
					execute(t, own, "CREATE TABLE mine (x int)", "CREATE TABLE other (x int)", "INSERT INTO mine VALUES (1)")
					inside = own
					return fails
				})
				if !errors.Is(err, fails) {
					t.Errorf("Run returns %v, want %v", err, fails)
				}
				if !strings.Contains(log.String(), "in "+c.place+" cupel_demo_") {
					t.Errorf("it said %q, want the %s", &log, c.place)
				}
				if err := rungtest.Exec(inside, "SELECT * FROM mine"); err == nil {
					t.Error("the place is still there")
				}
				if after := contents(t, dsn); !slices.Equal(before, after) {
					t.Errorf("the database that was named had %q, and has %q", before, after)
				}
			}
		})
	}
}

// TestRunMayDoNothing: a role without any right to a place of its own is told so.
func TestRunMayDoNothing(t *testing.T) {
	dsn := asRole(t, "NOCREATEDB", "TEMPORARY")
	err := pgtest.Run(t.Context(), pgtest.Options{DSN: dsn, Log: new(bytes.Buffer)}, "demo", func(context.Context, string) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "neither a database nor a schema") {
		t.Errorf("got %v", err)
	}
}

// TestServersThatAreTaken: only a server that was named for it, and no other in its place.
func TestServersThatAreTaken(t *testing.T) {
	live := pgtest.Shared(t).DSN
	const dead = "postgresql://u:secret@127.0.0.1:1/d"
	for _, c := range []struct{ name, env, dsn, database, want string }{
		{"DATABASE_URL is the program's", "", "", live, "CUPEL_DSN is not set"},
		{"CUPEL_DSN does not answer", dead, "", "", "no other is taken"},
		{"Options.DSN does not answer", live, dead, live, "no other is taken"},
		{"CUPEL_DSN is no DSN", "postgresql://u:secret@host:port/d", "", "", "no other is taken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("CUPEL_DSN", c.env)
			t.Setenv("DATABASE_URL", c.database)
			t.Setenv("CUPEL_PG", "")
			o := pgtest.Options{DSN: c.dsn, Log: new(bytes.Buffer)}
			if c.env == "" {
				o.Rung = pgtest.DSN // the others would start one
			}
			_, err := pgtest.Start(t.Context(), o)
			if !errors.Is(err, pgtest.ErrNoServer) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want ErrNoServer and %q", err, c.want)
			}
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("the password is in %q", err)
			}
		})
	}
}

// TestClonesInSchemas runs TestDatabasesAreApart on a server whose role may not create databases.
func TestClonesInSchemas(t *testing.T) {
	dsn := asRole(t, "NOCREATEDB", "CREATE")
	before := contents(t, dsn)
	child := exec.Command(os.Args[0], "-test.run=^TestDatabasesAreApart$", "-test.v")
	child.Env = append(os.Environ(), "CUPEL_PG=dsn", "CUPEL_DSN="+dsn)
	if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "PASS") {
		t.Fatalf("%v: %s", err, out)
	}
	if after := contents(t, dsn); !slices.Equal(before, after) {
		t.Errorf("the database that was named had %q, and has %q", before, after)
	}
}

// TestInterrupted: tests that are interrupted drop what they made on a server that was named.
func TestInterrupted(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^TestHangs$", "-test.v")
	child.Env = append(os.Environ(), "CUPEL_PG=dsn", "CUPEL_DSN="+pgtest.Shared(t).DSN, "PGTEST_HANGS=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Process.Kill() })
	lines := bufio.NewScanner(out)
	var places []string
	for len(places) < 2 && lines.Scan() {
		if strings.HasPrefix(lines.Text(), "postgres") {
			places = append(places, lines.Text())
		}
	}
	if err := child.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	if len(places) < 2 {
		t.Fatalf("the child made %q", places)
	}
	for _, dsn := range places {
		if err := rungtest.Exec(dsn, "SELECT 1"); err == nil {
			t.Errorf("%s is still there", dsn)
		}
	}
}

// TestHangs is the child of TestInterrupted.
func TestHangs(t *testing.T) {
	if os.Getenv("PGTEST_HANGS") == "" {
		return
	}
	fmt.Println()
	pgtest.Clone(t, "hangs", func(dsn string) error { fmt.Println(dsn); return nil })
	fmt.Println(pgtest.Database(t))
	select {}
}

// asRole returns the DSN of a database of this test's own as a new role with an attribute and a privilege on the database.
func asRole(t *testing.T, attribute, privilege string) string {
	t.Helper()
	own := pgtest.Database(t)
	database := rungtest.CurrentDatabase(t, own)
	role := "role_of_" + database
	execute(t, own, fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD 'secret' %s", role, attribute),
		fmt.Sprintf("GRANT %s ON DATABASE %s TO %s", privilege, database, role),
		"GRANT ALL ON SCHEMA public TO "+role)
	t.Cleanup(func() { execute(t, own, "DROP OWNED BY "+role, "DROP ROLE "+role) })
	u, err := url.Parse(own)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(role, "secret")
	return u.String()
}

func execute(t *testing.T, dsn string, statements ...string) {
	t.Helper()
	if err := rungtest.Exec(dsn, statements...); err != nil {
		t.Fatal(err)
	}
}

// contents returns the names of the schemas and tables of a database, sorted.
func contents(t *testing.T, dsn string) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, err := conn.Query(t.Context(), `SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' UNION ALL
		SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return names
}
