// Command tpch runs the 22 queries of TPC-H, a benchmark of decision support, in the typed language and as SQL text by hand, on data that it
// makes, in a database that it makes and drops again: on the server of -dsn or CUPEL_DSN, or else on a throw-away one.
//
// Both are run by turns, and the best time of several counts. The server plans a text whose values are in it once, and one with arguments anew
// for its first runs, so that a short query by hand may seem faster here than it is in a program, whose values are arguments too.
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
	scale := flag.Float64("scale", 0.01, "how much data: 1 is 6,000,000 lines")
	flag.Parse()
	err := pgtest.Run(context.Background(), pgtest.Options{DSN: *dsn}, "tpch", func(ctx context.Context, dsn string) error {
		conn, err := beside.Open(ctx, dsn, schema, load(*scale))
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		return beside.PrintAll(ctx, os.Stdout, conn, queries, *only)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "tpch:", err)
		os.Exit(1)
	}
}

// queries are the benchmark's, with the parameters that it validates a database with.
var queries = []beside.Query{
	q1(), q2(), q3(), q4(), q5(), q6(), q7(), q8(), q9(), q10(), q11(),
	q12(), q13(), q14(), q15(), q16(), q17(), q18(), q19(), q20(), q21(), q22(),
}
