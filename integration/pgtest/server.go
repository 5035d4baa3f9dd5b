package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest/internal/rung"
)

// Rung names a way to a server.
type Rung string

// The rungs, in the order in which they are tried.
const (
	DSN      Rung = "dsn"      // a server that was named
	Local    Rung = "local"    // PostgreSQL's own binaries on this machine
	Docker   Rung = "docker"   // a container; needs import _ ".../integration/pgtest/docker"
	Embedded Rung = "embedded" // binaries that are downloaded; needs import _ ".../integration/pgtest/embedded"
)

var order = []Rung{DSN, Local, Docker, Embedded}

// Options change how a server is found. The zero value follows the environment; see the package's comment.
type Options struct {
	Rung       Rung          // the only one to try; "": DSN where that is given, else CUPEL_PG, else all
	DSN        string        // of an administrator; "": CUPEL_DSN
	Image      string        // Docker image; "": CUPEL_PG_IMAGE, else postgres:17
	Version    string        // for embedded-postgres, such as 17.5.0; "": CUPEL_PG_VERSION, else its default
	Repository string        // of embedded-postgres; "": CUPEL_PG_REPOSITORY, else Maven Central
	Log        io.Writer     // gets the line that says what was taken; nil: standard error
	Timeout    time.Duration // for a server to come up; 0: 60 s
}

// Server is a running PostgreSQL.
type Server struct {
	DSN     string // of an administrator, on database postgres or the one that was named
	Rung    Rung
	Version string // as the server says it

	stop    func() error // nil: the server was named
	restart func() error // has the server restart; nil: it cannot
	mu      sync.Mutex
	places  map[*Place]bool
}

// ErrNoServer is found by errors.Is in the error of Start when no rung leads to a server.
var ErrNoServer = errors.New("no PostgreSQL")

const noServer = `no PostgreSQL found or started:
	%s
Any one of these helps:
	- a server of yours: export CUPEL_DSN=postgresql://user:password@host:5432/database
	- PostgreSQL's binaries, version 13 or newer: apt-get install postgresql, brew install postgresql
	- Docker, able to pull or having the image named by CUPEL_PG_IMAGE
	- a user other than root and a way to https://repo1.maven.org, for embedded-postgres to download the binaries
Docker and embedded-postgres need a blank import, or this before the command:
	go run ` + packagePath + `/cmd/pgtest`

// Start finds or starts a server. A server that was named, by Options.DSN or CUPEL_DSN, is taken or is an error; the
// error says of each rung that was tried why it did not lead to a server.
func Start(ctx context.Context, o Options) (*Server, error) {
	o = o.withDefaults()
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	var why []string
	for _, r := range order {
		if o.Rung != "" && o.Rung != r {
			continue
		}
		srv, err := o.start(ctx, r)
		if err == nil {
			srv.Rung = r
			srv.announce(o.Log, why)
			return srv, nil
		}
		why = append(why, fmt.Sprintf("%s: %v", r, err))
	}
	switch {
	case len(why) == 0:
		return nil, fmt.Errorf("pgtest: %w: CUPEL_PG=%s is none of dsn, local, docker, embedded", ErrNoServer, o.Rung)
	case o.Rung == DSN && o.DSN != "":
		return nil, fmt.Errorf("pgtest: %w: the server that was named does not answer, and no other is taken: %s", ErrNoServer, why[0])
	}
	return nil, fmt.Errorf("pgtest: %w: "+noServer, ErrNoServer, strings.Join(why, "\n\t"))
}

func (o Options) start(ctx context.Context, r Rung) (*Server, error) {
	switch r {
	case DSN:
		return startGiven(ctx, o)
	case Local:
		return startLocal(ctx)
	default:
		return startRegistered(ctx, o, r)
	}
}

// startRegistered starts a server by a rung that a package of its own adds to the program.
func startRegistered(ctx context.Context, o Options, r Rung) (*Server, error) {
	start := rung.Registered(string(r))
	if start == nil {
		return nil, fmt.Errorf("not compiled in: CUPEL_PG=%s needs import _ %q", r, path.Join(packagePath, string(r)))
	}
	running, err := start(ctx, rung.Request{
		Image: o.Image, Version: o.Version, Repository: o.Repository, Log: o.Log, Timeout: o.Timeout,
	})
	if err != nil {
		return nil, err
	}
	version, err := wait(ctx, running.DSN)
	if err != nil {
		return nil, errors.Join(err, running.Stop())
	}
	return &Server{DSN: running.DSN, Version: version, stop: running.Stop}, nil
}

// packagePath is where this package's rungs are below.
const packagePath = "github.com/cupel-go/cupel/integration/pgtest"

func (s *Server) announce(log io.Writer, why []string) {
	note := ""
	if len(why) > 0 {
		note = " (not " + rung.OneLine(strings.Join(why, "; ")) + ")"
	}
	fmt.Fprintf(log, "pgtest: PostgreSQL %s by %s%s\n", s.Version, s.Rung, note)
}

func (o Options) withDefaults() Options {
	pick := func(v *string, fallback string, vars ...string) {
		for _, name := range vars {
			if *v == "" {
				*v = os.Getenv(name)
			}
		}
		if *v == "" {
			*v = fallback
		}
	}
	if o.DSN != "" && o.Rung == "" {
		o.Rung = DSN
	}
	forced := string(o.Rung)
	pick(&forced, "", "CUPEL_PG")
	pick(&o.DSN, "", "CUPEL_DSN")
	if o.DSN != "" && forced == "" {
		forced = string(DSN)
	}
	o.Rung = Rung(forced)
	pick(&o.Image, "postgres:17", "CUPEL_PG_IMAGE")
	pick(&o.Version, "", "CUPEL_PG_VERSION")
	pick(&o.Repository, "", "CUPEL_PG_REPOSITORY")
	if o.Log == nil {
		o.Log = os.Stderr
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	return o
}

// Stop ends a server that Start started, and removes what it made. On one that was named it drops the places that are
// still there.
func (s *Server) Stop() error {
	if s.stop == nil {
		return s.dropPlaces(context.Background())
	}
	return s.stop()
}

// pause is between two attempts to reach a server.
const pause = 20 * time.Millisecond

// wait connects until the server answers and returns its version.
func wait(ctx context.Context, dsn string) (string, error) {
	for {
		version, err := ask(ctx, dsn)
		if err == nil {
			return version, nil
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("it does not answer: %w", err)
		case <-time.After(pause):
		}
	}
}

func ask(ctx context.Context, dsn string) (string, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return "", err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var version string
	err = conn.QueryRow(ctx, "SHOW server_version").Scan(&version)
	version, _, _ = strings.Cut(version, " ")
	return version, err
}

// startGiven takes the server that was named.
func startGiven(ctx context.Context, o Options) (*Server, error) {
	if o.DSN == "" {
		return nil, errors.New("CUPEL_DSN is not set")
	}
	version, err := ask(ctx, o.DSN)
	if err != nil {
		return nil, err
	}
	return &Server{DSN: o.DSN, Version: version}, nil
}
