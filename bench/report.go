package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// report is what the measurements gave, a line a row.
type report struct{ contests, locals []string }

const (
	contestHead = "| workload | pgx, µs | A/A | Cupel | GORM | bun | allocs: pgx | Cupel | GORM | bun |\n" +
		"|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
	localHead = "| without a server | Cupel, ns | squirrel, ns | Cupel / squirrel | allocs: Cupel | squirrel |\n" +
		"|---|--:|--:|--:|--:|--:|"
)

// add adds a row for each of Cupel's ways. In the contest come pgx, pgx, these, GORM, bun.
func (r *report) add(w workload, m mode, c *contest) {
	x := c.competitors
	base, again, gorm, bun := x[0], x[1], x[len(x)-2], x[len(x)-1]
	for i, way := range w.ways {
		l := x[2+i]
		r.contests = append(r.contests, row(
			fmt.Sprintf("%s%s, %s", w.name, way.suffix, m), number(median(base.times)/1e3),
			fixed(again.ratio(base)), "**"+fixed(l.ratio(base))+"**", fixed(gorm.ratio(base)), fixed(bun.ratio(base)),
			whole(base.allocs), whole(l.allocs), whole(gorm.allocs), whole(bun.allocs),
		))
	}
}

func (r *report) addLocal(w local, c *contest) {
	l := c.competitors[0]
	cells := []string{w.name, number(median(l.times) / w.divide), "–", "–", number(l.allocs / w.divide), "–"}
	if len(c.competitors) > 1 {
		s := c.competitors[1]
		cells[2], cells[3], cells[5] = number(median(s.times)/w.divide), fixed(l.ratio(s)), whole(s.allocs)
	}
	r.locals = append(r.locals, row(cells...))
}

// print writes the tables.
func (r *report) print(ctx context.Context, out io.Writer, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var server string
	if err := conn.QueryRow(ctx, "SHOW server_version").Scan(&server); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s %s/%s, GOMAXPROCS %d; PostgreSQL %s; %s\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), server, strings.Join(versions(), ", "))
	if len(r.contests) > 0 {
		fmt.Fprintf(out, "\n%s\n%s\n", contestHead, strings.Join(r.contests, "\n"))
	}
	if len(r.locals) > 0 {
		fmt.Fprintf(out, "\n%s\n%s\n", localHead, strings.Join(r.locals, "\n"))
	}
	return nil
}

// versions names the libraries that took part.
func versions() []string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	var vs []string
	for _, d := range info.Deps {
		switch d.Path {
		case "github.com/jackc/pgx/v5", "gorm.io/gorm", "github.com/uptrace/bun", "github.com/Masterminds/squirrel":
			vs = append(vs, d.Path+" "+d.Version)
		}
	}
	return vs
}

func row(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |" }

func fixed(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }
func whole(x float64) string { return strconv.FormatFloat(x, 'f', 0, 64) }

// number returns three digits, more where they are before the point.
func number(x float64) string {
	digits := 0
	for limit := 100.0; x > 0 && x < limit && digits < 3; limit /= 10 {
		digits++
	}
	return cmp.Or(strings.TrimSuffix(strconv.FormatFloat(x, 'f', digits, 64), ".000"), "0")
}
