package session

import (
	"slices"

	"github.com/cupel-go/cupel/internal/meta"
)

// planOf works out what a flush will do: mapping by mapping, those that others refer to first: changed rows, new rows,
// and changed rows that refer to those; at last the deleted rows, the other way round. It reads only.
func (p *preparation) plan() plan {
	pl := plan{}
	for i := range p.changes {
		c := &p.changes[i]
		p.planUpdates(&pl, c.store, c.before)
		p.planInserts(&pl, c)
		p.planUpdates(&pl, c.store, c.after)
	}
	pl.sort(p.parents)
	pl.addPostponed(p.post)
	pl.steps = append(pl.steps, p.releases...)
	if p.objs.deleting {
		for _, st := range slices.Backward(p.objs.order) {
			pl.addDeletes(st)
		}
	}
	return pl
}

// planInserts plans new objects: those of the same shape in one step, in the order in which they were added; a row that
// refers to another new row of its table after that one.
func (p *preparation) planInserts(pl *plan, c *changes) {
	for _, level := range p.levels(c.fresh) {
		pl.group(c.store, insertStep, level, p.late, func(buf []int, e *entry) []int { return insertColumns(buf, e, p.late[e]) })
	}
}

// planUpdates plans changed objects: those with the same changed columns in one step.
func (p *preparation) planUpdates(pl *plan, st *store, changed []*entry) {
	pl.group(st, updateStep, changed, p.late, func(buf []int, e *entry) []int { return updateColumns(buf, e, p.late[e]) })
}

// insertColumns returns the columns that an INSERT of e names, appended to columns: not those that the database is to
// fill in.
func insertColumns(columns []int, e *entry, late []link) []int {
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.Computed() && f.IsZero(e.Object) && !fills(late, f) || e.computes(i) {
			continue
		}
		columns = append(columns, i)
	}
	return columns
}

func fills(late []link, f *meta.Field) bool {
	return slices.ContainsFunc(late, func(l link) bool {
		columns, _ := l.relation.ForeignKey()
		return slices.Contains(columns, f.Column)
	})
}

// updateColumns returns the columns that an UPDATE of e sets, appended to columns.
func updateColumns(columns []int, e *entry, late []link) []int {
	columns = e.toWrite(columns)
	if len(late) == 0 {
		return columns
	}
	for i := range e.Mapping.Fields {
		if fills(late, &e.Mapping.Fields[i]) && !slices.Contains(columns, i) {
			columns = append(columns, i)
		}
	}
	slices.Sort(columns)
	return columns
}

// levels puts new objects of one mapping that refer to each other into levels: the first refer to none. There are no
// circles.
func (p *preparation) levels(fresh []*entry) [][]*entry {
	if len(p.parents) == 0 || len(fresh) == 0 {
		return [][]*entry{fresh}
	}
	depth := map[*entry]int{}
	var depthOf func(e *entry) int
	depthOf = func(e *entry) int {
		if d, ok := depth[e]; ok {
			return d
		}
		d := 0
		for _, parent := range p.parents[e] {
			if parent.store() == e.store() {
				d = max(d, depthOf(parent)+1)
			}
		}
		depth[e] = d
		return d
	}
	var levels [][]*entry
	for _, e := range fresh {
		d := depthOf(e)
		for len(levels) <= d {
			levels = append(levels, nil)
		}
		levels[d] = append(levels[d], e)
	}
	return levels
}

func (p *plan) addDeletes(st *store) {
	var gone []*entry
	for _, e := range st.entries {
		if e.state == doomed {
			gone = append(gone, e)
		}
	}
	if len(gone) > 0 {
		p.steps = append(p.steps, step{kind: deleteStep, store: st, entries: gone})
	}
}

// addPostponed adds the UPDATEs of postponed foreign keys, those of the same columns in one step.
func (p *plan) addPostponed(links []link) {
	first := len(p.steps)
	for _, l := range links {
		columns, _ := l.relation.ForeignKey()
		cs := positions(columns)
		i := slices.IndexFunc(p.steps[first:], func(st step) bool {
			return st.store == l.child.store() && slices.Equal(st.columns, cs)
		})
		if i < 0 {
			i = len(p.steps) - first
			p.steps = append(p.steps, step{kind: updateStep, store: l.child.store(), columns: cs, post: true})
		}
		st := &p.steps[first+i]
		st.entries, st.links = append(st.entries, l.child), append(st.links, l)
	}
}

// group adds steps of objects with the same columns.
func (p *plan) group(st *store, kind stepKind, entries []*entry, late map[*entry][]link, columns func([]int, *entry) []int) {
	first := len(p.steps)
	var cs []int
next:
	for _, e := range entries {
		cs = columns(cs[:0], e)
		as := e.assigned()
		for i := first; i < len(p.steps) && as == nil; i++ {
			if sp := &p.steps[i]; sp.assigned == nil && slices.Equal(sp.columns, cs) {
				sp.entries = append(sp.entries, e)
				sp.links = append(sp.links, late[e]...)
				continue next
			}
		}
		p.steps = append(p.steps, step{kind: kind, store: st, entries: []*entry{e}, columns: slices.Clone(cs), links: late[e], assigned: as})
	}
}

// planInsert plans the INSERT of new objects that nobody tracks.
func planInsert(st *store, entries []*entry) plan {
	p := plan{}
	p.group(st, insertStep, entries, nil, func(buf []int, e *entry) []int { return insertColumns(buf, e, nil) })
	return p
}

// planUpdate plans the UPDATE of columns of objects that nobody tracks.
func planUpdate(st *store, entries []*entry, columns []int) plan {
	return plan{steps: []step{{kind: updateStep, store: st, entries: entries, columns: columns}}}
}
