package pgtest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A test binary has one server, made when the first test asks for it. This is the package's only state: tests have no
// other place to pass a server from one to the next. It ends with the process; see supervise.
var shared struct {
	once      sync.Once
	server    *Server
	err       error
	databases atomic.Int64
	mu        sync.Mutex
	templates map[string]*template
}

type template struct {
	once sync.Once
	name string
	err  error
}

// Shared gives the test binary's server; without one the test fails.
func Shared(t testing.TB) *Server {
	t.Helper()
	shared.once.Do(func() { shared.server, shared.err = Start(context.Background(), Options{}) })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.server
}

// Main runs the tests and stops the server that they shared. It is for TestMain: os.Exit(pgtest.Main(m)). Without it a
// server ends a moment after the process.
func Main(m *testing.M) int {
	code := m.Run()
	if shared.server != nil {
		for _, tp := range shared.templates {
			if err := shared.server.DropDatabase(context.Background(), tp.name); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
		if err := shared.server.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	return code
}

// Database gives the DSN of an empty database of this test's own. It is dropped at the test's end.
func Database(t testing.TB) string {
	t.Helper()
	return newDatabase(t, "")
}

// Clone gives the DSN of a database of this test's own that is a copy of what build made: build runs once in a test
// binary for each name.
func Clone(t testing.TB, name string, build func(dsn string) error) string {
	t.Helper()
	shared.mu.Lock()
	if shared.templates == nil {
		shared.templates = map[string]*template{}
	}
	tp := shared.templates[name]
	if tp == nil {
		tp = &template{}
		shared.templates[name] = tp
	}
	shared.mu.Unlock()
	srv := Shared(t)
	tp.once.Do(func() {
		tp.name = newName("template")
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		dsn, err := srv.CreateDatabase(ctx, tp.name, "")
		if err == nil {
			err = build(dsn)
		}
		tp.err = err
	})
	if tp.err != nil {
		t.Fatalf("pgtest: template %s: %v", name, tp.err)
	}
	return newDatabase(t, tp.name)
}

func newDatabase(t testing.TB, from string) string {
	t.Helper()
	srv, name := Shared(t), newName("test")
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	dsn, err := srv.CreateDatabase(ctx, name, from)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.DropDatabase(context.Background(), name); err != nil {
			t.Error(err)
		}
	})
	return dsn
}

// newName gives a name that no other process uses on the same server.
func newName(what string) string {
	return fmt.Sprintf("cupel_%s_%d_%d", what, os.Getpid(), shared.databases.Add(1))
}
