package pgtest

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestDSNs: what a DSN says stays, but for the database or the schema, whatever they are called.
func TestDSNs(t *testing.T) {
	const odd = `odd "name" ? 'of' \ it`
	for _, dsn := range []string{
		"postgresql://u:p%3F@localhost:5433/mine?sslmode=disable&application_name=x",
		"postgres://u:p%3F@localhost:5433?dbname=mine&sslmode=disable&application_name=x",
		"postgres://u:p%3F@localhost:5433?database=mine&sslmode=disable&application_name=x",
		"host=localhost port=5433 user=u password=p? dbname=mine sslmode=disable application_name=x",
	} {
		database, err := withDatabase(dsn, odd)
		if err != nil {
			t.Fatal(err)
		}
		check(t, database, odd, "")
		schema, err := withSchema(dsn, odd)
		if err != nil {
			t.Fatal(err)
		}
		check(t, schema, "mine", odd)
	}
}

func check(t *testing.T, dsn, database, schema string) {
	t.Helper()
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	if c.Database != database || c.RuntimeParams["search_path"] != schema {
		t.Errorf("%s: database %q, schema %q; want %q, %q", dsn, c.Database, c.RuntimeParams["search_path"], database, schema)
	}
	if c.User != "u" || c.Password != "p?" || c.Port != 5433 || c.RuntimeParams["application_name"] != "x" {
		t.Errorf("%s lost something", dsn)
	}
}
