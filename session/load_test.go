package session_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Page is a row with large columns before and after the others.
type (
	Page struct {
		Body  string
		ID    int64
		Title string
		Scan  []byte
		Notes *string
	}
	pages struct {
		model.Table[Page]
		Body  expr.Text
		ID    expr.Int
		Title expr.Text
		Scan  expr.Bytes
		Notes expr.NullText
	}
)

var (
	Pages = model.Map("page", func(t *pages) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Deferred(t.Body, t.Scan, t.Notes)}
	})
	pageSpace = model.MustSchema(Pages)
)

// openPages returns n pages, and a session that has read them.
func openPages(t *testing.T, n int) (*session.Engine, *recorder, *session.Session, []*Page) {
	t.Helper()
	rec := &recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), pageSpace, session.Options{Logger: slog.New(rec)})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, pageSpace.CreateAll(ctx, eng))
	var ps []*Page
	for i := range n {
		ps = append(ps, &Page{Title: fmt.Sprint(i), Body: "body " + fmt.Sprint(i), Scan: []byte{byte(i)}, Notes: ptr("n")})
	}
	ok(t, session.BulkInsert(ctx, eng, Pages, ps...))
	rec.take()
	s := begin(t, eng)
	all := must[[]*Page](t)(query.Select(Pages).OrderBy(Pages.ID).All(ctx, s))
	sent(t, rec, "BEGIN", "SELECT page.id, page.title FROM page ORDER BY page.id")
	return eng, rec, s, all
}

// row returns a page's row, past any session.
func row(t *testing.T, eng *session.Engine, p *Page) string {
	t.Helper()
	var s string
	ok(t, eng.Pool().QueryRow(ctx, "SELECT concat_ws('|', body, title, encode(scan, 'hex'), coalesce(notes, 'NULL')) FROM page WHERE id = $1", p.ID).Scan(&s))
	return s
}

func TestDeferred(t *testing.T) {
	t.Parallel()
	eng, rec, s, ps := openPages(t, 4)
	equal(t, "not loaded", ps[0].Body == "" && ps[0].Scan == nil && ps[0].Notes == nil, true)
	ps[0].Title = "changed"
	ps[1].Body = "set without loading"
	ok(t, s.Commit(ctx))
	equal(t, "UPDATEs", strings.Contains(strings.Join(rec.take(), " "), "scan"), false)
	equal(t, "unloaded columns stay", row(t, eng, ps[0]), "body 0|changed|00|n")
	equal(t, "one is set", row(t, eng, ps[1]), "set without loading|1|01|n")

	ok(t, session.Load(ctx, s, Pages, ps[:3], Pages.Body, Pages.Notes))
	sent(t, rec, "BEGIN", "SELECT page.id, page.body, page.notes FROM page WHERE page.id = ANY($1)")
	equal(t, "body", ps[2].Body, "body 2")
	equal(t, "dirty", len(s.Dirty()), 0)
	ps[2].Body, ps[2].Notes = "", nil
	ok(t, s.Commit(ctx))
	equal(t, "zero after loading", row(t, eng, ps[2]), "|2|02|NULL")
	s.Set(ps[3], Pages.Body.To(""), Pages.Notes.ToNull())
	ok(t, s.Commit(ctx))
	equal(t, "zero by Set", row(t, eng, ps[3]), "|3|03|NULL")
}

// TestDeferredIsKept: reading a row again neither loses nor overwrites what is there of a deferred column.
func TestDeferredIsKept(t *testing.T) {
	t.Parallel()
	eng, _, s, ps := openPages(t, 2)
	ok(t, session.Load(ctx, s, Pages, ps))
	equal(t, "all deferred columns", ps[1].Body+string(ps[1].Scan)+*ps[1].Notes, "body 1\x01n")
	ok(t, s.Commit(ctx))
	ps[0].Body = "changed"
	_ = must[[]*Page](t)(query.Select(Pages).Filter(Pages.Title.Ne("x")).All(ctx, s)) // refreshes stale objects
	equal(t, "changed body", ps[0].Body, "changed")
	equal(t, "body", ps[1].Body, "body 1")
	ok(t, s.Refresh(ctx, ps[1]))
	equal(t, "body after Refresh", ps[1].Body, "body 1")
	ok(t, s.Commit(ctx))
	equal(t, "row", row(t, eng, ps[0]), "changed|0|00|n")
	ps[0].Body = "mine"
	_, err := eng.Pool().Exec(ctx, "UPDATE page SET body = 'theirs', notes = 'new'")
	ok(t, err)
	ok(t, session.Load(ctx, s, Pages, ps, Pages.Body, Pages.Notes))
	equal(t, "a change stays", ps[0].Body, "mine")
	equal(t, "read again", ps[1].Body+*ps[0].Notes, "theirsnew")
	ok(t, s.Rollback(ctx))
	equal(t, "body after Rollback", ps[0].Body, "theirs")
	equal(t, "row", row(t, eng, ps[0]), "theirs|0|00|new")
}

// TestDeferredInBulk: an UPDATE of many rows reads back what it sets, and memory does not compare what it may not have.
func TestDeferredInBulk(t *testing.T) {
	t.Parallel()
	eng, rec, s, ps := openPages(t, 2)
	ok(t, session.Load(ctx, s, Pages, ps[:1], Pages.Scan))
	rec.take()
	p := Pages
	_ = must[int64](t)(query.Update(p).Set(p.Body.ToExpr(p.Body.Concat("!"))).Filter(p.Body.Like("body%")).Exec(ctx, s))
	sent(t, rec, "UPDATE page SET body = page.body || $1 WHERE page.body LIKE $2 RETURNING page.id, page.title, page.body")
	equal(t, "body", ps[1].Body, "body 1!")
	equal(t, "scan", len(ps[0].Scan), 1)
	for _, q := range []query.UpdateStatement{
		query.Update(p).Set(p.Title.To("x")).Filter(p.Body.Eq("")), query.Update(p).Set(p.Title.To("x")).Filter(p.Notes.IsNull()),
		query.Update(p).Set(p.Title.ToExpr(p.Body)).Everywhere(),
	} {
		_, err := q.Sync(query.SyncEvaluate).Exec(ctx, s)
		is(t, err, session.ErrCannotEvaluate)
	}
	_ = must[int64](t)(query.Update(p).Set(p.Body.To("e"), p.Notes.ToNull()).Filter(p.ID.Eq(ps[0].ID)).Sync(query.SyncEvaluate).Exec(ctx, s))
	equal(t, "body", ps[0].Body, "e")
	ok(t, s.Commit(ctx))
	equal(t, "row", row(t, eng, ps[0]), "e|0|00|NULL")
	equal(t, "row", row(t, eng, ps[1]), "body 1!|1|01|n")
}

// TestDeferredElsewhere: in tuples, aliases, Get, untracked.
func TestDeferredElsewhere(t *testing.T) {
	t.Parallel()
	eng, rec, s, ps := openPages(t, 2)
	other := model.Alias(Pages, "o")
	q := query.Select3(Pages, Pages.Body, other).Join(other, other.ID.EqExpr(Pages.ID)).OrderBy(Pages.ID)
	for i, r := range must[[]query.Row3[*Page, string, *Page]](t)(q.All(ctx, s)) {
		equal(t, "page", r.V1, ps[i])
		equal(t, "page by its other name", r.V3, ps[i])
		equal(t, "body", r.V2, fmt.Sprint("body ", i))
	}
	got := must[*Page](t)(session.Get(ctx, begin(t, eng), Pages, ps[1].ID))
	equal(t, "title", got.Title+got.Body, "1")
	free := must[[]*Page](t)(query.Select(Pages).OrderBy(Pages.ID).All(ctx, eng))
	rec.take()
	ok(t, session.Load(ctx, eng, Pages, free[1:], Pages.Body))
	sent(t, rec, "SELECT page.id, page.body FROM page WHERE page.id = $1")
	equal(t, "body", free[0].Body+free[1].Body, "body 1")
	is(t, session.Load(ctx, eng, Pages, []*Page{free[0], {ID: 77}}), query.ErrNoRows)
	ok(t, session.Load(ctx, eng, Pages, nil))
	if err := session.Load(ctx, eng, Pages, free, Pages.ID); err == nil || !strings.Contains(err.Error(), "session: Load of page: column page.id") {
		t.Errorf("error is %v", err)
	}
	fresh := &Page{Body: "new", Title: "t", Scan: []byte{9}}
	s.Add(fresh)
	ok(t, s.Commit(ctx))
	equal(t, "inserted", row(t, eng, fresh), "new|t|09|NULL")
}

// TestLoadBeforeFlush: an object that has no row yet is told so, and nothing is sent.
func TestLoadBeforeFlush(t *testing.T) {
	t.Parallel()
	_, rec, s, ps := openPages(t, 2)
	fresh := &Page{ID: ps[1].ID + 100, Body: "mine", Scan: []byte{1}}
	s.Add(fresh)
	err := session.Load(ctx, s, Pages, []*Page{ps[0], fresh}, Pages.Body)
	is(t, err, session.ErrNotFlushed)
	equal(t, "error", err.Error(), fmt.Sprintf("session: Load of page: object has no row yet; flush it first: Page(id=%d)", fresh.ID))
	equal(t, "bodies", ps[0].Body+fresh.Body, "mine")
	sent(t, rec)
	ok(t, s.Flush(ctx))
	ok(t, session.Load(ctx, s, Pages, []*Page{ps[0], fresh}, Pages.Body))
	equal(t, "bodies after the flush", ps[0].Body+fresh.Body, "body 0mine")
}
