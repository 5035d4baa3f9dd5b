package beside

import (
	"context"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Open makes the tables of a schema, has load fill them, and connects to their database.
func Open(ctx context.Context, dsn string, schema *model.Schema, load func(ctx context.Context, db query.Runner) error) (*pgx.Conn, error) {
	eng, err := session.Open(ctx, dsn, schema, session.Options{})
	if err != nil {
		return nil, err
	}
	defer eng.Close()
	if err := schema.CreateAll(ctx, eng); err != nil {
		return nil, err
	}
	if err := load(ctx, eng); err != nil {
		return nil, err
	}
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "ANALYZE"); err != nil { // as autovacuum would
		conn.Close(ctx)
		return nil, err
	}
	return conn, nil
}

// PrintAll prints the queries; only the one at position only, from 1 on, where that is not 0.
func PrintAll(ctx context.Context, w io.Writer, conn *pgx.Conn, queries []Query, only int) error {
	if only < 0 || only > len(queries) {
		return fmt.Errorf("there are queries 1 to %d", len(queries))
	}
	for i, q := range queries {
		if only == 0 || only == i+1 {
			if err := q.Print(ctx, w, conn); err != nil {
				return err
			}
		}
	}
	return nil
}
