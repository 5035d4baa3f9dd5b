package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I insert objects?
//
// Through the session, which gives them their keys: `s.Add` and `s.Commit`, or `session.BulkInsert` and `session.CopyFrom` for many. The statements here are for rows that are no objects.
func (Questions) InsertObjects(ctx context.Context, s *session.Session) (any, error) {
	author := &Author{ID: 9, Name: "Jane Austen"}
	s.Add(author)
	return author, s.Flush(ctx)
}

// How do I insert rows by a statement?
//
// Each `Values` is a row. A column that is set twice is an error, and so is an INSERT without rows.
func (Questions) InsertValues(ctx context.Context, s *session.Session) (any, error) {
	return query.Insert(a).
		Values(a.Name.To("Jane Austen"), a.Born.To(1775)).
		Values(a.Name.To("Anonymous"), a.Born.ToNull()).Exec(ctx, s)
}

// How do I get back what was inserted?
//
// `Returning` to `Returning16` make a statement one that returns rows. A table is read as objects, which the session tracks.
func (Questions) InsertReturning(ctx context.Context, s *session.Session) (any, error) {
	in := query.Insert(c).Values(c.ID.To(10), c.Name.To("Eve"), c.City.To("Rome"))
	return query.Returning(in, c).All(ctx, s)
}

// How do I insert the rows of a query?
//
// The compiler checks each column against its value.
func (Questions) InsertSelect(ctx context.Context, s *session.Session) (any, error) {
	fans := query.From(c).Filter(c.City.Eq("Berlin"))
	return query.Insert(a).FromRows(fans, a.Name.ToExpr(c.Name), a.Born.ToNull()).Exec(ctx, s)
}

// How do I insert a row, or change the one that is there (upsert)?
//
// `ToExcluded` is the value that was to be inserted; the column itself is that of the row that is there.
func (Questions) Upsert(ctx context.Context, s *session.Session) (any, error) {
	return query.Insert(l).
		Values(l.OrderID.To(1), l.BookID.To(1), l.Quantity.To(2), l.Price.To("9.99")).
		OnConflict(l.OrderID, l.BookID).
		DoUpdate(l.Quantity.ToExpr(l.Quantity.PlusExpr(expr.Excluded(l.Quantity)))).Exec(ctx, s)
}

// How do I upsert structs?
func (Questions) UpsertObjects(ctx context.Context, s *session.Session) (any, error) {
	line := &Line{OrderID: 1, BookID: 1, Quantity: 5, Price: "9.00"}
	up := query.InsertObjects(l, line).OnConflict(l.OrderID, l.BookID).DoUpdateAll()
	return query.Returning2(up, l.Quantity, l.Price).One(ctx, s)
}

// How do I insert what is not there yet?
//
// A row that is there is neither changed nor counted nor returned.
func (Questions) InsertIfMissing(ctx context.Context, s *session.Session) (any, error) {
	return query.Insert(b).
		Values(b.Title.To("Dune"), b.Price.To("1"), b.Tags.To([]string{}), b.Attrs.ToExpr(expr.JSONVal(struct{}{}))).
		OnConflict(b.Title).DoNothing().Exec(ctx, s)
}
