// Command analyst runs queries as analysts write them, in the typed language and as SQL text by hand, on data that it makes, in a database that
// it makes and drops again: on the server of -dsn or CUPEL_DSN, or else on a throw-away one.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/integration/pgtest"
	_ "github.com/cupel-go/cupel/integration/pgtest/embedded" // for machines without PostgreSQL
)

func main() {
	dsn := flag.String("dsn", "", "the `server` to make a database on (default CUPEL_DSN, else a throw-away PostgreSQL)")
	only := flag.Int("q", 0, "the `number` of the one query to run (default all)")
	flag.Parse()
	err := pgtest.Run(context.Background(), pgtest.Options{DSN: *dsn}, "analyst", func(ctx context.Context, dsn string) error {
		conn, err := beside.Open(ctx, dsn, schema, load)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		return beside.PrintAll(ctx, os.Stdout, conn, queries, *only)
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
