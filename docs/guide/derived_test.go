package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I use a query's rows as a table?
//
// `query.Sub` makes it one, `query.Col` has its columns: named by the Go value that was selected, with the kind it had there. `n` must be the same variable in both places;
// a second `expr.CountAll().As("n")` is another value, and an error that says so. A computed column needs a name, which `As` gives. `query.Cols2` to `Cols5` give several columns at once.
func (Questions) DerivedTable(ctx context.Context, s *session.Session) (any, error) {
	n := expr.CountAll().As("n")
	per := query.Sub("per", query.Select2(o.CustomerID, n).GroupBy(o.CustomerID))
	return query.Select2(c.Name, query.Col(per, n)).
		Join(per, c.ID.EqExpr(query.Col(per, o.CustomerID))).OrderBy(c.ID).All(ctx, s)
}

// How do I name several columns of a derived table at once?
//
// `Cols2` to `Cols5` are `Col` of several columns. What was selected and what the table has of it can have the same name in Go: from there on it is the table's.
func (Questions) DerivedColumns(ctx context.Context, s *session.Session) (any, error) {
	n := expr.CountAll().As("n")
	per := query.Sub("per", query.Select2(o.CustomerID, n).GroupBy(o.CustomerID))
	who, n := query.Cols2(per, o.CustomerID, n)
	return query.Select2(c.Name, n).Join(per, c.ID.EqExpr(who)).Filter(n.Gt(1)).OrderBy(c.ID).All(ctx, s)
}

// What if I take a column that was not selected?
func (Questions) NotSelected(ctx context.Context, s *session.Session) (any, error) {
	per := query.Sub("per", query.Select(o.CustomerID))
	_, err := query.Select(query.Col(per, o.ID)).All(ctx, s)
	return err, nil
}

// How do I use objects of a derived table?
//
// `SubOf` gives the table struct again, so each column keeps its name, and the rows are objects as ever.
func (Questions) DerivedObjects(ctx context.Context, s *session.Session) (any, error) {
	cheap := query.SubOf("cheap", Books, query.Select(b).OrderBy(b.Price).Limit(3))
	return query.Select(cheap).Filter(cheap.Tags.Has("epic")).All(ctx, s)
}

// How do I run a query for each row?
//
// `Lateral` sees the tables before it; a join of it needs no condition.
func (Questions) Lateral(ctx context.Context, s *session.Session) (any, error) {
	last := query.Lateral("last", query.Select2(o.ID, o.Placed).Filter(o.CustomerID.EqExpr(c.ID)).OrderBy(o.Placed.Desc()).Limit(1))
	return query.Select2(c.Name, query.Col(last, o.ID).OrNull()).LeftJoin(last).OrderBy(c.ID).All(ctx, s)
}

// How do I name a query (WITH)?
//
// WITH is written once, before the outermost statement that reads the table, however often it is read. A second name for the table, `per.As("again")`, has columns of its own: `query.Col(again, n)`. `WithMaterialized` and `WithNotMaterialized` say what the server does.
func (Questions) With(ctx context.Context, s *session.Session) (any, error) {
	n := expr.CountAll().As("n")
	per := query.With("per", query.Select2(o.CustomerID, n).GroupBy(o.CustomerID))
	again := per.As("again")
	most := expr.Scalar(expr.Max(query.Col(again, n)), query.From(again))
	return query.Select2(query.Col(per, o.CustomerID), query.Col(per, n)).Filter(query.Col(per, n).EqExpr(most)).All(ctx, s)
}

// How do I walk a tree (WITH RECURSIVE)?
//
// The function is given the table that the statement reads of itself. It ends when a step finds no row; `RecursiveDistinct` ends circles, too.
func (Questions) Recursive(ctx context.Context, s *session.Session) (any, error) {
	depth := expr.Const[expr.Int](0).As("depth")
	tree := query.Recursive("tree", query.Select3(g.ID, g.Name, depth).Filter(g.Name.Eq("fiction")),
		func(tree query.Source) expr.Rows {
			return query.Select3(g.ID, g.Name, query.Col(tree, depth).Plus(1)).
				Join(tree, g.ParentID.EqExpr(query.Col(tree, g.ID)))
		})
	return query.Select2(query.Col(tree, g.Name), query.Col(tree, depth)).OrderBy(query.Col(tree, depth), query.Col(tree, g.Name)).All(ctx, s)
}

// How do I walk a tree of objects?
func (Questions) RecursiveObjects(ctx context.Context, s *session.Session) (any, error) {
	up := query.RecursiveOf("up", Genres, query.Select(g).Filter(g.Name.Eq("space opera")),
		func(up *genres) query.RowsOf[*Genre] {
			return query.Select(g).Join(up, up.ParentID.EqExpr(g.ID))
		})
	return query.Select(up).OrderBy(up.ID).All(ctx, s)
}

// How do I change rows and use them in one statement?
//
// WITH may hold a statement that changes rows and returns something of them.
func (Questions) WithChange(ctx context.Context, s *session.Session) (any, error) {
	paid := query.With("paid", query.Returning(
		query.Update(o).Set(o.Status.To("paid")).Filter(o.Status.Eq("new")), o.CustomerID))
	return query.Select(c.Name).Join(paid, c.ID.EqExpr(query.Col(paid, o.CustomerID))).All(ctx, s)
}
