package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Customer is what is fetched and changed: 10,000 rows. Hand-written pgx uses the same struct.
type Customer struct {
	ID                  int64
	FirstName, LastName string
	Email, Mobile       *string
	CreatedAt           time.Time
	Balance             float64
	Active              bool
}

// Entry is what is added.
type Entry Customer

// Owner is a customer that has accounts: 1,000 rows with five accounts each.
type Owner struct {
	ID                  int64
	FirstName, LastName string
	Email, Mobile       *string
	CreatedAt           time.Time
	Balance             float64
	Active              bool

	Accounts model.Many[Account]
}

// Account belongs to an owner.
type Account struct {
	ID       int64
	Name     string
	OpenedAt time.Time
	Balance  float64
	OwnerID  int64

	Owner model.One[Owner]
}

type (
	customers struct {
		model.Table[Customer]
		ID                  expr.Int
		FirstName, LastName expr.Text
		Email, Mobile       expr.NullText
		CreatedAt           expr.Time
		Balance             expr.Float
		Active              expr.Bool
	}
	entries struct {
		model.Table[Entry]
		ID                  expr.Int
		FirstName, LastName expr.Text
		Email, Mobile       expr.NullText
		CreatedAt           expr.Time
		Balance             expr.Float
		Active              expr.Bool
	}
	owners struct {
		model.Table[Owner]
		ID                  expr.Int
		FirstName, LastName expr.Text
		Email, Mobile       expr.NullText
		CreatedAt           expr.Time
		Balance             expr.Float
		Active              expr.Bool
		Accounts            model.ToMany[Owner, Account]
	}
	accounts struct {
		model.Table[Account]
		ID       expr.Int
		Name     expr.Text
		OpenedAt expr.Time
		Balance  expr.Float
		OwnerID  expr.Int
		Owner    model.ToOne[Account, Owner]
	}
)

// The tables of the benchmark.
var (
	Customers = model.Map("customer", func(t *customers) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Size(25, t.FirstName, t.LastName), model.Size(50, t.Email, t.Mobile)}
	})
	Entries = model.Map("entry", func(t *entries) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Size(25, t.FirstName, t.LastName), model.Size(50, t.Email, t.Mobile)}
	})
	Owners = model.Map("owner", func(t *owners) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Size(25, t.FirstName, t.LastName), model.Size(50, t.Email, t.Mobile)}
	})
	Accounts = model.Map("account", func(t *accounts) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Size(50, t.Name),
			model.ForeignKey(t.OwnerID, Owners.ID), model.Index(t.OwnerID),
		}
	})
	Schema = model.MustSchema(Customers, Entries, Owners, Accounts)
)

const (
	customerCount = 10_000
	ownerCount    = 1_000
	perOwner      = 5
)

// fill makes rows. A third of the customers have no e-mail address, and half no telephone. Autovacuum would run in the
// middle of a measurement, so it is off; what changes rows is vacuumed between slices.
const fill = `
ALTER TABLE customer SET (autovacuum_enabled = false);
ALTER TABLE entry SET (autovacuum_enabled = false);
INSERT INTO customer (first_name, last_name, email, mobile, created_at, balance, active)
SELECT 'First' || i, 'Last name ' || i, CASE WHEN i % 3 > 0 THEN 'customer' || i || '@example.org' END,
	CASE WHEN i % 2 > 0 THEN '+49 30 ' || 100000 + i END, timestamptz '2026-01-01 00:00Z' + i * interval '1 minute', i / 7.0, i % 5 > 0
FROM generate_series(1, 10000) AS i;
INSERT INTO owner (first_name, last_name, email, mobile, created_at, balance, active)
SELECT first_name, last_name, email, mobile, created_at, balance, active FROM customer WHERE id <= 1000 ORDER BY id;
INSERT INTO account (name, opened_at, balance, owner_id)
SELECT 'Account ' || i, timestamptz '2026-01-01 00:00Z' + i * interval '1 minute', i / 3.0, i % 1000 + 1
FROM generate_series(1, 5000) AS i`

// seed makes the tables and fills them.
func seed(ctx context.Context, dsn string) error {
	eng, err := session.Open(ctx, dsn, Schema, session.Options{})
	if err != nil {
		return err
	}
	defer eng.Close()
	if err := Schema.CreateAll(ctx, eng); err != nil {
		return err
	}
	return execAll(ctx, dsn, fill, "VACUUM ANALYZE")
}

// execAll runs scripts on a connection of its own.
func execAll(ctx context.Context, dsn string, scripts ...string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, s := range scripts {
		if _, err := conn.Exec(ctx, s, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
	}
	return nil
}

// some returns a pointer to text, or nil for every third, as in the rows that are there already.
func some(i int, text string) *string {
	if i%3 == 0 {
		return nil
	}
	return &text
}

var created = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
