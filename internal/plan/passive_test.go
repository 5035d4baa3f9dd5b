package plan_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/track/tracktest"
	"github.com/cupel-go/cupel/model"
)

// A Shelf leaves its books to the database when it is deleted. A mark refers to a book, which does not know of it.
type (
	Shelf struct {
		ID    int64
		Books model.Many[Book]
	}
	Book struct {
		ID      int64
		ShelfID *int64
		Shelf   model.One[Shelf]
	}
	Mark struct {
		ID     int64
		BookID *int64
		Book   model.One[Book]
	}
	shelves struct {
		model.Table[Shelf]
		ID    expr.Int
		Books model.ToMany[Shelf, Book]
	}
	books struct {
		model.Table[Book]
		ID      expr.Int
		ShelfID expr.NullInt
		Shelf   model.ToOne[Book, Shelf]
	}
	marks struct {
		model.Table[Mark]
		ID     expr.Int
		BookID expr.NullInt
		Book   model.ToOne[Mark, Book]
	}
)

// newShelves returns a schema of shelves, books and marks. The books that the session has go with their shelf, if so wished.
func newShelves(members bool) *model.Schema {
	sh := model.Map("shelf", func(t *shelves) model.Spec {
		s := model.Spec{model.PrimaryKey(t.ID), model.DatabaseDeletes(t.Books)}
		if members {
			s = append(s, model.DeleteMembers(t.Books))
		}
		return s
	})
	b := model.Map("book", func(t *books) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.ShelfID, sh.ID).OnDelete("CASCADE")}
	})
	return model.MustSchema(sh, b, model.Map("mark", func(t *marks) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.BookID, b.ID)}
	}))
}

// TestDatabaseDeletes: nothing is loaded for a deletion; what the session has goes where the relationship says so.
func TestDatabaseDeletes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		members bool
		want    []string
	}{
		{"left to the database", false, []string{"INSERT book: Book(id=3)", "INSERT mark: Mark(id=4)", "DELETE shelf: Shelf(id=1)"}},
		{"members", true, []string{"INSERT mark: Mark(id=4)", "DELETE book: Book(id=2)", "DELETE shelf: Shelf(id=1)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			u := tracktest.New(t, newShelves(c.members))
			s, b, fresh, m := &Shelf{ID: 1}, &Book{ID: 2}, &Book{ID: 3}, &Mark{ID: 4}
			s.Books.Add(b)
			u.Put(s)
			u.Commit()
			s.Books.Add(fresh)
			m.Book.Set(fresh)
			u.Put(m)
			u.Drop(s)
			tracktest.Lines(t, "plan", u.Flush(), c.want...)
			tracktest.Lines(t, "loaded", u.Loaded)
			tracktest.Equal(t, "the mark has a book", m.BookID != nil, !c.members)
		})
	}
}
