// Package run_test runs the Go of the README, the guides, and the documents for those who come from elsewhere, on a PostgreSQL: no block has an
// error that it does not look at, and each sends the SQL and prints the values that stand beside it. The files *_gen_test.go are made of
// the documents by docs/guide/blocks.
package run_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/docs/guide/blocks"
	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// c and a are what the documents say that they are.
var c, a = bank.Customers, bank.Accounts

// accounts is the table struct of the README's mapping.
type accounts struct {
	model.Table[bank.Account]
	AcctNo                   expr.Int
	AcctName                 expr.Text
	AcctOpenDt, AcctUpdateDt expr.Time
	CustID                   expr.NullInt
}

// schema is the tables of the bank and those that the guides map.
var schema = model.MustSchema(bank.Customers, bank.Accounts, Docs, Events)

// function is a block.
type function func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session)

// documents are those whose blocks run.
var documents = []struct {
	path   string
	blocks []function
}{
	{"../../../README.md", readmeBlocks},
	{"../sessions.md", sessionsBlocks},
	{"../transactions.md", transactionsBlocks},
	{"../testing.md", testingBlocks},
	{"../../sqlalchemy.md", sqlalchemyBlocks},
	{"../../gorm.md", gormBlocks},
}

// onlyCompiled is how many blocks cannot run; the documents say why.
const onlyCompiled = 2

// TestBlocks runs each block on a database of its own.
func TestBlocks(t *testing.T) {
	t.Parallel()
	unrun := 0
	for _, d := range documents {
		text, err := os.ReadFile(d.path)
		if err != nil {
			t.Fatal(err)
		}
		all, err := blocks.Read(string(text))
		if err != nil {
			t.Fatalf("%s: %v", d.path, err)
		}
		if len(all) != len(d.blocks) {
			t.Fatalf("%s has %d blocks, not %d; run go test ./docs/guide/blocks -update", d.path, len(all), len(d.blocks))
		}
		for i, b := range all {
			if b.OnlyCompiled != "" {
				unrun++
			}
			if b.Runs() {
				t.Run(fmt.Sprintf("%s:%d", strings.TrimLeft(d.path, "./"), b.Line), func(t *testing.T) {
					t.Parallel()
					run(t, b, d.blocks[i])
				})
			} else if b.OnlyCompiled == "" && len(b.SQL) > 0 {
				t.Errorf("%s:%d: nothing runs these declarations, and there is SQL behind them", d.path, b.Line)
			}
		}
	}
	if unrun != onlyCompiled {
		t.Errorf("%d blocks are only compiled, not %d", unrun, onlyCompiled)
	}
}

// run runs a block in a session on an engine whose connection has been used before.
func run(t testing.TB, b blocks.Block, f function) {
	ctx := t.Context()
	prog := &program{t: t, block: b, dsn: pgtest.Clone(t, "documents", seed)}
	eng, err := session.Open(ctx, prog.dsn, schema, session.Options{Logger: slog.New(&prog.log)})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	if _, err := query.Select(c).Count(ctx, eng); err != nil {
		t.Fatal(err)
	}
	s := eng.Session()
	defer s.Close(context.Background())
	f(ctx, prog, eng, s)
	if !prog.ended {
		t.Errorf("it returned before its end, having sent\n%s", strings.Join(prog.log.Sent(), "\n"))
	}
}

// rows are what the documents take to be there: a customer with the accounts 1 and 2, others, a document and an event.
const rows = `
INSERT INTO customer (id, first_name, last_name, email) VALUES
	(1, 'Alice', 'Doctor', 'alice.d@timbuk2.do'), (7, 'Ada', 'Lovelace', NULL), (10, 'Dummy', 'x', NULL);
INSERT INTO account (acct_no, acct_name, acct_open_dt, acct_update_dt, cust_id) VALUES
	(1, 'Trade', now(), now(), 7), (2, 'Savings', now(), now(), 7),
	(1001, 'Cash', now(), now(), 1), (1002, 'Gold', now(), now(), 1), (9999, 'Shares', now(), now(), 10);
INSERT INTO doc (id, title, version) VALUES (1, 'One', 1);
INSERT INTO event (id, topic, body) VALUES (1, 'customer.new', '{}');
SELECT setval(pg_get_serial_sequence('customer', 'id'), 10), setval(pg_get_serial_sequence('event', 'id'), 1)`

// seed builds the database that each block has a copy of.
func seed(dsn string) error {
	ctx := context.Background()
	eng, err := session.Open(ctx, dsn, schema, session.Options{})
	if err != nil {
		return err
	}
	defer eng.Close()
	if err := schema.CreateAll(ctx, eng); err != nil {
		return err
	}
	_, err = eng.Pool().Exec(ctx, rows)
	return err
}
