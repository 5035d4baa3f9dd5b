package guide_test

import (
	"context"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I join a list of Go values?
//
// `Values1` to `Values3` make rows of values a table. Its columns have the names and kinds that `query.Define` gives them.
func (Questions) ValuesTable(ctx context.Context, s *session.Session) (any, error) {
	id, stars := query.Define[expr.Int]("id"), query.Define[expr.Int32]("stars")
	rated := query.Values2("rated", id, stars, query.Row2[int64, int32]{V1: 1, V2: 5}, query.Row2[int64, int32]{V1: 4, V2: 3})
	return query.Select2(b.Title, query.Col(rated, stars)).
		Join(rated, b.ID.EqExpr(query.Col(rated, id))).OrderBy(b.ID).All(ctx, s)
}

// How do I fill the days on which nothing happened?
func (Questions) Calendar(ctx context.Context, s *session.Session) (any, error) {
	day := expr.Func[expr.Time]("generate_series", expr.Val(at(2, 1, 0)), expr.Val(at(2, 4, 0)), expr.Val(24*time.Hour))
	days := query.Function("day", day)
	return query.Select2(query.Col(days, day), expr.Count(o.ID)).From(days).
		LeftJoin(o, expr.DateTrunc("day", o.Placed).EqExpr(query.Col(days, day))).
		GroupBy(query.Col(days, day)).OrderBy(query.Col(days, day)).All(ctx, s)
}

// How do I get a row for each element of an array?
func (Questions) Unnest(ctx context.Context, s *session.Session) (any, error) {
	tag := expr.Unnest(b.Tags)
	tags := query.Function("tag", tag)
	return query.Select2(query.Col(tags, tag), expr.CountAll()).From(b).Join(tags).
		GroupBy(query.Col(tags, tag)).OrderBy(query.Col(tags, tag)).All(ctx, s)
}

// How do I number the elements of an array?
func (Questions) Ordinality(ctx context.Context, s *session.Session) (any, error) {
	tag, no := query.Define[expr.Text]("tag"), query.Define[expr.Int]("no")
	tags := query.Ordinality("tags", expr.Unnest(b.Tags), tag, no)
	return query.Select3(b.Title, query.Col(tags, no), query.Col(tags, tag)).Join(tags).Filter(b.ID.Eq(1)).OrderBy(query.Col(tags, no)).All(ctx, s)
}

// How do I use a function with several columns as a table?
func (Questions) FunctionOf(ctx context.Context, s *session.Session) (any, error) {
	key, val := query.Define[expr.Text]("key"), query.Define[expr.JSON]("value")
	attrs := query.FunctionOf("attr", expr.Func[expr.JSON]("jsonb_each", b.Attrs), key, val)
	return query.Select2(query.Col(attrs, key), query.Col(attrs, val)).From(b).Join(attrs).Filter(b.ID.Eq(1)).OrderBy(query.Col(attrs, key)).All(ctx, s)
}

// How do I read JSON from outside as rows?
func (Questions) Record(ctx context.Context, s *session.Session) (any, error) {
	title, price := query.Define[expr.Text]("title"), query.Define[expr.Decimal]("price")
	doc := []map[string]any{{"title": "Emma", "price": 5.5}, {"title": "Kim", "price": 4}}
	in := query.Record("incoming", expr.Func[expr.JSON]("jsonb_to_recordset", expr.JSONVal(doc)), title, price)
	return query.Select2(query.Col(in, title), query.Col(in, price)).All(ctx, s)
}
