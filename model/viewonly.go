package model

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/stmt"
)

// ViewOnly makes a ToMany, or a ToOne whose foreign key is the target's, one that is read and never written, of the targets that meet all
// conditions:
//
//	model.ViewOnly(Customers.OpenOrders, t.PaidAt.IsNull())
//
// Loading adds them to its statement, "… WHERE orders.cust_id = ANY($1) AND orders.paid_at IS NULL", and so do joins and conditions along
// the relationship: Any, None, Count, Contains, Has. They are about the columns of the target's table, others in subqueries only, in which no Filter holds. Without
// conditions it is another view of what another relationship writes.
//
// It has no other side. A change of it (Add, Remove, Set) is [ErrViewOnly] at the next flush, and is taken back. It is loaded again after a
// flush that wrote rows of the target's table or of the link table; changes that are not flushed are not in it.
func ViewOnly(r Relationship, ps ...expr.Condition) Option {
	return option(func(m *meta.Mapping) {
		rel := declaredOf(r)
		if rel == nil {
			m.Fail("ViewOnly: takes a relationship of a table struct made by model.Map")
			return
		}
		rel.ViewOnly = true
		for _, p := range ps {
			if n := ast.Of(p); !ast.IsNothing(n) {
				rel.Where, rel.Others = append(rel.Where, n), append(rel.Others, stmt.ReadsIn(n)...)
			}
		}
	})
}

// checkView says what is wrong with a view-only relationship whose target is known.
func checkView(r *meta.Relation) error {
	c := r.Cascade
	switch {
	case !r.ViewOnly:
		return nil
	case !r.Many:
		return fmt.Errorf("ViewOnly: the foreign key is of %s itself; it is for the relationships of those that others refer to", r.Owner.Table)
	case r.Inverse != nil:
		return errors.New("ViewOnly: it has no other side, so Inverse cannot name it")
	case c.Delete || c.Orphan || c.Passive || r.PostUpdate:
		return errors.New("ViewOnly: what is not written has no DeleteMembers, DeleteOrphans, DatabaseDeletes or PostUpdate")
	case slices.ContainsFunc(r.Where, func(n ast.Node) bool { return !stmt.IsAbout(n, r.Target.Table) }):
		return fmt.Errorf("ViewOnly: a condition mentions another table than %s, which only a subquery may", r.Target.Table)
	}
	return nil
}
