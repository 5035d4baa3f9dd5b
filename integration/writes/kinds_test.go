package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Leaf has a composite key and refers to its own table, afterwards.
type Leaf struct {
	Tree, Number int64
	Text         string
	NextTree     *int64
	NextNumber   *int64
	Version      uint32

	Next model.One[Leaf]
}

type leaves struct {
	model.Table[Leaf]
	Tree, Number         expr.Int
	Text                 expr.Text
	NextTree, NextNumber expr.NullInt
	Version              expr.Col[uint32]
	Next                 model.ToOne[Leaf, Leaf]
}

// Page is Leaf with a version that counts, and a unique number.
type Page struct {
	Book, Number int64
	Text         string
	NextBook     *int64
	NextNumber   *int64
	Version      int64

	Next model.One[Page]
}

type pages struct {
	model.Table[Page]
	Book, Number         expr.Int
	Text                 expr.Text
	NextBook, NextNumber expr.NullInt
	Version              expr.Int
	Next                 model.ToOne[Page, Page]
}

var (
	Leaves = model.Map("leaf", func(t *leaves) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Tree, t.Number), model.VersionXmin(t.Version), model.PostUpdate(t.Next),
			model.ForeignKeys(model.Refer(t.NextTree, t.Tree), model.Refer(t.NextNumber, t.Number)),
		}
	})
	Pages = model.Map("page", func(t *pages) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Book, t.Number), model.Version(t.Version), model.PostUpdate(t.Next),
			model.ForeignKeys(model.Refer(t.NextBook, t.Book), model.Refer(t.NextNumber, t.Number)),
		}
	})
	leafSchema = model.MustSchema(Leaves, Pages)
)

// What a flush writes of an object with a version: the statements of one, of several, and of composite keys.
func TestVersionStatements(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, leafSchema)
	s := begin(t, eng)
	a, b := &Page{Book: 1, Number: 1, Text: "a"}, &Page{Book: 1, Number: 2, Text: "b"}
	s.Add(a, b)
	ok(t, s.Commit(ctx))
	rec.take()
	a.Text = "aa"
	ok(t, s.Flush(ctx))
	sent(t, rec, "UPDATE page SET text = $1, version = $2 WHERE page.book = $3 AND page.number = $4 AND page.version = $5")
	a.Text, b.Text = "x", "y"
	ok(t, s.Flush(ctx))
	sent(t, rec, "WITH changed AS (UPDATE page SET text = cupel.v1, version = cupel.v2 "+
		"FROM unnest(nullif($1, ARRAY[(NULL::page).text]), $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) AS cupel (v1, v2, v3, v4, v5) "+
		"WHERE page.book = cupel.v3 AND page.number = cupel.v4 AND page.version = cupel.v5 RETURNING page.book AS k1, page.number AS k2) "+
		"SELECT CASE WHEN count(*) = $6 AND count(DISTINCT (k1, k2)) = $6 …")
	equal(t, "versions", [2]int64{a.Version, b.Version}, [2]int64{3, 2})
	s.Delete(a)
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH changed AS (DELETE FROM page WHERE page.book = $1 AND page.number = $2 AND page.version = $3 RETURNING 1) "+
		"SELECT CASE count(*) WHEN 1 THEN 1 …")
	l := &Leaf{Tree: 1, Number: 1}
	s.Add(l)
	ok(t, s.Commit(ctx))
	sent(t, rec, "INSERT INTO leaf (tree, number, text, next_tree, next_number) VALUES ($1, $2, $3, $4, $5) RETURNING tree, number, xmin")
	l.Text = "l"
	ok(t, s.Commit(ctx))
	sent(t, rec, "WITH added AS (UPDATE leaf SET text = $1 WHERE leaf.tree = $2 AND leaf.number = $3 AND leaf.xmin = $4 RETURNING xmin) …")
}

// A foreign key that is written afterwards is part of the INSERT for the version; one that is released before a DELETE counts as looked at.
func TestVersionPostUpdate(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, leafSchema)
	for range 2 {
		s := begin(t, eng)
		l, m := &Leaf{Tree: 1, Number: 1}, &Leaf{Tree: 1, Number: 2}
		p, q := &Page{Book: 1, Number: 1}, &Page{Book: 1, Number: 2}
		l.Next.Set(m)
		m.Next.Set(l)
		p.Next.Set(q)
		q.Next.Set(p)
		s.Add(l, m, p, q)
		ok(t, s.Commit(ctx))
		l.Text, p.Text = "one", "one"
		ok(t, s.Commit(ctx))
		equal(t, "version", p.Version, 2)

		other := eng.Session()
		theirs, err := session.Get(ctx, other, Leaves, 1, 2)
		ok(t, err)
		theirs.Text = "theirs"
		ok(t, other.Commit(ctx))
		s.Delete(l)
		s.Delete(m)
		is(t, s.Commit(ctx), session.ErrStale)
		ok(t, s.Rollback(ctx))
		ok(t, s.Refresh(ctx, m))
		for _, x := range []any{l, m, p, q} {
			s.Delete(x)
		}
		ok(t, s.Commit(ctx))
		equal(t, "rows", one[int](t, eng, "SELECT (SELECT count(*) FROM leaf) + (SELECT count(*) FROM page)"), 0)
	}
}

// A new object that takes over the row, or the key, of a deleted one goes on counting: somebody may know that row.
func TestVersionGoesOn(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, leafSchema)
	s := begin(t, eng)
	a := &Page{Book: 1, Number: 1, Text: "a"}
	l := &Leaf{Tree: 1, Number: 1, Text: "a"}
	s.Add(a, l)
	ok(t, s.Commit(ctx))
	s.Delete(a)
	s.Delete(l)
	b, m := &Page{Book: 1, Number: 1, Text: "b", Version: 7}, &Leaf{Tree: 1, Number: 1, Text: "b"}
	s.Add(b, m)
	ok(t, s.Commit(ctx))
	equal(t, "version of the row that was taken over", b.Version, 2)
	equal(t, "version of the row", one[int64](t, eng, "SELECT version FROM page"), 2)
	m.Text = "c"
	ok(t, s.Commit(ctx))

	s.Delete(b)
	ok(t, s.Flush(ctx))
	s.Add(b)
	ok(t, s.Commit(ctx))
	equal(t, "version of an object that was added again", b.Version, 3)
	equal(t, "version of the row", one[int64](t, eng, "SELECT version FROM page"), 3)
	given := &Page{Book: 9, Number: 1, Version: 40}
	s.Add(given)
	ok(t, s.Commit(ctx))
	equal(t, "version that the program gave", given.Version, 40)
}

// A change that was made to what a row was does not pass for one of what it has become when the row is read again meanwhile.
func TestVersionOfChangedObject(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, leafSchema)
	s := begin(t, eng)
	a := &Page{Book: 1, Number: 1, Text: "a"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	_, err := query.Update(Pages).Set(Pages.Text.To("other")).Everywhere().Exec(ctx, eng)
	ok(t, err)
	a.Text = "mine"
	_, err = query.Select(Pages).NoFlush().All(ctx, s)
	ok(t, err)
	is(t, s.Commit(ctx), session.ErrStale)
	ok(t, s.Rollback(ctx))
	ok(t, s.Refresh(ctx, a))
	equal(t, "text", a.Text, "other")
	a.Text = "mine"
	ok(t, s.Commit(ctx))
}

// INSERT … ON CONFLICT counts on from the row that is there; an alias has its own column.
func TestVersionOfStatements(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, leafSchema)
	up := func(p *Page) {
		t.Helper()
		_, err := query.InsertObjects(Pages, p).OnConflict(Pages.Book, Pages.Number).DoUpdateAll().Exec(ctx, eng)
		ok(t, err)
	}
	up(&Page{Book: 1, Number: 1, Text: "a"})
	up(&Page{Book: 1, Number: 1, Text: "b"})
	up(&Page{Book: 1, Number: 1, Text: "c", Version: 1})
	equal(t, "version", one[int64](t, eng, "SELECT version FROM page"), 3)
	p := model.Alias(Pages, "p")
	_, err := query.Update(p).Set(p.Text.To("d")).Filter(p.Book.Eq(1)).Exec(ctx, eng)
	ok(t, err)
	equal(t, "version", one[int64](t, eng, "SELECT version FROM page"), 4)
	_, err = query.Update(Pages).Set(Pages.Version.To(20)).Everywhere().Exec(ctx, eng)
	ok(t, err)
	equal(t, "version that the program set", one[int64](t, eng, "SELECT version FROM page"), 20)
}

// BulkInsert gives versions, and COPY does.
func TestVersionOfBulk(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, versionSchema, byTrigger)
	ds := []*Doc[int64]{{Title: "a"}, {Title: "b"}}
	ok(t, session.BulkInsert(ctx, eng, ByCount, ds...))
	equal(t, "version", ds[1].Version, 1)
	ts := []*Doc[int32]{{Title: "a"}, {Title: "b"}}
	ok(t, session.BulkInsert(ctx, eng, ByTrigger, ts...))
	equal(t, "version by the database", ts[1].Version, 1)
	xs := []*Doc[uint32]{{Title: "a"}, {Title: "b"}}
	ok(t, session.BulkInsert(ctx, eng, ByXmin, xs...))
	equal(t, "xmin", xs[1].Version, one[uint32](t, eng, "SELECT DISTINCT xmin FROM by_xmin"))
	for _, n := range []func() (int64, error){
		func() (int64, error) { return session.CopyFrom(ctx, eng, ByCount, each(&Doc[int64]{Title: "c"})) },
		func() (int64, error) {
			return session.CopyFrom(ctx, eng, ByXmin, each(&Doc[uint32]{Title: "c", Version: 3}))
		},
	} {
		got, err := n()
		ok(t, err)
		equal(t, "rows", got, 1)
	}
	equal(t, "version", one[int64](t, eng, "SELECT version FROM counted WHERE title = 'c'"), 1)
}

func each[T any](objs ...*T) func(yield func(*T, error) bool) {
	return func(yield func(*T, error) bool) {
		for _, o := range objs {
			if !yield(o, nil) {
				return
			}
		}
	}
}

// The greatest number of a small column is followed by the first.
func TestVersionWraps(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, versionSchema, byTrigger)
	s := begin(t, eng)
	d := &Doc[int16]{Title: "a", Version: 32767}
	s.Add(d)
	ok(t, s.Commit(ctx))
	d.Title = "b"
	ok(t, s.Commit(ctx))
	equal(t, "version", d.Version, 1)
	d.Title = "c"
	ok(t, s.Commit(ctx))
	equal(t, "version", one[int16](t, eng, "SELECT version FROM counted_small"), 2)
}
