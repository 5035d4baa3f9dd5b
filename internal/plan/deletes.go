package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/track"
)

// deletes returns the steps that delete rows, those first that refer to others: table by table, and where tables refer to each
// other as the rows do.
func (p *Preparation) deletes() []Step {
	var steps, kept []Step
	for _, st := range slices.Backward(p.objs.Stores) {
		switch gone := doomedOf(st); {
		case len(gone) == 0:
		case st.Mapping.Soft != nil:
			kept = p.softDeletes(kept, st, gone)
		default:
			steps = append(steps, Step{Kind: DeleteStep, Store: st, Entries: gone})
		}
	}
	return append(kept, inOrderOfKeys(steps)...)
}

// inOrderOfKeys puts steps that delete rows in an order that the foreign keys allow.
func inOrderOfKeys(steps []Step) []Step {
	if !refersBack(steps) {
		return steps
	}
	if sorted, ok := sortSteps(steps, referring(steps, false)); ok {
		return sorted
	}
	single := Plan{Steps: steps}
	if sorted, ok := sortSteps(single.split(), referring(steps, true)); ok {
		return joined(sorted)
	}
	return steps // the rows are in a circle: whether they can go is for the database to say
}

func doomedOf(st *track.Store) []*track.Entry {
	var gone []*track.Entry
	for _, e := range st.Entries {
		if e.State == track.Doomed {
			gone = append(gone, e)
		}
	}
	return byKey(st, gone)
}

// refersBack reports whether the table of a step refers to the one of a step before.
func refersBack(steps []Step) bool {
	for i := range steps {
		for _, fk := range steps[i].Store.Mapping.Table.ForeignKeys {
			if at := stepOf(steps[:i], fk); at >= 0 && !fk.Postponed {
				return true
			}
		}
	}
	return false
}

// stepOf returns the position of the step about the table that a foreign key refers to, -1 when there is none.
func stepOf(steps []Step, fk *ast.ForeignKey) int {
	return slices.IndexFunc(steps, func(st Step) bool { return st.Store.Mapping.Table == fk.RefColumns[0].Table })
}

// referring returns by row the rows that refer to it; with own also those of its own table, which one statement deletes in any
// order.
func referring(steps []Step, own bool) map[*track.Entry][]*track.Entry {
	found := map[*track.Entry][]*track.Entry{}
	for i := range steps {
		for _, fk := range steps[i].Store.Mapping.Table.ForeignKeys {
			if at := stepOf(steps, fk); at >= 0 && (at != i || own) && !fk.Postponed {
				addReferring(found, fk, &steps[i], &steps[at])
			}
		}
	}
	return found
}

// addReferring adds the rows that refer to others by a foreign key.
func addReferring(found map[*track.Entry][]*track.Entry, fk *ast.ForeignKey, from, to *Step) {
	keys, refs := track.KeyerOf(from.Store.Mapping, fk.Columns), track.KeyerOf(to.Store.Mapping, fk.RefColumns)
	byKey := make(map[track.Key]*track.Entry, len(to.Entries))
	for _, e := range to.Entries {
		byKey[refs.Of(e.Row())] = e
	}
	for _, e := range from.Entries {
		if keys.Null(e.Row()) {
			continue
		}
		if parent := byKey[keys.Of(e.Row())]; parent != nil && parent != e {
			found[parent] = append(found[parent], e)
		}
	}
}

// joined makes one step of those that follow each other in the same table.
func joined(steps []Step) []Step {
	var together []Step
	for _, st := range steps {
		if n := len(together); n > 0 && together[n-1].Store == st.Store {
			together[n-1].Entries = append(together[n-1].Entries, st.Entries...)
			continue
		}
		together = append(together, st)
	}
	return together
}
