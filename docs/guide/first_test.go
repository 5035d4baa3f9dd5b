package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I read all rows of a table?
//
// A mapped table is read as pointers to its struct, `[]*Author` here. A session gives the same object for the same row, whichever query reads it.
func (Questions) AllRows(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(a).OrderBy(a.ID).All(ctx, s)
}

// How do I read one column?
//
// An expression is read as its Go value: `[]string` here, and `[]*int64` for `a.Born`, which may be NULL.
func (Questions) OneColumn(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).OrderBy(b.Title).All(ctx, s)
}

// How do I read several columns?
//
// `Select2` to `Select16` read rows `query.Row2` to `query.Row16`, whose fields are `V1`, `V2` …; `row.Values()` gives them one by one. For rows with
// names of your own see [structs](#how-do-i-read-rows-into-a-struct-of-my-own).
func (Questions) SeveralColumns(ctx context.Context, s *session.Session) (any, error) {
	rows, err := query.Select2(b.Title, b.Year).OrderBy(b.ID).All(ctx, s)
	for _, row := range rows {
		title, year := row.Values() // string, *int64
		_, _ = title, year
	}
	return rows, err
}

// How do I read one row?
//
// `First` adds LIMIT 1, `One` is an error where there are more. No row is `query.ErrNoRows`, which is `pgx.ErrNoRows` too.
func (Questions) OneRow(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b).Filter(b.Title.Eq("Dune")).One(ctx, s)
}

// How do I read a row that may not be there?
//
// `OneOrNone` and `FirstOrNone` say so by a bool, so there is no error to look at.
func (Questions) OneOrNone(ctx context.Context, s *session.Session) (any, error) {
	book, ok, err := query.Select(b).Filter(b.Title.Eq("Emma")).OneOrNone(ctx, s)
	_ = book // nil
	return ok, err
}

// How do I read an object by its key?
//
// Where the session has it already, nothing is sent.
func (Questions) ByKey(ctx context.Context, s *session.Session) (any, error) {
	book, err := session.Get(ctx, s, b, int64(1))
	if err != nil {
		return nil, err
	}
	return session.Get(ctx, s, b, book.ID)
}

// How do I count the rows, or ask whether there is one?
func (Questions) CountAndExists(ctx context.Context, s *session.Session) (any, error) {
	q := query.Select(b).Filter(b.Year.Gt(1960))
	n, err := q.Count(ctx, s)
	if err != nil {
		return nil, err
	}
	there, err := q.Exists(ctx, s)
	return []any{n, there}, err
}

// How do I sort, and where do NULLs go?
//
// As in PostgreSQL: last with `Asc`, first with `Desc`, unless `NullsFirst` or `NullsLast` is said.
func (Questions) Sort(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, b.Year).OrderBy(b.Year.Desc().NullsLast(), b.Title).All(ctx, s)
}

// How do I read a page?
func (Questions) Page(ctx context.Context, s *session.Session) (any, error) {
	const size, page = 2, 1
	return query.Select(b.Title).OrderBy(b.ID).Limit(size).Offset(size*page).All(ctx, s)
}

// How do I read the next page without OFFSET?
//
// `query.Pages` goes on behind the last row, by its sort keys (keyset pagination): an index finds it however far it is. `Next` and `Prev` of a page are
// cursors, text for a URL; primary keys are added to the sort keys where these do not tell rows apart.
func (Questions) NextPage(ctx context.Context, s *session.Session) (any, error) {
	pages := query.Pages(query.Select2(o.ID, o.Status).OrderBy(o.Status, o.ID.Desc()), 2)
	page, err := pages.After(ctx, s, "")
	if err != nil {
		return nil, err
	}
	page, err = pages.After(ctx, s, page.Next)
	return page.Rows, err
}

// Why has my filter no effect?
//
// A query is a value, and its methods return another one: the result of `Filter` alone is lost. The other way round, a base can be branched and kept in a
// package variable, and no branch sees what another adds.
func (Questions) Immutable(ctx context.Context, s *session.Session) (any, error) {
	base := query.Select(b.Title).OrderBy(b.ID)
	base.Filter(b.Price.Lt("7")) // lost
	cheap := base.Filter(b.Price.Lt("7"))
	if _, err := base.All(ctx, s); err != nil {
		return nil, err
	}
	return cheap.All(ctx, s)
}

// How do I remove duplicates?
func (Questions) Distinct(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(c.City).Distinct().OrderBy(c.City).All(ctx, s)
}

// How do I read some rows, picked at random?
//
// `query.TableSample` is another name for a table. `Bernoulli` picks rows, `System` whole pages, which is faster and less random.
func (Questions) Sample(ctx context.Context, s *session.Session) (any, error) {
	some := query.TableSample("some", Books, query.Bernoulli(100))
	return query.Select(some.Title).Filter(some.Price.Lt("8")).OrderBy(some.ID).All(ctx, s)
}

// How do I write a query once and run it often?
//
// Its parameters are expressions of kinds; `With` gives their values. The SQL is written at the first run, and no more.
func (Questions) Prepared(ctx context.Context, s *session.Session) (any, error) {
	byCity := query.Prepare1(func(city expr.Text) query.Query[*Customer] {
		return query.Select(c).Filter(c.City.EqExpr(city)).OrderBy(c.ID)
	})
	if _, err := byCity.With("Oslo").All(ctx, s); err != nil {
		return nil, err
	}
	return byCity.With("Berlin").All(ctx, s)
}
