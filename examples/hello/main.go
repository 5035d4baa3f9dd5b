// Command hello is the program of the README: it maps a struct, stores two objects and queries them.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	_ "github.com/cupel-go/cupel/integration/pgtest/embedded" // for machines without PostgreSQL
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

type Book struct {
	ID    int64
	Title string
	Year  *int64 // nil is NULL
}

type books struct { // the same fields as typed columns
	model.Table[Book]
	ID    expr.Int
	Title expr.Text
	Year  expr.NullInt
}

var (
	Books  = model.Map("book", func(t *books) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Schema = model.MustSchema(Books)
)

func run(ctx context.Context, eng *session.Engine) error {
	s := eng.Session()
	defer s.Close(ctx)
	s.Add(&Book{Title: "Dune", Year: new(int64(1965))}, &Book{Title: "Beowulf"})
	if err := s.Commit(ctx); err != nil { // one INSERT, which is a transaction by itself, in one round trip
		return err
	}
	q := query.Select2(Books.Title, Books.Year).Filter(Books.Title.Like("D%")).OrderBy(Books.ID)
	fmt.Println(q)             // SELECT book.title, book.year … WHERE book.title LIKE $1 ORDER BY book.id
	rows, err := q.All(ctx, s) // []query.Row2[string, *int64]
	if err != nil {
		return err
	}
	fmt.Println(rows) // [('Dune', 1965)]
	return nil
}

func main() {
	err := pgtest.Run(context.Background(), pgtest.Options{}, "hello", func(ctx context.Context, dsn string) error {
		eng, err := session.Open(ctx, dsn, Schema, session.Options{})
		if err != nil {
			return err
		}
		defer eng.Close()
		if err := Schema.CreateAll(ctx, eng); err != nil {
			return err
		}
		return run(ctx, eng)
	})
	if err != nil {
		log.Fatal(err)
	}
}
