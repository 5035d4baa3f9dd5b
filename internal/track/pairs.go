package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Pair is a change of a many-to-many that is not flushed: a row of a link table that is to be there, or not to be.
type Pair struct {
	Relation *meta.Relation // by which it was changed; either side
	Ends     [2]*Entry      // as Relation.Link.Ends has them
	Out, In  bool           // a row is to be deleted; one is to be inserted, after that
	Sure     bool           // of Out: the row is there
	known    bool           // the program knew what there was when it began to change it
}

// pairKey is what a pair is about.
type pairKey struct {
	rows *meta.Mapping
	ends [2]*Entry
}

// pairsOf returns the key of the pair of an owner and a target.
func pairOf(r *meta.Relation, owner, target *Entry) pairKey {
	if r.Link.Turned {
		owner, target = target, owner
	}
	return pairKey{r.Link.Rows, [2]*Entry{owner, target}}
}

// Changes reports whether the flush has something to write of the pair. What goes with one of its ends goes without it.
func (p *Pair) Changes() bool {
	return (p.In || p.Out) && !p.Ends[0].rowGoes() && !p.Ends[1].rowGoes()
}

// pair returns the change of a pair, a new one where there is none.
func (o *Objects) pair(r *meta.Relation, k pairKey) *Pair {
	if p := o.pairAt[k]; p != nil {
		return p
	}
	p := &Pair{Relation: r, Ends: k.ends}
	if o.pairAt == nil {
		o.pairAt = map[pairKey]*Pair{}
	}
	o.Pairs, o.pairAt[k] = append(o.Pairs, p), p
	return p
}

// pairsChanged keeps the other side of a many-to-many in step, and notes which rows are to be written.
func (o *Objects) pairsChanged(owner *Entry, r *meta.Relation, added, removed []mem.Ptr) {
	list := relate.ListOf(r, owner.Object)
	for _, t := range added {
		if target := o.include(r, owner, t); target != nil {
			o.joined(r, owner, target, list)
		}
	}
	for _, t := range removed {
		if target := o.Store(r.Target).Find(t); target != nil {
			o.parted(r, owner, target, list)
		} else {
			list.Undo(t) // it is not in the session, so nothing was added
			o.cannotLeave(r, owner, t)
		}
	}
}

// back returns the other side's list, nil when it is not mapped.
func back(r *meta.Relation, target *Entry) *relate.List {
	if r.Inverse == nil {
		return nil
	}
	return relate.ListOf(r.Inverse, target.Object)
}

// isNew reports whether an object has no row, so that no pair has it.
func isNew(e *Entry) bool { return !e.HasRow() }

func (o *Objects) joined(r *meta.Relation, owner, target *Entry, list *relate.List) {
	k, other := pairOf(r, owner, target), back(r, target)
	known := list.Surely() || isNew(owner) || isNew(target)
	if other != nil {
		in := !other.Put(owner.Object)
		if known = known || other.Surely(); in && o.pairAt[k] == nil && other.Has(owner.Object) {
			list.Undo(target.Object) // it was there
			return
		}
	}
	p := o.pair(r, k)
	switch {
	case p.In:
	case p.Out && p.Sure && p.known:
		p.Out, p.Sure = false, false // it stays
	case p.Out:
		p.Sure, p.In = false, true
	default:
		p.In, p.known = true, known
	}
}

func (o *Objects) parted(r *meta.Relation, owner, target *Entry, list *relate.List) {
	k, other := pairOf(r, owner, target), back(r, target)
	known, absent := list.Surely(), isNew(owner) || isNew(target)
	if other != nil {
		out := !other.Take(owner.Object)
		known, absent = known || other.Surely(), absent || out && other.Surely()
	}
	if absent && o.pairAt[k] == nil {
		list.Undo(target.Object) // it was not there
		return
	}
	p := o.pair(r, k)
	switch {
	case p.In && p.Out:
		p.In = false
	case p.In && p.known:
		p.In = false // it was never there
	case p.In:
		p.In, p.Out = false, true
	case !p.Out:
		p.Out, p.Sure, p.known = true, true, known
	}
}

// Check fails where the two ends would give a column that both have different values.
func (p *Pair) Check() error {
	ends := p.Relation.Link.Ends()
	for i, c := range ends[0].Local {
		n := slices.Index(ends[1].Local, c)
		if n < 0 {
			continue
		}
		a, b := p.Ends[0].sourceOf(ends[0].Remote[i]), p.Ends[1].sourceOf(ends[1].Remote[n])
		if !a.agrees(b) {
			return fmt.Errorf("%w: %s of %s: %s and %s differ in it", fault.ErrSharedColumn, c.Name, p.Relation,
				p.Ends[0].Describe(), p.Ends[1].Describe())
		}
	}
	return nil
}

// LinkStore returns a store for rows of a link table, which nobody tracks.
func LinkStore(rows *meta.Mapping) *Store { return newStore(&Objects{epoch: 1, current: 1}, rows, -1) }

// Row returns an entry for the pair's row and what its columns follow: as it is stored, or as it is to be. It must be complete where
// it is stored.
func (p *Pair) Row(st *Store, stored bool) (*Entry, []Link) {
	e := &Entry{Handle: relate.Handle{Object: st.Mapping.New(1), Home: &st.away}}
	ends := p.Relation.Link.Ends()
	if stored {
		for i, ref := range ends {
			for n, c := range ref.Local {
				v := p.Ends[i].Mapping.Field(ref.Remote[n]).Value(LoadedObject(p.Ends[i]))
				st.Mapping.Field(c).Set(e.Object, v)
			}
		}
		e.State, e.Loaded, e.Lost = Persistent, e.Object, p.Sure
		return e, nil
	}
	return e, []Link{{Relation: ends[0], Child: e, Parent: p.Ends[0]}, {Relation: ends[1], Child: e, Parent: p.Ends[1]}}
}

// pairsFlushed makes the changes of many-to-many relationships part of what is known.
func (o *Objects) pairsFlushed() {
	if n := len(o.layers); n > 0 && len(o.Pairs) > 0 {
		o.layers[n-1].linked = true
	}
	if len(o.Pairs) == 0 {
		return
	}
	for _, p := range o.Pairs {
		r := p.Relation
		near, far := p.Ends[0], p.Ends[1]
		if r.Link.Turned {
			near, far = far, near
		}
		relate.Flushed(r, near.Object, o.epoch)
		if r.Inverse != nil {
			relate.Flushed(r.Inverse, far.Object, o.epoch)
		}
	}
	o.forgetPairs()
}

func (o *Objects) forgetPairs() { o.Pairs, o.pairAt = nil, nil }

// discardPairs takes back the changes about objects that leave the session, in the lists of those that stay.
func (o *Objects) discardPairs(leaving map[*Entry]bool) {
	if len(o.Pairs) == 0 {
		return
	}
	o.Pairs = slices.DeleteFunc(o.Pairs, func(p *Pair) bool {
		if !leaving[p.Ends[0]] && !leaving[p.Ends[1]] {
			return false
		}
		delete(o.pairAt, pairKey{p.Relation.Link.Rows, p.Ends})
		r := p.Relation
		near, far := p.Ends[0], p.Ends[1]
		if r.Link.Turned {
			near, far = far, near
		}
		if !leaving[near] {
			relate.ListOf(r, near.Object).Undo(far.Object)
		}
		if r.Inverse != nil && !leaving[far] {
			relate.ListOf(r.Inverse, far.Object).Undo(near.Object)
		}
		return true
	})
}

// touchesPairs reports whether a flush would write to the link table of a name among the tables.
func (o *Objects) touchesPairs(tables []*ast.Table) bool {
	return slices.ContainsFunc(o.Pairs, func(p *Pair) bool {
		rows := p.Relation.Link.Rows.Table
		return p.Changes() && slices.ContainsFunc(tables, func(t *ast.Table) bool {
			return t == nil || t.Name == rows.Name && t.Schema == rows.Schema
		})
	})
}

// LeaveLists takes deleted objects out of the lists of many-to-many relationships.
func (o *Objects) LeaveLists(m *meta.Mapping, gone map[mem.Ptr]bool) {
	for _, st := range o.Stores {
		for _, r := range st.Mapping.Relations {
			if r.Link == nil || r.Target != m {
				continue
			}
			for _, owner := range st.Entries {
				relate.ListOf(r, owner.Object).Drop(gone)
			}
		}
	}
}

// relist makes all that the many-to-many lists of an object have new: its row, which was deleted, is to be inserted again.
func (e *Entry) relist() {
	for _, r := range e.Mapping.Relations {
		if r.Link != nil && !r.ViewOnly {
			list := relate.ListOf(r, e.Object)
			list.Added, list.Removed = slices.Clone(list.Items), nil
		}
	}
}
