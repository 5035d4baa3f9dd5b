package session_test

import (
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/query"
)

// A whole statement tells nothing of its tables: everything is flushed before it, and what it reads is tracked.
func TestWholeStatement(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s, by := seedWorkers(t, eng)
	whole := query.Select(Workers).FromRaw("SELECT * FROM worker WHERE name = ?", "bobby")
	by["bob"].Name = "bobby"
	equal(t, "without a flush", len(must[[]*Worker](t)(whole.NoFlush().All(ctx, s))), 0)
	equal(t, "the object", must[*Worker](t)(whole.One(ctx, s)), by["bob"])
	s.Add(&Worker{Name: "eve"})
	equal(t, "a value", must[int64](t)(query.Raw[int64]("SELECT count(*) FROM worker").One(ctx, s)), 5)

	by["cid"].Name = "cidney"
	rec.take()
	n := must[int64](t)(query.Exec(ctx, s, sq.Update("worker").Set("name", sq.Expr("upper(name)"))))
	equal(t, "rows", n, 5)
	sent(t, rec, "UPDATE worker SET name = $1 WHERE worker.id = $2", "UPDATE worker SET name = upper(name)")
	all := query.Select(Workers).FromSqlizer(sq.Select("*").From("worker").OrderBy("id"))
	equal(t, "what the session knows stays", must[*Worker](t)(all.First(ctx, s)).Name, "ann")
	equal(t, "until it is refreshed", must[*Worker](t)(all.Refresh().First(ctx, s)).Name, "ANN")
	ok(t, s.Rollback(ctx))
	equal(t, "after Rollback", must[[]*Worker](t)(all.All(ctx, s))[1].Name, "bob")
}
