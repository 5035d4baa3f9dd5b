package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I read a value inside a document?
//
// `GetText` is a text, `Get` JSON; `JSONAs` names the kind, and casts. What is not there is NULL.
func (Questions) JSONValue(ctx context.Context, s *session.Session) (any, error) {
	pages := expr.JSONAs[expr.NullInt](b.Attrs, "pages")
	return query.Select2(b.Title, pages).Filter(pages.Gt(300)).OrderBy(b.ID).All(ctx, s)
}

// How do I look deeper into a document?
//
// A position in an array is one of the path's texts; JSON counts from 0.
func (Questions) JSONPathText(ctx context.Context, s *session.Session) (any, error) {
	return query.Select2(b.Title, b.Attrs.PathText("langs", "0")).Filter(b.Attrs.HasKey("langs")).OrderBy(b.ID).All(ctx, s)
}

// How do I find documents that have something in them?
//
// A GIN index on the column serves `@>`.
func (Questions) JSONContains(ctx context.Context, s *session.Session) (any, error) {
	english := map[string]any{"langs": []string{"en"}}
	return query.Select(b.Title).Filter(b.Attrs.ContainsExpr(expr.JSONVal(english))).OrderBy(b.ID).All(ctx, s)
}

// How do I search with an SQL/JSON path?
func (Questions) JSONPathQuery(ctx context.Context, s *session.Session) (any, error) {
	return query.Select(b.Title).Filter(expr.JSONPathExists(b.Attrs, `$.langs[*] ? (@ starts with "g")`)).All(ctx, s)
}

// How do I change a part of a document?
func (Questions) JSONSet(ctx context.Context, s *session.Session) (any, error) {
	_, err := query.Update(b).Set(b.Attrs.ToExpr(expr.JSONSet(b.Attrs, expr.JSONVal(400), "pages"))).Filter(b.ID.Eq(1)).Exec(ctx, s)
	if err != nil {
		return nil, err
	}
	return query.Select(b.Attrs.GetText("pages")).Filter(b.ID.Eq(1)).One(ctx, s)
}

// How do I build a document of a row and its rows?
func (Questions) JSONTree(ctx context.Context, s *session.Session) (any, error) {
	inner := expr.JSONObject(expr.Key("title", b.Title), expr.Key("year", b.Year))
	books := expr.Scalar(expr.JSONAgg(inner, expr.OrderBy(b.ID)), query.From(b).Filter(b.AuthorID.EqExpr(a.ID)))
	return query.Select(expr.JSONObject(expr.Key("name", a.Name), expr.Key("books", books))).Filter(a.ID.Eq(1)).All(ctx, s)
}
