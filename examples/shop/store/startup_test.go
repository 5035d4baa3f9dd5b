package store

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// openOn opens an engine on a database; it is closed at the test's end.
func openOn(t *testing.T, dsn string) *session.Engine {
	t.Helper()
	eng, err := session.Open(t.Context(), dsn, Schema, session.Options{MaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(eng.Close)
	return eng
}

// applied returns the names of the migrations that were run, in the order in which they were.
func applied(t *testing.T, eng *session.Engine) []string {
	t.Helper()
	names, err := query.Select(Migrations.Name).OrderBy(Migrations.AppliedAt).All(t.Context(), eng)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestPrepare: programs that start at once prepare the database once, and what was prepared is left as it is.
func TestPrepare(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	engines := []*session.Engine{openOn(t, dsn), openOn(t, dsn), openOn(t, dsn)}
	var all sync.WaitGroup
	for _, eng := range engines {
		all.Go(func() {
			if err := Prepare(t.Context(), eng); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := applied(t, engines[0]); !slices.Equal(got, []string{"0001_catalog.sql", "0002_product_version.sql"}) {
		t.Errorf("%q were run", got)
	}
	if err := Seed(t.Context(), engines[0]); err != nil {
		t.Fatal(err)
	}
	if err := Prepare(t.Context(), engines[1]); err != nil {
		t.Fatal(err)
	}
	if n, err := query.Select(Products).Count(t.Context(), engines[2]); n != 4 || err != nil {
		t.Errorf("%d products, %v", n, err)
	}
}

// TestPrepareFindsDifferences: a database that is not as the mappings say is an error that lists what is wrong.
func TestPrepareFindsDifferences(t *testing.T) {
	t.Parallel()
	eng := openOn(t, pgtest.Database(t))
	if err := Prepare(t.Context(), eng); err != nil {
		t.Fatal(err)
	}
	err := eng.ExecAll(t.Context(), []string{
		"ALTER TABLE product DROP COLUMN stock", "ALTER TABLE customer ALTER credit TYPE numeric(6,2)", "ALTER TABLE tag DROP CONSTRAINT tag_name_key",
	})
	if err != nil {
		t.Fatal(err)
	}
	err = Prepare(t.Context(), eng)
	var wrong *model.VerifyError
	if !errors.As(err, &wrong) || len(wrong.Differences) != 3 {
		t.Fatalf("not the three differences: %v", err)
	}
	for _, want := range []string{"product: column stock", "customer: column credit", "tag: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("nothing of %q in: %v", want, err)
		}
	}
}

// TestMigrate: a file that fails leaves nothing behind, is named in the error, and is run again when it was mended.
func TestMigrate(t *testing.T) {
	t.Parallel()
	ctx, eng := t.Context(), openOn(t, pgtest.Database(t))
	files := fstest.MapFS{
		"migrations/2.sql": {Data: []byte("CREATE TABLE b (id int REFERENCES a); SELECT 1/0;")},
		"migrations/1.sql": {Data: []byte("CREATE TABLE a (id int PRIMARY KEY); INSERT INTO a VALUES (1);")},
	}
	if err := migrate(ctx, eng, files); err == nil || !strings.Contains(err.Error(), "migration 2.sql: ") {
		t.Fatalf("error is %v", err)
	}
	if got := applied(t, eng); !slices.Equal(got, []string{"1.sql"}) {
		t.Errorf("%q were run", got)
	}
	there, err := eng.TablesExist(ctx, []model.TableName{{Name: "a"}, {Name: "b"}})
	if err != nil || !slices.Equal(there, []bool{true, false}) {
		t.Errorf("tables that exist: %v, %v", there, err)
	}
	files["migrations/2.sql"].Data = []byte("CREATE TABLE b (id int REFERENCES a);")
	if err := migrate(ctx, eng, files); err != nil {
		t.Fatal(err)
	}
	if got := applied(t, eng); !slices.Equal(got, []string{"1.sql", "2.sql"}) {
		t.Errorf("%q were run", got)
	}
}
