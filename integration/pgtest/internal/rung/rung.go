// Package rung is what pgtest and its ways to a server have in common: the register of those that a program has compiled
// in, the settings of a server that is to be thrown away, and the user who runs it.
//
// The register is state of the package, as that of database/sql's drivers is: a blank import adds to it before main
// begins, and nothing takes anything out.
package rung

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"
)

// Request is what a rung is asked for.
type Request struct {
	Image      string        // for Docker
	Version    string        // for embedded-postgres; "": its default
	Repository string        // of embedded-postgres; "": Maven Central
	Log        io.Writer     // for what takes long enough that somebody wonders
	Timeout    time.Duration // for the server to come up
}

// Running is a server that a rung started. It need not answer yet.
type Running struct {
	DSN  string // of an administrator
	Stop func() error
}

// Start starts a server.
type Start func(context.Context, Request) (Running, error)

var register struct {
	mu     sync.Mutex
	starts map[string]Start
}

// Register adds a rung by its name. It is for init functions; of two rungs of one name the first stays.
func Register(name string, start Start) {
	register.mu.Lock()
	defer register.mu.Unlock()
	if register.starts == nil {
		register.starts = map[string]Start{}
	}
	if register.starts[name] == nil {
		register.starts[name] = start
	}
}

// Registered returns the rung of a name, nil where it is not compiled in.
func Registered(name string) Start {
	register.mu.Lock()
	defer register.mu.Unlock()
	return register.starts[name]
}

// Settings returns the arguments of a server that is to be thrown away: fast and small.
func Settings() []string {
	var args []string
	for _, s := range []string{
		"fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200",
		"shared_buffers=64MB", "wal_level=minimal", "max_wal_senders=0", "timezone=UTC", "log_min_messages=fatal",
	} {
		args = append(args, "-c", s)
	}
	return args
}

// OneLine returns a text in one line.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
