// Command shop is a web service of a small shop: a catalogue, customers with store credit, orders. It works on the database that
// DATABASE_URL names, or else on a throw-away PostgreSQL with some rows to try it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/cupel-go/cupel/examples/shop/store"
	"github.com/cupel-go/cupel/integration/pgtest"
	_ "github.com/cupel-go/cupel/integration/pgtest/embedded" // for machines without PostgreSQL
	"github.com/cupel-go/cupel/session"
)

func main() {
	var c config
	flag.StringVar(&c.addr, "addr", "localhost:8080", "the `address` to listen on")
	verbose := flag.Bool("v", false, "log every statement")
	flag.Parse()
	c.out, c.log = os.Stdout, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if *verbose {
		c.statements = c.log
	}
	if err := run(context.Background(), c); err != nil {
		c.log.Error("shop", "error", err)
		os.Exit(1)
	}
}

// config is what the service works with.
type config struct {
	dsn, addr  string
	seed       bool         // store some rows first
	out        io.Writer    // gets what to try
	log        *slog.Logger // gets a line a request
	statements *slog.Logger // gets every statement; nil: none
}

// run serves until it is interrupted.
func run(ctx context.Context, c config) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	if c.dsn = os.Getenv("DATABASE_URL"); c.dsn != "" {
		return serve(ctx, c)
	}
	return pgtest.Run(ctx, pgtest.Options{}, "shop", func(ctx context.Context, dsn string) error {
		c.dsn, c.seed = dsn, true
		return serve(ctx, c)
	})
}

// serve prepares the database and serves until ctx ends. What is under way then is finished.
func serve(ctx context.Context, c config) (err error) {
	eng, err := session.Open(ctx, c.dsn, store.Schema, session.Options{Logger: c.statements, MaxConns: 10})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, shutdown(eng.Shutdown)) }()
	if err := store.Prepare(ctx, eng); err != nil {
		return err
	}
	if c.seed {
		if err := store.Seed(ctx, eng); err != nil {
			return err
		}
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, tour, listener.Addr())

	srv := &http.Server{Handler: newHandler(eng, c.log), ReadTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return shutdown(srv.Shutdown)
	}
}

// shutdown calls one that waits for what is under way, but not for ever.
func shutdown(f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return f(ctx)
}

const tour = `shop: on http://%[1]s, ends with Ctrl-C. Try:
  curl 'http://%[1]s/categories'
  curl 'http://%[1]s/products?category=1&tag=old&size=1'
  curl 'http://%[1]s/orders/1'
  curl -X PUT  'http://%[1]s/orders/1' -d '{"version": 1, "note": "a gift", "lines": [{"product_id": 1, "quantity": 1}]}'
  curl -X POST 'http://%[1]s/products/import' -d '[{"sku": "B-3", "name": "Dune", "price": "8.99", "stock": 5, "category_id": 3}]'
  curl -X POST 'http://%[1]s/transfers' -d '{"from": 1, "to": 2, "amount": "25.00"}'
  curl 'http://%[1]s/reports/top-products?places=1'
`
