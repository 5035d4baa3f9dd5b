package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/query"
)

// Conflict says by what [Upsert] finds rows that are there, and what it changes in them.
type Conflict struct {
	On  []expr.Expression // columns that are unique together; default: the primary key
	Set []expr.Expression // columns that are changed; default: all that the objects have, but for On, the primary key, and what model.Default fills in; an empty list that is not nil: none
}

// Upsert inserts objects, or updates the rows that are there already, and tells for each object whether its row is new. Objects with the same
// columns set are one statement, whatever their number:
//
//	inserted, err := session.Upsert(ctx, eng, Products, products, session.Conflict{On: []expr.Expression{Products.Sku}})
//	// INSERT INTO product (sku, name) SELECT … FROM unnest($1::text[], …) …
//	// ON CONFLICT (sku) DO UPDATE SET name = excluded.name RETURNING id, sku, name, product.xmax = 0
//
// The objects have the columns of their rows afterwards, all but deferred ones. A row that is there gets a new version, see model.Version, whatever
// version the object has; columns with model.OnUpdate that Set leaves out get their new values. Two objects that would find the same row are
// [ErrSameRow], and a NULL in On is an error. r is as for [BulkInsert]: objects that a Session has for the rows take the values, the objects
// themselves are not tracked, and it is all rows or none; after an error the objects are as they were, but for the mapping's defaults. Values of On that
// the server finds equal and Go does not (citext) are [ErrKeyOrder]. Partitioned tables and views have no xmax: see query.InsertObjects, as for
// other indexes, conditions and expressions. No objects are no statement.
func Upsert[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs []*T, on Conflict) (inserted []bool, err error) {
	src, err := sourceOf(table)
	if err != nil {
		return nil, err
	}
	c, err := on.of(src.Mapping)
	if err != nil {
		return nil, fault.During("Upsert into "+src.Table.String(), err)
	}
	if len(objs) == 0 {
		return nil, nil
	}
	err = outside(ctx, r, ast.Written{Table: src.Table}, func(o *outsideRunner) error {
		st, entries, err := track.Untracked(src.Mapping, objs)
		if err != nil {
			return fault.During("Upsert into "+src.Table.String(), err)
		}
		if err := o.upsert(ctx, st, entries, c); err != nil {
			return err
		}
		for _, e := range entries {
			inserted = append(inserted, c.Inserted[e])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return inserted, nil
}

var errNotTaken = errors.New("it is of the primary key, of On, a version, or computed by the database")

// of returns the conflict as a plan has it.
func (on Conflict) of(m *meta.Mapping) (*plan.Conflict, error) {
	c := &plan.Conflict{On: slices.Clone(m.Key)}
	if on.On != nil {
		c.On = nil
		if len(on.On) == 0 {
			return nil, fmt.Errorf("the columns On: %w", errNothingNamed)
		}
	}
	if on.Set != nil {
		c.Set = []int{}
	}
	for _, x := range on.On {
		i, err := positionOf(m, x)
		if err != nil {
			return nil, err
		}
		c.On = append(c.On, i)
	}
	for _, x := range on.Set {
		i, err := positionOf(m, x)
		if err == nil && (slices.Contains(m.Key, i) || slices.Contains(c.On, i) || slices.Contains(m.Kept, i)) {
			err = fmt.Errorf("column %s is not one to Set: %w", m.Fields[i].Column, errNotTaken)
		}
		if err != nil {
			return nil, err
		}
		c.Set = append(c.Set, i)
	}
	return c, nil
}

func positionOf(m *meta.Mapping, x expr.Expression) (int, error) {
	c, ok := ast.Of(x).(*ast.Column)
	if !ok || c.Table != m.Table {
		return 0, fmt.Errorf("%w: %s is not a column of table %s", fault.ErrNoColumn, describeNode(ast.Of(x)), m.Table)
	}
	return c.Index, nil
}

// upsert writes objects that nobody tracks.
func (o *outsideRunner) upsert(ctx context.Context, st *track.Store, entries []*track.Entry, c *plan.Conflict) error {
	c.NotGiven(st.Mapping, entries)
	if err := plan.PrepareInsert(entries); err != nil {
		return err
	}
	if err := o.autoflush(ctx, withParents(st.Mapping.Table)); err != nil {
		return err
	}
	p, err := plan.Upsert(st, entries, c)
	if err != nil {
		return fault.During("Upsert into "+st.Mapping.Table.String(), err)
	}
	for _, e := range entries {
		e.Loaded = track.CopyOf(st.Mapping, e.Object)
	}
	if err := o.write(ctx, &p); err != nil {
		plan.Restore(entries)
		return err
	}
	if o.session != nil {
		if tracked := o.session.objs.StoreOf(st.Mapping.Table); tracked != nil {
			tracked.Follow(entries, st.Mapping.Read)
		}
	}
	return nil
}
