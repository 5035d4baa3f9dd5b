package session_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestKeyGoesDownWithinAFlush: what a flush writes after a changed key finds rows by the keys that they have by then.
func TestKeyGoesDownWithinAFlush(t *testing.T) {
	t.Parallel()
	eng, _, s, hs := openCoast(t)
	h := hs[0]
	docks := must[[]*Dock](t)(h.Docks.All(ctx))
	d, e := docks[0], docks[1]
	b := must[[]*Boat](t)(d.Boats.All(ctx))[0]
	stored := func() string {
		return strings.Join(must[[]string](t)(query.Raw[string](`SELECT h.code || ':' || coalesce(string_agg(DISTINCT d.no || '/' ||
			(SELECT count(*) FROM boat b WHERE (b.harbor_code, b.dock_no) = (d.harbor_code, d.no)), ',' ORDER BY d.no || '/' ||
			(SELECT count(*) FROM boat b WHERE (b.harbor_code, b.dock_no) = (d.harbor_code, d.no))), '')
			FROM harbor h LEFT JOIN dock d ON d.harbor_code = h.code GROUP BY h.code ORDER BY h.code`).All(ctx, s)), " ")
	}
	equal(t, "stored", stored(), "a:0/2,1/2 b:0/2,1/2")
	for _, c := range []struct {
		what   string
		change func()
		want   string
	}{
		{"another column of the key", func() { d.No = 7 }, "b:0/2,1/2 z:1/2,7/2"},
		{"deleted", func() { s.Delete(d) }, "b:0/2,1/2 z:1/2"},
		{"both deleted", func() { s.Delete(d, e) }, "b:0/2,1/2 z:"},
		{"a new child", func() { h.Docks.Add(&Dock{No: 9}) }, "b:0/2,1/2 z:0/2,1/2,9/0"},
		{"a new grandchild", func() { d.Boats.Add(&Boat{}) }, "b:0/2,1/2 z:0/3,1/2"},
		{"a new child by hand", func() { s.Add(&Dock{HarborCode: "z", No: 9}) }, "b:0/2,1/2 z:0/2,1/2,9/0"},
		{"a grandchild moves by hand", func() { b.DockNo = ptr(int64(1)) }, "b:0/2,1/2 z:0/1,1/3"},
		{"a grandchild moves", func() { b.Dock.Set(e) }, "b:0/2,1/2 z:0/1,1/3"},
		{"a grandchild comes", func() {
			d.Boats.Add(must[[]*Boat](t)(must[[]*Dock](t)(hs[1].Docks.All(ctx))[0].Boats.All(ctx))[0])
		}, "b:0/1,1/2 z:0/3,1/2"},
		{"both", func() { d.No = 7; d.Boats.Add(&Boat{}); b.Dock.Set(e) }, "b:0/2,1/2 z:1/3,7/2"},
	} {
		h.Code = "z"
		c.change()
		if err := s.Flush(ctx); err != nil {
			t.Errorf("%s: %v", c.what, err)
		} else {
			equal(t, c.what, stored(), c.want)
			for _, d := range must[[]*Dock](t)(h.Docks.All(ctx)) {
				equal(t, c.what+": the dock's harbor", d.HarborCode, "z")
				for _, b := range must[[]*Boat](t)(d.Boats.All(ctx)) {
					equal(t, c.what+": the boat's dock", must[*Dock](t)(b.Dock.Get(ctx)), d)
				}
			}
			equal(t, c.what+": nothing is changed", len(s.Dirty()), 0)
		}
		ok(t, s.Rollback(ctx))
		equal(t, c.what+": rolled back", stored(), "a:0/2,1/2 b:0/2,1/2")
		must[[]*Boat](t)(d.Boats.All(ctx))
	}
	h.Code = "z"
	d.No = 7
	ok(t, s.Commit(ctx))
	equal(t, "stored", must[int64](t)(query.Select(Boats).Filter(Boats.HarborCode.Eq("z"), Boats.DockNo.Eq(7)).Count(ctx, eng)), 2)
}

// TestStoredKeyGoesDown: what refers to a changed key gets the one that is stored.
func TestStoredKeyGoesDown(t *testing.T) {
	t.Parallel()
	tagTable := model.Map("tag", func(t *tags[string]) model.Spec {
		return model.Spec{model.PrimaryKey(t.Key), model.Type("char(4)", t.Key)}
	})
	noteTable := model.Map("note", func(t *notes[string]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.Key, tagTable.Key).OnUpdate("CASCADE"), model.Type("char(4)", t.Key)}
	})
	schema := model.MustSchema(tagTable, noteTable)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	s := begin(t, eng)
	tag, note := &Tag[string]{Key: "a"}, &Note[string]{}
	tag.Notes.Add(note)
	s.Add(tag)
	ok(t, s.Commit(ctx))
	for _, write := range []func() error{func() error { return s.Flush(ctx) }, func() error { return s.Commit(ctx) }} {
		ok(t, s.Refresh(ctx, tag, note))
		fresh := &Note[string]{}
		tag.Notes.Add(fresh)
		tag.Key = "b"
		ok(t, write())
		for _, n := range []*Note[string]{note, fresh} {
			equal(t, "foreign key", n.Key, "b   ")
			equal(t, "tag", must[*Tag[string]](t)(n.Tag.Get(ctx)), tag)
		}
		equal(t, "key", tag.Key, "b   ")
		equal(t, "the tag of the key", must[*Tag[string]](t)(session.Get(ctx, s, tagTable, "b   ")), tag)
		equal(t, "notes", len(must[[]*Note[string]](t)(tag.Notes.All(ctx))), 2)
		ok(t, s.Rollback(ctx))
	}
}
