package relationships_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// begin mapping

type Order struct {
	ID    int64
	Lines model.Many[Line]
	Items model.Many[Item] // through the lines, to look at
}

type Line struct {
	OrderID, ItemID int64
	Quantity        int32
	Order           model.One[Order]
	Item            model.One[Item]
}

type Item struct {
	ID   int64
	Name string
}

type orderTable struct {
	model.Table[Order]
	ID    expr.Int
	Lines model.ToMany[Order, Line]
	Items model.ToMany[Order, Item]
}

type items struct {
	model.Table[Item]
	ID   expr.Int
	Name expr.Text
}

type lines struct {
	model.Table[Line]
	OrderID, ItemID expr.Int
	Quantity        expr.Int32
	Order           model.ToOne[Line, Order]
	Item            model.ToOne[Line, Item]
}

var Orders = model.Map("orders", func(t *orderTable) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.ID), model.DeleteOrphans(t.Lines), model.ManyToMany(t.Items, "line"), model.ViewOnly(t.Items),
	}
})

var Items = model.Map("item", func(t *items) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID)}
})

var Lines = model.Map("line", func(t *lines) model.Spec {
	return model.Spec{model.PrimaryKey(t.OrderID, t.ItemID), model.ForeignKey(t.OrderID, Orders.ID), model.ForeignKey(t.ItemID, Items.ID)}
})

// end mapping

var orders = model.MustSchema(Orders, Items, Lines)

// Association entity.
//
// Pairs with data of their own are a struct with two foreign keys. A many-to-many through its table may stand beside it; one of the two
// writes the table, so that one is ViewOnly.
func (Kinds) Association(ctx context.Context, s *session.Session) error {
	o, l := &Order{}, &Line{Quantity: 2}
	l.Item.Set(&Item{Name: "pen"})
	o.Lines.Add(l)
	s.Add(o)
	if err := s.Flush(ctx); err != nil {
		return err
	}
	if _, err := o.Items.All(ctx); err != nil { // what is flushed is in it
		return err
	}
	o.Lines.Remove(l)
	return s.Commit(ctx)
}
