package main

import (
	"context"
	"os"
	"testing"

	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/integration/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// TestQueries: the rows of each query are those of its text.
func TestQueries(t *testing.T) {
	ctx := context.Background()
	conn, err := beside.Open(ctx, pgtest.Database(t), schema, load(0.01))
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
