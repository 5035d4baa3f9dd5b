package main

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/integration/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func TestQueries(t *testing.T) {
	ctx := context.Background()
	dsn := pgtest.Database(t)
	if err := fill(ctx, dsn); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	for _, q := range queries {
		t.Run(q.Title, func(t *testing.T) {
			if err := q.Check(ctx, conn); err != nil {
				t.Error(err)
			}
		})
	}
}
