package session_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
)

// TestLoadJoined: the targets come with the rows, in one statement, and are what Load gives.
func TestLoadJoined(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	authorsWithBooks(t, eng)
	want := map[string]string{}
	for _, b := range must[[]*Book](t)(query.Select(Books).Load(Books.Author, Books.Publisher).All(ctx, eng)) {
		want[b.Title] = describeBook(t, b)
	}
	base := query.Select(Books).OrderBy(Books.Title)
	for name, q := range map[string]query.Query[*Book]{
		"one":            base.LoadJoined(Books.Author, Books.Publisher),
		"limit":          base.LoadJoined(Books.Author, Books.Publisher).Limit(2).Offset(1),
		"distinct":       base.LoadJoined(Books.Author, Books.Publisher).Distinct(),
		"beside a join":  base.Join(Books.Author).Filter(Authors.Name.Ne("zz")).LoadJoined(Books.Author, Books.Publisher),
		"some columns":   base.Only(Books.Title).LoadJoined(Books.Author, Books.Publisher),
		"twice, by both": base.LoadJoined(Books.Publisher).LoadJoined(Books.Author).Load(Books.Author),
		"locked":         base.LoadJoined(Books.Author, Books.Publisher).ForUpdate(query.LockOf(Books)),
		"joined by hand": base.LeftJoin(Books.Publisher).LoadJoined(Books.Author, Books.Publisher),
	} {
		s := eng.Session()
		for _, r := range []query.Runner{s, eng} {
			rec.take()
			books := must[[]*Book](t)(q.NoLazy().All(ctx, r))
			if sql := selects(rec.take()); len(sql) != 1 || !strings.Contains(sql[0], "LEFT OUTER JOIN author AS cupel_author ON book.author_id = cupel_author.id") {
				t.Errorf("%s: sent %s", name, strings.Join(sql, "\n\t"))
			}
			if len(books) < 2 {
				t.Errorf("%s: %d books", name, len(books))
			}
			for _, b := range books {
				equal(t, name, describeBook(t, b), want[b.Title])
			}
			ok(t, s.Close(ctx)) // which keeps no lock
		}
	}
}

// selects leaves out what begins and ends transactions.
func selects(sql []string) (some []string) {
	for _, s := range sql {
		if strings.HasPrefix(s, "SELECT ") && !strings.HasPrefix(s, "SELECT current_setting") {
			some = append(some, s)
		}
	}
	return some
}

func describeBook(t *testing.T, b *Book) string {
	t.Helper()
	text := b.Title + " by " + must[*Author](t)(b.Author.Get(ctx)).Name
	if p := must[*Publisher](t)(b.Publisher.Get(ctx)); p != nil {
		text += ", " + p.Name
	}
	return text
}

// TestLoadJoinedOthers: names, a table joined to itself, what the joined ones are loaded with, pages, and mistakes.
func TestLoadJoinedOthers(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s, by := seedWorkers(t, eng)
	by["bob"].Boss.Set(by["ann"])
	by["cid"].Boss.Set(by["bob"])
	ok(t, s.Commit(ctx))
	rec.take()
	ws := must[[]*Worker](t)(query.Select(Workers).LoadJoined(Workers.Boss.Load(Workers.Reports)).OrderBy(Workers.ID).All(ctx, eng))
	if sql := selects(rec.take()); len(sql) != 2 {
		t.Errorf("sent %s", strings.Join(sql, "\n\t"))
	}
	for _, w := range ws {
		boss := must[*Worker](t)(w.Boss.Get(ctx))
		equal(t, "boss", boss == nil, w.BossID == nil)
		if boss != nil {
			equal(t, "boss", boss.ID, *w.BossID)
			must[[]*Worker](t)(boss.Reports.All(ctx))
		}
	}
	p := must[query.Page[*Worker]](t)(query.Pages(query.Select(Workers).LoadJoined(Workers.Boss).OrderBy(Workers.ID.Desc()), 2).After(ctx, eng, ""))
	equal(t, "page", len(p.Rows), 2)
	pair := must[[]query.Row2[*Worker, string]](t)(query.Select2(Workers, Workers.Name).LoadJoined(Workers.Boss).OrderBy(Workers.ID).All(ctx, eng))
	equal(t, "pairs", len(pair), len(ws))
	equal(t, "name beside", pair[1].V2, ws[1].Name)
	for name, q := range map[string]query.Query[*Worker]{
		"a list":        query.Select(Workers).LoadJoined(Workers.Reports),
		"of another":    query.Select(Workers).LoadJoined(Books.Author),
		"nil":           query.Select(Workers).LoadJoined(nil),
		"not tracked":   query.Select(Workers).LoadJoined(Workers.Boss).NoTracking(),
		"Only after it": query.Select(Workers).LoadJoined(Workers.Boss).Only(Workers.Name),
	} {
		if _, err := q.All(ctx, begin(t, eng)); err == nil {
			t.Errorf("%s is no error", name)
		}
	}
}
