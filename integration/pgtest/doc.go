// Package pgtest finds or starts a real PostgreSQL for tests and examples.
//
//	func TestSomething(t *testing.T) {
//		t.Parallel()
//		dsn := pgtest.Database(t) // a database of this test's own, gone at its end
//		…
//	}
//
// A server that CUPEL_DSN names is taken, and no other: where it does not answer, that is an error. Where none is named,
// it tries in this order: PostgreSQL's own binaries on this machine, as a throw-away cluster on a Unix socket; Docker,
// through dockertest; and PostgreSQL's binaries downloaded once by embedded-postgres. CUPEL_PG=dsn, local, docker or
// embedded forces one of them. It says in one line which it took and why not the ones before. A test never passes
// because there is no server: Database fails it.
//
// Tests and programs work in databases that they made, and drop them, also when they are interrupted; on a server whose
// role may not create databases, in schemas. DATABASE_URL is not looked at: it is for a program's data. Main does for
// tests what Run does for programs, such as examples. A server that pgtest started ends with the process that started
// it, however that ends.
//
// Docker and the download are packages of their own, so that this one needs pgx and nothing else. A blank import compiles
// them in:
//
//	import (
//		_ "github.com/cupel-go/cupel/integration/pgtest/docker"
//		_ "github.com/cupel-go/cupel/integration/pgtest/embedded"
//	)
//
// Tests can do without them even where nothing else leads to a server: command cmd/pgtest has both, and runs the tests
// with a CUPEL_DSN. It also saves every test binary the start of a server.
//
//	go run github.com/cupel-go/cupel/integration/pgtest/cmd/pgtest go test ./...
//
// Further variables: CUPEL_PG_IMAGE, the Docker image (default "postgres:17"); CUPEL_PG_VERSION, the version that
// embedded-postgres downloads (default its own); CUPEL_PG_REPOSITORY, where it downloads from (default Maven Central).
package pgtest
