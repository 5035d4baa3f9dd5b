package pgtest

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A test binary has one server, made when the first test asks for it. This is the package's only state: tests have no
// other place to pass a server from one to the next. It ends with the process; see supervise.
var shared struct {
	once      sync.Once
	mu        sync.Mutex
	server    *Server
	err       error
	templates map[string]*template
}

// template is a database that others are copies of; nil where the server's role may make schemas only.
type template struct {
	once  sync.Once
	place *Place
	err   error
}

// SharedServer returns the test binary's server. It is for examples, which have no testing.TB.
func SharedServer() (*Server, error) {
	shared.once.Do(func() {
		server, err := Start(context.Background(), Options{})
		shared.mu.Lock()
		defer shared.mu.Unlock()
		shared.server, shared.err = server, err
	})
	return shared.server, shared.err
}

// Shared returns the test binary's server; without one the test fails.
func Shared(t testing.TB) *Server {
	t.Helper()
	server, err := SharedServer()
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// Main runs the tests and stops the server that they shared, also where they are interrupted. It is for TestMain:
// os.Exit(pgtest.Main(m)). Without it a server that was started ends a moment after the process, and on one that was
// named the databases that others were copied from stay.
func Main(m *testing.M) int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		s := <-signals
		signal.Stop(signals) // a second one ends the process at once
		fmt.Fprintln(os.Stderr, "pgtest:", s)
		stopShared()
		os.Exit(1)
	}()
	code := m.Run()
	stopShared()
	return code
}

func stopShared() {
	shared.mu.Lock()
	server := shared.server
	shared.mu.Unlock()
	if server == nil {
		return
	}
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// Database returns the DSN of an empty database of this test's own. It is dropped at the test's end.
func Database(t testing.TB) string {
	t.Helper()
	return newDatabase(t, "")
}

// Clone returns the DSN of a database of this test's own that is a copy of what build made: build runs once in a test
// binary for each name.
func Clone(t testing.TB, name string, build func(dsn string) error) string {
	t.Helper()
	server, tp := Shared(t), templateOf(name)
	tp.once.Do(func() { tp.place, tp.err = server.newTemplate(build) })
	if tp.err != nil {
		t.Fatalf("pgtest: template %s: %v", name, tp.err)
	}
	if tp.place != nil {
		return newDatabase(t, tp.place.name)
	}
	dsn := newDatabase(t, "")
	if err := build(dsn); err != nil {
		t.Fatalf("pgtest: %s: %v", name, err)
	}
	return dsn
}

func templateOf(name string) *template {
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if shared.templates == nil {
		shared.templates = map[string]*template{}
	}
	tp := shared.templates[name]
	if tp == nil {
		tp = &template{}
		shared.templates[name] = tp
	}
	return tp
}

// newTemplate makes the database that others are copies of; nil where that can be a schema only.
func (s *Server) newTemplate(build func(dsn string) error) (*Place, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	place, err := s.NewPlace(ctx, "template")
	if err != nil {
		return nil, err
	}
	if place.schema {
		return nil, place.Drop(ctx)
	}
	return place, build(place.DSN)
}

func newDatabase(t testing.TB, template string) string {
	t.Helper()
	server := Shared(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	place, err := server.newPlace(ctx, "test", template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := place.Drop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return place.DSN
}
