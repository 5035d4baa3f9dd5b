package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// keepOrder notes in a graph all that the order of a plan is there for but unique values: a row after those that it is to refer to, one
// that goes after all that refer to it, keys before what follows them, and the steps of one row as they are.
func (p *Preparation) keepOrder(g *graph) {
	writes := func(a, b *Step) bool { return a.Kind != DeleteStep && b.Kind != DeleteStep && !a.vacates && !b.vacates }
	for child, parents := range p.parents {
		for _, parent := range parents {
			g.order(parent, child, writes)
		}
	}
	for i := range g.steps {
		for _, l := range g.steps[i].links {
			if g.steps[i].post && l.Parent != nil {
				for _, j := range g.of[l.Parent] {
					if g.steps[j].Kind == InsertStep {
						g.edge(j, i)
					}
				}
			}
		}
	}
	for _, at := range g.of {
		for n := 1; n < len(at); n++ {
			g.edge(at[n-1], at[n])
		}
	}
	g.keepMoves()
	for _, st := range p.objs.Stores {
		for _, fk := range st.Mapping.Table.ForeignKeys {
			if to := p.objs.StoreOf(fk.RefColumns[0].Table); to != nil {
				g.keepReference(fk, st, to)
			}
		}
	}
}

// keepMoves leaves steps that change keys before those of the tables that refer to them.
func (g *graph) keepMoves() {
	for i := range g.steps {
		if !g.steps[i].MovesKeys() {
			continue
		}
		t := g.steps[i].Store.Mapping.Table
		for j := i + 1; j < len(g.steps); j++ {
			if g.steps[j].Kind == DeleteStep {
				continue // which finds its rows by the keys that they have by then
			}
			for _, fk := range g.steps[j].Store.Mapping.Table.ForeignKeys {
				if fk.RefColumns[0].Table == t && g.origin[i] != g.origin[j] && refersTo(&g.steps[j], &g.steps[i], fk) {
					g.edge(i, j)
				}
			}
		}
	}
}

// refersTo reports whether a row of a step refers, or is to refer, to one of another, as far as is known: of another table always.
func refersTo(from, to *Step, fk *ast.ForeignKey) bool {
	if from.Store != to.Store || !meta.ExactKey(fk) {
		return true
	}
	refers, key := track.KeyerOf(from.Store.Mapping, fk.Columns), track.KeyerOf(to.Store.Mapping, fk.RefColumns)
	for _, object := range []func(*track.Entry) mem.Ptr{track.LoadedObject, track.CurrentObject} {
		keys := make(map[track.Key]bool, len(to.Entries))
		for _, e := range to.Entries {
			keys[key.Of(object(e))] = true
		}
		if slices.ContainsFunc(from.Entries, func(e *track.Entry) bool { return keys[refers.Of(object(e))] && !refers.Null(object(e)) }) {
			return true
		}
	}
	return false
}

// keepReference puts rows after those that they are to refer to by a foreign key, and deletions after what referred to the rows.
func (g *graph) keepReference(fk *ast.ForeignKey, from, to *track.Store) {
	refers, key := track.KeyerOf(from.Mapping, fk.Columns), track.KeyerOf(to.Mapping, fk.RefColumns)
	gets, loses := map[track.Key]int{}, map[track.Key]int{} // the steps that write, and delete, the rows with these keys
	for i := range g.steps {
		st := &g.steps[i]
		if st.Store != to {
			continue
		}
		for _, e := range st.Entries {
			switch {
			case st.Kind == DeleteStep:
				loses[key.Of(e.Row())] = i
			case st.Kind == InsertStep, st.changes(fk.RefColumns):
				gets[key.Of(e.Object)] = i
			}
		}
	}
	if len(gets) == 0 && len(loses) == 0 {
		return
	}
	for i := range g.steps {
		st := &g.steps[i]
		if st.Store != from || st.Kind == UpdateStep && !st.changes(fk.Columns) {
			continue
		}
		for _, e := range st.Entries {
			if st.Kind != DeleteStep && !st.vacates && !refers.Null(e.Object) {
				if at, ok := gets[refers.Of(e.Object)]; ok && !fk.Postponed && !fk.Deferrable {
					g.edge(at, i)
				}
			}
			if row := e.Row(); st.Kind != InsertStep && !refers.Null(row) {
				if at, ok := loses[refers.Of(row)]; ok && (st.Kind != DeleteStep || !fk.Postponed) {
					g.edge(i, at)
				}
			}
		}
	}
}
