// Command bank runs the tutorial's programs on a real PostgreSQL, in a database that it makes and drops again: on the
// server of -dsn or CUPEL_DSN, or else on a throw-away one.
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
	dsn := flag.String("dsn", "", "the `server` to make a database on (default CUPEL_DSN, else a throw-away PostgreSQL)")
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
	return pgtest.Run(ctx, pgtest.Options{DSN: dsn}, "bank", func(ctx context.Context, dsn string) error {
		p, err := bank.Open(ctx, dsn, os.Stdout, log)
		if err != nil {
			return err
		}
		defer p.Close()
		return p.Run(ctx)
	})
}
