package query_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func TestStatement(t *testing.T) {
	const text = "SELECT id, name FROM customer WHERE id < ?"
	const want = "SELECT id, name FROM customer WHERE id < $1"
	items := query.Select2(customer.ID, customer.Name)
	check(t, []golden{
		{"Raw", query.Raw[query.Row2[int64, string]](text, 3), want, args{3}},
		{"Raw of one column", query.Raw[int64]("SELECT 1 % 2 AS \"a?\", '?' WHERE '{}'::jsonb ?? 'a'"), "SELECT 1 % 2 AS \"a?\", '?' WHERE '{}'::jsonb ? 'a'", nil},
		{"Sqlizer", query.Sqlizer[string](sq.Select("name").From("customer").Where(sq.Eq{"id": 3})), "SELECT name FROM customer WHERE id = $1", args{3}},
		{"Sqlizer of a query", query.Sqlizer[int64](query.Select(customer.ID).Limit(1)), "SELECT customer.id \nFROM customer \n LIMIT $1", args{int64(1)}},
		{"FromRaw", items.FromRaw(text, 3), want, args{3}},
		{"FromRaw of an entity", query.Select(customer).FromRaw("TABLE customer"), "TABLE customer", nil},
		{"FromSqlizer", items.FromSqlizer(sq.Expr(text, 3)), want, args{3}},
		{"options", items.Refresh().NoFlush().FromRaw(text, 3).Refresh().NoFlush(), want, args{3}},
	})
}

func TestStatementErrors(t *testing.T) {
	t.Parallel()
	c := customer
	q := query.Select(c.ID)
	boom := errors.New("boom")
	failing(t, []mistaken{
		{"too few arguments", query.Raw[int64]("SELECT ?"), nil, "1 placeholders and 0 arguments"},
		{"too many arguments", query.Raw[int64]("SELECT 1", 2), nil, "0 placeholders and 1 arguments"},
		{"nil", query.Sqlizer[int64](nil), nil, "nil in place of"},
		{"nil, of items", q.FromSqlizer(nil), nil, "nil in place of"},
		{"an error", query.Sqlizer[int64](sq.Expr("?", failingSqlizer{boom})), boom, "boom"},
		{"Filter", q.Filter(c.VIP).FromRaw("SELECT 1"), nil, "go into their text"},
		{"Join", q.Join(account).FromRaw("SELECT 1"), nil, "go into their text"},
		{"Limit", q.Limit(1).FromRaw("SELECT 1"), nil, "go into their text"},
		{"Suffix", q.Suffix("/* */").FromRaw("SELECT 1"), nil, "go into their text"},
		{"a zero query", query.Query[int]{}.FromRaw("SELECT 1"), nil, "empty"},
		{"a zero statement", query.Statement[int]{}, nil, "empty"},
		{"a zero column", query.Select(accounts{}.No).FromRaw("SELECT 1"), expr.ErrUnmapped, ""},
	})
	if _, err := query.Exec(context.Background(), unreached{t}, nil); err == nil {
		t.Error("Exec of nil gives no error")
	}
}

// failingSqlizer gives an error.
type failingSqlizer struct{ err error }

func (f failingSqlizer) ToSql() (string, []any, error) { return "", nil, f.err }

// Whole statements run without a session.
func TestRunStatement(t *testing.T) {
	t.Parallel()
	ctx, eng := context.Background(), engine(t)
	n, err := query.Exec(ctx, eng, sq.Expr("INSERT INTO customer (name, vip) VALUES (?, true), (?, false)", "a", "b"))
	if ok(t, err); n != 2 {
		t.Errorf("Exec touched %d rows", n)
	}
	n, err = query.ExecRaw(ctx, eng, "UPDATE customer SET email = NULL WHERE name = ?", "a")
	if ok(t, err); n != 1 {
		t.Errorf("ExecRaw touched %d rows", n)
	}
	if _, err := query.ExecRaw(ctx, unreached{t}, "UPDATE customer SET name = ?"); err == nil {
		t.Error("ExecRaw without its argument gives no error")
	}
	const all = "SELECT id, name, email, vip FROM customer ORDER BY id"
	rows, err := query.Raw[query.Row2[string, *string]]("SELECT name, email FROM customer ORDER BY id").All(ctx, eng)
	ok(t, err)
	if want := []query.Row2[string, *string]{{V1: "a"}, {V1: "b"}}; !reflect.DeepEqual(rows, want) {
		t.Errorf("rows are %v", rows)
	}
	cs, err := query.Select(customer).FromRaw(all).All(ctx, eng)
	ok(t, err)
	if len(cs) != 2 || cs[1].Name != "b" || !cs[0].VIP {
		t.Errorf("entities are %v", cs)
	}
	pair, err := query.Select2(customer, expr.Length(customer.Name)).FromRaw("SELECT c.*, length(name) FROM customer c ORDER BY id").First(ctx, eng)
	ok(t, err)
	if pair.V1.Name != "a" || *pair.V2 != 1 {
		t.Errorf("First gives %v", pair)
	}
	var names []string
	for c, err := range query.Select(customer).FromRaw(all).Iter(ctx, eng) {
		ok(t, err)
		names = append(names, c.Name)
	}
	if !reflect.DeepEqual(names, []string{"a", "b"}) {
		t.Errorf("Iter gives %v", names)
	}
	count := query.Sqlizer[int64](sq.Select("count(*)").From("customer"))
	if n, err := count.One(ctx, eng); n != 2 || err != nil {
		t.Errorf("One gives %d, %v", n, err)
	}
	ids := query.Raw[int64]("SELECT id FROM customer WHERE id > ?", 0)
	if _, err := ids.One(ctx, eng); !errors.Is(err, query.ErrManyRows) {
		t.Errorf("One of two: %v", err)
	}
	none := query.Raw[int64]("SELECT id FROM customer WHERE id < ?", 0)
	if _, err := none.One(ctx, eng); !errors.Is(err, query.ErrNoRows) {
		t.Errorf("One of none: %v", err)
	}
	_, err = none.First(ctx, eng)
	var miscounted *query.RowCountError
	if !errors.Is(err, query.ErrNoRows) || !errors.As(err, &miscounted) || miscounted.SQL != "SELECT id FROM customer WHERE id < $1" {
		t.Errorf("First of none: %v", err)
	}
}

// The number of columns is checked, and the same text may be read as several things.
func TestStatementShape(t *testing.T) {
	t.Parallel()
	ctx, eng := context.Background(), engine(t)
	const text = "SELECT 1::bigint, 'a', NULL::text, true"
	for range 2 { // the first execution of a text is another one for the server
		_, err := query.Raw[query.Row2[int64, string]](text).All(ctx, eng)
		if want := "session: the statement gives 4 columns, not the 2 that it was made for: " + text; err == nil || err.Error() != want {
			t.Errorf("two of four columns: %v", err)
		}
		_, err = query.Select2(customer, account).FromRaw(text).All(ctx, eng)
		if want := "session: the statement gives 4 columns, not the 7 that it was made for: " + text; err == nil || err.Error() != want {
			t.Errorf("seven of four columns: %v", err)
		}
	}
	type row = query.Row4[int64, string, *string, bool]
	for range 2 {
		rows, err := query.Raw[row](text).All(ctx, eng)
		if ok(t, err); !reflect.DeepEqual(rows, []row{{V1: 1, V2: "a", V4: true}}) {
			t.Errorf("values are %v", rows)
		}
		cs, err := query.Select(customer).FromRaw(text).All(ctx, eng)
		if ok(t, err); !reflect.DeepEqual(cs, []*Customer{{ID: 1, Name: "a", VIP: true}}) {
			t.Errorf("entities are %v", cs)
		}
	}
}

// TestNobodyRuns: without a runner or a context there is an error, not a panic.
func TestNobodyRuns(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var (
		none *session.Session
		eng  *session.Engine
		nobo context.Context
	)
	q := query.Select(customer)
	for name, err := range map[string]error{
		"nil":        errOf(q.All(ctx, nil)),
		"no session": errOf(q.First(ctx, none)),
		"no engine":  errOf(query.Delete(customer).Everywhere().Exec(ctx, eng)),
		"no context": errOf(q.One(nobo, eng)),
		"whole":      errOf(query.ExecRaw(ctx, nil, "SELECT 1")),
		"prepared":   errOf(byName.With("x", 1).All(ctx, nil)),
		"pages":      errOf(query.Pages(q, 1).After(ctx, none, "")),
	} {
		if !errors.Is(err, query.ErrRunner) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, err := range q.Iter(ctx, nil) {
		if !errors.Is(err, query.ErrRunner) {
			t.Error(err)
		}
	}
}
