package beside

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Check returns an error unless the rows of a query are those of its text, in the same order, there are any that say something, and
// all values of the query are arguments.
func (q Query) Check(ctx context.Context, conn *pgx.Conn) error {
	res, err := q.Run(ctx, conn, 1)
	if err != nil {
		return err
	}
	return errors.Join(res.compare(), q.checkArguments())
}

func (r Result) compare() error {
	for i := range max(len(r.Typed), len(r.Plain)) {
		if a, b := at(r.Typed, i), at(r.Plain, i); !slices.Equal(a, b) {
			return fmt.Errorf("row %d is %q, and of the text by hand %q", i, a, b)
		}
	}
	if !slices.ContainsFunc(r.Typed, says) {
		return errors.New("no rows, or nothing but NULL")
	}
	return nil
}

func at(rows [][]string, i int) []string {
	if i < len(rows) {
		return rows[i]
	}
	return nil
}

func says(row []string) bool {
	return slices.ContainsFunc(row, func(value string) bool { return value != "NULL" })
}

var (
	// literal is a quoted text, or a number that is neither an argument's nor part of a name.
	literal = regexp.MustCompile(`'[^']*'|(^|[^\w$."])\d+(\.\d+)?`)
	// exempt is what has numbers in SQL that are no values: the list of EXISTS, a type's size, and the configuration of
	// full-text search, which must be as in an index.
	exempt = regexp.MustCompile(`SELECT 1|numeric\(\d+, ?\d+\)|'english'`)
)

func (q Query) checkArguments() error {
	text, _, err := q.Typed()
	if err != nil {
		return err
	}
	if at := literal.FindString(exempt.ReplaceAllString(text, "")); at != "" {
		return fmt.Errorf("a value in the text: %s\n%s", at, text)
	}
	return nil
}
