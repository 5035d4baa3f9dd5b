package load

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/track"
)

// Eager are the objects that a statement reads, to load relationships of them.
type Eager struct {
	met []met
	all []*track.Entry
}

// met are the objects of a store that were met, by their positions in it: a bit each.
type met struct {
	store *track.Store
	bits  []uint64
}

// Sink returns what takes the objects.
func (g *Eager) Sink() *track.Sink {
	g.Begin()
	return &track.Sink{Take: func(_ track.Key, e *track.Entry) { g.Add(e) }}
}

// Begin forgets all objects.
func (g *Eager) Begin() { g.met, g.all = nil, nil }

// Add takes an object.
func (g *Eager) Add(e *track.Entry) {
	if g.meet(e) {
		g.all = append(g.all, e)
	}
}

// meet reports whether e was not met before.
func (g *Eager) meet(e *track.Entry) bool {
	st := e.Store()
	i := slices.IndexFunc(g.met, func(m met) bool { return m.store == st })
	if i < 0 {
		i = len(g.met)
		g.met = append(g.met, met{store: st})
	}
	m, word, bit := &g.met[i], int(e.At/64), uint64(1)<<(e.At%64)
	if word >= len(m.bits) {
		m.bits = append(m.bits, make([]uint64, word+1-len(m.bits))...)
	}
	if m.bits[word]&bit != 0 {
		return false
	}
	m.bits[word] |= bit
	return true
}

// Check fails where a relationship is to be loaded of something else than what is there.
func Check(owners []*meta.Mapping, loads []ast.Load) error {
	for _, x := range loads {
		r, _ := x.Relation.(*meta.Relation)
		switch {
		case r == nil || r.Target == nil:
			return fmt.Errorf("%w: one that no schema knows", fault.ErrLoad)
		case !slices.Contains(owners, r.Owner):
			return fmt.Errorf("%w: %s, of which nothing is read", fault.ErrLoad, r)
		}
		if err := Check([]*meta.Mapping{r.Target}, x.Then); err != nil {
			return err
		}
	}
	return nil
}

// Load loads relationships of the objects, and of their targets, with one statement for each relationship.
func (g *Eager) Load(ctx context.Context, l Relations, loads []ast.Load) error {
	for _, x := range loads {
		r, _ := x.Relation.(*meta.Relation) // see Check
		owners := make([]*track.Entry, 0, len(g.all))
		for _, e := range g.all {
			if e.Mapping == r.Owner {
				owners = append(owners, e)
			}
		}
		if err := l.eager(ctx, owners, r); err != nil {
			return fault.During("load "+r.Name+" of "+r.Owner.Table.String(), err)
		}
		if len(x.Then) == 0 {
			continue
		}
		if err := l.targetsOf(owners, r).Load(ctx, l, x.Then); err != nil {
			return err
		}
	}
	return nil
}

// eager loads a relationship of those owners that lack it.
func (l Relations) eager(ctx context.Context, owners []*track.Entry, r *meta.Relation) error {
	lacks := l.lacksRef
	if r.Many {
		lacks = l.lacksList
	}
	owners = slices.DeleteFunc(slices.Clone(owners), func(e *track.Entry) bool {
		return e.Loader == nil || e.State == track.Pending || e.State == track.Deleted || !lacks(e, r)
	})
	switch {
	case len(owners) == 0:
		return nil
	case !r.Many:
		return l.refs(ctx, nil, owners, r)
	}
	if err := l.Host.Flush(ctx, about(r)); err != nil {
		return err
	}
	return l.lists(ctx, nil, owners, r)
}

// targetsOf returns the objects that a relationship of owners has.
func (l Relations) targetsOf(owners []*track.Entry, r *meta.Relation) *Eager {
	g := &Eager{}
	st := l.Objects.Store(r.Target)
	for _, o := range owners {
		if !r.Many {
			if ref := relate.RefOf(r, o.Object); ref.Loaded && ref.Object != nil {
				if e := st.Find(ref.Object); e != nil {
					g.Add(e)
				}
			}
			continue
		}
		for _, item := range relate.ListOf(r, o.Object).Items {
			if e := st.Find(item); e != nil {
				g.Add(e)
			}
		}
	}
	return g
}
