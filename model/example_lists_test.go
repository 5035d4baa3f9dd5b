package model_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// How do I keep the lines of an order in the order in which the user put them?
func ExamplePosition() {
	type Line struct {
		ID, OrderID, No int64
		What            string
	}
	type Order struct {
		ID    int64
		Lines model.Many[Line]
	}
	type lines struct {
		model.Table[Line]
		ID, OrderID, No expr.Int
		What            expr.Text
	}
	type orders struct {
		model.Table[Order]
		ID    expr.Int
		Lines model.ToMany[Order, Line]
	}
	orderTable := model.Map("orders", func(t *orders) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	lineTable := model.Map("line", func(t *lines) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.OrderID, orderTable.ID),
			model.Position(orderTable.Lines, t.No),     // 0, 1, 2 …, written by the flush
			model.Unique(t.OrderID, t.No).Deferrable(), // if two transactions may change one list
		}
	})
	model.MustSchema(orderTable, lineTable)

	var o Order
	tea, cup := &Line{What: "tea"}, &Line{What: "cup"}
	o.Lines.Add(tea, cup)
	ctx := context.Background() // of a load, where the list is a row's
	if err := o.Lines.Insert(ctx, 1, &Line{What: "pot"}); err != nil {
		fmt.Println(err)
		return
	}
	all, err := o.Lines.All(ctx)
	for i, l := range all {
		fmt.Println(i, l.What)
	}
	fmt.Println(err)
	// Output:
	// 0 tea
	// 1 pot
	// 2 cup
	// <nil>
}

// How do I keep deleted rows? Session.Delete sets the column, and queries leave such rows out.
func ExampleSoftDelete() {
	type Note struct {
		ID        int64
		Text      string
		DeletedAt *time.Time
	}
	type notes struct {
		model.Table[Note]
		ID        expr.Int
		Text      expr.Text
		DeletedAt expr.NullTime
	}
	n := model.Map("note", func(t *notes) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.SoftDelete(t.DeletedAt)}
	})
	model.MustSchema(n)
	q := query.Select(n.Text).Filter(n.ID.Lt(10))
	fmt.Println(strings.ReplaceAll(q.String(), " \n", "\n"))
	fmt.Println(strings.ReplaceAll(q.Unfiltered(n).String(), " \n", "\n"))
	// Output:
	// SELECT note.text
	// FROM note
	// WHERE note.id < $1 AND note.deleted_at IS NULL
	// SELECT note.text
	// FROM note
	// WHERE note.id < $1
}
