// Package beside runs queries of the typed language and, beside each, the same by hand: SQL text on plain pgx.
package beside

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Query is a typed query and the SQL text that a person would write for it.
type Query struct {
	Title string
	Text  string // by hand, values and all

	typed   statement
	columns int
	run     func(ctx context.Context, db query.Runner) (any, error)
	plain   func(ctx context.Context, conn *pgx.Conn, text string) (any, error)
}

// statement is what is asked of a query whatever its rows are.
type statement interface {
	SQL() (string, []any, error)
	String() string
}

// Rows is a query with rows of Go type R.
type Rows[R any] interface {
	statement
	All(ctx context.Context, db query.Runner) ([]R, error)
}

// New puts a typed query beside a text. The text's rows are read into the same Go type R.
func New[R any](title string, q Rows[R], text string) Query {
	columns, toRow := 1, pgx.RowToFunc[R](pgx.RowTo[R])
	if t := reflect.TypeFor[R](); t.Kind() == reflect.Struct {
		columns, toRow = t.NumField(), pgx.RowToStructByPos[R]
	}
	return Query{
		Title: title, Text: strings.TrimSpace(text), typed: q, columns: columns,
		run: func(ctx context.Context, db query.Runner) (any, error) { return q.All(ctx, db) },
		plain: func(ctx context.Context, conn *pgx.Conn, text string) (any, error) {
			rows, err := conn.Query(ctx, text, pgx.QueryResultFormatsByOID{pgtype.NumericOID: pgx.TextFormatCode}) // of a binary zero pgx loses the digits
			if err != nil {
				return nil, err
			}
			return pgx.CollectRows(rows, toRow)
		},
	}
}

// Typed returns the SQL of the typed query, and its arguments.
func (q Query) Typed() (string, []any, error) { return q.typed.SQL() }

// Result is the rows of both, as texts, and how long each took at best.
type Result struct {
	Typed, Plain         [][]string
	TypedTime, PlainTime time.Duration
}

// Run runs both by turns. Each run is in a transaction that is rolled back, so that what one changes the other does not see.
func (q Query) Run(ctx context.Context, conn *pgx.Conn, times int) (Result, error) {
	var res Result
	db := session.Wrap(conn)
	for range times {
		rows, took, err := within(ctx, conn, func() (any, error) { return q.run(ctx, db) })
		if err != nil {
			return res, fmt.Errorf("%s: %w", q.Title, err)
		}
		res.Typed, res.TypedTime = q.cells(rows), better(res.TypedTime, took)

		rows, took, err = within(ctx, conn, func() (any, error) { return q.plain(ctx, conn, q.Text) })
		if err != nil {
			return res, fmt.Errorf("%s, by hand: %w", q.Title, err)
		}
		res.Plain, res.PlainTime = q.cells(rows), better(res.PlainTime, took)
	}
	return res, nil
}

// within runs f in a transaction that is rolled back.
func within(ctx context.Context, conn *pgx.Conn, f func() (any, error)) (any, time.Duration, error) {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return nil, 0, err
	}
	start := time.Now()
	rows, err := f()
	took := time.Since(start)
	if undone := tx.Rollback(ctx); err == nil {
		err = undone
	}
	return rows, took, err
}

func better(best, took time.Duration) time.Duration {
	if best == 0 {
		return took
	}
	return min(best, took)
}

// cells returns rows as texts.
func (q Query) cells(rows any) [][]string {
	v := reflect.ValueOf(rows)
	cells := make([][]string, v.Len())
	for i := range cells {
		row := v.Index(i)
		if row.Kind() != reflect.Struct {
			cells[i] = []string{cell(row)}
			continue
		}
		for k := range q.columns {
			cells[i] = append(cells[i], cell(row.Field(k)))
		}
	}
	return cells
}

// cell returns a value as text: NULL for a nil pointer, a day for a time at midnight.
func cell(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return "NULL"
		}
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case time.Time:
		if x = x.UTC(); x.Equal(x.Truncate(24 * time.Hour)) {
			return x.Format(time.DateOnly)
		}
		return x.Format(time.DateTime)
	case fmt.Stringer:
		return x.String()
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		return string(v.Bytes())
	}
	if v.Kind() == reflect.Slice {
		items := make([]string, v.Len())
		for i := range items {
			items[i] = cell(v.Index(i))
		}
		return "{" + strings.Join(items, ",") + "}"
	}
	return fmt.Sprint(v.Interface())
}
