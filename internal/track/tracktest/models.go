package tracktest

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// A Box has trays, which go with it and when they leave it; a tray has bits, which go likewise, and labels, which stay.
type (
	Box struct {
		ID    int64
		Name  string
		Trays model.Many[Tray]
	}
	Tray struct {
		ID     int64
		Name   string
		BoxID  int64
		Box    model.One[Box]
		Bits   model.Many[Bit]
		Labels model.Many[Label]
	}
	Bit struct {
		ID     int64
		TrayID int64
		Tray   model.One[Tray]
	}
	Label struct {
		Text   string
		TrayID *int64
		Tray   model.One[Tray]
	}
	boxes struct {
		model.Table[Box]
		ID    expr.Int
		Name  expr.Text
		Trays model.ToMany[Box, Tray]
	}
	trays struct {
		model.Table[Tray]
		ID     expr.Int
		Name   expr.Text
		BoxID  expr.Int
		Box    model.ToOne[Tray, Box]
		Bits   model.ToMany[Tray, Bit]
		Labels model.ToMany[Tray, Label]
	}
	bits struct {
		model.Table[Bit]
		ID     expr.Int
		TrayID expr.Int
		Tray   model.ToOne[Bit, Tray]
	}
	labels struct {
		model.Table[Label]
		Text   expr.Text
		TrayID expr.NullInt
		Tray   model.ToOne[Label, Tray]
	}
)

// Boxes returns a schema of boxes, trays, bits and labels.
func Boxes() *model.Schema {
	b := model.Map("box", func(t *boxes) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.DeleteOrphans(t.Trays)}
	})
	tr := model.Map("tray", func(t *trays) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.BoxID, b.ID), model.DeleteOrphans(t.Bits),
			model.Default(t.Name, func() string { return "unnamed" }), model.ZeroIsUnset(t.Name),
		}
	})
	return model.MustSchema(b, tr,
		model.Map("bit", func(t *bits) model.Spec {
			return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.TrayID, tr.ID)}
		}),
		model.Map("label", func(t *labels) model.Spec {
			return model.Spec{model.PrimaryKey(t.Text), model.ForeignKey(t.TrayID, tr.ID)}
		}))
}

// A Node refers to its own table.
type (
	Node struct {
		ID       int64
		Name     string
		ParentID *int64
		Parent   model.One[Node]
		Children model.Many[Node]
	}
	nodes struct {
		model.Table[Node]
		ID       expr.Int
		Name     expr.Text
		ParentID expr.NullInt
		Parent   model.ToOne[Node, Node]
		Children model.ToMany[Node, Node]
	}
)

// Nodes returns a schema of nodes. Those below a node go with it, if so wished.
func Nodes(members bool) *model.Schema {
	return model.MustSchema(model.Map("node", func(t *nodes) model.Spec {
		s := model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.ParentID, t.ID)}
		if members {
			s = append(s, model.DeleteMembers(t.Children))
		}
		return s
	}))
}

// A Person has a favourite ball, and a Ball an owner.
type (
	Person struct {
		ID    int64
		FavID *int64
		Fav   model.One[Ball]
		Balls model.Many[Ball]
	}
	Ball struct {
		ID      int64
		OwnerID *int64
		Owner   model.One[Person]
	}
	persons struct {
		model.Table[Person]
		ID    expr.Int
		FavID expr.NullInt
		Fav   model.ToOne[Person, Ball]
		Balls model.ToMany[Person, Ball]
	}
	balls struct {
		model.Table[Ball]
		ID      expr.Int
		OwnerID expr.NullInt
		Owner   model.ToOne[Ball, Person]
	}
)

// Balls returns a schema of persons and balls. With postUpdate the favourite is written by an UPDATE of its own, without it
// each table refers to the other, and the first given is planned last.
func Balls(postUpdate, personsFirst bool) *model.Schema {
	var b *balls
	p := model.Map("person", func(t *persons) model.Spec {
		b = model.Map("ball", func(b *balls) model.Spec {
			return model.Spec{model.PrimaryKey(b.ID), model.ForeignKey(b.OwnerID, t.ID)}
		})
		s := model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.FavID, b.ID)}
		if postUpdate {
			s = append(s, model.PostUpdate(t.Fav))
		}
		return s
	})
	if personsFirst {
		return model.MustSchema(p, b)
	}
	return model.MustSchema(b, p)
}
