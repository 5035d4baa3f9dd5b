package relations_test

import (
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// The mapping of the tests of parts of lists: a tree and a graph whose rows are hidden softly, lists by a key that is equal in several ways, a link table
// that is mapped, has rows that are hidden, and may have a pair twice.
type (
	Node struct {
		ID       int64
		Name     string
		N        *int32
		Code     *string
		Gone     *time.Time
		ParentID *int64
		OtherID  *int64
		Parent   model.One[Node]
		Other    model.One[Node]
		Children model.Many[Node]
		Next     model.Many[Node]
		Prev     model.Many[Node]
		Leaves   model.Many[Leaf]
		Big      model.Many[Leaf]
		Fruits   model.Many[Fruit]
	}
	Leaf struct {
		ID   int64
		N    *int32
		Name string
		Code *string // refers to Node.Code, citext
		Node model.One[Node]
	}
	Fruit struct {
		ID   int64
		Name string
	}
	Basket struct {
		ID      int64
		NodeID  int64
		FruitID int64
		Gone    *time.Time
		Node    model.One[Node]
		Fruit   model.One[Fruit]
	}
	nodes struct {
		model.Table[Node]
		ID       expr.Int
		Name     expr.Text
		N        expr.NullInt32
		Code     expr.NullText
		Gone     expr.NullTime
		ParentID expr.NullInt
		OtherID  expr.NullInt
		Parent   model.ToOne[Node, Node]
		Other    model.ToOne[Node, Node]
		Children model.ToMany[Node, Node]
		Next     model.ToMany[Node, Node]
		Prev     model.ToMany[Node, Node]
		Leaves   model.ToMany[Node, Leaf]
		Big      model.ToMany[Node, Leaf]
		Fruits   model.ToMany[Node, Fruit]
	}
	leaves struct {
		model.Table[Leaf]
		ID   expr.Int
		N    expr.NullInt32
		Name expr.Text
		Code expr.NullText
		Node model.ToOne[Leaf, Node]
	}
	fruits struct {
		model.Table[Fruit]
		ID   expr.Int
		Name expr.Text
	}
	baskets struct {
		model.Table[Basket]
		ID      expr.Int
		NodeID  expr.Int
		FruitID expr.Int
		Gone    expr.NullTime
		Node    model.ToOne[Basket, Node]
		Fruit   model.ToOne[Basket, Fruit]
	}
)

var (
	Nodes = model.Map("node", func(t *nodes) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("citext", t.Code), model.Unique(t.Code), model.Filter(t.Gone.IsNull()),
			model.ForeignKey(t.ParentID, t.ID), model.ForeignKey(t.OtherID, t.ID),
			model.Via(t.Parent, t.ParentID), model.Via(t.Other, t.OtherID), model.Inverse(t.Parent, t.Children),
			model.ManyToMany(t.Next, "edge").OwnerColumns("from_id").TargetColumns("to_id"), model.Inverse(t.Next, t.Prev),
			model.ManyToMany(t.Fruits, "basket"), model.ViewOnly(t.Fruits),
		}
	})
	Leaves = model.Map("leaf", func(t *leaves) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("citext", t.Code), model.ForeignKey(t.Code, Nodes.Code), model.Inverse(t.Node, Nodes.Leaves), model.ViewOnly(Nodes.Big, t.N.Gt(2)),
		}
	})
	Fruits  = model.Map("fruit", func(t *fruits) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Baskets = model.Map("basket", func(t *baskets) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.NodeID, Nodes.ID), model.ForeignKey(t.FruitID, Fruits.ID), model.Filter(t.Gone.IsNull())}
	})
	wood = model.MustSchema(Nodes, Leaves, Fruits, Baskets)
)
