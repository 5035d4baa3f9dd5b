package session_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestTypedErrors: each violation says what it concerns, hides the values, and unwraps to pgx's error.
func TestTypedErrors(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A", Email: ptr("secret@x")}
	s.Add(a)
	ok(t, s.Commit(ctx))
	cases := []struct {
		name string
		obj  any
		want session.DatabaseError
	}{
		{"unique", &Author{Name: "B", Email: ptr("secret@x")}, session.DatabaseError{
			Table: "author", Constraint: "uq_author_email", Code: "23505", Object: "Author(id not set)",
		}},
		{"foreign key", &Book{Title: "T", AuthorID: 99}, session.DatabaseError{
			Table: "book", Constraint: "book_author_id_fkey", Code: "23503", Object: "Book(id not set)",
		}},
		{"check", &Book{Title: "T", Price: -1, AuthorID: a.ID}, session.DatabaseError{
			Table: "book", Constraint: "price_positive", Code: "23514", Object: "Book(id not set)",
		}},
		{"too long", &Publisher{Code: "a secret that is too long"}, session.DatabaseError{
			Table: "publisher", Code: "22001", Object: "Publisher(code=a secret that is too long)",
		}},
	}
	for _, c := range cases {
		s.Add(c.obj)
		err := s.Commit(ctx)
		got := databaseError(err)
		if got == nil {
			t.Fatalf("%s: no typed error but %v", c.name, err)
		}
		if got.Table != c.want.Table || got.Constraint != c.want.Constraint || got.Code != c.want.Code || got.Object != c.want.Object {
			t.Errorf("%s: %+v", c.name, got)
		}
		if !strings.HasPrefix(got.Statement, "INSERT INTO ") || !strings.Contains(err.Error(), got.Object) {
			t.Errorf("%s: statement %q in %q", c.name, got.Statement, err)
		}
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != c.want.Code {
			t.Errorf("%s does not unwrap to *pgconn.PgError", c.name)
		}
		if strings.Contains(err.Error(), "secret@x") {
			t.Errorf("%s gives a value away: %v", c.name, err)
		}
		_, err = query.Select(Authors).All(ctx, s)
		is(t, err, session.ErrFailed)
		is(t, s.Commit(ctx), session.ErrFailed)
		if !errors.As(s.Commit(ctx), &pg) || pg.Code != c.want.Code {
			t.Errorf("%s: the refusal does not say why", c.name)
		}
		ok(t, s.Rollback(ctx))
	}
	equal(t, "authors", count(t, eng, "author"), 1)
	equal(t, "books", count(t, eng, "book"), 0)
}

func databaseError(err error) *session.DatabaseError {
	var (
		unique  *session.UniqueError
		foreign *session.ForeignKeyError
		check   *session.CheckError
		null    *session.NotNullError
		plain   *session.DatabaseError
	)
	switch {
	case errors.As(err, &unique):
		return &unique.DatabaseError
	case errors.As(err, &foreign):
		return &foreign.DatabaseError
	case errors.As(err, &check):
		return &check.DatabaseError
	case errors.As(err, &null):
		return &null.DatabaseError
	case errors.As(err, &plain):
		return plain
	}
	return nil
}

func TestNotNullError(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE author ALTER email SET NOT NULL")
	ok(t, err)
	s := begin(t, eng)
	s.Add(&Author{Name: "A"})
	var e *session.NotNullError
	if err := s.Commit(ctx); !errors.As(err, &e) || e.Table != "author" || e.Column != "email" {
		t.Fatalf("error %v: %+v", err, e)
	}
}

func TestAutoflushErrorSaysSo(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	s.Add(&Book{Title: "T", AuthorID: 1})
	_, err := query.Select(Books).All(ctx, s)
	var e *session.ForeignKeyError
	if !errors.As(err, &e) || !e.Autoflush || !strings.Contains(err.Error(), "flush before a query: Book(") {
		t.Errorf("error is %v", err)
	}
}

func TestRowCounts(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	s.Add(&Author{Name: "A"}, &Author{Name: "B"})
	ok(t, s.Commit(ctx))
	none := query.Select(Authors).Filter(Authors.Name.Eq("secret"))
	for _, err := range []error{
		second(none.First(ctx, s)), second(none.One(ctx, s)), second(none.One(ctx, eng)),
	} {
		is(t, err, query.ErrNoRows)
		is(t, err, sql.ErrNoRows)
		if !strings.Contains(err.Error(), "FROM author") || strings.Contains(err.Error(), "secret") {
			t.Errorf("error is %v", err)
		}
	}
	is(t, second(query.Select(Authors).One(ctx, s)), query.ErrManyRows)
	ok(t, s.Commit(ctx))
}

func second[T any](_ T, err error) error { return err }

// TestFailedStatement: a query that the server refuses leaves the session refusing until Rollback, and says what.
func TestFailedStatement(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	_, err := eng.Pool().Exec(ctx, "DROP TABLE worker")
	ok(t, err)
	s := begin(t, eng)
	_, err = query.Select(Workers).ForUpdate().All(ctx, s)
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || pg.Code != "42P01" || !strings.Contains(err.Error(), "FROM worker") {
		t.Fatalf("missing table: %v", err)
	}
	_, err = query.Select(Authors).All(ctx, s)
	is(t, err, session.ErrFailed)
	ok(t, s.Rollback(ctx))
	_, err = query.Select(Workers).All(ctx, s) // in no transaction, so that none has failed
	if !errors.As(err, &pg) {
		t.Fatal(err)
	}
	_, err = query.Select(Authors).All(ctx, s)
	ok(t, err)
	_, err = query.Select(Workers).All(ctx, eng)
	if !errors.As(err, &pg) {
		t.Fatal(err)
	}
	idle(t, eng, 1)
}

// idle checks that the pool has its connections back, but for those that sessions hold.
func idle(t *testing.T, eng *session.Engine, held int32) {
	t.Helper()
	var n int32
	for range 50 {
		if n = eng.Pool().Stat().AcquiredConns(); n <= held {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d connections are not given back, %d are in use", n-held, held)
}

func TestCancelledContext(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	s.Add(&Author{Name: "A"})
	ok(t, s.Flush(ctx))
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := query.Select(expr.Raw[expr.Text]("pg_sleep(10)::text")).All(short, s)
	is(t, err, context.DeadlineExceeded)
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
	is(t, s.Commit(ctx), session.ErrFailed)
	ok(t, s.Rollback(ctx))
	equal(t, "rows", count(t, eng, "author"), 0)
	_, err = query.Select(Authors).All(short, eng)
	is(t, err, context.DeadlineExceeded)
	_, err = query.Select(Authors).All(short, s)
	is(t, err, context.DeadlineExceeded)
	ok(t, s.Rollback(ctx))
	_, err = query.Select(Authors).All(ctx, s)
	ok(t, err)
	ok(t, s.Close(ctx))
	idle(t, eng, 0)
}

func TestTwoGoroutines(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	var wg sync.WaitGroup
	errs := make([]error, 20)
	for i := range errs {
		wg.Go(func() { errs[i] = second(query.Select(expr.Raw[expr.Text]("pg_sleep(0.05)::text")).All(ctx, s)) })
	}
	wg.Wait()
	refused := 0
	for _, err := range errs {
		if errors.Is(err, session.ErrConcurrent) {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	if refused == 0 {
		t.Error("no goroutine was refused")
	}
}

func TestIter(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	for i := range 300 {
		s.Add(&Author{Name: fmt.Sprint(i)})
	}
	ok(t, s.Commit(ctx))
	n := 0
	for a, err := range query.Select(Authors).OrderBy(Authors.ID).Iter(ctx, s) {
		ok(t, err)
		equal(t, "name", a.Name, fmt.Sprint(n))
		if n++; n == 100 {
			is(t, second(query.Select(Authors).Count(ctx, s)), session.ErrConcurrent)
			break
		}
	}
	equal(t, "rows", must[int64](t)(query.Select(Authors).Count(ctx, s)), 300)
	for range query.Select(Authors).Iter(ctx, eng) {
		break
	}
	for _, err := range query.Select(expr.Raw[expr.Int]("1/0")).Iter(ctx, eng) {
		if err == nil {
			t.Error("a row came out of 1/0")
		}
	}
	ok(t, s.Close(ctx))
	idle(t, eng, 0)
}

// TestNullIntoNonNull: NULL is never read as a zero value.
func TestNullIntoNonNull(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE worker ALTER name DROP NOT NULL; INSERT INTO worker (id) VALUES (1)")
	ok(t, err)
	for range 2 { // text format first, then binary
		_, err = query.Select(Workers).All(ctx, eng)
		if err == nil || !strings.Contains(err.Error(), "column worker.name: NULL") {
			t.Errorf("error is %v", err)
		}
		_, err = query.Select(Workers.Name).All(ctx, eng)
		if err == nil || !strings.Contains(err.Error(), "column worker.name: NULL") {
			t.Errorf("error is %v", err)
		}
	}
	equal(t, "rows", must[int64](t)(query.Select(Workers).Count(ctx, eng)), 1)
	idle(t, eng, 0)
}

func TestMillionValues(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	s.Add(&Worker{Name: "a"}, &Worker{Name: "b"})
	ok(t, s.Commit(ctx))
	ids := make([]int64, 1_000_000)
	for i := range ids {
		ids[i] = int64(i + 2)
	}
	q := query.Select(Workers.Name).Filter(Workers.ID.In(ids...))
	if text := q.String(); !strings.HasSuffix(text, "worker.id = ANY($1)") {
		t.Errorf("SQL is %s", text)
	}
	equal(t, "name", must[string](t)(q.One(ctx, s)), "b")
	equal(t, "the others", must[string](t)(query.Select(Workers.Name).Filter(Workers.ID.NotIn(ids...)).One(ctx, s)), "a")
}

// TestWrongValue: a value that cannot be sent is an error that names the parameter, not the value, and costs nothing.
func TestWrongValue(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	s.Add(&Author{Name: "nul \x00 byte"})
	err := s.Commit(ctx)
	if err == nil || strings.Contains(err.Error(), "nul") {
		t.Errorf("error is %v", err)
	}
	ok(t, s.Rollback(ctx))
	_, err = query.Select(Authors.ID).Filter(expr.Raw[expr.Bool]("author.id = ?", "secret")).All(ctx, s)
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error is %v", err)
	}
	ok(t, s.Rollback(ctx))
}

func TestUnknownSchema(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	small := model.MustSchema(Workers)
	e := session.NewEngine(eng.Pool(), small, session.Options{})
	s := begin(t, e)
	s.Add(&Author{})
	is(t, s.Flush(ctx), session.ErrNotMapped)
	is(t, second(query.Select(Authors).All(ctx, s)), session.ErrNotMapped)
	ok(t, s.Rollback(ctx))
}

// Narrow has a key whose field is smaller than its column.
type Narrow struct {
	ID   int16
	Name string
}

type narrows struct {
	model.Table[Narrow]
	ID   expr.Int
	Name expr.Text
}

// TestKeyThatDoesNotFit: when a generated key cannot be stored in the object, the error says what became of the row.
func TestKeyThatDoesNotFit(t *testing.T) {
	t.Parallel()
	table := model.Map("narrow", func(t *narrows) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(table), session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, eng.Schema().CreateAll(ctx, eng))
	_, err = eng.Pool().Exec(ctx, "ALTER TABLE narrow ALTER id RESTART WITH 40000")
	ok(t, err)
	for i := range 3 {
		s := begin(t, eng)
		s.Add(&Narrow{Name: "x"})
		is(t, s.Commit(ctx), session.ErrCommitted)
		ok(t, s.Rollback(ctx))
		equal(t, "rows", count(t, eng, "narrow"), i+1)
	}
	is(t, session.BulkInsert(ctx, eng, table, &Narrow{Name: "x"}, &Narrow{Name: "y"}), session.ErrCommitted)
	_, err = query.Returning(query.Insert(table).Values(table.Name.To("x")), table).All(ctx, eng)
	is(t, err, session.ErrCommitted)
	equal(t, "rows", count(t, eng, "narrow"), 6)
}
