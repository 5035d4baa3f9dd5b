package query_test

import (
	"context"
	"os"
	"reflect"
	"testing"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// Customer has accounts.
type Customer struct {
	ID    int64
	Name  string
	Email *string
	VIP   bool
}

// Account has one foreign key to Customer.
type Account struct {
	No     int64
	Name   string
	CustID *int64
}

// Transfer has two foreign keys to Account.
type Transfer struct {
	ID, Source, Target int64
}

// Worker refers to its own table.
type Worker struct {
	ID     int64
	Name   string
	BossID *int64
}

// Line has a composite key.
type Line struct {
	OrderID, No int64
}

// Shipment has a foreign key of two columns.
type Shipment struct {
	ID, OrderID, LineNo int64
}

// Planet has nothing to do with the others.
type Planet struct {
	Code string
}

type (
	customers struct {
		model.Table[Customer]
		ID    expr.Int
		Name  expr.Text
		Email expr.NullText
		VIP   expr.Bool
	}
	accounts struct {
		model.Table[Account]
		No     expr.Int
		Name   expr.Text
		CustID expr.NullInt
	}
	transfers struct {
		model.Table[Transfer]
		ID, Source, Target expr.Int
	}
	workers struct {
		model.Table[Worker]
		ID     expr.Int
		Name   expr.Text
		BossID expr.NullInt
	}
	lines struct {
		model.Table[Line]
		OrderID, No expr.Int
	}
	shipments struct {
		model.Table[Shipment]
		ID, OrderID, LineNo expr.Int
	}
	planets struct {
		model.Table[Planet]
		Code expr.Text
	}
)

var (
	customer = model.Map("customer", func(t *customers) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	account  = model.Map("account", func(t *accounts) model.Spec {
		return model.Spec{model.PrimaryKey(t.No), model.ForeignKey(t.CustID, customer.ID)}
	})
	transfer = model.Map("transfer", func(t *transfers) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.Source, account.No), model.ForeignKey(t.Target, account.No)}
	})
	worker = model.Map("worker", func(t *workers) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.BossID, t.ID)}
	})
	line     = model.Map("line", func(t *lines) model.Spec { return model.Spec{model.PrimaryKey(t.OrderID, t.No)} })
	shipment = model.Map("shipment", func(t *shipments) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID),
			model.ForeignKeys(model.Refer(t.OrderID, line.OrderID), model.Refer(t.LineNo, line.No)),
		}
	})
	planet = model.Map("planet", func(t *planets) model.Spec { return model.Spec{model.PrimaryKey(t.Code)} })
	schema = model.MustSchema(customer, account, transfer, worker, line, shipment, planet, purchase, gadget)
	boss   = model.Alias(worker, "boss")
	rich   = model.Alias(customer, "rich")
	second = model.Alias(account, "second")
)

// args are the arguments wanted.
type args = []any

// statement is what queries, updates and deletes have in common.
type statement interface {
	SQL() (string, []any, error)
	ToSql() (string, []any, error)
	String() string
	Inline() string
}

// golden is a statement and what it must render.
type golden struct {
	name string
	x    statement
	want string
	args args
}

// database returns the DSN of a database with the schema's tables.
func database(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	return pgtest.Clone(t, "query", func(dsn string) error {
		eng, err := session.Open(ctx, dsn, schema, session.Options{})
		if err != nil {
			return err
		}
		defer eng.Close()
		if err := schema.CreateAll(ctx, eng); err != nil {
			return err
		}
		return createIndexes(ctx, eng)
	})
}

// engine returns an engine on a database of the test's own.
func engine(t *testing.T) *session.Engine {
	t.Helper()
	eng, err := session.Open(context.Background(), database(t), schema, session.Options{MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(eng.Close)
	return eng
}

// check compares what statements render and has a server prepare and run each.
func check(t *testing.T, cases []golden) {
	t.Helper()
	t.Parallel()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, values := render(t, c.x)
			if text != c.want {
				t.Errorf("got  %q\nwant %q", text, c.want)
			}
			if !reflect.DeepEqual(values, c.args) {
				t.Errorf("arguments are %#v, want %#v", values, c.args)
			}
			if _, err := conn.Prepare(ctx, c.name, text); err != nil {
				t.Fatalf("prepare %s: %v", text, err)
			}
			if _, err := conn.Exec(ctx, c.name, values...); err != nil {
				t.Errorf("run %s: %v", text, err)
			}
			if _, err := conn.Exec(ctx, c.x.Inline()); err != nil {
				t.Errorf("run %s: %v", c.x.Inline(), err)
			}
		})
	}
}

// render returns a statement's SQL, and checks that its other forms say the same.
func render(t *testing.T, s statement) (string, []any) {
	t.Helper()
	text, values, err := s.SQL()
	if err != nil {
		t.Fatal(err)
	}
	if s.String() != text {
		t.Errorf("String gives %s, SQL gives %s", s, text)
	}
	question, again, err := s.ToSql()
	if err != nil {
		t.Fatal(err)
	}
	if len(again) != len(values) {
		return text, values // the same argument twice
	}
	numbered, err := sq.Dollar.ReplacePlaceholders(question)
	if err != nil || numbered != text || !reflect.DeepEqual(again, values) {
		t.Errorf("ToSql gives %s %v, SQL gives %s %v", question, again, text, values)
	}
	return text, values
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
