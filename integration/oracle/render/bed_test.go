package render_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// bed is the database that all cases run on, each in a transaction of its own that is rolled back.
type bed struct {
	eng    *session.Engine
	admin  *pgx.Conn // puts sequences back and prepares statements
	reset  string
	before tables
	sent   []string // what the engine sent since the case began
}

// tables are the rows of all tables.
type tables map[string][]json.RawMessage

func newBed(t *testing.T) *bed {
	t.Helper()
	text, err := dataset()
	if err != nil {
		t.Fatal(err)
	}
	dsn := pgtest.Clone(t, "render", func(dsn string) error { return execute(dsn, text) })
	b := &bed{reset: resetting(text)}
	b.eng, err = session.Open(ctx, dsn, schema, session.Options{Logger: slog.New((*recorder)(b)), MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.eng.Close)
	if b.admin, err = pgx.Connect(ctx, dsn); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.admin.Close(ctx) })
	s := b.eng.Session()
	if b.before, err = snapshot(s); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(ctx); err != nil {
		t.Fatal(err)
	}
	return b
}

func execute(dsn, text string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.PgConn().Exec(ctx, text).ReadAll()
	return err
}

// recorder has the statements that the engine logs kept in the bed.
type recorder bed

// Enabled has everything logged.
func (r *recorder) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs adds nothing.
func (r *recorder) WithAttrs([]slog.Attr) slog.Handler { return r }

// WithGroup adds nothing.
func (r *recorder) WithGroup(string) slog.Handler { return r }

// Handle keeps the SQL of a statement.
func (r *recorder) Handle(_ context.Context, rec slog.Record) error {
	rec.Attrs(func(a slog.Attr) bool {
		if sql := a.Value.String(); a.Key == "sql" && !slices.Contains([]string{"BEGIN", "COMMIT", "ROLLBACK"}, sql) {
			r.sent = append(r.sent, sql)
		}
		return true
	})
	return nil
}

// outcome is what became of a case.
type outcome struct {
	value    any
	err      error
	unbuilt  bool // the statement could not be rendered
	sent     []string
	after    tables // nil after an error
	prepared error  // of the first statement that the server would not prepare
}

// state returns the SQLSTATE of an error; "" when it is not the server's.
func state(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

func (o *outcome) String() string {
	switch {
	case o.err != nil && o.unbuilt:
		return fmt.Sprintf("not rendered: %v", o.err)
	case o.err != nil:
		return fmt.Sprintf("error: %v", o.err)
	}
	return fmt.Sprintf("%v\n\tsent: %s", text(plain(o.value)), strings.Join(o.sent, "\n\t      "))
}

// run runs a case in a session. The error is one of the test bed itself.
func (b *bed) run(c testCase) (*outcome, error) {
	if _, err := b.admin.Exec(ctx, b.reset); err != nil {
		return nil, err
	}
	o := &outcome{}
	if c.text != nil {
		_, _, o.err = c.text()
		o.unbuilt = o.err != nil
	}
	s := b.eng.Session()
	defer func() { _ = s.Close(ctx) }() // after a panic too: the pool waits for its connections
	b.sent = nil
	value, err := c.run(s)
	o.sent, o.value = b.sent, value
	switch {
	case o.unbuilt && (err == nil || len(o.sent) > 0):
		o.err = fmt.Errorf("SQL() gives the error %w, but it was run: %q", o.err, o.sent)
		o.unbuilt = false
	case !o.unbuilt:
		o.err = err
	}
	if o.err == nil {
		if o.after, err = snapshot(s); err != nil {
			return nil, err
		}
	}
	if err := s.Close(ctx); err != nil {
		return nil, err
	}
	for _, sql := range o.sent {
		if _, err := b.admin.Prepare(ctx, "", sql); err != nil && o.prepared == nil {
			o.prepared = fmt.Errorf("%w: %s", err, sql)
		}
	}
	return o, nil
}

// outside runs a statement without a session, in a transaction of pgx.
func (b *bed) outside(c testCase) (*outcome, error) {
	if _, err := b.admin.Exec(ctx, b.reset); err != nil {
		return nil, err
	}
	tx, err := b.admin.Begin(ctx)
	if err != nil {
		return nil, err
	}
	o, r := &outcome{}, session.Wrap(b.admin)
	sql, _, err := c.text()
	o.unbuilt = err != nil
	if err == nil {
		o.sent = []string{sql}
	}
	if o.value, o.err = c.on(r); o.err == nil {
		if o.after, err = snapshot(r); err != nil {
			return nil, err
		}
	}
	return o, tx.Rollback(ctx)
}

// names are the tables as SQL has them.
var names = []string{
	"customer", "account", "tag", "customer_tag", "department", "employee", "orders", "order_line", "product", "shipment", "transfer",
	"region", `"user"`, "audit.log",
}

// snapshot reads all tables within the runner's transaction.
func snapshot(r query.Runner) (tables, error) {
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		row := "to_jsonb(t)"
		if n == "orders" {
			row = "to_jsonb(t) || jsonb_build_object('meta_text', t.meta::text, 'attrs_text', t.attrs::text)"
		}
		fmt.Fprintf(&b, "'%s', (SELECT jsonb_agg(%s) FROM %s t)", strings.Trim(n, `"`), row, n)
	}
	all := query.Select(expr.Raw[expr.JSON]("jsonb_build_object(" + b.String() + ")")).NoFlush()
	text, err := all.One(ctx, r)
	if err != nil {
		return nil, err
	}
	var ts tables
	return ts, json.Unmarshal(text, &ts)
}
