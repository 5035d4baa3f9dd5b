package session_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func seedWorkers(t *testing.T, eng *session.Engine) (*session.Session, map[string]*Worker) {
	t.Helper()
	s := begin(t, eng)
	by := map[string]*Worker{}
	for _, n := range []string{"ann", "bob", "cid", "dan"} {
		by[n] = &Worker{Name: n}
		s.Add(by[n])
	}
	ok(t, s.Commit(ctx))
	for _, w := range must[[]*Worker](t)(query.Select(Workers).All(ctx, s)) {
		equal(t, "object", w, by[w.Name])
	}
	return s, by
}

func TestBulkDelete(t *testing.T) {
	t.Parallel()
	w := Workers
	for _, c := range []struct {
		name string
		sync query.Sync
		sql  string
		left int
	}{
		{"fetch", query.SyncFetch, "DELETE FROM worker WHERE worker.name IN ($1, $2) RETURNING worker.id", 2},
		{"evaluate", query.SyncEvaluate, "DELETE FROM worker WHERE worker.name IN ($1, $2)", 2},
		{"none", query.SyncNone, "DELETE FROM worker WHERE worker.name IN ($1, $2)", 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eng, rec := open(t)
			s, by := seedWorkers(t, eng)
			rec.take()
			n := must[int64](t)(query.Delete(w).Filter(w.Name.In("ann", "bob")).Sync(c.sync).Exec(ctx, s))
			equal(t, "rows", n, 2)
			sent(t, rec, c.sql)
			equal(t, "objects in the session", s.Len(), c.left)
			equal(t, "Contains", s.Contains(by["ann"]), c.left == 4)
			ok(t, s.Rollback(ctx))
			equal(t, "objects after rollback", s.Len(), 4)
			_ = must[[]*Worker](t)(query.Select(w).All(ctx, s)) // stale objects are not evaluated
			_ = must[int64](t)(query.Delete(w).Filter(w.Name.In("ann", "bob")).Sync(c.sync).Exec(ctx, s))
			ok(t, s.Commit(ctx))
			equal(t, "objects after commit", s.Len(), c.left)
			equal(t, "rows", count(t, eng, "worker"), 2)
		})
	}
}

func TestBulkUpdate(t *testing.T) {
	t.Parallel()
	w := Workers
	for _, sync := range []query.Sync{query.SyncFetch, query.SyncEvaluate, query.SyncNone} {
		eng, rec := open(t)
		s, by := seedWorkers(t, eng)
		by["bob"].Name = "bobby" // pending: flushed before
		rec.take()
		q := query.Update(w).Set(w.BossID.To(by["dan"].ID)).Filter(w.ID.Le(by["bob"].ID)).Sync(sync)
		equal(t, "rows", must[int64](t)(q.Exec(ctx, s)), 2)
		equal(t, "first statement", strings.HasPrefix(rec.take()[1], "UPDATE worker SET name"), true)
		if sync == query.SyncNone {
			equal(t, "boss of an object left alone", by["ann"].BossID, nil)
		} else {
			equal(t, "boss", *by["ann"].BossID, by["dan"].ID)
			equal(t, "boss of a row not touched", by["cid"].BossID, nil)
		}
		rec.take()
		ok(t, s.Flush(ctx))
		sent(t, rec)
		ok(t, s.Rollback(ctx))
		equal(t, "boss after rollback", by["ann"].BossID, nil)
		equal(t, "name after rollback", by["bob"].Name, "bob")
	}
}

func TestCannotEvaluate(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s, _ := seedWorkers(t, eng)
	rec.take()
	_, err := query.Delete(Workers).Filter(Workers.Name.Like("a%")).Sync(query.SyncEvaluate).Exec(ctx, s)
	is(t, err, session.ErrCannotEvaluate)
	if !strings.Contains(err.Error(), "LIKE") {
		t.Errorf("the error does not name the operator: %v", err)
	}
	sent(t, rec)
	equal(t, "rows", must[int64](t)(query.Delete(Workers).Filter(Workers.Name.Like("a%")).Exec(ctx, s)), 1)
	_, err = query.Delete(Workers).Exec(ctx, s)
	is(t, err, query.ErrUnfiltered)
	equal(t, "rows", must[int64](t)(query.Delete(Workers).Everywhere().Exec(ctx, s)), 3)
	equal(t, "objects", s.Len(), 0)
}
