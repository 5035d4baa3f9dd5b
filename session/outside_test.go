package session_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// runners are all that Insert and Update run on. done ends the transaction, if one is open.
func runners(t *testing.T, eng *session.Engine) map[string]struct {
	r    query.Runner
	done func() error
	undo func() error
} {
	t.Helper()
	s := begin(t, eng)
	alone := must[*pgx.Conn](t)(pgx.Connect(ctx, eng.Pool().Config().ConnString()))
	t.Cleanup(func() { ok(t, alone.Close(ctx)) })
	tx := must[pgx.Tx](t)(eng.Pool().Begin(ctx))
	t.Cleanup(func() { _ = tx.Rollback(ctx) })
	nothing := func() error { return nil }
	return map[string]struct {
		r    query.Runner
		done func() error
		undo func() error
	}{
		"session":     {s, func() error { return s.Commit(ctx) }, func() error { return s.Rollback(ctx) }},
		"engine":      {eng, nothing, nothing},
		"connection":  {session.Wrap(alone), nothing, nothing},
		"transaction": {session.Wrap(tx.Conn()), func() error { return tx.Commit(ctx) }, func() error { return tx.Rollback(ctx) }},
	}
}

// TestInsertOutside: defaults, generated keys and server-made values are in the objects, which nothing tracks.
func TestInsertOutside(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	a := &Author{Name: "A"}
	ok(t, session.BulkInsert(ctx, eng, Authors, a))
	n := 0
	for name, c := range runners(t, eng) {
		books := []*Book{{Title: name + "1", AuthorID: a.ID}, {Title: name + "2", Price: 2}, {Title: name + "3", AuthorID: a.ID, CreatedAt: time.Unix(5, 0)}}
		books[1].Author.Set(a)
		ok(t, session.BulkInsert(ctx, c.r, Books, books...))
		ok(t, c.done())
		n += 3
		equal(t, name+": rows", count(t, eng, "book"), n)
		for _, b := range books {
			row := must[*Book](t)(query.Select(Books).Filter(Books.Title.Eq(b.Title)).One(ctx, eng))
			equal(t, name+": key", b.ID, row.ID)
			equal(t, name+": server default", b.CreatedAt.Equal(row.CreatedAt), true)
			equal(t, name+": default", b.UpdatedAt.Equal(row.UpdatedAt), true)
			equal(t, name+": foreign key", row.AuthorID, a.ID)
			equal(t, name+": JSON", string(row.Extra), "{}")
		}
		if s, is := c.r.(*session.Session); is {
			equal(t, "objects of the session", s.Len(), 0)
			equal(t, "tracked", s.Contains(books[0]), false)
		}
	}
}

// TestInsertOutsideStatements: one statement for the rows of a shape, in one round trip.
func TestInsertOutsideStatements(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	var ws []*Worker
	for i := range 1000 {
		ws = append(ws, &Worker{Name: fmt.Sprint(i)})
	}
	ok(t, session.BulkInsert(ctx, eng, Workers, ws...))
	sent(t, rec, "BEGIN", "WITH added AS (INSERT INTO worker (name, boss_id) SELECT cupel.name, cupel.boss_id FROM unnest(nullif($1, ARRAY[(NULL::worker).name]), $2::bigint[]) …", "COMMIT")
	for _, row := range must[[]*Worker](t)(query.Select(Workers).All(ctx, eng)) {
		equal(t, "name", row.Name, ws[row.ID-1].Name)
		equal(t, "key", row.ID, ws[row.ID-1].ID)
	}
	ok(t, session.BulkInsert[Worker](ctx, eng, Workers))
	ok(t, session.BulkInsert(ctx, eng, Workers, &Worker{ID: 7000, Name: "given"}, &Worker{Name: "generated"}))
	ok(t, session.BulkInsert(ctx, eng, Reviews))
	rec.take()
	s := begin(t, eng)
	boss := &Worker{Name: "boss"}
	s.Add(boss)
	ok(t, session.BulkInsert(ctx, s, Workers, &Worker{Name: "in a session"})) // what is pending goes first
	equal(t, "flushed", boss.ID != 0, true)
	sent(t, rec, "BEGIN", "INSERT INTO worker (name, boss_id) VALUES …", "INSERT INTO worker (name, boss_id) VALUES …")
	ok(t, s.Rollback(ctx))
	equal(t, "rows", count(t, eng, "worker"), 1002)
}

// TestInsertOutsideFails: all rows or none, no key is kept, and the error names the objects.
func TestInsertOutsideFails(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	for name, c := range runners(t, eng) {
		as := []*Author{{Name: "a", Email: ptr(name)}, {Name: "b", Email: ptr(name)}}
		err := session.BulkInsert(ctx, c.r, Authors, as...)
		var unique *session.UniqueError
		if !errors.As(err, &unique) || !strings.Contains(err.Error(), "Author(id not set)") {
			t.Errorf("%s: error is %v", name, err)
		}
		equal(t, name+": first key", as[0].ID, 0)
		equal(t, name+": rows", count(t, eng, "author"), 0)
	}
	err := session.BulkInsert(ctx, eng, Workers, &Worker{}, nil)
	is(t, err, session.ErrNotMapped)
	w := &Worker{Name: "w"}
	w.Boss.Set(&Worker{Name: "boss"})
	if err := session.BulkInsert(ctx, eng, Workers, w); err == nil || !strings.Contains(err.Error(), "Boss of it is Worker(id not set)") {
		t.Errorf("error is %v", err)
	}
	is(t, session.BulkInsert[Worker](ctx, eng, &workers{}, w), expr.ErrUnmapped)
	if err := session.BulkInsert(ctx, nil, Workers, &Worker{}); err == nil {
		t.Error("a nil runner is no error")
	}
	s := begin(t, eng)
	is(t, session.BulkInsert(ctx, s, Workers, nil, w), session.ErrNotMapped)
	ok(t, s.Commit(ctx)) // a mistake found before anything was sent does not fail the session
}

// TestUpdateOutside: each row gets its own values, and what follows a change follows.
func TestUpdateOutside(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	a := &Author{Name: "A"}
	ok(t, session.BulkInsert(ctx, eng, Authors, a))
	for name, c := range runners(t, eng) {
		books := []*Book{{Title: "1", AuthorID: a.ID}, {Title: "2", AuthorID: a.ID}, {Title: "3", AuthorID: a.ID}}
		ok(t, session.BulkInsert(ctx, eng, Books, books...))
		changes := []*Book{{ID: books[2].ID, Title: "x"}, {ID: books[0].ID, Title: "y", Pages: ptr[int32](5)}}
		ok(t, session.BulkUpdate(ctx, c.r, Books, changes, Books.Title, Books.Pages))
		ok(t, c.done())
		for i, want := range []string{"y", "2", "x"} {
			row := must[*Book](t)(query.Select(Books).Filter(Books.ID.Eq(books[i].ID)).One(ctx, eng))
			equal(t, name+": title", row.Title, want)
			equal(t, name+": untouched", row.AuthorID, a.ID)
			equal(t, name+": updated", row.UpdatedAt.After(books[i].UpdatedAt), want != "2")
		}
		equal(t, name+": OnUpdate in the object", changes[0].UpdatedAt.IsZero(), false)
	}
	rec.take()
	ok(t, session.BulkUpdate(ctx, eng, Workers, []*Worker{}, Workers.Name))
	sent(t, rec)
	r := []*Review{{BookID: 1, By: "me", Stars: 1}, {BookID: 1, By: "you", Stars: 2}}
	ok(t, session.BulkInsert(ctx, eng, Reviews, r...))
	r[0].Stars, r[1].Stars = 4, 5
	rec.take()
	ok(t, session.BulkUpdate(ctx, eng, Reviews, r, Reviews.Stars))
	sent(t, rec, "BEGIN", "WITH changed AS (UPDATE review SET stars = cupel.v1 FROM unnest($1::smallint[], $2::bigint[], nullif($3, ARRAY[(NULL::review).by])) …", "COMMIT")
	equal(t, "stars", fmt.Sprint(must[[]int16](t)(query.Select(Reviews.Stars).OrderBy(Reviews.By).All(ctx, eng))), "[4 5]")
}

// TestUpdateOutsideMissing: a row that is not there is told, and nothing is changed.
func TestUpdateOutsideMissing(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	w := &Worker{Name: "w"}
	ok(t, session.BulkInsert(ctx, eng, Workers, w))
	for name, c := range runners(t, eng) {
		err := session.BulkUpdate(ctx, c.r, Workers, []*Worker{{ID: w.ID, Name: "x"}, {ID: 99, Name: "y"}}, Workers.Name)
		is(t, err, session.ErrStale)
		if !strings.Contains(err.Error(), "Worker(id=99)") {
			t.Errorf("%s: error is %v", name, err)
		}
		ok(t, c.undo())
		equal(t, name+": name", must[*Worker](t)(query.Select(Workers).One(ctx, eng)).Name, "w")
	}
	for want, err := range map[string]error{
		"no column is named":                       session.BulkUpdate(ctx, eng, Workers, []*Worker{w}),
		"author.name is not a column of table":     session.BulkUpdate(ctx, eng, Workers, []*Worker{w}, Authors.Name),
		"an expression is not":                     session.BulkUpdate(ctx, eng, Workers, []*Worker{w}, Workers.Name.Concat("x")),
		"worker.id: it is of the":                  session.BulkUpdate(ctx, eng, Workers, []*Worker{w}, Workers.ID),
		"Worker(id=1) is given twice":              session.BulkUpdate(ctx, eng, Workers, []*Worker{w, w}, Workers.Name),
		"object 2 of 2 is nil":                     session.BulkUpdate(ctx, eng, Workers, []*Worker{w, nil}, Workers.Name),
		"not made by model.Map":                    session.BulkUpdate(ctx, eng, &workers{}, []*Worker{w}, Workers.Name),
		"the runner is not a *Session":             session.BulkUpdate(ctx, nil, Workers, []*Worker{w}, Workers.Name),
		"boss_id":                                  session.BulkUpdate(ctx, eng, Workers, []*Worker{{ID: w.ID, BossID: ptr[int64](5)}}, Workers.BossID),
		"session: BulkUpdate of worker: no column": session.BulkUpdate(ctx, eng, Workers, []*Worker{w}, nil),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}

// TestUpdateOutsideInSession: the objects that the session has take the new values, and have the old ones after a rollback.
func TestUpdateOutsideInSession(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s, by := seedWorkers(t, eng)
	by["bob"].Name = "bobby" // pending, on another column or not
	rec.take()
	changes := []*Worker{{ID: by["ann"].ID, BossID: ptr(by["dan"].ID)}, {ID: by["bob"].ID, BossID: ptr(by["dan"].ID)}}
	ok(t, session.BulkUpdate(ctx, s, Workers, changes, Workers.BossID))
	sent(t, rec, "UPDATE worker SET name = $1 WHERE worker.id = $2", "WITH changed AS (UPDATE worker SET boss_id = cupel.v1 FROM unnest(…")
	equal(t, "boss", *by["ann"].BossID, by["dan"].ID)
	equal(t, "name", by["bob"].Name, "bobby")
	equal(t, "dirty", len(s.Dirty()), 0)
	*changes[0].BossID = 77 // the session's object has its own
	equal(t, "dirty", len(s.Dirty()), 0)
	ok(t, s.Rollback(ctx))
	equal(t, "boss after rollback", by["ann"].BossID, nil)
	equal(t, "name after rollback", by["bob"].Name, "bob")
}
