package relationships_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// begin mapping

type Place struct {
	ID       int64
	Name     string
	ParentID *int64

	Parent   model.One[Place] // a tree
	Children model.Many[Place]
	Next     model.Many[Place] // a graph
	Prev     model.Many[Place]
}

type places struct {
	model.Table[Place]
	ID       expr.Int
	Name     expr.Text
	ParentID expr.NullInt
	Parent   model.ToOne[Place, Place]
	Children model.ToMany[Place, Place]
	Next     model.ToMany[Place, Place]
	Prev     model.ToMany[Place, Place]
}

var Places = model.Map("place", func(t *places) model.Spec {
	return model.Spec{
		model.PrimaryKey(t.ID), model.ForeignKey(t.ParentID, t.ID), model.Inverse(t.Parent, t.Children),
		model.ManyToMany(t.Next, "edge").OwnerColumns("from_id").TargetColumns("to_id").OnDelete("CASCADE"),
		model.Inverse(t.Next, t.Prev), model.DatabaseDeletes(t.Next), model.DatabaseDeletes(t.Prev),
	}
})

// end mapping

var maps = model.MustSchema(Places)

// Trees and graphs.
//
// A table that refers to itself is a tree, one with a table of edges a graph. Several relationships between two tables are told apart by
// Via and Inverse, the two ends of an edge by the names of its columns.
func (Kinds) Graph(ctx context.Context, s *session.Session) error {
	a, b, c := &Place{Name: "a"}, &Place{Name: "b"}, &Place{Name: "c"}
	a.Children.Add(b, c)
	b.Next.Add(c)
	c.Next.Add(b, c)
	s.Add(a)
	if err := s.Commit(ctx); err != nil {
		return err
	}
	to := model.Alias(Places, "goal")
	_, err := query.Select(Places.Name).Filter(Places.Next.To(to).Any(to.Name.Eq("c"))).All(ctx, s)
	return err
}
