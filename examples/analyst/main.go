// Command analyst runs queries as analysts write them, in the typed language and as SQL text by hand, on data that it makes, in a
// database that it makes and drops again: on the server of -dsn or CUPEL_DSN, or else on a throw-away one.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/integration/pgtest"
	_ "github.com/cupel-go/cupel/integration/pgtest/embedded" // for machines without PostgreSQL
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func main() {
	dsn := flag.String("dsn", "", "the `server` to make a database on (default CUPEL_DSN, else a throw-away PostgreSQL)")
	only := flag.Int("q", 0, "the `number` of the one query to run (default all)")
	flag.Parse()
	err := pgtest.Run(context.Background(), pgtest.Options{DSN: *dsn}, "analyst", func(ctx context.Context, dsn string) error {
		return run(ctx, dsn, *only)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "analyst:", err)
		os.Exit(1)
	}
}

// queries are in the order in which they are printed.
var queries = []beside.Query{
	topProducts(), latestOrders(), newestOrder(), islands(), sessions(), runningTotal(), movingAverage(), yearOverYear(), pivot(),
	totals(), percentiles(), calendar(), funnel(), retention(), cohorts(), neverOrdered(), billOfMaterials(), ways(), documents(),
	basket(), tags(), search(), conflicts(), upsertWithHistory(), takeJobs(),
}

func run(ctx context.Context, dsn string, only int) error {
	if only < 0 || only > len(queries) {
		return fmt.Errorf("there are queries 1 to %d", len(queries))
	}
	if err := fill(ctx, dsn); err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for i, q := range queries {
		if only == 0 || only == i+1 {
			if err := q.Print(ctx, os.Stdout, conn); err != nil {
				return err
			}
		}
	}
	return nil
}

// fill makes the tables and their rows.
func fill(ctx context.Context, dsn string) error {
	eng, err := session.Open(ctx, dsn, schema, session.Options{})
	if err != nil {
		return err
	}
	defer eng.Close()
	if err := schema.CreateAll(ctx, eng); err != nil {
		return err
	}
	if err := load(ctx, eng); err != nil {
		return err
	}
	_, err = query.ExecRaw(ctx, eng, "ANALYZE")
	return err
}
