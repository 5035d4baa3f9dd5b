// Command bank runs the tutorial's programs on a real PostgreSQL: the server of -dsn, or a throw-away one.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgtest"
	_ "github.com/cupel-go/cupel/integration/pgtest/embedded" // for machines without PostgreSQL
)

func main() {
	dsn := flag.String("dsn", "", "the `server` to use; without it a throw-away PostgreSQL is started")
	verbose := flag.Bool("v", false, "log every statement")
	flag.Parse()
	if err := run(context.Background(), *dsn, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "bank:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dsn string, verbose bool) error {
	var log *slog.Logger
	if verbose {
		log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	if dsn == "" {
		server, err := pgtest.Start(ctx, pgtest.Options{})
		if err != nil {
			return err
		}
		defer server.Stop()
		dsn = server.DSN
	}
	p, err := bank.Open(ctx, dsn, os.Stdout, log)
	if err != nil {
		return err
	}
	defer p.Close()
	return p.Run(ctx)
}
