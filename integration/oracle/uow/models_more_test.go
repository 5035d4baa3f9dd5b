package uow_test

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// User is of the set uniq: its name is unique and its age not negative.
type User struct {
	ID   int64
	Name string
	Age  *int32
}

func (u *User) identity() (string, []any) { return "User", []any{u.ID} }

type users struct {
	model.Table[User]
	ID   expr.Int
	Name expr.Text
	Age  expr.NullInt32
}

type uniq struct{ Users *users }

func newUniq() *uniq {
	return &uniq{model.Map("users", func(t *users) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.Size(20, t.Name), model.Unique(t.Name)}
	})}
}

// user returns the user with a key, as session.get does.
func (r *run) user(id int64) *User { return val(session.Get(ctx, r.s, r.Users, id)) }

// Thing is of the set types.
type Thing struct {
	ID    int64
	Data  map[string]int
	Tags  []string
	Price pgtype.Numeric
	Flag  *bool
	Big   *string
}

type things struct {
	model.Table[Thing]
	ID    expr.Int
	Data  expr.Col[map[string]int]
	Tags  expr.Col[[]string]
	Price expr.DecimalOf[pgtype.Numeric, pgtype.Numeric]
	Flag  expr.NullBool
	Big   expr.NullText
}

type types struct{ Things *things }

func newTypes() *types {
	return &types{model.Map("thing", func(t *things) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.Type("json", t.Data),
			model.Type("numeric(10, 2)", t.Price), model.Deferred(t.Big),
		}
	})}
}

// Node is of the set tree: it refers to its own table.
type Node struct {
	ID       int64
	Name     string
	ParentID *int64
	Parent   model.One[Node]
	Children model.Many[Node]
}

type nodes struct {
	model.Table[Node]
	ID       expr.Int
	Name     expr.Text
	ParentID expr.NullInt
	Parent   model.ToOne[Node, Node]
	Children model.ToMany[Node, Node]
}

type tree struct{ Nodes *nodes }

func newTree(set string) *tree {
	return &tree{model.Map("node", func(t *nodes) model.Spec {
		spec := model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.ID, t.ParentID), model.ForeignKey(t.ParentID, t.ID),
			model.OrderBy(t.Children, t.ID),
		}
		if set == "tree_cascade" {
			spec = append(spec, model.DeleteOrphans(t.Children))
		}
		return spec
	})}
}

// node returns the node with a key, as session.get does.
func (r *run) node(id int64) *Node { return val(session.Get(ctx, r.s, r.Nodes, id)) }

// Region, Shop and Till are of the set three_level: each is deleted with the one above.
type (
	Region struct {
		ID    int64
		Name  *string
		Shops model.Many[Shop]
	}
	Shop struct {
		ID       int64
		Name     *string
		RegionID *int64
		Region   model.One[Region]
		Tills    model.Many[Till]
	}
	Till struct {
		ID     int64
		Name   *string
		ShopID *int64
		Shop   model.One[Shop]
	}
	regions struct {
		model.Table[Region]
		ID    expr.Int
		Name  expr.NullText
		Shops model.ToMany[Region, Shop]
	}
	shops struct {
		model.Table[Shop]
		ID       expr.Int
		Name     expr.NullText
		RegionID expr.NullInt
		Region   model.ToOne[Shop, Region]
		Tills    model.ToMany[Shop, Till]
	}
	tills struct {
		model.Table[Till]
		ID     expr.Int
		Name   expr.NullText
		ShopID expr.NullInt
		Shop   model.ToOne[Till, Shop]
	}
)

// chain is the set three_level.
type chain struct {
	Regions *regions
	Shops   *shops
	Tills   *tills
}

func newChain() *chain {
	c := &chain{}
	c.Regions = model.Map("region", func(t *regions) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.DeleteOrphans(t.Shops)}
	})
	c.Shops = model.Map("shop", func(t *shops) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.ID, t.RegionID), model.ForeignKey(t.RegionID, c.Regions.ID),
			model.OrderBy(c.Regions.Shops, t.ID), model.DeleteOrphans(t.Tills),
		}
	})
	c.Tills = model.Map("till", func(t *tills) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.ID, t.ShopID), model.ForeignKey(t.ShopID, c.Shops.ID),
			model.OrderBy(c.Shops.Tills, t.ID),
		}
	})
	return c
}

// Order and Line are of the set assoc: a line has a composite key.
type (
	Order struct {
		ID    int64
		Ref   *string
		Lines model.Many[Line]
	}
	Line struct {
		OrderID int64
		LineNo  int32
		Qty     *int32
		Order   model.One[Order]
	}
	orders struct {
		model.Table[Order]
		ID    expr.Int
		Ref   expr.NullText
		Lines model.ToMany[Order, Line]
	}
	orderLines struct {
		model.Table[Line]
		OrderID expr.Int
		LineNo  expr.Int32
		Qty     expr.NullInt32
		Order   model.ToOne[Line, Order]
	}
)

type assoc struct {
	Orders *orders
	Lines  *orderLines
}

func newAssoc(set string) *assoc {
	a := &assoc{}
	a.Orders = model.Map("orders", func(t *orders) model.Spec {
		spec := model.Spec{model.PrimaryKey(t.ID), model.Type("integer", t.ID)}
		if set == "assoc" {
			spec = append(spec, model.DeleteOrphans(t.Lines))
		}
		return spec
	})
	a.Lines = model.Map("line", func(t *orderLines) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.OrderID, t.LineNo), model.Type("integer", t.OrderID), model.ForeignKey(t.OrderID, a.Orders.ID),
			model.OrderBy(a.Orders.Lines, t.LineNo),
		}
	})
	return a
}

// Item is of the set defaults.
type Item struct {
	ID      int64
	Name    *string
	Qty     *int32
	Code    *string
	Loud    *string
	Status  *string
	Num     *int32
	Touched *time.Time
	Rev     *int32
}

// EagerItem is of the set defaults_eager.
type EagerItem struct {
	ID     int64
	Name   *string
	Status *string
	Rev    *int32
}

type (
	items struct {
		model.Table[Item]
		ID                 expr.Int
		Name               expr.NullText
		Qty                expr.NullInt32
		Code, Loud, Status expr.NullText
		Num                expr.NullInt32
		Touched            expr.NullTime
		Rev                expr.NullInt32
	}
	eagerItems struct {
		model.Table[EagerItem]
		ID           expr.Int
		Name, Status expr.NullText
		Rev          expr.NullInt32
	}
)

type stock struct{ Items model.Mapped }

func newStock(c *clock, set string) *stock {
	if set == "defaults_eager" {
		return &stock{model.Map("item", func(t *eagerItems) model.Spec {
			return model.Spec{
				model.PrimaryKey(t.ID), model.Type("integer", t.ID),
				model.ServerDefault(t.Status, "'new'"), model.ServerDefault(t.Rev, "1"), model.OnUpdateExpr(t.Rev, t.Rev.Plus(1)),
			}
		})}
	}
	return &stock{model.Map("item", func(t *items) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.Type("timestamp", t.Touched),
			model.Default(t.Qty, func() int32 { return 5 }), model.Default(t.Code, c.counter),
			model.Default(t.Rev, func() int32 { return 1 }),
			model.ServerDefault(t.Status, "'new'"), model.ServerDefault(t.Num, "40 + 2"), model.OnUpdate(t.Touched, c.now),
			model.DefaultExpr(t.Loud, expr.Func[expr.NullText]("upper", expr.Val("sql default"))), model.OnUpdateExpr(t.Rev, t.Rev.Plus(1)),
		}
	})}
}

// Person and Ball are of the sets cycle and cycle_post: they refer to each other.
type (
	Person struct {
		ID    int64
		Name  *string
		FavID *int64
		Balls model.Many[Ball]
		Fav   model.One[Ball]
	}
	Ball struct {
		ID      int64
		Colour  *string
		OwnerID *int64
		Owner   model.One[Person]
	}
	persons struct {
		model.Table[Person]
		ID    expr.Int
		Name  expr.NullText
		FavID expr.NullInt
		Balls model.ToMany[Person, Ball]
		Fav   model.ToOne[Person, Ball]
	}
	balls struct {
		model.Table[Ball]
		ID      expr.Int
		Colour  expr.NullText
		OwnerID expr.NullInt
		Owner   model.ToOne[Ball, Person]
	}
)

type couple struct {
	Persons *persons
	Balls   *balls
}

// newCouple maps the table that is referred to within the other's mapping, since each needs the other's columns.
func newCouple(set string) *couple {
	c := &couple{}
	c.Persons = model.Map("person", func(p *persons) model.Spec {
		c.Balls = model.Map("ball", func(b *balls) model.Spec {
			return model.Spec{
				model.PrimaryKey(b.ID), model.Type("integer", b.ID, b.OwnerID), model.ForeignKey(b.OwnerID, p.ID),
			}
		})
		spec := model.Spec{
			model.PrimaryKey(p.ID), model.Type("integer", p.ID, p.FavID), model.ForeignKey(p.FavID, c.Balls.ID),
		}
		if set == "cycle_post" {
			spec = append(spec, model.PostUpdate(p.Fav))
		}
		return spec
	})
	return c
}
