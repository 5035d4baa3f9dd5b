package writes_test

import (
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// The server keeps its plans of the statements that a session makes: it plans the first five executions, and then takes a plan for any
// values, unless it finds that one dearer. A statement that is planned anew each time costs as much again.
func TestPlansAreKept(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), leafSchema, session.Options{MaxConns: 1})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, leafSchema.CreateAll(ctx, eng))
	_, err = eng.Pool().Exec(ctx, "INSERT INTO page SELECT i % 10, i, '', i % 10, (i + 10) % 5000, 1 FROM generate_series(0, 4999) i; ANALYZE page")
	ok(t, err)
	for i := range 20 {
		everyStatement(t, eng, int64(i))
	}
	rows, err := eng.Pool().Query(ctx, "SELECT statement FROM pg_prepared_statements WHERE generic_plans = 0 AND custom_plans >= 20")
	ok(t, err)
	defer rows.Close()
	for rows.Next() {
		var sql string
		ok(t, rows.Scan(&sql))
		t.Errorf("planned anew each time: %s", sql)
	}
	ok(t, rows.Err())
}

// everyStatement has a session make each of its kinds of statements.
func everyStatement(t *testing.T, eng *session.Engine, i int64) {
	t.Helper()
	s := eng.Session()
	a, err := session.Get(ctx, s, Pages, 7, 4007)
	ok(t, err)
	some, err := query.Select(Pages).Filter(Pages.Number.Gt(100*i), Pages.Number.Le(100*i+50)).All(ctx, s)
	ok(t, err)
	_, err = some[0].Next.Get(ctx) // of all
	ok(t, err)
	ok(t, s.Lock(ctx, anys(some)...))
	ok(t, s.Refresh(ctx, anys(some)...))
	ok(t, session.Load(ctx, s, Pages, some, Pages.Text))
	a.Text = fmt.Sprint(i)
	ok(t, s.Commit(ctx))
	for _, p := range some {
		p.Text = fmt.Sprint(i)
	}
	ok(t, s.Commit(ctx))
	var fresh []*Page
	for n := range int64(20) {
		fresh = append(fresh, &Page{Book: 100 + i, Number: n})
	}
	s.Add(anys(fresh)...)
	ok(t, s.Commit(ctx))
	one := &Page{Book: 100 + i, Number: 1000}
	s.Add(one)
	ok(t, s.Commit(ctx))
	ok(t, session.BulkUpdate(ctx, s, Pages, fresh, Pages.Text))
	_, err = session.Upsert(ctx, s, Pages, fresh, session.Conflict{})
	ok(t, err)
	_, err = session.Upsert(ctx, s, Pages, []*Page{{Book: 1000 + i, Number: 1}}, session.Conflict{})
	ok(t, err)
	ok(t, s.Commit(ctx))
	s.Delete(one)
	ok(t, s.Commit(ctx))
	for _, p := range fresh {
		s.Delete(p)
	}
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
}
