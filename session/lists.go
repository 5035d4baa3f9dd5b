package session

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/load"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// Lists reads part of the lists of objects: those targets that meet conditions, in an order, the first few of each list. It is one statement,
// whatever the number of objects, and lists[i] is that of objs[i], empty where there is none:
//
//	open, err := session.Lists(ctx, s, customers, c.Orders.Where(o.PaidAt.IsNull()))
//	// SELECT … FROM orders JOIN unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) ON orders.cust_id = cupel.k1 AND orders.paid_at IS NULL
//	top, err := session.Lists(ctx, s, customers, c.Orders.OrderBy(o.Total.Desc(), o.ID).First(3).Load(o.Lines))
//	// SELECT … FROM unnest($1::bigint[]) … CROSS JOIN LATERAL (SELECT … WHERE orders.cust_id = cupel.k1 ORDER BY … LIMIT 3) AS cupel_part …
//
// The objects' own lists stay as they are: a list that an object has is whole, or not loaded. What is read is of the session like all that it reads, after its
// pending changes are flushed; of an Engine it is in no session, and neither need objs be; see [LoadRelations]. What the part is loaded with is loaded
// as there. A condition or sort key about another table, and First without an order, are [query.ErrLoad]; an object without a row is
// [ErrNotInSession], of an Engine [ErrAttach]. No objects are no statement.
func Lists[O, T any](ctx context.Context, r query.Runner, objs []*O, list model.PartOf[O, T]) (lists [][]*T, err error) {
	part := list.CupelPart()
	rel, _ := part.Relation.(*meta.Relation)
	if rel == nil || rel.Target == nil {
		return nil, fault.During("Lists", fmt.Errorf("%w: of a relationship that no schema knows", fault.ErrLoad))
	}
	lists = make([][]*T, len(objs))
	if len(objs) == 0 {
		return lists, nil
	}
	found := map[any][]mem.Ptr{}
	if err := readParts(ctx, r, anyOf(objs), part, rel, found); err != nil {
		return nil, fault.During("Lists of "+rel.String(), err)
	}
	for i, o := range objs {
		lists[i] = mem.Pointers[T](slices.Clip(found[o]))
	}
	return lists, nil
}

func readParts(ctx context.Context, r query.Runner, objs []any, part ast.Part, rel *meta.Relation, found map[any][]mem.Ptr) error {
	return holding(ctx, r, objs, func(s *Session, objs []any) error {
		owners := make([]*track.Entry, 0, len(objs))
		of := make([]any, 0, len(objs))
		for _, obj := range objs {
			e, err := s.objs.Known(obj)
			if err != nil {
				return err
			}
			if _, twice := found[obj]; !twice {
				found[obj], owners, of = nil, append(owners, e), append(of, obj)
			}
		}
		if err := load.Check([]*meta.Mapping{rel.Owner}, []ast.Load{part.Load}); err != nil {
			return err
		}
		parts, err := s.relations().Parts(ctx, owners, rel, part)
		if err != nil {
			return err
		}
		var g load.Eager
		g.Begin()
		st := s.objs.Store(rel.Target)
		for i, items := range parts {
			found[of[i]] = items
			for _, item := range items {
				if e := st.Find(item); e != nil {
					g.Add(e)
				}
			}
		}
		return g.Load(ctx, s.relations(), part.Then)
	})
}
