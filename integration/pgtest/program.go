package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"syscall"
)

// Run calls a program with the DSN of a place of its own, on the server that Start finds. The place is dropped when the
// program returns or is interrupted, and so is a server that was started for it; nothing else on the server is touched.
// what becomes part of the place's name; it has letters only.
//
//	err := pgtest.Run(ctx, pgtest.Options{DSN: *dsn}, "demo", func(ctx context.Context, dsn string) error { … })
func Run(ctx context.Context, o Options, what string, program func(ctx context.Context, dsn string) error) (err error) {
	ctx, cancel := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	context.AfterFunc(ctx, cancel) // a second interrupt ends the process at once
	o = o.withDefaults()
	server, err := Start(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	place, err := server.NewPlace(ctx, what)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.Log, "pgtest: in %s, dropped at the end\n", place)
	return program(ctx, place.DSN)
}
