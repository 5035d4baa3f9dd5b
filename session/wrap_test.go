package session_test

import (
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestWrap: statements run in a transaction that the program began with pgx.
func TestWrap(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	tx, err := eng.Pool().Begin(ctx)
	ok(t, err)
	for i := range 3 { // the statements are prepared once
		r := session.Wrap(tx.Conn())
		equal(t, "rows", must[int64](t)(query.Insert(Workers).Values(Workers.Name.To("a")).Exec(ctx, r)), 1)
		all := must[[]*Worker](t)(query.Select(Workers).All(ctx, r))
		equal(t, "workers", len(all), i+1)
	}
	ok(t, tx.Rollback(ctx))
	equal(t, "rows", count(t, eng, "worker"), 0)
}

func TestInsertAndReturning(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := begin(t, eng)
	w := Workers
	two := query.Insert(w).Values(w.Name.To("a"), w.BossID.ToNull()).Values(w.BossID.ToNull(), w.Name.To("b"))
	rows := must[[]query.Row2[int64, string]](t)(query.Returning2(two, w.ID, w.Name).All(ctx, s))
	equal(t, "rows", len(rows), 2)
	equal(t, "second", rows[1].String(), "(2, 'b')")
	more := query.Insert(w).From(query.Select(w.Name.Concat("!")), w.Name)
	equal(t, "inserted", must[int64](t)(more.Exec(ctx, s)), 2)
	sent(t, rec, "BEGIN",
		"INSERT INTO worker (name, boss_id) VALUES ($1::text, NULL), ($2::text, NULL) RETURNING worker.id, worker.name",
		"INSERT INTO worker (name) SELECT worker.name || $1 FROM worker")
	known := must[*Worker](t)(session.Get(ctx, s, w, 1))
	up := query.Update(w).Set(w.Name.To("z")).Filter(w.ID.Eq(1))
	got := must[*Worker](t)(query.Returning(up, w).One(ctx, s))
	equal(t, "the object", got, known)
	equal(t, "its name", known.Name, "z")
	is(t, second(query.Returning(up.Filter(w.ID.Eq(2)), w.ID).One(ctx, s)), query.ErrNoRows)
	ok(t, s.Rollback(ctx))
}

// TestSquirrel: squirrel's builders and ours go into each other, both ways, and run.
func TestSquirrel(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	for _, n := range []string{"ann", "bob", "o'cid"} {
		s.Add(&Worker{Name: n})
	}
	ok(t, s.Commit(ctx))
	w := Workers
	long := query.Select(w.Name).Filter(
		expr.Sqlizer[expr.Int](sq.Expr("length(worker.name) + ?", 1)).Gt(4),
		expr.Where(sq.Or{sq.Eq{"worker.id": []int64{2, 3}}, sq.Like{"worker.name": "zz%"}}),
		expr.Where(sq.Expr("? <> '?' AND NOT '{\"a\": 1}'::jsonb ?? 'b'", "x")),
	)
	equal(t, "name", must[string](t)(long.One(ctx, s)), "o'cid")

	theirs := sq.Select("count(*)").From("worker").PlaceholderFormat(sq.Dollar).
		Where(expr.Or(w.Name.In("ann", "bob"), w.Name.Eq("o'cid"))).Where(w.ID.Gt(1))
	text, args, err := theirs.ToSql()
	ok(t, err)
	var n int
	ok(t, eng.Pool().QueryRow(ctx, text, args...).Scan(&n))
	equal(t, "rows", n, 2)

	inner, args, err := sq.Select("*").FromSelect(sq.Select("1"), "x").Suffix("UNION ALL ?", query.Select(w.ID).Limit(1)).
		PlaceholderFormat(sq.Dollar).ToSql()
	ok(t, err)
	_, err = eng.Pool().Exec(ctx, inner, args...)
	ok(t, err)
}
