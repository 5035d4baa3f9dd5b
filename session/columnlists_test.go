package session_test

import (
	"encoding/json"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// none is a list of columns as a program makes it of what a form has, which is nothing.
func none() []expr.Expression { return make([]expr.Expression, 0) }

// TestEmptyListOfColumns: a list of columns that was made and is empty is no columns. To leave them out is something else.
func TestEmptyListOfColumns(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s := seedBooks(t, eng, 1, 1)
	a := must[*Author](t)(session.Get(ctx, s, Authors, 1))
	name, email := a.Name, ptr("a@x")
	a.Email = email
	ok(t, s.Commit(ctx))

	s = begin(t, eng)
	merged := must[*Author](t)(session.Merge(ctx, s, &Author{ID: 1}, none()...))
	equal(t, "name after a Merge of nothing", merged.Name, name)
	all := must[[]*Author](t)(session.MergeAll(ctx, s, []*Author{{ID: 1}}, none()...))
	equal(t, "e-mail after a MergeAll of nothing", *all[0].Email, *email)
	rec.take()
	ok(t, s.Flush(ctx))
	sent(t, rec)

	merged.Name = "changed"
	s.ExpireColumns(merged, none()...)
	ok(t, session.RefreshColumns(ctx, s, Authors, []*Author{merged}, none()...))
	ok(t, session.Load(ctx, s, Authors, []*Author{merged}, none()...))
	ok(t, session.BulkUpdate(ctx, s, Authors, []*Author{{ID: 1, Name: "bulk"}}, none()...))
	sent(t, rec)
	equal(t, "stale", s.IsStale(merged), false)
	equal(t, "a change", changes(t, s, merged), "[name: '"+name+"' -> 'changed']")
	ok(t, s.Rollback(ctx))

	for what, err := range map[string]error{
		"RefreshColumns": session.RefreshColumns(ctx, s, Authors, []*Author{merged}),
		"Load":           session.Load(ctx, s, Authors, []*Author{merged}),
		"BulkUpdate":     session.BulkUpdate(ctx, s, Authors, []*Author{merged}),
	} {
		if err == nil {
			t.Errorf("%s without columns is no error", what)
		}
	}

	inserted, err := session.Upsert(ctx, s, Authors, []*Author{{ID: 1, Name: "upserted"}}, session.Conflict{Set: none()})
	ok(t, err)
	equal(t, "a new row", inserted[0], false)
	again := must[*Author](t)(query.Select(Authors).Filter(Authors.ID.Eq(1)).One(ctx, s))
	equal(t, "name after an Upsert that sets nothing", again.Name, name)
	if _, err := session.Upsert(ctx, s, Authors, []*Author{{ID: 1}}, session.Conflict{On: none()}); err == nil {
		t.Error("an Upsert by no columns is no error")
	}
	ok(t, s.Rollback(ctx))
}

// TestMergeOfColumnsWithoutRow: columns are named of rows that are there. One that is not there would be stored with what else is zero.
func TestMergeOfColumnsWithoutRow(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := seedBooks(t, eng, 1, 1)
	ok(t, s.Commit(ctx))
	for what, columns := range map[string][]expr.Expression{"named": {Authors.Name}, "none": none()} {
		_, err := session.Merge(ctx, s, &Author{ID: 77, Name: "nobody"}, columns...)
		is(t, err, query.ErrNoRows)
		equal(t, what+": new objects", len(s.New()), 0)
	}
	_, err := session.MergeAll(ctx, s, []*Author{{ID: 1, Name: "copied"}, {ID: 77, Name: "nobody"}}, Authors.Name)
	is(t, err, query.ErrNoRows)
	equal(t, "changed objects", len(s.Dirty()), 0)

	// what is new has no key to find a row by, or is what another one refers to
	merged := must[*Author](t)(session.Merge(ctx, s, &Author{Name: "new"}, Authors.Name))
	given := &Book{Title: "with a publisher", AuthorID: 1}
	ok(t, json.Unmarshal([]byte(`{"ID": 1, "Title": "moved", "Publisher": {"Code": "ace", "Name": "Ace"}}`), given))
	book := must[*Book](t)(session.Merge(ctx, s, given, Books.Title))
	ok(t, s.Commit(ctx))
	equal(t, "authors", count(t, eng, "author"), 2)
	equal(t, "publishers", count(t, eng, "publisher"), 1)
	equal(t, "title", book.Title, "moved")
	equal(t, "name", merged.Name, "new")
	given.ID = 77
	_, err = session.Merge(ctx, s, given, Publishers.Name)
	is(t, err, query.ErrNoRows)
}

// TestSameRow: two objects of one row are an error that can be told.
func TestSameRow(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	rec.take()
	twice := []*Publisher{{Code: "a", Name: "one"}, {Code: "a", Name: "two"}}
	_, err := session.Upsert(ctx, eng, Publishers, twice, session.Conflict{})
	is(t, err, session.ErrSameRow)
	_, err = session.Upsert(ctx, eng, Authors, []*Author{{Email: ptr("x")}, {Email: ptr("x")}}, session.Conflict{On: []expr.Expression{Authors.Email}})
	is(t, err, session.ErrSameRow)
	is(t, session.BulkUpdate(ctx, eng, Publishers, twice, Publishers.Name), session.ErrSameRow)
	sent(t, rec)
}
