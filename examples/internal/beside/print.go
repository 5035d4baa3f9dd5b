package beside

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	shown = 5  // rows that are printed
	times = 8  // runs of which the better time counts
	width = 60 // of a printed value
)

// Print runs a query and prints its SQL, its first rows and how long it took. Rows that are not those of the text are an error.
func (q Query) Print(ctx context.Context, w io.Writer, conn *pgx.Conn) error {
	res, err := q.Run(ctx, conn, times)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "-- %s\n%s\n\n", q.Title, q.typed)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range res.Typed[:min(shown, len(res.Typed))] {
		line := make([]string, len(row))
		for i, value := range row {
			line[i] = short(value)
		}
		fmt.Fprintln(table, "   "+strings.Join(line, "\t"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	rows := fmt.Sprintf("%d rows", len(res.Typed))
	if len(res.Typed) == 1 {
		rows = "1 row"
	}
	fmt.Fprintf(w, "   %s in %s, the text by hand %s\n\n", rows, ms(res.TypedTime), ms(res.PlainTime))
	if err := res.compare(); err != nil {
		return fmt.Errorf("%s: %w", q.Title, err)
	}
	return nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }

// short cuts a value that is too long to be printed.
func short(value string) string {
	if r := []rune(value); len(r) > width {
		return string(r[:width]) + "…"
	}
	return value
}
