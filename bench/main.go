// Command bench compares Cupel with hand-written pgx, GORM and bun on one PostgreSQL, the server of -dsn or a throw-away
// one, in a database of its own, and prints a Markdown table.
//
//	go run . [-workload regexp] [-time 2s] [-short] [-dsn …]
//
// On a machine that is shared, two measurements of the same program a minute apart differ more than two libraries do.
// So the competitors of a workload take turns: each runs for a short slice of time, in an order that is shuffled anew in
// each round. The ratio of a competitor to hand-written pgx is taken within each round, and the table has the median of
// the rounds. Column A/A is hand-written pgx once more, as if it were another competitor: how far it is from 1.00 is how
// far the other ratios of its row can be trusted. Every competitor has a connection of its own, a new one in each of some
// heats.
//
// "Live" is wall time with the server on the same machine. "Client-only" is the same call with the server's answers
// replayed from memory: it shows the time that the library itself takes. See tape.
//
// Cupel builds its statements anew in each operation, as a program would.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"time"

	"github.com/cupel-go/cupel/integration/pgtest"
)

func main() {
	var o options
	flag.StringVar(&o.dsn, "dsn", "", "the `server` to make a database on (default CUPEL_DSN, else a throw-away PostgreSQL)")
	pattern := flag.String("workload", "", "only the workloads whose name matches the `regexp`")
	flag.DurationVar(&o.budget, "time", 2*time.Second, "how long to measure each competitor of a workload")
	short := flag.Bool("short", false, "a tenth of the time, to see that everything runs")
	flag.Parse()
	if *short {
		o.budget /= 10
	}
	if err := start(o, *pattern); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	dsn    string
	only   *regexp.Regexp
	budget time.Duration
}

func start(o options, pattern string) error {
	only, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	o.only = only
	return pgtest.Run(context.Background(), pgtest.Options{DSN: o.dsn}, "bench", o.run)
}

// run measures in a database.
func (o options) run(ctx context.Context, dsn string) error {
	if err := seed(ctx, dsn); err != nil {
		return err
	}
	// A context that cannot end: pgx watches others, which would be four allocations of each operation of everybody's.
	r, err := measureAll(context.WithoutCancel(ctx), dsn, o)
	if err != nil {
		return err
	}
	return r.print(ctx, os.Stdout, dsn)
}

// measureAll measures every workload that was asked for.
func measureAll(ctx context.Context, dsn string, o options) (*report, error) {
	r := &report{}
	for _, w := range workloads() {
		for _, mode := range w.modes() {
			if !o.only.MatchString(w.name + ", " + mode.String()) {
				continue
			}
			fmt.Fprintf(os.Stderr, "%s, %s …\n", w.name, mode)
			c, err := w.contest(ctx, dsn, mode, o.budget)
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", w.name, mode, err)
			}
			r.add(w, mode, c)
		}
	}
	for _, l := range locals() {
		if !o.only.MatchString(l.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s …\n", l.name)
		c, err := l.contest(ctx, dsn, o.budget)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		r.addLocal(l, c)
	}
	return r, nil
}
